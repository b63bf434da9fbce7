import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { IbidError } from '../src/model/errors.ts';
import type { ChatModel } from '../src/ports/chat-model.ts';
import type { ConversationStore } from '../src/ports/conversation-store.ts';
import type { DocumentSource } from '../src/ports/document-source.ts';
import { type Baseline, readBaseline, writeBaseline } from './compare/baseline.ts';
import { compareRuns } from './compare/compare.ts';
import { openBeir } from './datasets/beir.ts';
import { openCases } from './datasets/cases.ts';
import type { EvalDataset } from './datasets/eval-dataset.ts';
import { withOffTopic } from './datasets/off-topic.ts';
import { exportFeedback } from './from-feedback.ts';
import { gate } from './gate/gate.ts';
import { readThresholds, type Thresholds } from './gate/thresholds.ts';
import { judgeRun } from './judge/judge.ts';
import { buildReport, type EvalReport, toJson } from './report/eval-report.ts';
import { renderTerminal } from './report/terminal.ts';
import { writeReports } from './report/write-reports.ts';
import { codeId } from './run/code-id.ts';
import { createProgress } from './run/progress.ts';
import { type CaseResult, type RunResult, run } from './run/run.ts';
import type { CaseScore } from './score/case-score.ts';
import type { JudgeStatement } from './score/summarise.ts';
import type { SystemUnderTest } from './system/eval-system.ts';

/** The options of `ibid eval`; paths are relative to the working directory. */
export interface EvalCommandOptions {
  /** A folder in BEIR layout; the own cases when absent. */
  readonly data?: string;
  readonly split?: string;
  /** A folder in BEIR layout whose questions are asked too, as ones that the documents cannot answer. */
  readonly offTopic?: string;
  /** Only the first so many cases. */
  readonly limit?: number;
  /** Where prediction lines go; a folder of the cache when absent. */
  readonly predictions?: string;
  /** Prints the report as JSON in place of the summary. */
  readonly json?: boolean;
  /** Folder of the reports; default `eval/reports`. */
  readonly out?: string;
  /** Default `eval/baseline.json` for the own cases, and none for other data. */
  readonly baseline?: string;
  /** Default `eval/thresholds.json` for the own cases, and none for other data. */
  readonly thresholds?: string;
  /** Records this run as the baseline. */
  readonly updateBaseline?: boolean;
  /** Writes case stubs from a running service's feedback instead, to `eval/from-feedback.jsonl`. */
  readonly fromFeedback?: boolean;
  /** Default `.cache/eval`. */
  readonly cacheDirectory?: string;
  /** Folder that holds `cases/` and `documents/` of the own cases; default `eval`. */
  readonly evalDirectory?: string;
  /** The documents that the own cases ask of; default `documents`. */
  readonly documents?: string;
}

/** What the command is wired to. */
export interface EvalCommandDeps {
  readonly system: SystemUnderTest;
  /** Judges the answers, where there is one. */
  readonly judge?: { readonly chat: ChatModel; readonly timeoutMs: number };
  readonly openFolder: (path: string) => Promise<DocumentSource>;
  /** Only for `fromFeedback`. */
  readonly openConversations: () => Promise<ConversationStore>;
  readonly write: (text: string) => void;
  /** Progress goes here, apart from what is printed. */
  readonly writeProgress: (text: string) => void;
  /** Whether progress goes to a terminal. */
  readonly live: boolean;
  readonly now: () => Date;
  /** Stops the run; what is indexed and answered is kept for the next. */
  readonly signal: AbortSignal;
}

/** Runs the eval and resolves with the exit code: 0, or 1 where the gate failed. Throws `bad_request` for faulty input. */
export async function runEvalCommand(options: EvalCommandOptions, deps: EvalCommandDeps): Promise<0 | 1> {
  const paths = pathsOf(options);
  if (options.fromFeedback) return writeStubs(join(paths.eval, 'from-feedback.jsonl'), deps);
  if (options.updateBaseline && options.limit !== undefined) {
    throw new IbidError(
      'bad_request',
      'A baseline needs all cases: leave out --limit, or --update-baseline.',
    );
  }
  const dataset = await openDataset(options, paths, deps);
  const expected = await readExpected(dataset.name, options, paths);
  const progress = progressOf(deps);
  const result = await runDataset(dataset, options, paths, deps, progress);
  const judged = await judgeAnswers(result, paths, deps, progress);
  const built = buildReport({ ...result, ...judged }, deps.now().toISOString(), judged.judge);
  const report = holdAgainst(built, expected);
  if (options.updateBaseline) await recordBaseline(report, paths.baseline);
  await writeReports(report, paths.out);
  deps.write(options.json ? `${JSON.stringify(toJson(report))}\n` : describe(report, result, paths.out));
  return report.gate?.passed === false ? 1 : 0;
}

type Paths = ReturnType<typeof pathsOf>;

function pathsOf(options: EvalCommandOptions) {
  const { evalDirectory = 'eval', cacheDirectory = join('.cache', 'eval'), data, offTopic } = options;
  const own = data === undefined && offTopic === undefined;
  const ownFile = (name: string) => (own ? join(evalDirectory, name) : undefined);
  return {
    eval: evalDirectory,
    cache: cacheDirectory,
    out: options.out ?? join(evalDirectory, 'reports'),
    baseline: options.baseline ?? ownFile('baseline.json'),
    thresholds: options.thresholds ?? ownFile('thresholds.json'),
  };
}

async function openDataset(
  options: EvalCommandOptions,
  paths: Paths,
  deps: EvalCommandDeps,
): Promise<EvalDataset> {
  const asked = await openAsked(options, paths, deps);
  if (options.offTopic === undefined) return asked;
  return await withOffTopic(asked, await openBeir(options.offTopic));
}

function openAsked(options: EvalCommandOptions, paths: Paths, deps: EvalCommandDeps): Promise<EvalDataset> {
  if (options.data !== undefined) return openBeir(options.data, options.split);
  return openCases({
    cases: join(paths.eval, 'cases'),
    documents: options.documents ?? 'documents',
    extraDocuments: join(paths.eval, 'documents'),
    openFolder: deps.openFolder,
  });
}

async function runDataset(
  dataset: EvalDataset,
  { limit, predictions }: EvalCommandOptions,
  paths: Paths,
  { system }: EvalCommandDeps,
  progress: Progress,
): Promise<RunResult> {
  await mkdir(paths.cache, { recursive: true });
  return run({
    dataset,
    system,
    codeId: await codeId(),
    predictionsPath: (key) => predictions ?? join(paths.cache, 'runs', key.slice(0, 16), 'predictions.jsonl'),
    ...(limit === undefined ? {} : { limit }),
    onIndex: progress('indexing'),
    onCase: progress('asking'),
  });
}

type Progress = ReturnType<typeof progressOf>;

/** Makes a line of progress for each part of the work; it is also where the run stops when told to. */
function progressOf({ writeProgress: write, live, signal }: EvalCommandDeps) {
  const now = () => performance.now();
  return (label: string) => {
    const show = createProgress({ label, write, live, now });
    return (done: number, total: number) => {
      signal.throwIfAborted();
      show(done, total);
    };
  };
}

/** The cases with what the judge made of them, and who the judge was. */
async function judgeAnswers(
  { results }: RunResult,
  paths: Paths,
  { judge, signal }: EvalCommandDeps,
  progress: Progress,
): Promise<{ results: readonly CaseResult[]; judge?: JudgeStatement }> {
  if (judge === undefined) return { results };
  const cacheDirectory = join(paths.cache, 'judge');
  const { judgements, ...statement } = await judgeRun(
    results,
    { ...judge, cacheDirectory, signal },
    progress('judging'),
  );
  const judged = results.map((result) => {
    const { score, evalCase } = result;
    return { ...result, score: { ...score, values: { ...score.values, ...judgements.get(evalCase.id) } } };
  });
  return { results: judged, judge: statement };
}

interface Expected {
  readonly thresholds?: Thresholds;
  readonly baseline?: Baseline;
}

/** Reads what the run will be held against, before the run, so that a fault in it costs no time. */
async function readExpected(dataset: string, options: EvalCommandOptions, paths: Paths): Promise<Expected> {
  const held = options.updateBaseline ? undefined : paths.baseline;
  const thresholds = paths.thresholds === undefined ? undefined : await readThresholds(paths.thresholds);
  const baseline = held === undefined ? undefined : await readBaseline(held);
  if (baseline !== undefined && baseline.dataset !== dataset) {
    throw new IbidError(
      'bad_request',
      `${held} is a baseline of ${baseline.dataset}, and this is ${dataset}. Name another with --baseline.`,
    );
  }
  return { ...(thresholds ? { thresholds } : {}), ...(baseline ? { baseline } : {}) };
}

function holdAgainst(report: EvalReport, { thresholds, baseline }: Expected): EvalReport {
  const comparison = baseline && compareRuns(comparable(baseline, report), scoresOf(report));
  const result = thresholds && gate(report.metrics, thresholds, comparison);
  return { ...report, ...(comparison ? { comparison } : {}), ...(result ? { gate: result } : {}) };
}

/** What another judge said is nothing to compare with. */
function comparable({ cases, judge }: Baseline, report: EvalReport): readonly CaseScore[] {
  if (judge === report.judge?.model) return cases;
  return cases.map((score) => {
    const { faithfulness: _, completeness: __, ...values } = score.values;
    return { ...score, values };
  });
}

async function recordBaseline(report: EvalReport, path: string | undefined): Promise<void> {
  if (path === undefined)
    throw new IbidError('bad_request', 'Name the file to record the baseline in with --baseline.');
  await writeBaseline(path, { ...report, scores: scoresOf(report) });
}

async function writeStubs(path: string, deps: EvalCommandDeps): Promise<0> {
  const count = await exportFeedback(await deps.openConversations(), path);
  deps.write(
    `${count} case stubs written to ${path}. Fill in what is right, then move them into eval/cases/.\n`,
  );
  return 0;
}

function scoresOf(report: EvalReport) {
  return report.results.map((result) => result.score);
}

function describe(report: EvalReport, { resumed, predictionsPath }: RunResult, out: string): string {
  const taken = resumed > 0 ? ` (${resumed} taken over from an earlier run of the same program)` : '';
  return `${renderTerminal(report)}Predictions: ${predictionsPath}${taken}\nReports: ${join(out, 'report.html')}, report.md, report.json, junit.xml\n`;
}

import type { EvalCase, EvalCorpus, EvalDataset } from '../datasets/eval-dataset.ts';
import type { Prediction } from '../prediction.ts';
import type { CaseScore } from '../score/case-score.ts';
import { type Evidence, scoreCase } from '../score/score-case.ts';
import type { EvalSystem, SystemUnderTest } from '../system/eval-system.ts';
import { fingerprintOf, openPredictions, type PredictionsFile } from './predictions-file.ts';

/** Documents ranked per question: enough for every cut-off that is reported. */
const RANKED = 20;
/** Ranked documents whose text is kept for the reports. */
const SHOWN = 3;

export interface RunOptions {
  readonly dataset: EvalDataset;
  readonly system: SystemUnderTest;
  readonly predictionsPath: (fingerprint: string) => string;
  /** Identity of the code under test, so that a changed program never takes over an older one's predictions. */
  readonly codeId: string;
  /** Only the first so many cases. */
  readonly limit?: number;
  readonly onIndex?: (done: number, total: number) => void;
  readonly onCase?: (done: number, total: number) => void;
}

interface ShownDocument {
  readonly title: string;
  readonly text: string;
}

/** A case with all that the reports show of it. */
export interface CaseResult {
  readonly evalCase: EvalCase;
  readonly prediction: Prediction;
  readonly score: CaseScore;
  /** The cited documents and the best ranked, by id. */
  readonly documents: ReadonlyMap<string, ShownDocument>;
}

export interface RunResult {
  readonly dataset: string;
  readonly system: string;
  readonly predictionsPath: string;
  /** Predictions taken over from an interrupted run. */
  readonly resumed: number;
  /** In the order of the data set. */
  readonly results: readonly CaseResult[];
}

/** Asks every case and scores it. Killed and started again, it goes on where it stood. */
export async function run(options: RunOptions): Promise<RunResult> {
  const cases = options.dataset.cases.slice(0, options.limit ?? Number.POSITIVE_INFINITY);
  const corpora = options.dataset.corpora.filter((corpus) =>
    cases.some((item) => item.corpus === corpus.name),
  );
  const keys = await Promise.all(corpora.map((corpus) => corpus.key()));
  const fingerprint = fingerprintOf([
    options.system.id,
    options.codeId,
    JSON.stringify(cases.map(identity)),
    ...keys,
  ]);
  const predictionsPath = options.predictionsPath(fingerprint);
  const file = await openPredictions(predictionsPath, fingerprint);
  const results = new Map<string, CaseResult>();
  for (const corpus of corpora) {
    const own = cases.filter((item) => item.corpus === corpus.name);
    for await (const result of runCorpus(corpus, own, file, options)) {
      results.set(result.evalCase.id, result);
      options.onCase?.(results.size, cases.length);
    }
  }
  const ordered = cases.flatMap((item) => results.get(item.id) ?? []);
  return {
    dataset: options.dataset.name,
    system: options.system.id,
    predictionsPath,
    resumed: file.done.size,
    results: ordered,
  };
}

async function* runCorpus(
  corpus: EvalCorpus,
  cases: readonly EvalCase[],
  file: PredictionsFile,
  { system: underTest, onIndex }: RunOptions,
): AsyncGenerator<CaseResult> {
  const system = await underTest.open();
  try {
    await system.index(corpus, onIndex);
    for (const evalCase of cases) {
      const prediction = file.done.get(evalCase.id) ?? (await predict(system, evalCase, file));
      const documents = await collectDocuments(system, prediction);
      const followUp = await searchFollowUp(system, evalCase);
      const evidence: Evidence = {
        textOf: (id) => documents.get(id)?.text,
        ...(followUp ? { followUp } : {}),
      };
      yield { evalCase, prediction, score: scoreCase(evalCase, prediction, evidence), documents };
    }
  } finally {
    await system.close();
  }
}

async function predict(system: EvalSystem, { id, question, history }: EvalCase, file: PredictionsFile) {
  const prediction: Prediction = {
    query_id: id,
    ...(await system.ask({ question, history, limit: RANKED })),
  };
  await file.append(prediction);
  return prediction;
}

async function searchFollowUp(system: EvalSystem, { history, rewrite, question, relevance }: EvalCase) {
  if (history.length === 0 || rewrite === undefined || relevance.size === 0) return undefined;
  return {
    byRewrite: await system.search(rewrite, RANKED),
    byLastTurn: await system.search(question, RANKED),
  };
}

async function collectDocuments(
  system: EvalSystem,
  prediction: Prediction,
): Promise<Map<string, ShownDocument>> {
  const ids = [...prediction.citations, ...prediction.ranked.slice(0, SHOWN)].map(({ doc_id }) => doc_id);
  const documents = new Map<string, ShownDocument>();
  for (const id of new Set(ids)) {
    const document = await system.document(id);
    if (document) documents.set(id, document);
  }
  return documents;
}

/** What a prediction depends on; a longer `--limit` is another run. */
function identity({ id, question, history, corpus }: EvalCase) {
  return [id, question, history, corpus];
}

import { join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { EvalCommandOptions } from '../../../eval/command.ts';
import type { SystemUnderTest } from '../../../eval/system/eval-system.ts';
import { ANSWER_FROM } from '../../ask/assess.ts';
import { readExtractively } from '../../ask/read.ts';
import { type Config, parseConfig } from '../../config.ts';
import { IbidError } from '../../model/errors.ts';
import { sha256Hex } from '../../model/hash.ts';
import { openCrossEncoder } from '../../node/open-cross-encoder.ts';
import { embedderIdOf, openEmbedder } from '../../node/open-embedder.ts';
import { type Judges, openModel } from '../../node/open-model.ts';
import { readPrompts } from '../../node/read-prompts.ts';
import { folderSource } from '../../node/sources.ts';
import { openConversations } from '../../node.ts';
import { type CliContext, configOf } from '../context.ts';
import { EXIT } from '../exit-codes.ts';

/** What can be put to the test: Ibid with a reader of its own, or a baseline to compare it with. */
const READERS = ['extractive', 'model', 'words-and-vectors', 'bm25', 'langchain', 'first-sentences'] as const;
type ReaderName = (typeof READERS)[number];

interface Options extends EvalCommandOptions {
  readonly judge?: string;
  readonly judgeBaseUrl?: string;
  readonly reader: ReaderName;
}

const CACHE_DIRECTORY = join('.cache', 'eval');

/** `ibid eval`: asks every case of a data set and reports how well it was answered. */
export function addEvalCommand(program: Command, context: CliContext): void {
  program
    .command('eval')
    .description('check the answers: on the own cases, or on a data set in BEIR layout')
    .option('--data <dir>', 'a folder with corpus.jsonl, queries.jsonl and qrels/')
    .option('--split <name>', 'the qrels file to use')
    .option('--off-topic <dir>', "ask another set's questions too, as ones without an answer here")
    .option('--limit <number>', 'only the first so many cases', toCount)
    .addOption(
      new Option('--reader <name>', 'what is put to the test').choices(READERS).default('extractive'),
    )
    .option('--predictions <file>', 'write a JSON line for each question')
    .option('--out <dir>', 'where the reports go')
    .option('--baseline <file>', 'the run to compare with')
    .option('--thresholds <file>', 'what must be reached')
    .option('--update-baseline', 'record this run as the baseline')
    .option('--judge <model>', 'also have a language model judge the answers, such as openai:NAME')
    .option('--judge-base-url <url>', "address of the judge's server")
    .option('--from-feedback', 'write case stubs from unanswered and down-rated questions')
    .option('--json', 'print the report as JSON')
    .action((options: Options) => evaluate(options, context));
}

async function evaluate(options: Options, context: CliContext): Promise<void> {
  const config = configOf(context);
  const { runEvalCommand } = await import('../../../eval/command.ts');
  const code = await runEvalCommand(options, {
    system: await systemOf(options.reader, config, context),
    ...(options.judge === undefined ? {} : { judge: await openJudge(options.judge, options, context) }),
    openFolder: folderSource,
    openConversations: () => openConversations(config),
    write: (text) => context.stdout.write(text),
    writeProgress: (text) => context.stderr.write(text),
    live: context.stderr.isTTY === true,
    now: () => new Date(),
    signal: context.signal,
  });
  context.setExitCode(code === 0 ? EXIT.ok : EXIT.failure);
}

async function systemOf(name: ReaderName, config: Config, { stderr }: CliContext): Promise<SystemUnderTest> {
  if (name === 'bm25') {
    const { BM25_DEFAULTS, createBm25System } = await import('../../../eval/system/bm25.ts');
    return createBm25System({ ...BM25_DEFAULTS, sentences: 3 });
  }
  const index = {
    cacheDirectory: CACHE_DIRECTORY,
    embedderId: embedderIdOf(config),
    openEmbedder: () => openEmbedder(config),
    warn: (message: string) => void stderr.write(`${message}\n`),
  };
  if (name === 'langchain') {
    const { createLangchainSystem } = await import('../../../eval/system/langchain.ts');
    return createLangchainSystem(index);
  }
  const [{ createIbidSystem }, { createTopSentences }] = await Promise.all([
    import('../../../eval/system/ibid.ts'),
    import('../../../eval/system/top-sentences.ts'),
  ]);
  const reader =
    name === 'model'
      ? await modelReader(config, index.warn)
      : extractiveReader(name === 'words-and-vectors' ? name : 'extractive');
  const ibid = createIbidSystem({
    ...index,
    openCrossEncoder: () => openCrossEncoder(config, CACHE_DIRECTORY),
    reader,
    threshold: ANSWER_FROM[reader.closely ? 'readClosely' : 'glanced'],
  });
  return name === 'first-sentences' ? createTopSentences(ibid, 3) : ibid;
}

function extractiveReader(name: 'extractive' | 'words-and-vectors') {
  return { name, closely: name === 'extractive', open: async () => ({ read: readExtractively }) };
}

/** The language model of the settings; another model or another prompt is another reader. */
async function modelReader(config: Config, warn: (message: string) => void) {
  const { model, prompts } = config;
  if (model === undefined)
    throw new IbidError('bad_request', '--reader model puts the model of IBID_MODEL to the test; set it.');
  const written = await sha256Hex(JSON.stringify(await readPrompts(prompts)));
  return {
    name: `${model.provider}:${model.model} prompts=${written.slice(0, 12)}`,
    closely: true,
    open: (judges: Judges) => openModel(config, judges, warn),
  };
}

/** The judge has the key and the limits of `IBID_MODEL`, and its server's address unless it is given one. */
async function openJudge(judge: string, { judgeBaseUrl }: Options, { environment }: CliContext) {
  const address = judgeBaseUrl === undefined ? {} : { IBID_MODEL_BASE_URL: judgeBaseUrl };
  const { model } = parseConfig({ ...environment, IBID_MODEL: judge, ...address });
  const provider = model?.provider;
  if (model === undefined || provider === undefined || provider === 'workers-ai')
    throw new IbidError('bad_request', '--judge takes openai:NAME, anthropic:NAME or ollama:NAME.');
  const { openChatModel } = await import('../../adapters/langchain/open-chat-model.ts');
  return { chat: await openChatModel({ ...model, provider }), timeoutMs: model.timeoutMs };
}

function toCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1)
    throw new InvalidArgumentError('It takes a whole number from 1.');
  return count;
}

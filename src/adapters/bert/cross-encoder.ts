import { availableParallelism } from 'node:os';
import type { CrossEncoder, Reading, ReadingText, SpanReading } from '../../ports/cross-encoder.ts';
import type { Entailment } from '../../ports/entailment.ts';
import type { BertConfig } from './bert-config.ts';
import type { Precision } from './bert-encoder.ts';
import { HEAD, HEAD_WIDTH, writeCrossEncoderGraph } from './cross-encoder-graph.ts';
import { graphPathIn, writeGraphFile } from './graph-file.ts';
import { createInferencePool } from './inference-pool.ts';
import { startInferenceWorker } from './inference-worker.ts';
import { type PairSequence, toPairSequence } from './pair-sequence.ts';
import type { StoredTensor } from './safetensors.ts';
import { createWordPieces, type WordPieces } from './word-pieces.ts';

/** A cross-encoder of the BERT family: what it is, and how its files are read. */
export interface CrossEncoderModel {
  readonly identity: string;
  /** Longest pair in tokens, special tokens included. */
  readonly maxTokens: number;
  /** Of its weights file, in hex. */
  readonly weightsSha256: string;
  readConfig(): BertConfig;
  /** The text of tokenizer.json. */
  readTokenizer(): string;
  /** Throws `embedder_failed` when the weights are not those of the hash. */
  readWeights(): ReadonlyMap<string, StoredTensor>;
}

export interface CrossEncoderOptions {
  readonly model: CrossEncoderModel;
  /** Where the ONNX graph, written once, is kept. */
  readonly cacheDirectory: string;
  readonly precision: Precision;
  /** Processor threads; all by default. */
  readonly threads?: number;
}

export interface ClosableCrossEncoder extends CrossEncoder {
  readonly entail: Entailment;
  /** Finishes what was asked, then ends the threads. */
  close(): Promise<void>;
}

/** Several threads on one text after the other: nearly as soon as a thread a text, and the weights are held once. */
const MOST_THREADS = 4;
/** Longest span, in tokens, that counts as an answer. */
const LONGEST_SPAN = 30;

/** Runs a cross-encoder by ONNX Runtime in threads of its own. Nothing is started until the first call. */
export function createCrossEncoder(options: CrossEncoderOptions): ClosableCrossEncoder {
  const { model, cacheDirectory, precision, threads = availableParallelism() } = options;
  const graphPath = graphPathIn(cacheDirectory, model, precision);
  const pool = createInferencePool({
    startWorker: () =>
      startInferenceWorker({ graphPath, threads: Math.min(threads, MOST_THREADS), spinning: true }),
    writeGraph: () =>
      writeGraphFile(graphPath, () =>
        writeCrossEncoderGraph(model.readConfig(), model.readWeights(), precision),
      ),
    workers: 1,
  });
  let pieces: WordPieces | undefined;
  const toPair = (first: string, second: ReadingText): PairSequence => {
    pieces ??= createWordPieces(model.readTokenizer());
    return toPairSequence(pieces, { first, second }, model.maxTokens);
  };
  const run = ({ tokens, segments }: PairSequence) => pool.run({ texts: 1, tokens, segments });

  return {
    id: `${model.identity}/${precision}`,
    read: (question, texts) =>
      Promise.all(
        texts.map(async (text) => {
          const pair = toPair(question, text);
          return toReading(await run(pair), pair.ranges);
        }),
      ),
    entail: (claim, texts) =>
      Promise.all(
        texts.map(async (text) => entailment(await run(toPair(claim, { context: '', sentences: [text] })))),
      ),
    close: pool.close,
  };
}

function toReading(logits: Float32Array, ranges: PairSequence['ranges']): Reading {
  const at = (token: number, name: keyof typeof HEAD) => logits[token * HEAD_WIDTH + HEAD[name]] ?? 0;
  const nothing = at(0, 'start') + at(0, 'end');
  return {
    relevance: at(0, 'relevance'),
    sentences: ranges.map((range) => range && readSpans(at, range, nothing)),
  };
}

/** A span is as likely as the sum of its start's and its end's logit says, the end at or after the start. */
function readSpans(
  at: (token: number, name: 'start' | 'end') => number,
  { start, end }: { readonly start: number; readonly end: number },
  nothing: number,
): SpanReading {
  let best = Number.NEGATIVE_INFINITY;
  let odds = 0;
  let tokens = 0;
  for (let first = start; first < end; first++) {
    const opening = at(first, 'start');
    for (let last = first; last < Math.min(end, first + LONGEST_SPAN); last++) {
      const logOdds = opening + at(last, 'end') - nothing;
      best = Math.max(best, logOdds);
      const chance = Math.exp(logOdds);
      odds += chance;
      tokens += chance * (last - first + 1);
    }
  }
  return { logOdds: best, length: odds > 0 ? tokens / odds : 0 };
}

/** Probability of "entails" among the three verdicts. */
function entailment(logits: Float32Array): number {
  const [entails = 0, ...others] = [HEAD.entails, HEAD.neutral, HEAD.contradicts].map((verdict) =>
    Math.exp(logits[verdict] ?? 0),
  );
  return entails / others.reduce((sum, each) => sum + each, entails);
}

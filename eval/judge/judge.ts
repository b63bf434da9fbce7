import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { callModel, PATIENCE } from '../../src/ask/generate/call-model.ts';
import { IbidError, messageOf } from '../../src/model/errors.ts';
import type { ChatMessage, ChatModel } from '../../src/ports/chat-model.ts';
import type { CaseResult } from '../run/run.ts';
import { firstSentences } from '../system/first-sentences.ts';
import { judgePrompt } from './judge-prompt.ts';
import { type Judgement, judgement, parseJudgement } from './judgement.ts';

export interface JudgeDeps {
  readonly chat: ChatModel;
  /** Keeps judgements by the hash of all that they depend on. */
  readonly cacheDirectory: string;
  /** Milliseconds for one judgement. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** What judging a run came to. `fault` says why it was given up, and then there are no judgements. */
export interface JudgedRun {
  readonly model: string;
  /** By case id. */
  readonly judgements: ReadonlyMap<string, Judgement>;
  /** Cases on which the judge failed. */
  readonly failed: number;
  readonly fault?: string;
}

/** With more failures than this, the judge is not to be relied on. */
const MOST_FAILURES = 5;
/** Replies asked for before a case counts as failed. */
const TRIES = 2;
const AT_ONCE = 4;
const REPLY_TOKENS = 2000;

/** Has a language model judge the answers that were given; declined questions have nothing to judge. */
export async function judgeRun(
  results: readonly CaseResult[],
  deps: JudgeDeps,
  onCase: (done: number, total: number) => void,
): Promise<JudgedRun> {
  await mkdir(deps.cacheDirectory, { recursive: true });
  const waiting = results.filter(({ prediction }) => prediction.status === 'answered');
  const judgements = new Map<string, Judgement>();
  const faults: string[] = [];
  let next = 0;
  const work = async () => {
    while (next < waiting.length && faults.length <= MOST_FAILURES) {
      const result = waiting[next++];
      if (result === undefined) return;
      try {
        judgements.set(result.evalCase.id, await judgeCase(result, deps));
      } catch (error) {
        deps.signal.throwIfAborted();
        faults.push(messageOf(error));
      }
      onCase(judgements.size + faults.length, waiting.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const outcome = { model: deps.chat.id, failed: faults.length };
  if (faults.length <= MOST_FAILURES) return { ...outcome, judgements };
  const fault = `${deps.chat.id} failed on ${faults.length} of the first ${judgements.size + faults.length} answers: ${faults.at(-1)}`;
  return { ...outcome, judgements: new Map(), fault };
}

async function judgeCase(result: CaseResult, deps: JudgeDeps): Promise<Judgement> {
  const { text } = result.prediction;
  const sentences = firstSentences(text, Number.POSITIVE_INFINITY).map(({ quote }) => quote);
  const messages = judgePrompt(result, sentences);
  const path = join(deps.cacheDirectory, `${hashOf([deps.chat.id, messages])}.json`);
  const kept = await readKept(path);
  if (kept !== undefined) return kept;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const found = parseJudgement(await replyTo(messages, deps), sentences.length);
    if (found === undefined) continue;
    await writeFile(path, JSON.stringify(found));
    return found;
  }
  throw new IbidError('model_failed', `its reply on ${result.evalCase.id} is not the JSON asked for.`);
}

async function replyTo(messages: readonly ChatMessage[], deps: JudgeDeps): Promise<string> {
  const signal = AbortSignal.any([deps.signal, AbortSignal.timeout(deps.timeoutMs)]);
  const countTokens = (text: string) => Math.ceil(text.length / 4);
  const call = { messages, maxTokens: REPLY_TOKENS, signal, onUsage: () => undefined };
  let text = '';
  for await (const piece of callModel({ chat: deps.chat, countTokens, patience: PATIENCE }, call))
    text += piece;
  return text;
}

async function readKept(path: string): Promise<Judgement | undefined> {
  try {
    return judgement.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}

function hashOf(parts: unknown): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

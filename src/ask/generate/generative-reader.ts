import { messageOf } from '../../model/errors.ts';
import { ModelError } from '../../model/model-error.ts';
import type { Reader, ReadInput, Statement } from '../../ports/reader.ts';
import { asData } from './as-data.ts';
import { faultNote, INCOMPLETE, NOTHING_STANDS } from './degraded.ts';
import { draftReply } from './draft-reply.ts';
import { createMender, type MendDeps } from './mend.ts';
import { saysNoAnswer } from './no-answer.ts';
import { type PackedPassages, packPassages } from './pack-passages.ts';
import { proveDraft } from './prove-draft.ts';
import { startDeadline } from './time.ts';

export interface GenerativeReaderDeps extends MendDeps {
  /** Answers when the model does not. */
  readonly fallback: Reader;
  /** Milliseconds for an answer, all calls together. */
  readonly within: number;
  /** Tokens that the model reads and writes for one reply. */
  readonly contextTokens: number;
}

/** More sentences are no answer. */
const MOST_SENTENCES = 16;
/** A model that wrote so many sentences that do not stand is not heard to its end. */
const MOST_OMITTED = 6;
/** Tokens of passages in a prompt, however little room the rest leaves. */
const LEAST_BUDGET = 200;

/**
 * The reader that lets a language model write. Its text is held to the sentence; a sentence is given on when its markers
 * name passages and a quote proves it, else it is mended once, else left out. Where the model fails, or nothing of what it
 * wrote stands, `fallback` answers, and a note says so. Where the model finds no answer, there is none.
 */
export function createGenerativeReader(deps: GenerativeReaderDeps): Reader {
  return async function* read(input) {
    const deadline = startDeadline(deps.within, input.signal, () => tooLate(deps));
    const reading: Reading = { stood: 0, omitted: 0, saidNoAnswer: false };
    let fault: unknown;
    try {
      yield* write(deps, { ...input, signal: deadline.signal }, reading);
    } catch (error) {
      input.signal.throwIfAborted();
      fault = error;
      deps.onFault(`A question was not answered by the language model as it should be: ${messageOf(error)}`);
    } finally {
      deadline.end();
    }
    if (reading.stood > 0) {
      for (let i = 0; i < reading.omitted; i++) input.note({ type: 'omitted' });
      if (fault !== undefined) input.note({ type: 'degraded', message: INCOMPLETE });
    } else if (!reading.saidNoAnswer || fault !== undefined) {
      input.note({ type: 'degraded', message: fault === undefined ? NOTHING_STANDS : faultNote(fault) });
      yield* deps.fallback(input);
    }
  };
}

interface Reading {
  stood: number;
  omitted: number;
  saidNoAnswer: boolean;
}

/** The sentences of the model that stand, each once. */
async function* write(
  deps: GenerativeReaderDeps,
  input: ReadInput,
  reading: Reading,
): AsyncGenerator<Statement> {
  const packed = pack(deps, input);
  const mend = createMender(deps, input, packed);
  const messages = deps.prompts.answer({ passages: packed.text, question: asData(input.question) });
  const written = new Set<string>();
  const given = new Set<string>();
  for await (const draft of draftReply(deps, messages, input)) {
    if (written.has(draft.text)) continue;
    written.add(draft.text);
    const proof = await proveDraft(draft, input, packed);
    if ('reason' in proof && saysNoAnswer(draft.text)) {
      reading.saidNoAnswer = true;
      continue;
    }
    const statements = 'reason' in proof ? await mend(draft, proof.reason) : [proof];
    if (statements.length === 0) reading.omitted++;
    for (const statement of statements.filter(({ text }) => !given.has(text))) {
      given.add(statement.text);
      reading.stood++;
      yield statement;
    }
    if (reading.omitted >= MOST_OMITTED || written.size >= MOST_SENTENCES) return;
  }
}

/** The passages that fit beside the rest of the prompt and the answer. */
function pack(deps: GenerativeReaderDeps, { passages, question }: ReadInput): PackedPassages {
  const { contextTokens, maxTokens, countTokens } = deps;
  const frame = deps.prompts.answer({ passages: '', question });
  const framed = frame.reduce((sum, { content }) => sum + countTokens(content), 0);
  const budget = Math.max(LEAST_BUDGET, contextTokens - maxTokens - framed);
  return packPassages(passages, budget, countTokens);
}

function tooLate({ chat, within }: GenerativeReaderDeps): ModelError {
  const advice = 'A slower model needs a higher IBID_MODEL_TIMEOUT.';
  return new ModelError('timeout', `${chat.id} had not answered after ${within / 1000} seconds. ${advice}`);
}

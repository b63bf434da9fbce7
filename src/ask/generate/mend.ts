import { messageOf } from '../../model/errors.ts';
import type { ReadInput, Statement } from '../../ports/reader.ts';
import { asData } from './as-data.ts';
import { type DraftDeps, draftReply } from './draft-reply.ts';
import type { Draft } from './drafts.ts';
import { saysNoAnswer } from './no-answer.ts';
import type { PackedPassages } from './pack-passages.ts';
import type { Prompts } from './prompts.ts';
import { proveDraft } from './prove-draft.ts';

export interface MendDeps extends DraftDeps {
  readonly prompts: Prompts;
  /** Told what went wrong, for the owner. */
  readonly onFault: (message: string) => void;
}

/** Sentences mended for one answer; each costs a call. */
const MOST_MENDED = 8;
/** One sentence may become two that each say half. */
const MOST_SENTENCES = 2;
/** Tokens of a mended sentence. */
const MOST_TOKENS = 400;

/** Asks the model once to mend a draft, with the reason why it does not stand; gives what stands then, mostly nothing or one. */
export type Mend = (draft: Draft, reason: string) => Promise<Statement[]>;

export function createMender(deps: MendDeps, input: ReadInput, packed: PackedPassages): Mend {
  let left = MOST_MENDED;
  return async (draft, reason) => {
    if (left-- <= 0) return [];
    const values = { sentence: asData(draft.text), reason: asData(reason), question: asData(input.question) };
    const messages = deps.prompts.correct({ ...values, passages: packed.text });
    const short = { ...deps, maxTokens: Math.min(deps.maxTokens, MOST_TOKENS) };
    const standing: Statement[] = [];
    let read = 0;
    try {
      for await (const mended of draftReply(short, messages, input)) {
        if (saysNoAnswer(mended.text) || ++read > MOST_SENTENCES) break;
        const proof = await proveDraft(mended, input, packed);
        if (!('reason' in proof)) standing.push(proof);
      }
    } catch (error) {
      input.signal.throwIfAborted();
      deps.onFault(`The language model could not mend a sentence: ${messageOf(error)}`);
    }
    return standing;
  };
}

import type { Answer } from '../model/answer.ts';
import type { Turn } from '../model/conversation.ts';
import { IbidError, messageOf } from '../model/errors.ts';
import type { ConversationStore } from '../ports/conversation-store.ts';
import type { AssessDeps } from './assess.ts';
import { buildAnswer } from './cite.ts';
import { conclude, wordOfLanguage } from './conclude.ts';
import { contextualise } from './contextualise.ts';
import type { Ask, AskEvent, AskRequest } from './events.ts';
import type { Condense } from './generate/condense.ts';
import type { Translate } from './generate/translate.ts';
import { holdConversation, unknownConversation } from './hold-conversation.ts';
import { createInOrder } from './in-order.ts';
import { detectLanguage } from './language/detect-language.ts';
import { type LookUp, lookUp } from './look-up.ts';
import { lookUpAcrossLanguages } from './look-up-across-languages.ts';
import { lookUpParts } from './look-up-parts.ts';
import { otherWordings } from './other-wordings.ts';
import { collectNotes } from './read-notes.ts';
import { type RetrieveDeps, toHit } from './retrieve.ts';
import { smallTalkOf } from './small-talk.ts';
import { correctSpelling } from './spelling/correct-spelling.ts';
import { startClock } from './start-clock.ts';
import { type TellDeps, tellAnswer } from './tell-answer.ts';
import { toldTurns } from './told-turns.ts';

export interface AskDeps extends RetrieveDeps, AssessDeps, TellDeps {
  readonly conversations: ConversationStore;
  /** Makes a follow-up stand alone; rules do without it. */
  readonly condense?: Condense;
  /** Puts a question into the language of the documents; without it, names and shared words must do. */
  readonly translate?: Translate;
  /** Confidence from which a question is answered. */
  readonly threshold: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly newId: (prefix: 'ans' | 'conv') => string;
}

const DEFAULT_PASSAGES = 8;
/** A question is read by this many turns before it. */
const TURNS_REMEMBERED = 20;
/** With more turns than this, a conversation's oldest leave. */
const MOST_TURNS = 500;

/** Makes the one function that every surface asks through. Questions of one conversation are answered in order. */
export function createAsk(deps: AskDeps): Ask {
  const inOrder = createInOrder();
  return async function* ask(request) {
    const { conversationId: continued, signal = new AbortController().signal } = request;
    const conversationId = continued ?? deps.newId('conv');
    const place = { conversationId, id: deps.newId('ans'), stored: false };
    const done = await inOrder(conversationId);
    let letGo = async () => {};
    try {
      if (continued !== undefined && request.store !== false)
        letGo = await holdConversation(deps, { ...place, signal });
      yield* walk(deps, { ...request, signal }, place);
    } catch (error) {
      yield faultOf(error, signal);
    } finally {
      // Storing the turn has ended the hold.
      if (!place.stored) await letGo();
      done();
    }
  };
}

/** Where the turn of a question will stand. */
interface Place {
  readonly conversationId: string;
  readonly id: string;
  stored: boolean;
}

async function* walk(
  deps: AskDeps,
  request: AskRequest & { readonly signal: AbortSignal },
  place: Place,
): AsyncGenerator<AskEvent> {
  const clock = startClock(deps.now);
  const { id, conversationId } = place;
  const { question, limit = DEFAULT_PASSAGES, signal } = request;
  const turns = await turnsBefore(deps, request);
  const notes = collectNotes();
  const smallTalk = smallTalkOf(question);
  const condense = deps.condense ?? contextualise;
  const language = detectLanguage(question);
  // What looks misspelt in another language is its own word.
  const correct = smallTalk === undefined && (language ?? 'en') === 'en';
  const asked = correct ? await correctSpelling(deps, question) : question;
  const contextualised = smallTalk ? asked : await condense(asked, turns, { note: notes.note, signal });
  clock.lap('contextualise');

  const found = smallTalk
    ? { question: contextualised, ...NOTHING }
    : await lookUpAcrossLanguages(
        {
          ...deps,
          lookUp: (wanted) => lookUpParts({ ...deps, lookUp: (part) => lookUp(deps, part, clock) }, wanted),
          clock,
        },
        {
          question: contextualised,
          alongside: otherWordings(asked, turns),
          language,
          limit,
          filter: request.filter,
        },
        { note: notes.note, signal },
      );
  const { question: standaloneQuestion, candidates, sentences } = found;
  const passages = candidates.slice(0, limit).map(toHit);
  yield { type: 'passages-found', id, conversationId, standaloneQuestion, passages };

  const answer = buildAnswer();
  if (found.confidence >= deps.threshold) {
    const { unanswered = [] } = found;
    const material = { question: standaloneQuestion, candidates, sentences, unanswered, signal };
    yield* tellAnswer(deps, material, answer, notes.note);
  }
  clock.lap('read');

  const isTranslated = standaloneQuestion !== contextualised;
  const circumstances = {
    store: deps.store,
    passages,
    language,
    isTranslated,
    smallTalk,
    filter: request.filter,
  };
  const result = await conclude(answer.answer(notes), circumstances);
  if (result.status === 'declined') yield { type: 'text-delta', text: result.text };
  signal.throwIfAborted();
  const confidence = settledConfidence(found.confidence, result, deps.threshold);
  const usage = notes.usage();
  if (request.store !== false) {
    const asked = { id, question, standaloneQuestion, askedAt: new Date(deps.now()).toISOString() };
    const kept = { ...(usage && { usage }), ...(request.note !== undefined && { note: request.note }) };
    await deps.conversations.appendTurn(
      conversationId,
      { ...asked, answer: result, confidence, ...kept },
      { continues: request.conversationId !== undefined, keep: MOST_TURNS },
    );
    place.stored = true;
  }

  const end = { id, conversationId, answer: result, confidence, standaloneQuestion, passages };
  const foreign = deps.translate === undefined ? undefined : wordOfLanguage(language, result);
  const degraded = [found.degraded, ...notes.degraded(), foreign]
    .filter((reason) => reason !== undefined)
    .join(' ');
  yield {
    type: 'answer-end',
    ...end,
    ...(degraded === '' ? {} : { degraded }),
    ...(usage === undefined ? {} : { usage }),
    timing: clock.timing(),
  };
}

/** The last turns of the conversation, or what the caller tells of one that it keeps itself. */
async function turnsBefore(
  { conversations }: AskDeps,
  { conversationId, history = [] }: AskRequest,
): Promise<readonly Turn[]> {
  if (conversationId === undefined) return toldTurns(history.slice(-TURNS_REMEMBERED));
  const conversation = await conversations.getConversation(conversationId, { limit: TURNS_REMEMBERED });
  if (conversation === undefined) throw unknownConversation(conversationId);
  return conversation.turns;
}

const NOTHING: Omit<LookUp, 'question'> = { candidates: [], sentences: [], confidence: 0 };

/** What was read and held no answer after all is no longer likely to: it falls below `threshold`, in the same order. */
function settledConfidence(confidence: number, { status }: Answer, threshold: number): number {
  return status === 'declined' && confidence >= threshold ? confidence * threshold : confidence;
}

function faultOf(error: unknown, signal: AbortSignal | undefined): AskEvent {
  if (error instanceof IbidError) return { type: 'ask-error', code: error.code, message: error.message };
  if (signal?.aborted) return { type: 'ask-error', code: 'internal', message: 'The question was cancelled.' };
  return {
    type: 'ask-error',
    code: 'internal',
    message: `The question could not be answered: ${messageOf(error)}`,
  };
}

import type { Turn } from '../model/conversation.ts';
import { IbidError, messageOf } from '../model/errors.ts';
import type { ConversationStore } from '../ports/conversation-store.ts';
import { type AssessDeps, assess, PASSAGES_READ } from './assess.ts';
import { buildAnswer } from './cite.ts';
import { conclude } from './conclude.ts';
import { contextualise } from './contextualise.ts';
import type { Ask, AskEvent, AskRequest } from './events.ts';
import type { Condense } from './generate/condense.ts';
import { holdConversation, unknownConversation } from './hold-conversation.ts';
import { createInOrder } from './in-order.ts';
import { detectLanguage } from './language/detect-language.ts';
import { type SearchWords, searchWords } from './language/search-words.ts';
import { collectNotes } from './read-notes.ts';
import { type Retrieval, type RetrieveDeps, type RetrieveRequest, retrieve, toHit } from './retrieve.ts';
import { smallTalkOf } from './small-talk.ts';
import { correctSpelling } from './spelling/correct-spelling.ts';
import { startClock } from './start-clock.ts';
import { type TellDeps, tellAnswer } from './tell-answer.ts';
import { toldTurns } from './told-turns.ts';

export interface AskDeps extends RetrieveDeps, AssessDeps, TellDeps {
  readonly conversations: ConversationStore;
  /** Makes a follow-up stand alone; rules do without it. */
  readonly condense?: Condense;
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
      if (continued !== undefined) letGo = await holdConversation(deps, { ...place, signal });
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
  const condense = smallTalk === undefined ? (deps.condense ?? contextualise) : contextualise;
  const language = detectLanguage(question);
  // What looks misspelt in another language is its own word.
  const correct = smallTalk === undefined && (language ?? 'en') === 'en';
  const asked = correct ? await correctSpelling(deps, question) : question;
  const standaloneQuestion = await condense(asked, turns, { note: notes.note, signal });
  clock.lap('contextualise');

  const search = searchWords(standaloneQuestion, language);
  const retrieval = smallTalk ? NOTHING : await retrieve(deps, toQuery(request, search, limit));
  clock.lap('retrieve');

  const { candidates, sentences, confidence } = await assess(deps, search.query, retrieval);
  const passages = candidates.slice(0, limit).map(toHit);
  yield { type: 'passages-found', id, conversationId, standaloneQuestion, passages };

  const answer = buildAnswer();
  if (confidence >= deps.threshold) {
    const material = { question: standaloneQuestion, candidates, sentences, signal };
    yield* tellAnswer(deps, material, answer, notes.note);
  }
  clock.lap('read');

  const circumstances = { store: deps.store, passages, language, smallTalk, filter: request.filter };
  const result = await conclude(answer.answer(notes.omitted()), circumstances);
  if (result.status === 'declined') yield { type: 'text-delta', text: result.text };
  signal.throwIfAborted();
  const turn = { question, standaloneQuestion, answer: result, confidence };
  await deps.conversations.appendTurn(
    conversationId,
    { id, ...turn, askedAt: new Date(deps.now()).toISOString() },
    { continues: request.conversationId !== undefined, keep: MOST_TURNS },
  );
  place.stored = true;
  const end = { id, conversationId, answer: result, confidence, standaloneQuestion, passages };
  const degraded = [retrieval.degraded, ...notes.degraded()]
    .filter((reason) => reason !== undefined)
    .join(' ');
  const usage = notes.usage();
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

const NOTHING: Retrieval = { candidates: [] };

function toQuery({ filter }: AskRequest, search: SearchWords, limit: number): RetrieveRequest {
  return { ...search, limit: Math.max(limit, PASSAGES_READ), ...(filter === undefined ? {} : { filter }) };
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

import type { Ask, AskRequest } from '../ask/events.ts';
import type { ConversationStore } from '../ports/conversation-store.ts';
import type { InboxJob } from '../ports/slack-inbox.ts';
import type { SlackThreads } from '../ports/slack-threads.ts';
import { type Asked, askForSlack, type KeptAnswer } from './ask-for-slack.ts';
import type { FindNames } from './find-names.ts';
import type { Lease } from './lease.ts';
import { plainText } from './plain-text.ts';
import { UndeliverableError } from './post-message.ts';
import { readThread } from './read-thread.ts';
import { type OutgoingMessage, renderAnswer, renderNotice } from './render-answer.ts';
import { openReply, type ReplyProgress } from './reply.ts';
import { mentions } from './route-event.ts';
import { filterOf, isOpenIn, type SlackSettings } from './settings.ts';
import type { SlackCalls } from './slack-calls.ts';
import { createLinkOf } from './source-link.ts';
import type { StreamingTeams } from './streaming-teams.ts';
import { historyOf } from './thread-history.ts';
import { failureWords, PASSING, WORDS } from './words.ts';
import type { Question } from './work.ts';
import type { Outcome } from './worker.ts';

export interface AnswerDeps {
  readonly ask: Ask;
  readonly conversations: Pick<ConversationStore, 'getConversation'>;
  readonly threads: SlackThreads;
  readonly settings: SlackSettings;
  readonly findNames: FindNames;
  readonly streaming: StreamingTeams;
  readonly now: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly report: (message: string) => void;
}

/** A question that was claimed, and how to speak where it was asked. */
export interface Claimed {
  readonly question: Question;
  readonly job: InboxJob;
  readonly lease: Lease;
  readonly calls: SlackCalls;
  readonly botUser: string | undefined;
}

/** Attempts at an answer before the thread hears that there is none. */
const TRIES = 3;
/** In a direct conversation people go on without a thread; after this pause they begin anew. */
const GOES_ON_MS = 30 * 60_000;

/** Answers a message in its thread, once. */
export async function answerQuestion(deps: AnswerDeps, claimed: Claimed): Promise<Outcome> {
  const { question, job, calls } = claimed;
  if (!(await isForUs(deps, claimed))) return { type: 'forget' };
  if (question.via !== 'direct' && !isOpenIn(deps.settings, question.channel)) {
    if (question.via === 'reply') return { type: 'forget' };
    const text = WORDS.elsewhere(deps.settings.channels);
    await calls('chat.postEphemeral', { channel: question.channel, user: question.user, text });
    return { type: 'done' };
  }
  void calls('assistant.threads.setStatus', {
    ...{ channel_id: question.channel, thread_ts: rootOf(question), status: WORDS.status },
  });
  try {
    return await reply(deps, claimed);
  } catch (error) {
    if (!(error instanceof UndeliverableError)) throw error;
    deps.report(`Slack event ${job.eventId}: ${error.message}`);
    return { type: 'done' };
  }
}

/** A reply in a thread is for the bot when it is mentioned, or when it has spoken there and nobody else is addressed. */
async function isForUs({ threads }: AnswerDeps, { question, botUser }: Claimed): Promise<boolean> {
  const { via, channel, text, threadTs, parentUser } = question;
  if (via !== 'reply' || (botUser !== undefined && mentions(text, botUser))) return true;
  if (threadTs === undefined || /^\s*<@/.test(text)) return false;
  if (text.trim() === '') return false;
  if (botUser !== undefined && parentUser === botUser) return true;
  return (await threads.find(channel, threadTs)) !== undefined;
}

async function reply(deps: AnswerDeps, claimed: Claimed): Promise<Outcome> {
  const { question, job, lease, calls, botUser } = claimed;
  const progress = progressOf(job);
  let { kept } = progress;
  const toProgress = (noted: ReplyProgress) =>
    JSON.stringify({ ...noted, ...(kept === undefined ? {} : { kept }) } satisfies Progress);
  const out = await openReply(
    {
      ...{ calls, lease, botUser, toProgress, streaming: deps.streaming, now: deps.now, sleep: deps.sleep },
      place: { channel: question.channel, threadTs: rootOf(question), after: question.ts },
      recipient: { user: question.user, team: question.userTeam ?? question.team.id },
      question: `${question.channel}:${question.ts}`,
    },
    progress,
  );
  const text = plainText(question.text, await deps.findNames(calls, question.text, botUser), botUser);
  const word = wordFor(text, question, deps.settings);
  if (word !== undefined) {
    await out.finish([renderNotice(word)]);
    await remember(deps, question, '');
    return { type: 'done' };
  }
  if (kept === undefined) {
    const asked = await askInThread(deps, claimed, text, out.write);
    if (asked.outcome === 'failed') {
      deps.report(`Slack event ${job.eventId}, attempt ${job.attempts}: ${asked.message}`);
      if (PASSING.has(asked.code) && job.attempts < TRIES)
        return { type: 'retry', inMs: 1_500 * job.attempts };
      await out.finish([renderNotice(failureWords(asked.code, asked.message, job.eventId))]);
      await remember(deps, question, '');
      return { type: 'done' };
    }
    kept = asked.kept;
    await out.note();
  }
  await out.finish(messagesOf(kept, question, deps.settings));
  await remember(deps, question, kept.conversationId);
  return { type: 'done' };
}

async function askInThread(
  deps: AnswerDeps,
  claimed: Claimed,
  text: string,
  show: (markdown: string) => Promise<void>,
): Promise<Asked> {
  const { question, lease } = claimed;
  const filter = filterOf(deps.settings, question.channel, question.via === 'direct');
  return askForSlack(
    deps.ask,
    {
      question: text,
      signal: lease.signal,
      ...(await saidBefore(deps, claimed)),
      ...(filter === undefined ? {} : { filter }),
    },
    show,
  );
}

/** The conversation of the thread, or what was said in it before the bot came. */
async function saidBefore(
  { threads, conversations, now }: AnswerDeps,
  { question, calls, botUser }: Claimed,
): Promise<Pick<AskRequest, 'conversationId' | 'history'>> {
  const { channel, threadTs, ts, via } = question;
  const own = threadTs === undefined ? undefined : await threads.find(channel, threadTs);
  const last = own === undefined && via === 'direct' ? await threads.find(channel) : undefined;
  const thread = own ?? (last !== undefined && now() - last.spokeAt < GOES_ON_MS ? last : undefined);
  const id = thread?.conversationId ?? '';
  // It may have been deleted since.
  if (id !== '' && (await conversations.getConversation(id)) !== undefined) return { conversationId: id };
  if (threadTs === undefined) return {};
  const messages = await readThread(calls, { channel, threadTs, before: ts });
  const history = historyOf(messages ?? [], botUser);
  return history.length === 0 ? {} : { history };
}

function messagesOf(kept: KeptAnswer, question: Question, settings: SlackSettings): OutgoingMessage[] {
  return renderAnswer(kept, {
    linkOf: createLinkOf(settings.publicUrl),
    as: 'reply',
    handOff: settings.handOff !== undefined,
    notes: [...kept.notes, ...(question.files > 0 ? [WORDS.fileToo] : [])],
  });
}

/** What to say in place of an answer, when there is no question. */
function wordFor(text: string, { files }: Question, { maxQuestionChars }: SlackSettings): string | undefined {
  if (text === '') return files > 0 ? WORDS.fileOnly : WORDS.empty;
  return text.length > maxQuestionChars ? WORDS.tooLong(maxQuestionChars) : undefined;
}

async function remember(
  { threads, now }: AnswerDeps,
  question: Question,
  conversationId: string,
): Promise<void> {
  const { channel } = question;
  const threadTs = rootOf(question);
  // A word on an empty message does not end the conversation that the thread carries on.
  if (conversationId === '' && (await threads.find(channel, threadTs)) !== undefined) return;
  await threads.remember({ channel, threadTs, conversationId, spokeAt: now() });
}

function rootOf({ threadTs, ts }: Question): string {
  return threadTs ?? ts;
}

interface Progress extends ReplyProgress {
  readonly kept?: KeptAnswer;
}

function progressOf({ progress }: InboxJob): Progress {
  return progress === undefined ? {} : (JSON.parse(progress) as Progress);
}

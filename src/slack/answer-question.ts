import type { Ask } from '../ask/events.ts';
import { type IbidErrorCode, messageOf } from '../model/errors.ts';
import type { InboxJob, SlackInbox } from '../ports/slack-inbox.ts';
import { type Asked, askForSlack, type KeptAnswer } from './ask-for-slack.ts';
import { SlackSilentError, UndeliverableError } from './faults.ts';
import type { FindNames } from './find-names.ts';
import { type Lease, LeaseLostError } from './lease.ts';
import { plainText } from './plain-text.ts';
import { type OutgoingMessage, renderAnswer, renderNotice } from './render-answer.ts';
import { openReply, type Reply, type ReplyProgress } from './reply.ts';
import { mentions } from './route-event.ts';
import { filterOf, isOpenIn, type SlackSettings } from './settings.ts';
import type { SlackCalls } from './slack-calls.ts';
import { createLinkOf } from './source-link.ts';
import type { StreamingTeams } from './streaming-teams.ts';
import { type ConversationDeps, remember, rootOf, saidBefore } from './thread-conversation.ts';
import { failureWords, PASSING, WORDS } from './words.ts';
import type { Question, Sweep } from './work.ts';
import type { Outcome } from './worker.ts';

export interface AnswerDeps extends ConversationDeps {
  readonly ask: Ask;
  readonly inbox: Pick<SlackInbox, 'receive'>;
  readonly settings: SlackSettings;
  readonly findNames: FindNames;
  readonly streaming: StreamingTeams;
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
/** Before the second; before the third it is twice as long. */
const PAUSE_MS = 1_500;
/** What Slack took of a call that was given up is there by then. */
const SWEEP_AFTER_MS = 10_000;

/** Answers a message in its thread, once. */
export async function answerQuestion(deps: AnswerDeps, claimed: Claimed): Promise<Outcome> {
  const { question, job, calls } = claimed;
  if (!(await isForUs(deps, claimed))) {
    // While Slack does not say who the bot is, a mention may be of it, and its other event was taken for the same.
    const unsure = claimed.botUser === undefined && question.text.includes('<@') && job.attempts < TRIES;
    return unsure ? { type: 'retry', inMs: PAUSE_MS } : { type: 'forget' };
  }
  if (question.via !== 'direct' && !isOpenIn(deps.settings, question.channel)) {
    if (question.via === 'reply') return { type: 'forget' };
    const text = WORDS.elsewhere(deps.settings.channels);
    await calls('chat.postEphemeral', { channel: question.channel, user: question.user, text });
    return { type: 'done' };
  }
  const clearStatus = showStatus(calls, question);
  try {
    return await reply(deps, claimed);
  } catch (error) {
    if (error instanceof LeaseLostError || error instanceof SlackSilentError) throw error;
    deps.report(`Slack event ${job.eventId}, attempt ${job.attempts}: ${messageOf(error)}`);
    if (error instanceof UndeliverableError) return { type: 'done' };
    if (job.attempts < TRIES) return { type: 'retry', inMs: PAUSE_MS * job.attempts };
    // Whatever went wrong, something may be in the thread already.
    const out = await openIn(deps, claimed, () => undefined, { ...progressOf(job), posting: true });
    return sayAndEnd(deps, claimed, out, [failureOf({ code: 'internal', message: '' }, job)]);
  } finally {
    clearStatus();
  }
}

/** Says in the thread that the bot looks for an answer. Slack takes that away with the first message, unless it comes after it. */
function showStatus(calls: SlackCalls, question: Question): () => void {
  const place = { channel_id: question.channel, thread_ts: rootOf(question) };
  let shown = false;
  const showing = calls('assistant.threads.setStatus', { ...place, status: WORDS.status }).then(() => {
    shown = true;
  });
  return () => {
    if (!shown) void showing.then(() => calls('assistant.threads.setStatus', { ...place, status: '' }));
  };
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
  let { kept } = progressOf(job);
  const out = await openIn(deps, claimed, () => kept);
  const text = plainText(question.text, await deps.findNames(calls, question.text, botUser), botUser);
  const word = wordFor(text, question, deps.settings);
  if (word !== undefined) {
    return sayAndEnd(deps, claimed, out, [renderNotice(word)]);
  }
  if (kept === undefined) {
    const asked = await askInThread(deps, claimed, text, out.write);
    if (asked.outcome === 'failed') {
      // What was cancelled did not fail.
      if (lease.signal.aborted) throw new LeaseLostError();
      deps.report(`Slack event ${job.eventId}, attempt ${job.attempts}: ${asked.message}`);
      if (PASSING.has(asked.code) && job.attempts < TRIES)
        return { type: 'retry', inMs: PAUSE_MS * job.attempts };
      return sayAndEnd(deps, claimed, out, [failureOf(asked, job)]);
    }
    kept = asked.kept;
    await out.note();
  }
  return sayAndEnd(deps, claimed, out, messagesOf(kept, question, deps.settings), kept.conversationId);
}

async function sayAndEnd(
  deps: AnswerDeps,
  { question, job }: Claimed,
  out: Reply,
  messages: readonly OutgoingMessage[],
  conversationId = '',
): Promise<Outcome> {
  if (await out.finish(messages)) await sweepLater(deps, question, job);
  // It is said, and must not be said again because the thread could not be noted as ours.
  await remember(deps, question, conversationId).catch((error: unknown) => deps.report(messageOf(error)));
  return { type: 'done' };
}

/** In the lane of the thread, so that its next question waits for it. */
async function sweepLater({ inbox, now }: AnswerDeps, question: Question, { lane }: InboxJob): Promise<void> {
  const { team, channel, ts } = question;
  const name = nameOf(question);
  const sweep: Sweep = {
    kind: 'sweep',
    team,
    channel,
    threadTs: rootOf(question),
    after: ts,
    question: name,
  };
  const entry = { eventId: `sweep:${name}`, lane, payload: JSON.stringify(sweep) };
  await inbox.receive(entry, now() + SWEEP_AFTER_MS);
}

/** Names the question in the marks of its messages. */
function nameOf({ channel, ts }: Question): string {
  return `${channel}:${ts}`;
}

/** What the thread hears in place of an answer. */
function failureOf(fault: { readonly code: IbidErrorCode; readonly message: string }, job: InboxJob) {
  return renderNotice(failureWords(fault.code, fault.message, job.eventId));
}

/** The reply as it stands; `kept` gives the answer to be noted with it. */
function openIn(
  { streaming, now, sleep }: AnswerDeps,
  { question, job, lease, calls, botUser }: Claimed,
  kept: () => KeptAnswer | undefined,
  progress: Progress = progressOf(job),
): Promise<Reply> {
  const toProgress = (noted: ReplyProgress): string => {
    const answer = kept();
    return JSON.stringify({ ...noted, ...(answer === undefined ? {} : { kept: answer }) } satisfies Progress);
  };
  return openReply(
    {
      ...{ calls, lease, botUser, toProgress, streaming, now, sleep },
      place: { channel: question.channel, threadTs: rootOf(question), after: question.ts },
      recipient: { user: question.user, team: question.userTeam ?? question.team.id },
      question: nameOf(question),
    },
    progress,
  );
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

interface Progress extends ReplyProgress {
  readonly kept?: KeptAnswer;
}

function progressOf({ progress }: InboxJob): Progress {
  return progress === undefined ? {} : (JSON.parse(progress) as Progress);
}

import type { KnownBlock } from '@slack/types';
import type { Ask } from '../ask/events.ts';
import { messageOf } from '../model/errors.ts';
import type { InboxJob } from '../ports/slack-inbox.ts';
import { askForSlack, type KeptAnswer } from './ask-for-slack.ts';
import type { FindNames } from './find-names.ts';
import { type Lease, LeaseLostError } from './lease.ts';
import { plainText } from './plain-text.ts';
import { blocksOf } from './post-message.ts';
import { type OutgoingMessage, renderAnswer, renderNotice } from './render-answer.ts';
import type { RespondUrl, UrlOutcome } from './respond-url.ts';
import { filterOf, isDirect, type SlackSettings } from './settings.ts';
import type { SlackCalls } from './slack-calls.ts';
import { createLinkOf } from './source-link.ts';
import { failureWords, PASSING } from './words.ts';
import type { Command } from './work.ts';
import type { Outcome } from './worker.ts';

export interface CommandDeps {
  readonly ask: Ask;
  readonly settings: SlackSettings;
  readonly findNames: FindNames;
  readonly respondUrl: RespondUrl;
  readonly report: (message: string) => void;
}

interface Progress {
  readonly kept?: KeptAnswer;
  /** Messages that are out. */
  readonly sent?: number;
}

const TRIES = 3;

interface ClaimedCommand {
  readonly command: Command;
  readonly job: InboxJob;
  readonly lease: Lease;
  readonly calls: SlackCalls;
  readonly botUser: string | undefined;
}

/** Answers `/ask` to the one who asked: in place of the word that acknowledged it. */
export async function answerCommand(deps: CommandDeps, claimed: ClaimedCommand): Promise<Outcome> {
  const { command, job, lease, calls } = claimed;
  try {
    return await answer(deps, claimed);
  } catch (error) {
    if (error instanceof LeaseLostError) throw error;
    deps.report(`Slack command ${job.eventId}, attempt ${job.attempts}: ${messageOf(error)}`);
    if (job.attempts < TRIES) return { type: 'retry', inMs: 1_000 * job.attempts };
    const words = renderNotice(failureWords('internal', '', job.eventId));
    await send(deps, { command, calls, signal: lease.signal }, words, 0);
    return { type: 'done' };
  }
}

async function answer(
  deps: CommandDeps,
  { command, job, lease, calls, botUser }: ClaimedCommand,
): Promise<Outcome> {
  const progress = job.progress === undefined ? {} : (JSON.parse(job.progress) as Progress);
  const filter = filterOf(deps.settings, command.channel, isDirect(command.channel));
  const names = await deps.findNames(calls, command.text, botUser);
  const question = plainText(command.text, names, botUser);
  const { signal } = lease;
  let { kept } = progress;
  if (kept === undefined) {
    const request = { question, signal, ...(filter === undefined ? {} : { filter }) };
    const asked = await askForSlack(deps.ask, request, async () => {});
    if (asked.outcome === 'failed') {
      if (signal.aborted) throw new LeaseLostError();
      deps.report(`Slack command ${job.eventId}, attempt ${job.attempts}: ${asked.message}`);
      if (PASSING.has(asked.code) && job.attempts < TRIES)
        return { type: 'retry', inMs: 1_000 * job.attempts };
      await send(
        deps,
        { command, calls, signal },
        renderNotice(failureWords(asked.code, asked.message, job.eventId)),
        0,
      );
      return { type: 'done' };
    }
    kept = asked.kept;
    await lease.hold(JSON.stringify({ kept } satisfies Progress));
  }
  const messages = renderAnswer(kept, {
    linkOf: createLinkOf(deps.settings.publicUrl),
    ...{ as: 'private', handOff: false, notes: kept.notes },
  });
  for (const [at, message] of messages.entries()) {
    if (at < (progress.sent ?? 0)) continue;
    await send(deps, { command, calls, signal }, message, at);
    await lease.hold(JSON.stringify({ kept, sent: at + 1 } satisfies Progress));
  }
  return { type: 'done' };
}

/**
 * The first message replaces the acknowledgement, so that sending it again shows nothing twice. What Slack does not take with its
 * blocks goes out as text, and what the address of the command does not take, as a message to its user alone.
 */
async function send(
  { respondUrl, report }: CommandDeps,
  { command, calls, signal }: { command: Command; calls: SlackCalls; signal: AbortSignal },
  message: OutgoingMessage,
  at: number,
): Promise<void> {
  const { channel, user, responseUrl } = command;
  const [text, ...more] = message.texts;
  const forms: Form[][] = [
    [{ text, blocks: blocksOf(message) }],
    [text, ...more].map((part) => ({ text: part })),
  ];
  for (const form of forms) {
    const outcome = await respond(form);
    if (outcome === 'taken') return;
    if (outcome === 'silent') break;
  }
  let refusal: string | undefined;
  for (const form of forms) {
    refusal = await tell(form);
    if (refusal === undefined) return;
  }
  report(`Slack refused an answer: ${refusal}.`);

  async function respond(form: readonly Form[]): Promise<UrlOutcome> {
    for (const [part, content] of form.entries()) {
      const how = { response_type: 'ephemeral', replace_original: at === 0 && part === 0 } as const;
      const outcome = await respondUrl(responseUrl, { ...how, ...content }, signal);
      if (outcome !== 'taken') return outcome;
    }
    return 'taken';
  }

  async function tell(form: readonly Form[]): Promise<string | undefined> {
    for (const content of form) {
      const reply = await calls('chat.postEphemeral', { channel, user, ...content });
      if (reply.outcome !== 'ok') return reply.outcome === 'refused' ? reply.error : reply.message;
    }
    return undefined;
  }
}

interface Form {
  readonly text: string;
  readonly blocks?: KnownBlock[];
}

import type { Ask } from '../ask/events.ts';
import { messageOf } from '../model/errors.ts';
import type { InboxJob } from '../ports/slack-inbox.ts';
import { askForSlack, type KeptAnswer } from './ask-for-slack.ts';
import type { FindNames } from './find-names.ts';
import { type Lease, LeaseLostError } from './lease.ts';
import { plainText } from './plain-text.ts';
import { blocksOf } from './post-message.ts';
import { type OutgoingMessage, renderAnswer, renderNotice } from './render-answer.ts';
import type { RespondUrl } from './respond-url.ts';
import { filterOf, type SlackSettings } from './settings.ts';
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

async function answer(deps: CommandDeps, { command, job, lease, calls }: ClaimedCommand): Promise<Outcome> {
  const progress = job.progress === undefined ? {} : (JSON.parse(job.progress) as Progress);
  const filter = filterOf(deps.settings, command.channel, command.channel.startsWith('D'));
  const question = plainText(command.text, await deps.findNames(calls, command.text, undefined));
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

/** The first message replaces the acknowledgement, so that sending it again shows nothing twice. */
async function send(
  { respondUrl, report }: CommandDeps,
  { command, calls, signal }: { command: Command; calls: SlackCalls; signal: AbortSignal },
  message: OutgoingMessage,
  at: number,
): Promise<void> {
  const [text, ...more] = message.texts;
  const blocks = blocksOf(message);
  const how = { response_type: 'ephemeral', replace_original: at === 0 } as const;
  if (await respondUrl(command.responseUrl, { ...how, text, blocks }, signal)) return;
  const { channel, user } = command;
  for (const args of [{ text, blocks }, ...[text, ...more].map((part) => ({ text: part }))]) {
    const reply = await calls('chat.postEphemeral', { channel, user, ...args });
    if (reply.outcome === 'ok' && 'blocks' in args) return;
    if (reply.outcome === 'refused' && !('blocks' in args))
      report(`Slack refused an answer: ${reply.error}.`);
  }
}

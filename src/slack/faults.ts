import { IbidError } from '../model/errors.ts';
import type { PatientReply } from './patient-api.ts';

/** Slack refused a message for good; trying again would not help. */
export class UndeliverableError extends IbidError {
  readonly refusal: string;

  constructor(refusal: string) {
    super(
      'forbidden',
      `Slack refused the message (${refusal}). Run \`npx ibid slack check\`, and invite the bot to the channel.`,
    );
    this.name = 'UndeliverableError';
    this.refusal = refusal;
  }
}

/** Slack cannot be reached: what is to be said waits until it can. */
export class SlackSilentError extends IbidError {
  constructor() {
    super('internal', 'Slack does not say what came of a call. It is tried again later.');
    this.name = 'SlackSilentError';
  }
}

/** What Slack said of a call. Throws `SlackSilentError` when it said nothing. */
export function certain(reply: PatientReply): Exclude<PatientReply, { outcome: 'unknown' }> {
  if (reply.outcome === 'unknown') throw new SlackSilentError();
  return reply;
}

import type { IbidErrorCode } from '../model/errors.ts';

/** What the bot says when it has no answer to give. */
export const WORDS = {
  empty:
    'What would you like to know? Ask me in a full sentence, and I will quote where the documents say it.',
  fileOnly:
    'I cannot read files that are sent here, only the documents that I was given. Ask me a question about those, or ask the owner to add this one.',
  fileToo: 'I did not read the attached file: I know only the documents that I was given.',
  tooLong: (most: number) =>
    `That is longer than I can read at once (${most} characters). Please ask it in fewer words.`,
  elsewhere: (channels: readonly string[]) =>
    `I do not answer in this channel. Ask me in ${listOfChannels(channels)}, or write to me directly.`,
  lookingUp: 'Looking it up…',
  status: 'is looking it up…',
  gone: 'That answer is no longer kept, so there is nothing to do with it.',
  thanks: 'Thank you, your rating is kept.',
  shared: 'Shared in the channel.',
  notShared: 'Slack does not let me write in this channel, so the answer is not shared.',
  nobodyCalled: 'Slack does not let me write here, so nobody was called. Please ask a person yourself.',
  command: 'Type your question after the command, such as `/ask How many days of leave do I have?`',
} as const;

const MOST_CHANNELS = 20;

/** Channels as links, no more than people read. */
export function listOfChannels(channels: readonly string[]): string {
  const more = channels.length > MOST_CHANNELS ? ', …' : '';
  return `${channels
    .slice(0, MOST_CHANNELS)
    .map((id) => `<#${id}>`)
    .join(', ')}${more}`;
}

/** Faults that a moment may heal. */
export const PASSING: ReadonlySet<IbidErrorCode> = new Set([
  'embedder_failed',
  'index_busy',
  'internal',
  'model_failed',
  'not_ready',
  'rate_limited',
]);

/** What the thread hears when an answer fails; what the owner has to know of it is in the log. */
export function failureWords(code: IbidErrorCode, message: string, reference: string): string {
  switch (code) {
    case 'bad_request':
      return message;
    case 'not_ready':
    case 'index_busy':
      return 'I am still reading the documents, so I could not answer this. Please ask again in a few minutes.';
    case 'model_failed':
    case 'embedder_failed':
    case 'rate_limited':
      return 'I could not answer this: the language model does not respond at the moment. Please ask again later.';
    default:
      return `I could not answer this: something went wrong on my side. Please ask again, or tell the owner to look for ${reference} in the log.`;
  }
}

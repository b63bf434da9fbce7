import type { MetadataFilter } from '../ports/passage-store.ts';

/** What the owner sets of the Slack bot. */
export interface SlackSettings {
  /** Without it, Slack's requests are not taken; a socket needs none. */
  readonly signingSecret?: string;
  /** Of the one workspace that the bot serves without OAuth. */
  readonly botToken?: string;
  /** Lets other workspaces install the app. */
  readonly oauth?: { readonly clientId: string; readonly clientSecret: string };
  /** Ids of the channels in which the bot answers; all when empty. Direct messages are always answered. */
  readonly channels: readonly string[];
  /** Channel id → metadata that a document must have to be cited there; `dm` for direct messages, `*` for all other places. */
  readonly filters: Readonly<Record<string, MetadataFilter>>;
  /** Id of a user group (`S…`) or user (`U…`, `W…`) whom "Ask a human" calls. */
  readonly handOff?: string;
  /** Address under which others reach this server, without a slash at its end. */
  readonly publicUrl?: string;
  /** Longest question in UTF-16 code units. */
  readonly maxQuestionChars: number;
}

/** The documents that may be cited in a place. */
export function filterOf(
  { filters }: SlackSettings,
  channel: string,
  direct: boolean,
): MetadataFilter | undefined {
  return filters[channel] ?? (direct ? filters.dm : undefined) ?? filters['*'];
}

/** Whether a channel's id is that of a conversation with one person. */
export function isDirect(channel: string): boolean {
  return channel.startsWith('D');
}

export function isOpenIn({ channels }: SlackSettings, channel: string): boolean {
  return channels.length === 0 || channels.includes(channel);
}

import type { KnownBlock } from '@slack/types';

/** What Slack takes, in UTF-16 code units: https://docs.slack.dev/reference/block-kit/blocks and the pages of the methods. */
export const LIMITS = {
  /** All `markdown` blocks of a message together, and `markdown_text` of one call. */
  markdown: 12_000,
  section: 3_000,
  blocks: 50,
  /** Longer `text` is refused by `chat.update`. */
  text: 4_000,
  buttonText: 75,
  value: 2_000,
  prompts: 4,
} as const;

/** What keeps a message within the limits with room to spare, since Slack may count an entity or an emoji otherwise. */
export const ROOM = {
  markdown: 11_000,
  piece: 2_900,
  blocks: 45,
  /** All that people read of one message, since Slack refuses a large one by a size that it does not publish. */
  message: 12_000,
  text: 3_800,
} as const;

/** The characters that people read in a block. */
export function lengthOf(block: KnownBlock): number {
  return textsIn(block).reduce((sum, text) => sum + text.length, 0);
}

function textsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'text' && typeof inner === 'string' ? [inner] : textsIn(inner),
  );
}

import type { KnownBlock, MessageMetadata } from '@slack/types';

/** What tells a message of ours in the thread: which question it answers, which part of the answer it is, and whether it is all there. */
export interface Marker {
  readonly question: string;
  readonly part: string;
  readonly complete: boolean;
}

const EVENT_TYPE = 'ibid_answer';

/** Slack hands a message's metadata out with the message: https://docs.slack.dev/messaging/message-metadata */
export function toMetadata({ question, part, complete }: Marker): MessageMetadata {
  return { event_type: EVENT_TYPE, event_payload: { question, part, complete } };
}

/** The mark of a complete message a second time, in the id of its first block, for where its metadata is not shown to us. */
export function markBlocks(blocks: readonly KnownBlock[], { question, part }: Marker): KnownBlock[] {
  return blocks.map((block, at) =>
    at === 0 ? { ...block, block_id: `${EVENT_TYPE} ${part} ${question}` } : block,
  );
}

/** Undefined for a message of another making. */
export function markerOf(message: {
  readonly metadata?: unknown;
  readonly blocks?: unknown;
}): Marker | undefined {
  return ofMetadata(message.metadata) ?? ofBlocks(message.blocks);
}

function ofMetadata(metadata: unknown): Marker | undefined {
  const { event_type: type, event_payload: payload } = fieldsOf(metadata);
  const { question, part, complete } = fieldsOf(payload);
  if (type !== EVENT_TYPE || typeof question !== 'string') return undefined;
  return { question, part: String(part), complete: complete === true || complete === 'true' };
}

function ofBlocks(blocks: unknown): Marker | undefined {
  if (!Array.isArray(blocks)) return undefined;
  for (const block of blocks) {
    const [type, part, question] = String(fieldsOf(block).block_id).split(' ');
    if (type === EVENT_TYPE && part !== undefined && question !== undefined)
      return { question, part, complete: true };
  }
  return undefined;
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

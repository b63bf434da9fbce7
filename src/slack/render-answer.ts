import type { ContextBlock, KnownBlock } from '@slack/types';
import type { Answer } from '../model/answer.ts';
import { feedbackBlock, handOffBlock, privateAnswerBlock } from './action-blocks.ts';
import { escapeMrkdwn } from './escape.ts';
import { LIMITS, lengthOf, ROOM } from './limits.ts';
import { markedPieces, toMarkdown, toMrkdwn } from './marked-text.ts';
import { type LinkOf, type Source, sourcesOf, sourcesOfHits, toMrkdwnLine, toRichText } from './sources.ts';
import { splitText } from './split-text.ts';
import type { AnswerReference } from './work.ts';

/** One message to Slack. `markdown` comes first and may be streamed; `texts` say all of it without blocks. */
export interface OutgoingMessage {
  readonly markdown: string;
  readonly blocks: readonly KnownBlock[];
  /** mrkdwn, each within Slack's limit; the first is what notifications and screen readers are given. */
  readonly texts: readonly [string, ...string[]];
}

export interface RenderOptions {
  readonly linkOf: LinkOf;
  /** `private`: one person alone sees it and may share it; `shared`: it was. */
  readonly as: 'reply' | 'private' | 'shared';
  readonly handOff: boolean;
  /** What else has to be said, in plain text. */
  readonly notes: readonly string[];
}

/** An answer or a decline as messages within Slack's limits: long ones go on in further messages, and no quote is ever cut. */
export function renderAnswer(
  { answer, ...reference }: AnswerReference & { readonly answer: Answer },
  options: RenderOptions,
): OutgoingMessage[] {
  const { linkOf, notes } = options;
  const sources = answer.status === 'answered' ? sourcesOf(answer.citations) : sourcesOfHits(answer.closest);
  const citations = answer.status === 'answered' ? answer.citations : [];
  const pieces = markedPieces(answer.text, citations);
  const closest = answer.status === 'declined' && sources.length > 0;
  const blocks = [
    ...(closest ? [context('*Closest I found:*')] : []),
    ...sources.flatMap((source) => toRichText(source, linkOf)),
    ...notes.map((note) => context(escapeMrkdwn(note))),
    ...actionsOf(answer, reference, options),
  ];
  const packed = pack(groupMarkdown(pieces.map(toMarkdown)), blocks);
  const texts = groupTexts([
    pieces.map(toMrkdwn).join(''),
    ...(closest ? ['Closest I found:'] : []),
    ...sources.map((source: Source) => toMrkdwnLine(source, linkOf)),
    ...notes.map(escapeMrkdwn),
  ]);
  return withTexts(packed, texts);
}

/** A few words of the bot's own, in plain text. */
export function renderNotice(text: string): OutgoingMessage {
  const escaped = escapeMrkdwn(text);
  const block: KnownBlock = {
    type: 'section',
    text: { type: 'mrkdwn', text: escaped.slice(0, LIMITS.section) },
  };
  return { markdown: '', blocks: [block], texts: [escaped] };
}

function actionsOf(answer: Answer, reference: AnswerReference, { as, handOff }: RenderOptions): KnownBlock[] {
  const isAnswer = answer.status === 'answered' || answer.reason !== 'not_a_question';
  if (!isAnswer || as === 'shared') return [];
  if (as === 'private') return [privateAnswerBlock(reference)];
  return [feedbackBlock(reference), ...(handOff ? [handOffBlock(reference)] : [])];
}

/** As many pieces a message as fit; also what a stream shows before the rest is known. */
export function groupMarkdown(pieces: readonly string[]): string[] {
  const groups: string[] = [];
  let group = '';
  for (const piece of pieces.flatMap((whole) => splitText(whole, ROOM.markdown))) {
    if (group !== '' && group.length + piece.length > ROOM.markdown) {
      groups.push(group);
      group = '';
    }
    group += piece;
  }
  return [...groups, group];
}

/** Blocks follow the last of the text. */
function pack(
  groups: readonly string[],
  blocks: readonly KnownBlock[],
): { markdown: string; blocks: KnownBlock[] }[] {
  const messages = groups.map((markdown) => ({ markdown, blocks: [] as KnownBlock[] }));
  let last = messages.at(-1);
  let length = last?.markdown.length ?? 0;
  for (const block of blocks) {
    const more = lengthOf(block);
    if (last === undefined || last.blocks.length >= ROOM.blocks || length + more > ROOM.message) {
      last = { markdown: '', blocks: [] };
      messages.push(last);
      length = 0;
    }
    last.blocks.push(block);
    length += more;
  }
  return messages;
}

/** Paragraphs put together to texts that fit; a longer one is split, not cut. */
function groupTexts(paragraphs: readonly string[]): string[] {
  const texts: string[] = [];
  let text = '';
  for (const paragraph of paragraphs.flatMap((whole) => splitText(whole, ROOM.text))) {
    if (text !== '' && text.length + 2 + paragraph.length > ROOM.text) {
      texts.push(text);
      text = '';
    }
    text = text === '' ? paragraph : `${text}\n\n${paragraph}`;
  }
  return [...texts, text];
}

/** The first message can say all without blocks; those after it carry on what its blocks had no room for. */
function withTexts(
  messages: readonly { markdown: string; blocks: KnownBlock[] }[],
  [first = '', ...rest]: readonly string[],
): OutgoingMessage[] {
  return messages.map(({ markdown, blocks }, at) => ({
    markdown,
    blocks,
    texts:
      at === 0
        ? [first, ...rest]
        : [markdown === '' ? 'Sources, continued.' : (splitText(markdown, ROOM.text)[0] ?? '')],
  }));
}

function context(text: string): ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: text.slice(0, ROOM.piece) }] };
}

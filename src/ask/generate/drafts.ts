import type { Span } from '../../model/document.ts';
import { takeMarkers } from './markers.ts';
import { isLayout, plainLine } from './plain-text.ts';
import { createThoughtFilter } from './thoughts.ts';

/** A sentence as a model wrote it: plain words, and the numbers of the passages that it names. */
export interface Draft {
  readonly text: string;
  readonly numbers: readonly number[];
}

export interface Drafter {
  /** Takes the next piece of a reply, cut anywhere; gives the sentences that are whole now. */
  push(delta: string): Draft[];
  /** The rest. Of a reply that was cut off, the last sentence counts only with a marker at its end: "It cost 3." may go on. */
  end(reply: 'whole' | 'cut off'): Draft[];
}

/** What a sentence's end depends on may stand this far behind it: the next word, a marker, a closing parenthesis. */
const SETTLED_AFTER = 80;
const SETTLED_IN_PARENTHESIS = 240;
const ENDS = /[.!?…。！？]["'”’»)\]]*$/u;
/** Behind the end, a quotation mark or bracket closes nothing, and a sign, a picture or a number in brackets would begin the next sentence. */
const DANGLING = /(?<=[.!?…。！？]["'”’»)\]]*)\s+(?:\[\d+\]|[^\p{L}\p{N}])+$/u;
/** Signs and pictures before the first word, and the end of another sentence; signs that belong to a number stay. */
const LEADING = /^(?:[^\p{L}\p{N}\s+\-−–±<>≤≥~≈\p{Sc}]+(?:\s+|(?=\[\d))|\[\d+\]\s*|[!?…。！？]+|\.+(?!\d))+/u;
/** What joins a sentence to one that may have been left out. */
const JOINING = /^(?:and|but|so|or)\s+(?=\p{Lu})/u;
/** A sign that parts words, glued to the one behind it. */
const GLUED = /(?<=^|\s)[,;:，；：、]+(?=\p{L})/gu;
/** A marker stands at the end of a sentence when no more than its punctuation comes behind it. */
const PUNCTUATION = 3;

/**
 * Holds the text of a model to the sentence. A marker may come before or after the full stop; a line's end is a sentence's.
 * The sentences are the same however the reply is cut into pieces.
 */
export function createDrafter(splitSentences: (text: string) => Span[]): Drafter {
  const thoughts = createThoughtFilter();
  let line = '';
  let told = 0;

  const tell = (drafts: readonly Settling[], until: (draft: Settling) => boolean): Draft[] => {
    const ready: Draft[] = [];
    for (const draft of drafts.slice(told)) {
      if (!until(draft)) break;
      told++;
      if (!isLeadIn(draft)) ready.push({ text: draft.text, numbers: draft.numbers });
    }
    return ready;
  };
  const read = (): Settling[] => draftsOf(line, splitSentences);
  const endLine = (): Draft[] => {
    const drafts = tell(read(), () => true);
    line = '';
    told = 0;
    return drafts;
  };
  const take = (text: string): Draft[] => {
    const drafts: Draft[] = [];
    const [rest = '', ...lines] = text.split('\n').reverse();
    for (const one of lines.reverse()) {
      line += one;
      drafts.push(...endLine());
    }
    line += rest;
    if (ENDS_WITHIN.test(line)) drafts.push(...tell(read(), ({ settled }) => settled));
    return drafts;
  };

  return {
    push: (delta) => take(thoughts.push(delta)),
    end(reply) {
      const drafts = take(thoughts.end());
      if (reply === 'whole') return [...drafts, ...endLine()];
      return [...drafts, ...tell(read(), ({ last, marked }) => !last || marked)];
    },
  };
}

/** No sentence of an unfinished line is looked for before there may be one. */
const ENDS_WITHIN = /[.!?…。！？][\s\S]*\S/u;

interface Settling extends Draft {
  /** Whether what comes next cannot change it. */
  readonly settled: boolean;
  readonly last: boolean;
  /** Whether it ends as a sentence does, and a marker stands there. */
  readonly marked: boolean;
}

function draftsOf(line: string, splitSentences: (text: string) => Span[]): Settling[] {
  if (isLayout(line)) return [];
  const { text, markers } = takeMarkers(plainLine(line).replace(GLUED, ''));
  const spans = splitSentences(text);
  return spans.map(({ start, end }, i) => {
    const next = spans[i + 1]?.start ?? Number.POSITIVE_INFINITY;
    const from = i === 0 ? 0 : start;
    const own = markers.filter(({ at }) => at >= from && at < next && (at > start || i === 0));
    const sentence = text.slice(start, end);
    const needed =
      sentence.split('(').length > sentence.split(')').length ? SETTLED_IN_PARENTHESIS : SETTLED_AFTER;
    return {
      text: sentence.replace(DANGLING, '').replace(LEADING, '').replace(JOINING, ''),
      numbers: [...new Set(own.flatMap(({ numbers }) => numbers))],
      settled: text.length - end >= needed,
      last: i === spans.length - 1,
      marked: ENDS.test(sentence) && own.some(({ at }) => at >= end - PUNCTUATION),
    };
  });
}

/** "Here is what the passages say:" is no statement, nor is a number in brackets. */
function isLeadIn({ text, numbers }: Draft): boolean {
  return !/[\p{L}\p{N}]/u.test(text.replace(/\[\d+\]/g, '')) || (text.endsWith(':') && numbers.length === 0);
}

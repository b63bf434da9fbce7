import { isRelative, safeLink } from './safe-link.ts';
import type { Inline, Line } from './syntax.ts';

/** The inline parts of a block's lines: code, links, bold and emphasis. What is left open or not allowed stays text. */
export function parseInline(lines: readonly Line[]): Inline[] {
  const text = lines.map((line) => line.text).join('\n');
  const offsets: number[] = [];
  for (const line of lines) for (let i = 0; i <= line.text.length; i++) offsets.push(line.at + i);
  return parse({ text, offsets }, 0, text.trimEnd().length, true);
}

interface Source {
  readonly text: string;
  /** Where each character of `text` stands in the whole answer. */
  readonly offsets: readonly number[];
}

/** What an opening sign leads to: the part and the index after it. */
interface Found {
  readonly part: Inline;
  readonly next: number;
}

function parse(source: Source, from: number, to: number, links: boolean): Inline[] {
  const parts: Inline[] = [];
  let plain = from;
  for (let i = from; i < to; ) {
    if (source.text[i] === '\\' && /[!-/:-@[-`{-~]/.test(source.text[i + 1] ?? '')) {
      pushText(parts, source, plain, i);
      plain = i + 1;
      i += 2;
      continue;
    }
    const found =
      lineBreak(source, i, to) ??
      code(source, i, to) ??
      (links ? link(source, i, to) : undefined) ??
      strong(source, i, to, links);
    if (found === undefined) {
      i += 1;
      continue;
    }
    pushText(parts, source, plain, i);
    parts.push(found.part);
    plain = i = found.next;
  }
  pushText(parts, source, plain, to);
  return parts;
}

/** Text from `from` to `to`, cut where the source is not contiguous: at indented line starts. */
function pushText(parts: Inline[], { text, offsets }: Source, from: number, to: number): void {
  for (let start = from; start < to; ) {
    let end = start + 1;
    while (end < to && at(offsets, end) === at(offsets, end - 1) + 1) end += 1;
    parts.push({ type: 'text', text: text.slice(start, end), start: at(offsets, start) });
    start = end;
  }
}

/** Two spaces or a backslash before the end of a line. */
function lineBreak({ text }: Source, i: number, to: number): Found | undefined {
  const [sign] = /^(?: {2,}|\\)\n/.exec(text.slice(i, to)) ?? [];
  return sign === undefined ? undefined : { part: { type: 'break' }, next: i + sign.length };
}

function code({ text, offsets }: Source, i: number, to: number): Found | undefined {
  if (text[i] !== '`' || text[i - 1] === '`') return undefined;
  const [, ticks = '', body = ''] = /^(`+)(?!`)([\s\S]*?[^`])\1(?!`)/.exec(text.slice(i, to)) ?? [];
  if (ticks === '') return undefined;
  const next = i + ticks.length * 2 + body.length;
  const inner = body.replace(/\n/g, ' ').replace(/^ (.*\S.*) $/, '$1');
  return { part: { type: 'code', text: inner, end: at(offsets, next - 1) + 1 }, next };
}

/** `[words](address)`, a picture as a link to it, `<address>` and bare addresses; of a relative link the words alone. */
function link(source: Source, i: number, to: number): Found | undefined {
  const { text, offsets } = source;
  const rest = text.slice(i, to);
  const [whole, picture = '', label = '', target = ''] =
    /^(!?)\[((?:[^[\]\\]|\\.)*)\]\(\s*<?([^\s<>()]*(?:\([^\s()]*\)[^\s<>()]*)*)>?(?:\s+"[^"]*")?\s*\)/.exec(
      rest,
    ) ?? [];
  if (whole !== undefined) {
    const href = safeLink(target);
    const start = i + picture.length + 1;
    const children = parse(source, start, start + label.length, false);
    const next = i + whole.length;
    const end = at(offsets, next - 1) + 1;
    if (label === '') return undefined;
    if (href !== undefined) return { part: { type: 'link', href, children, end }, next };
    return isRelative(target) ? { part: { type: 'label', children, end }, next } : undefined;
  }
  if (/[\p{L}\p{N}]/u.test(text[i - 1] ?? '')) return undefined;
  const [, open = '', address = ''] = /^(<?)(https?:\/\/[^\s<>]+)/i.exec(rest) ?? [];
  const bare = open === '' ? withoutTail(address) : address;
  const href = safeLink(bare);
  if (bare === '' || href === undefined) return undefined;
  const start = i + open.length;
  const next = start + bare.length + (open !== '' && text[start + bare.length] === '>' ? 1 : 0);
  const children: Inline[] = [];
  pushText(children, source, start, start + bare.length);
  return { part: { type: 'link', href, children, end: at(offsets, next - 1) + 1 }, next };
}

/** Full stops and closing brackets after a bare address belong to the sentence. */
function withoutTail(address: string): string {
  const bare = address.replace(/[.,;:!?'"*_]+$/, '');
  const unbalanced = bare.endsWith(')') && !bare.includes('(');
  return unbalanced ? withoutTail(bare.slice(0, -1)) : bare;
}

/** `**bold**`, `__bold__`, `*emphasis*`, `_emphasis_`; underscores within a word are letters. */
function strong(source: Source, i: number, to: number, links: boolean): Found | undefined {
  const rest = source.text.slice(i, to);
  const [whole, sign = '', body = ''] =
    /^(\*\*|__)(?=\S)([\s\S]*?\S)\1/.exec(rest) ??
    /^([*_])(?=[^\s*_])((?:(?!\1)[\s\S])*?[^\s])\1(?!\1)/.exec(rest) ??
    [];
  if (whole === undefined) return undefined;
  const next = i + whole.length;
  const word = /[\p{L}\p{N}_]/u;
  const inWord = word.test(source.text[i - 1] ?? '') || word.test(source.text[next] ?? '');
  if (sign.startsWith('_') && inWord) return undefined;
  const start = i + sign.length;
  const children = parse(source, start, start + body.length, links);
  return { part: { type: sign.length === 2 ? 'strong' : 'emphasis', children }, next };
}

function at(offsets: readonly number[], index: number): number {
  return offsets[index] ?? 0;
}

import type { Span } from '../../model/document.ts';

/** A stretch that leaves the text, and what stands in its place. */
export interface Cut extends Span {
  readonly by: string;
}

const names = (list: string): ReadonlySet<string> => new Set(list.split(' '));
/** Of what they enclose a reader sees the words. */
const INLINE = names(
  'a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark nobr q s samp small span strike strong ' +
    'sub sup time tt u var wbr',
);
/** They part words as well. */
const PARTING = names(
  'address article aside blockquote body br button caption center col colgroup dd details div dl dt figcaption figure ' +
    'footer form h1 h2 h3 h4 h5 h6 head header hr html iframe img input legend li link main menu meta nav ol p picture ' +
    'section source summary table tbody td tfoot th thead title tr ul video',
);
const MARKUP =
  /<!--[\s\S]*?(?:-->|$)|<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)|<\/?([a-z][\w.-]*)(?:[\s/](?:"[^"]{0,2000}"|'[^']{0,2000}'|[^'"<>]){0,1000})?>/gi;
/** Their text is laid out by its spaces. */
const PREFORMATTED = /<(?:pre|textarea|svg)\b/i;
const INDENT = /(?<=\n)[ \t]+(?=\S)/g;

/**
 * What no reader sees of HTML within Markdown: comments, scripts, styles and the tags themselves. Tags of other names
 * stay, since `Map<string>` in running text is no HTML; of MDX, components go as well.
 */
export function hiddenMarkup(html: string, { isMdx }: { readonly isMdx: boolean }): Cut[] {
  if (PREFORMATTED.test(html)) return [];
  const cuts: Cut[] = [];
  for (const match of html.matchAll(MARKUP)) {
    const [whole, program, tag] = match;
    const end = match.index + whole.length;
    const by = tag === undefined || program !== undefined ? '' : inPlaceOf(tag, isMdx);
    if (by !== undefined) cuts.push({ start: match.index, end, by });
  }
  if (cuts.length > 0)
    for (const { index, 0: spaces } of html.matchAll(INDENT))
      cuts.push({ start: index, end: index + spaces.length, by: '' });
  return cuts;
}

/** Undefined for what is no tag of HTML. */
function inPlaceOf(tag: string, isMdx: boolean): string | undefined {
  const name = tag.toLowerCase();
  if (PARTING.has(name) || (isMdx && /^[A-Z]/.test(tag))) return ' ';
  return INLINE.has(name) ? '' : undefined;
}

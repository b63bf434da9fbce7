/** A sentence that says what another says, or a part of it. */
export interface Paraphrase {
  readonly kind:
    | 'verbatim'
    | 'reordered'
    | 'synonym'
    | 'number form'
    | 'date form'
    | 'merged'
    | 'pronoun'
    | 'named'
    | 'compressed'
    | 'voice';
  readonly text: string;
}

export interface Neighbours {
  readonly before?: string;
  readonly after?: string;
}

/** Pairs of which either may stand for the other here. */
const SYNONYMS: readonly (readonly [string, string])[] = [
  ['began', 'started'],
  ['large', 'big'],
  ['many', 'numerous'],
  ['famous', 'well-known'],
  ['often', 'frequently'],
  ['several', 'a number of'],
  ['used', 'employed'],
  ['built', 'constructed'],
  ['helped', 'assisted'],
  ['city', 'town'],
  ['created', 'made'],
  ['important', 'significant'],
  ['located', 'situated'],
  ['called', 'named'],
  ['area', 'region'],
  ['while', 'whereas'],
  ['died', 'passed away'],
  ['shows', 'demonstrates'],
  ['main', 'chief'],
  ['near', 'close to'],
  ['allowed', 'permitted'],
  ['received', 'got'],
  ['children', 'kids'],
  ['required', 'needed'],
  ['ended', 'finished'],
  ['bought', 'purchased'],
  ['provides', 'offers'],
  ['usually', 'normally'],
  ['whole', 'entire'],
  ['rapidly', 'quickly'],
  ['common', 'widespread'],
  ['primary', 'main'],
  ['gave', 'granted'],
  ['became', 'turned into'],
  ['increase', 'rise'],
  ['decline', 'fall'],
  ['film', 'movie'],
  ['released', 'issued'],
  ['includes', 'contains'],
  ['due to', 'because of'],
  ['reported', 'said'],
  ['killed', 'slain'],
  ['chosen', 'selected'],
  ['purchase', 'buy'],
];
const SMALL = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');
const MONTH = '(January|February|March|April|May|June|July|August|September|October|November|December)';

/** The paraphrases that rules can make of `sentence`. */
export function paraphrase(sentence: string, neighbours: Neighbours): Paraphrase[] {
  const made: readonly (readonly [Paraphrase['kind'], string | undefined])[] = [
    ['verbatim', sentence],
    ['reordered', reorder(sentence)],
    ['synonym', substitute(sentence)],
    ['number form', otherNumber(sentence)],
    ['date form', otherDate(sentence)],
    ['merged', merge(sentence, neighbours.after)],
    ['pronoun', pronoun(sentence)],
    ['named', named(sentence, neighbours.before)],
    ['compressed', compress(sentence)],
    ['voice', active(sentence)],
  ];
  return made.flatMap(([kind, text]) =>
    text === undefined || (text === sentence && kind !== 'verbatim') ? [] : [{ kind, text }],
  );
}

/** "In 1990, X ended Y." → "X ended Y in 1990." */
function reorder(sentence: string): string | undefined {
  const match =
    /^((?:In|On|At|During|After|Before|By|Since|For|From|Until) [^,.;]{3,60}), ([^;]{20,200})\.$/.exec(
      sentence,
    );
  if (match === null) return undefined;
  const [, opening = '', rest = ''] = match;
  const body =
    /^(?:The|A|An|It|He|She|They|This|These|Its|His|Her|Their|Many|Most|Some|Several|There)\b/.test(rest)
      ? rest
      : rest;
  return `${body[0]?.toUpperCase()}${body.slice(1)} ${opening[0]?.toLowerCase()}${opening.slice(1)}.`;
}

/** Up to two words by synonyms. */
function substitute(sentence: string): string | undefined {
  let text = sentence;
  let count = 0;
  for (const [one, other] of SYNONYMS) {
    if (count >= 2) break;
    const pattern = new RegExp(`\\b${one}\\b`);
    const back = new RegExp(`\\b${other}\\b`);
    const next = pattern.test(text)
      ? text.replace(pattern, other)
      : back.test(text)
        ? text.replace(back, one)
        : text;
    if (next !== text) count += 1;
    text = next;
  }
  return count === 0 ? undefined : text;
}

function otherNumber(sentence: string): string | undefined {
  const text = sentence
    .replace(
      /(?<![\w.,-])(\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?= [a-z]+s\b)/g,
      otherNotation,
    )
    .replace(/\b(\d{1,3}),000,000\b/g, '$1 million')
    .replace(/\b(\d{1,3}),(\d{3})\b(?!,)/g, '$1$2')
    .replace(
      /(\d)(?: ?%| percent\b)/g,
      (written, digit) => `${digit}${written.endsWith('%') ? ' percent' : '%'}`,
    );
  return text === sentence ? undefined : text;
}

function otherNotation(written: string): string {
  return /^\d/.test(written) ? (SMALL[Number(written)] ?? written) : String(SMALL.indexOf(written));
}

function otherDate(sentence: string): string | undefined {
  const text = sentence
    .replace(new RegExp(`\\b${MONTH} (\\d{1,2}), (\\d{4})\\b`, 'g'), '$2 $1 $3')
    .replace(new RegExp(`(?<!\\d )\\b(\\d{1,2}) ${MONTH} (\\d{4})\\b`, 'g'), (whole, day, month, year) =>
      sentence.includes(whole) ? `${month} ${day}, ${year}` : whole,
    );
  return text === sentence ? undefined : text;
}

function merge(sentence: string, after: string | undefined): string | undefined {
  if (
    after === undefined ||
    sentence.length + after.length > 260 ||
    !/\.$/.test(sentence) ||
    !/\.$/.test(after)
  )
    return undefined;
  if (!/^(?:The|A|An|It|He|She|They|This|These|Its|His|Her|Their)\b/.test(after)) return undefined;
  return `${sentence.slice(0, -1)}, and ${after[0]?.toLowerCase()}${after.slice(1)}`;
}

/** "Anna Berger painted …" → "She painted …" is for a reader who knows the topic. */
function pronoun(sentence: string): string | undefined {
  const match =
    /^(\p{Lu}[\p{L}'-]+ \p{Lu}[\p{L}'-]+) (was|is|had|has|became|wrote|said|made|played|won|lived|died|worked|moved)\b/u.exec(
      sentence,
    );
  return match === null ? undefined : `He ${sentence.slice((match[1] ?? '').length + 1)}`;
}

/** "He painted …" → the name that opens the sentence before it. */
function named(sentence: string, before: string | undefined): string | undefined {
  const name =
    before === undefined
      ? undefined
      : /^(\p{Lu}[\p{L}'-]+(?: \p{Lu}[\p{L}'-]+)+) (?:was|is|had|has|became|[a-z]+ed)\b/u.exec(before)?.[1];
  return name === undefined || !/^(?:He|She|It) /.test(sentence)
    ? undefined
    : sentence.replace(/^(?:He|She|It) /, `${name} `);
}

/** Without what stands in brackets, between commas as an aside, or behind a last comma. */
function compress(sentence: string): string | undefined {
  const plain = sentence
    .replace(/ \([^)]*\)/g, '')
    .replace(/, (?:which|who|where|with|including|such as)[^,.;]{8,}(?=[.]$)/, '');
  const aside = plain.replace(/, (?:a|an|the|who|which) [^,.;]{4,60},(?= [a-z])/, '');
  return aside === sentence ? undefined : aside;
}

/** "A was painted by B." → "B painted A." */
function active(sentence: string): string | undefined {
  const match =
    /^((?:The |An? )?[\p{L}' -]{2,40}?) (?:was|were) (\w{3,}ed) by ((?:the |an? )?\p{Lu}[\p{L}' -]{2,40}?)((?: (?:in|on|at|for) [^,;]*)?)\.$/u.exec(
      sentence,
    );
  if (match === null) return undefined;
  const [, object = '', verb = '', subject = '', rest = ''] = match;
  if (/\b(?:and|is|was)\b/.test(object)) return undefined;
  const lowered = object.replace(/^(The|An?) /, (article) => article.toLowerCase());
  return `${subject[0]?.toUpperCase()}${subject.slice(1)} ${verb} ${lowered}${rest}.`;
}

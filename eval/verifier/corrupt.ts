/** A false sentence made from a true one, and how. */
export interface Corruption {
  readonly kind: 'number' | 'unit' | 'date' | 'name' | 'negation' | 'role' | 'clause';
  readonly text: string;
}

export interface Material {
  /** Names that stand in the same documents, to put in a wrong place. */
  readonly names: readonly string[];
  /** Numerals that stand in the same documents. */
  readonly numbers: readonly string[];
  /** Sentences of other documents, for clauses that are not true here. */
  readonly strangers: readonly string[];
  /** In [0, 1). */
  readonly random: () => number;
}

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const DAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');
const NUMBER_WORDS =
  'two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty'.split(' ');
const UNITS: readonly (readonly string[])[] = [
  ['seconds', 'minutes', 'hours', 'days', 'weeks', 'months', 'years', 'decades', 'centuries'],
  ['metres', 'kilometres', 'miles', 'feet', 'inches', 'meters', 'kilometers', 'km'],
  ['kilograms', 'tonnes', 'pounds', 'grams', 'tons'],
  ['percent', 'per cent'],
  ['thousand', 'million', 'billion'],
];
const NAME =
  /(?<!^)(?<![.!?:"]\s)\b(?!(?:The|This|That|These|It|He|She|They|In|On|At|A|An|If|When|Dear|After|For|But|And)\b)\p{Lu}[\p{L}'’-]*\p{L}(?:\s(?:al-|de |van |von )?\p{Lu}[\p{L}'’-]*\p{L})*/gu;
const INVENTED = [
  ' because of a shortage of money',
  ', which surprised most experts',
  ' and was later honoured with a medal',
  ' after a long dispute with the neighbours',
  ', as a secret report had predicted',
  ' in order to avoid higher taxes',
  ', although the insurance paid for it',
];

/** One corruption of each kind that `sentence` offers. */
export function corrupt(sentence: string, material: Material): Corruption[] {
  const made = [
    of('number', changeNumber(sentence, material)),
    of('unit', changeUnit(sentence, material)),
    of('date', changeDate(sentence, material)),
    of('name', changeName(sentence, material)),
    of('negation', negate(sentence)),
    of('role', swapNames(sentence)),
    of('clause', addClause(sentence, material)),
  ];
  return made.filter(
    (corruption) => corruption !== undefined && corruption.text !== sentence,
  ) as Corruption[];
}

/** The names of a text that do not open a sentence. */
export function namesOf(text: string): string[] {
  return [...text.matchAll(NAME)]
    .map(([name]) => name.replace(/['’]s$/, ''))
    .filter((name) => !MONTHS.includes(name) && !DAYS.includes(name));
}

/** The numerals of a text. */
export function numbersOf(text: string): string[] {
  return text.match(/\b\d[\d,]*(?:\.\d+)?\b/g) ?? [];
}

function of(kind: Corruption['kind'], text: string | undefined): Corruption | undefined {
  return text === undefined ? undefined : { kind, text };
}

/** Another number of the same documents, or one off: both are what language models slip on. */
function changeNumber(sentence: string, { numbers, random }: Material): string | undefined {
  const found = [...sentence.matchAll(/(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w,]*\d)/g)];
  const match = pick(found, random);
  if (match === undefined) return changeNumberWord(sentence, random);
  const [written] = match;
  const others = numbers.filter(
    (other) => other !== written && other.length === written.length && !sentence.includes(other),
  );
  const other = random() < 0.5 ? pick(others, random) : undefined;
  return replaceAt(sentence, match.index, written, other ?? nudge(written, random));
}

function changeNumberWord(sentence: string, random: () => number): string | undefined {
  const match = pick([...sentence.matchAll(new RegExp(`\\b(?:${NUMBER_WORDS.join('|')})\\b`, 'g'))], random);
  if (match === undefined) return undefined;
  const other = pick(
    NUMBER_WORDS.filter((word) => !sentence.includes(word)),
    random,
  );
  return other === undefined ? undefined : replaceAt(sentence, match.index, match[0], other);
}

/** One digit becomes another. */
function nudge(written: string, random: () => number): string {
  const places = [...written].flatMap((digit, at) => (/\d/.test(digit) ? [at] : []));
  const at = places[Math.floor(random() * places.length)] ?? 0;
  const digit = (Number(written[at]) + 1 + Math.floor(random() * 8)) % 10;
  const changed = replaceAt(written, at, written[at] ?? '', String(digit));
  return /^0./.test(changed) ? `${written}0` : changed;
}

function changeUnit(sentence: string, { random }: Material): string | undefined {
  for (const units of UNITS) {
    const match = new RegExp(`(?<=\\d |\\b(?:${NUMBER_WORDS.join('|')}) )(?:${units.join('|')})\\b`).exec(
      sentence,
    );
    const other = pick(
      units.filter((unit) => unit !== match?.[0] && sameMeasure(unit, match?.[0]) === false),
      random,
    );
    if (match && other !== undefined) return replaceAt(sentence, match.index, match[0], other);
  }
  return undefined;
}

function sameMeasure(one: string, other: string | undefined): boolean {
  const plain = (unit: string | undefined) =>
    unit
      ?.replace('kilometers', 'km')
      .replace('kilometres', 'km')
      .replace('meters', 'metres')
      .replace('per cent', 'percent');
  return plain(one) === plain(other);
}

function changeDate(sentence: string, { random }: Material): string | undefined {
  for (const names of [MONTHS, DAYS]) {
    const match = new RegExp(`(?<=[a-z\\d,] )(?:${names.join('|')})\\b`).exec(sentence);
    const other = pick(
      names.filter((name) => !sentence.includes(name)),
      random,
    );
    if (match && other !== undefined) return replaceAt(sentence, match.index, match[0], other);
  }
  const year = /\b(?:1[5-9]|20)\d\d\b/.exec(sentence);
  return year === null
    ? undefined
    : replaceAt(sentence, year.index, year[0], String(Number(year[0]) + 1 + Math.floor(random() * 9)));
}

function changeName(sentence: string, { names, random }: Material): string | undefined {
  const own = pick([...new Set(namesOf(sentence))], random);
  if (own === undefined) return undefined;
  const words = new Set(sentence.split(/[^\p{L}]+/u));
  const other = pick(
    names.filter((name) => name.split(' ').every((word) => ![...words].some((own) => alike(own, word)))),
    random,
  );
  return other === undefined ? undefined : sentence.replace(own, other);
}

/** Forms of one name, such as Syria and Syrian, are no corruption. */
function alike(one: string, other: string): boolean {
  return one.slice(0, 4).toLowerCase() === other.slice(0, 4).toLowerCase();
}

const AUXILIARY =
  /\b(is|are|was|were|has|have|had|can|could|will|would|may|might|must|should)\b(?! not\b|n't| never\b| no\b)/;

function negate(sentence: string): string | undefined {
  if (/\b(?:is|are|was|were|has|have|had|can|could|will|would|do|does|did) not\b/.test(sentence))
    return sentence.replace(/ not\b/, '');
  if (/\bnever\b/.test(sentence)) return sentence.replace(/ ?\bnever\b/, '');
  return AUXILIARY.test(sentence) ? sentence.replace(AUXILIARY, '$1 not') : undefined;
}

/** Two names change places, unless they stand side by side in a list. */
function swapNames(sentence: string): string | undefined {
  const found = [...sentence.matchAll(NAME)].filter(
    ([name]) => !MONTHS.includes(name) && !DAYS.includes(name),
  );
  for (const [i, one] of found.entries()) {
    const other = found.slice(i + 1).find((next) => {
      const between = sentence.slice(one.index + one[0].length, next.index);
      return (
        next[0] !== one[0] &&
        !next[0].includes(one[0]) &&
        !one[0].includes(next[0]) &&
        /[a-z]{3}/.test(between) &&
        !/^(?:,| and| or| &)*\s*(?:and|or|the|,)*\s*$/.test(between) &&
        !/^[^a-z]*(?:and|or)(?: (?:in|of|at|the|to|from|by|a))* $/.test(between)
      );
    });
    if (other === undefined) continue;
    const [first, second] = [one[0].replace(/['’]s$/, ''), other[0].replace(/['’]s$/, '')];
    const tail = sentence.slice(other.index + second.length);
    return `${sentence.slice(0, one.index)}${second}${sentence.slice(one.index + first.length, other.index)}${first}${tail}`;
  }
  return undefined;
}

/** A clause from nowhere, or one that belongs to another document. */
function addClause(sentence: string, { strangers, random }: Material): string | undefined {
  if (!/[.!]$/.test(sentence)) return undefined;
  const body = sentence.replace(/\s*[.!]$/, '');
  if (random() < 0.5) return `${body}${pick(INVENTED, random)}.`;
  const clauses = strangers.flatMap(
    (other) =>
      /(?:,| ) ?((?:and|but|because|which|who|when|after|while|although) [^,.;]{15,90})[.]$/.exec(
        other,
      )?.[1] ?? [],
  );
  const clause = pick(clauses, random);
  return clause === undefined ? `${body}${pick(INVENTED, random)}.` : `${body}, ${clause}.`;
}

function replaceAt(text: string, at: number, old: string, other: string): string {
  return text.slice(0, at) + other + text.slice(at + old.length);
}

function pick<T>(items: readonly T[], random: () => number): T | undefined {
  return items[Math.floor(random() * items.length)];
}

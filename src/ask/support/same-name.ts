import { stemmer } from 'stemmer';
import { FEMALE_NAMES, MALE_NAMES } from '../contextualise/first-names.ts';
import { PLACES, setOf } from '../contextualise/word-classes.ts';

/** Names of one place, people or body: its long and short forms and what its people are called. */
const ALIASES: readonly string[] = [
  'us usa america american americans',
  'uk britain british britons',
  'france french',
  'germany german germans',
  'netherlands dutch holland',
  'switzerland swiss',
  'spain spanish spaniard spaniards',
  'denmark danish danes dane',
  'sweden swedish swedes',
  'finland finnish finns',
  'norway norwegian norwegians',
  'poland polish poles',
  'greece greek greeks',
  'turkey turkish turks',
  'wales welsh',
  'ireland irish',
  'scotland scottish scots',
  'england english',
  'portugal portuguese',
  'lebanon lebanese',
  'iraq iraqi iraqis',
  'israel israeli israelis',
  'pakistan pakistani pakistanis',
  'afghanistan afghan afghans',
  'philippines filipino filipinos philippine',
  'thailand thai',
  'peru peruvian',
  'cyprus cypriot',
  'ussr soviet soviets',
  'europe european europeans',
];
/** Initials and the words that they stand for. */
const INITIALS: Readonly<Record<string, string>> = {
  us: 'united states',
  usa: 'united states of america',
  uk: 'united kingdom',
  un: 'united nations',
  eu: 'european union',
  nyc: 'new york city',
  la: 'los angeles',
  dc: 'washington',
};

const COMMON_PLACES = setOf(
  'city town village country state county province region district island river lake mountain street road square park bay valley coast harbour harbor republic kingdom airport station capital continent ocean sea',
);
const KNOWN_PLACES = new Set([...PLACES].filter((word) => !COMMON_PLACES.has(word)));
const groups = new Map<string, number>(
  ALIASES.flatMap((line, group) => line.split(' ').map((word) => [word, group] as const)),
);

/** Whether a folded word is known as the name of a country, a people, a town or a person. */
export function isCommonName(word: string): boolean {
  return groups.has(word) || MALE_NAMES.has(word) || FEMALE_NAMES.has(word) || KNOWN_PLACES.has(word);
}

/** Whether two folded words name the same: Sunni and Sunnis, Syria and Syrian, French and France. */
export function sameNameWord(one: string, other: string): boolean {
  if (one === other) return true;
  const group = groups.get(one);
  if (group !== undefined && group === groups.get(other)) return true;
  if (one.length < 4 || other.length < 4)
    return one.replace(/s$/, '') === other.replace(/s$/, '') && one.length > 2 && other.length > 2;
  if (stemmer(one) === stemmer(other)) return true;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  const root = short.replace(/[aeoy]$/, '');
  if (root.length < 4 || !long.startsWith(root)) return false;
  return /^(?:a|e|o|y|i|n|s)?(?:n|an|ian|ean|ese|i|ish|ic|ite|ns|ans|ians|is)?s?$/.test(
    long.slice(root.length),
  );
}

/** The words that `initials` are known to stand for, or the initials that known `words` have. */
export function knownExpansion(words: readonly string[]): readonly string[] {
  const joined = words.join(' ');
  const long = INITIALS[joined];
  const short = Object.keys(INITIALS).filter((key) => INITIALS[key] === joined);
  return [...(long === undefined ? [] : [long]), ...short];
}

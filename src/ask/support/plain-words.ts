/** Spelled-out forms of abbreviations that carry a full stop, in lower case. */
const SPELLED: Readonly<Record<string, string>> = {
  ...{
    gen: 'General',
    brig: 'Brigadier',
    col: 'Colonel',
    lt: 'Lieutenant',
    capt: 'Captain',
    sgt: 'Sergeant',
  },
  ...{
    maj: 'Major',
    adm: 'Admiral',
    gov: 'Governor',
    sen: 'Senator',
    rep: 'Representative',
    pres: 'President',
  },
  ...{ prof: 'Professor', dr: 'Doctor', st: 'Saint', mt: 'Mount', ft: 'Fort', dept: 'Department' },
  ...{ jan: 'January', feb: 'February', mar: 'March', apr: 'April', jun: 'June', jul: 'July', aug: 'August' },
  ...{ sep: 'September', sept: 'September', oct: 'October', nov: 'November', dec: 'December' },
  ...{ mon: 'Monday', tue: 'Tuesday', tues: 'Tuesday', wed: 'Wednesday', thu: 'Thursday', thurs: 'Thursday' },
  ...{ fri: 'Friday', sat: 'Saturday', sun: 'Sunday', inc: 'Incorporated', corp: 'Corporation' },
  ...{ ltd: 'Limited', univ: 'University', vs: 'versus', approx: 'about', ca: 'about', no: 'number' },
  ...{
    hon: 'Honourable',
    rev: 'Reverend',
    jr: 'Junior',
    sr: 'Senior',
    est: 'established',
    govt: 'government',
  },
};
const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const CURRENCIES: readonly (readonly [RegExp, string])[] = [
  [/(?:US|USD|A|C|NZ|HK)?\s?\$/, 'dollars'],
  [/€|EUR\s/, 'euros'],
  [/£|GBP\s/, 'pounds'],
  [/¥|JPY\s/, 'yen'],
  [/₹|INR\s/, 'rupees'],
];
const MONEY = CURRENCIES.map(
  ([sign, name]) =>
    [
      new RegExp(
        `(?<![\\p{L}\\p{N}])(?:${sign.source})\\s?(\\d[\\d,.]*\\d|\\d)(\\s?(?:thousand|million|billion|trillion|bn|[kmb](?![a-z])))?`,
        'giu',
      ),
      name,
    ] as const,
);

/**
 * Rewrites what is written in several ways in one way: contractions, initials, currency and percent signs, units stuck to
 * their numbers, ISO dates, abbreviations with a full stop, tokenised apostrophes. For comparing only: offsets are lost.
 */
export function plainWords(text: string): string {
  let plain = text
    .normalize('NFKC')
    .replace(/[’‘ʼ]/g, "'")
    .replace(/``|''|[“”«»]/g, '"')
    .replace(/[\u00ad\u200b]/g, '')
    .replace(/(?<=[\p{L}\p{N}])_(?=[\p{L}\p{N}])/gu, '')
    .replace(/\s+'s\b/g, "'s")
    .replace(/\b([Cc])annot\b/g, '$1an not')
    .replace(/\b([Ww])on't\b/g, '$1ill not')
    .replace(/\b([Cc])an't\b/g, '$1an not')
    .replace(/\s?n't\b/g, ' not')
    .replace(/\b(\d{4})-(\d{2})-(\d{2})\b/g, isoDate)
    .replace(/\b(?:\p{Lu}\.\s?){2,}/gu, (initials) => `${initials.replace(/[.\s]/g, '')} `)
    .replace(/(?<![\p{L}\p{N}.])(\p{L}{2,6})\.(?=\s)/gu, spellOut);
  for (const [pattern, name] of MONEY) plain = plain.replace(pattern, `$1$2 ${name}`);
  return plain
    .replace(/(\d)\s?%|(\d)\s?per\s?cent\b/gi, '$1$2 percent')
    .replace(/(\d)\s?°\s?C\b/g, '$1 degrees celsius')
    .replace(/(\d)\s?°\s?F\b/g, '$1 degrees fahrenheit')
    .replace(/(\d)\s?°/g, '$1 degrees')
    .replace(/(\d)(km|cm|mm|kg|mg|lbs?|mi|ft|mph|[GMkT]B|ms|hrs?|min|bn|m|g|k|h)\b(?!')/g, '$1 $2')
    .replace(/&/g, ' and ')
    .replace(/\s+/g, ' ')
    .trim();
}

function isoDate(written: string, year: string, month: string, day: string): string {
  const name = MONTHS[Number(month) - 1];
  return name === undefined ? written : `${Number(day)} ${name} ${year}`;
}

/** "No." and "Sat." are words as well: they count as abbreviations only where a number or a name follows. */
function spellOut(written: string, word: string, at: number, whole: string): string {
  const spelled = SPELLED[word.toLowerCase()];
  if (spelled === undefined || !/^\p{Lu}|^(?:vs|approx|ca|govt|est)$/u.test(word)) return written;
  const next = whole.slice(at + written.length).trimStart();
  if (/^(?:no|sat|sun|mar)$/i.test(word)) return /^\d/.test(next) ? spelled : written;
  return /^(?:Inc|Corp|Ltd|Jr|Sr)$/.test(word) || /^[\p{Lu}\p{Ll}\d]/u.test(next) ? spelled : written;
}

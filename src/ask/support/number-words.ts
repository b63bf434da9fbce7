const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety';
const ORDINALS =
  'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth';
const TENTHS = 'twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth';
const DECADES = 'twenties thirties forties fifties sixties seventies eighties nineties';

/** Words for 0–19 and 20, 30 … 90. */
export const CARDINALS: ReadonlyMap<string, number> = new Map([
  ...ONES.split(' ').map((word, value) => [word, value] as const),
  ...TENS.split(' ').map((word, i) => [word, (i + 2) * 10] as const),
]);

/** Words for 1st–19th, 20th, 30th … 90th. */
export const ORDINAL_WORDS: ReadonlyMap<string, number> = new Map([
  ...ORDINALS.split(' ').map((word, value) => [word, value] as const),
  ...TENTHS.split(' ').map((word, i) => [word, (i + 2) * 10] as const),
]);

/** "the forties" as in "mid-40s". */
export const DECADE_WORDS: ReadonlyMap<string, number> = new Map(
  DECADES.split(' ').map((word, i) => [word, (i + 2) * 10] as const),
);

/** What a number before it is multiplied by. */
export const SCALES: ReadonlyMap<string, number> = new Map([
  ...([
    ['dozen', 12],
    ['hundred', 100],
    ['thousand', 1e3],
    ['k', 1e3],
    ['million', 1e6],
    ['m', 1e6],
  ] as const),
  ...([
    ['billion', 1e9],
    ['bn', 1e9],
    ['b', 1e9],
    ['trillion', 1e12],
  ] as const),
]);

/** Parts of a whole, singular and plural. */
export const FRACTIONS: ReadonlyMap<string, number> = new Map([
  ...([
    ['half', 1 / 2],
    ['halves', 1 / 2],
    ['third', 1 / 3],
    ['thirds', 1 / 3],
  ] as const),
  ...([
    ['quarter', 1 / 4],
    ['quarters', 1 / 4],
    ['fifth', 1 / 5],
    ['fifths', 1 / 5],
  ] as const),
  ...([
    ['tenth', 1 / 10],
    ['tenths', 1 / 10],
  ] as const),
]);

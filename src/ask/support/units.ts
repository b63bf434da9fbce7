/** A unit: what it measures, and how many of that dimension's base units it is. */
export interface Unit {
  readonly dimension: string;
  readonly factor: number;
}

const TABLE: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  time: {
    ...{
      'ms millisecond milliseconds': 0.001,
      's second seconds sec secs': 1,
      'min minute minutes mins': 60,
    },
    ...{
      'h hour hours hr hrs': 3600,
      'day days': 86_400,
      'week weeks': 604_800,
      'fortnight fortnights': 1_209_600,
    },
  },
  calendar: { 'month months': 1, 'year years yr yrs': 12, 'decade decades': 120, 'century centuries': 1200 },
  length: {
    ...{
      'mm millimetre millimetres millimeter millimeters': 0.001,
      'cm centimetre centimetres centimeter centimeters': 0.01,
    },
    ...{ 'metre metres meter meters': 1, 'km kilometre kilometres kilometer kilometers': 1000 },
    ...{ 'inch inches': 0.0254, 'foot feet ft': 0.3048, 'yard yards': 0.9144, 'mile miles mi': 1609.344 },
  },
  mass: {
    ...{ 'mg milligram milligrams': 1e-6, 'g gram grams': 0.001, 'kg kilogram kilograms kilo kilos': 1 },
    ...{ 'tonne tonnes': 1000, 'ton tons': 907.185, 'pound-mass lb lbs': 0.4536, 'ounce ounces oz': 0.02835 },
  },
  volume: {
    'ml millilitre millilitres milliliter milliliters': 0.001,
    'litre litres liter liters': 1,
    'gallon gallons': 3.785,
  },
  area: { 'acre acres': 0.4047, 'hectare hectares ha': 1 },
  data: {
    ...{ 'kb kilobyte kilobytes': 1e3, 'mb megabyte megabytes': 1e6, 'gb gigabyte gigabytes': 1e9 },
    ...{ 'tb terabyte terabytes': 1e12, 'byte bytes': 1 },
  },
  share: { percent: 0.01 },
  dollars: { 'dollar dollars usd': 1, 'cent cents': 0.01 },
  euros: { 'euro euros eur': 1 },
  pounds: { 'pound pounds gbp': 1, 'pence penny': 0.01 },
  yen: { 'yen jpy': 1 },
  rupees: { 'rupee rupees inr': 1 },
  celsius: { celsius: 1 },
  fahrenheit: { fahrenheit: 1 },
  degrees: { 'degree degrees': 1 },
  speed: { mph: 1.609, 'kmh kph': 1 },
  power: {
    'watt watts': 1,
    'kw kilowatt kilowatts': 1e3,
    'mw megawatt megawatts': 1e6,
    'gw gigawatt gigawatts': 1e9,
  },
  frequency: { hz: 1, khz: 1e3, mhz: 1e6, ghz: 1e9 },
};

/** Units by each of their written forms, in lower case. */
export const UNITS: ReadonlyMap<string, Unit> = new Map(
  Object.entries(TABLE).flatMap(([dimension, units]) =>
    Object.entries(units).flatMap(([words, factor]) =>
      words.split(' ').map((word) => [word, { dimension, factor }] as const),
    ),
  ),
);

const STOP_WORDS = new Set(
  `a about an and are as at be been but by can could did do does for from had has have he her his how i if in into is it its
  no not of on or she should so such than that the their them then there these they this to was we were what when where which
  who whom whose why will with would you your`.split(/\s+/u),
);

/** Lower-cased, lightly stemmed words of a text, without common English ones; repeats are kept. */
export function bm25Terms(text: string): string[] {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => !STOP_WORDS.has(word)).map(stem);
}

/** Plural, -ing and -ed endings off, where enough of the word is left: Harman 1991's s-stemmer and a little more. */
function stem(word: string): string {
  if (word.length < 4) return word;
  const singular = word.replace(/(?:ss|us|is)$|s$/u, (end) => (end === 's' ? '' : end)).replace(/ie$/u, 'y');
  if (singular.length < 6) return singular;
  return singular.replace(/(?:ing|ed|e)$/u, '').replace(/([^aeiouls])\1$/u, '$1');
}

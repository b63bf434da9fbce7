const ARTICLES = /\b(?:a|an|the)\b/gu;
const PUNCTUATION = /[\p{P}\p{S}]/gu;

/**
 * An answer reduced to what is compared: lower case, no punctuation, no English articles, single spaces.
 * Source: `normalize_answer` of the SQuAD evaluation script (Rajpurkar et al. 2016), with Unicode punctuation and NFKC.
 */
export function normaliseAnswer(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(PUNCTUATION, '')
    .replace(ARTICLES, ' ')
    .split(/\s+/u)
    .filter((token) => token !== '')
    .join(' ');
}

/** The tokens of a normalised answer; none for an empty one. */
export function answerTokens(text: string): string[] {
  const normalised = normaliseAnswer(text);
  return normalised === '' ? [] : normalised.split(' ');
}

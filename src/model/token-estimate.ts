/** What tokenizers look at one by one: runs of Latin letters, of digits, of white space, and each other character. */
const PIECES = /[A-Za-z]+|\p{Nd}+|\s\s+|\S/gu;
/** Letters of a word that a token covers: vocabularies hold common words whole, long ones in small parts. */
const LETTERS_A_TOKEN = 4;
const LETTERS_A_TOKEN_OF_LONG = 2;
const LONG_WORD = 13;
const DIGITS_A_TOKEN = 2;
/** From here on lie East Asian scripts and pictographs, two tokens each at most times; below, other letters take about one. */
const WIDE_FROM = 0x2e80;

/**
 * About how many tokens `text` has for a model whose tokenizer is not at hand; rather too many than too few. Of what BERT
 * (MiniLM) and OpenAI (cl100k, o200k) count, English prose comes out 1.3 to 1.5 times, other languages 0.8 to 2.8 times, base64
 * 0.6 times. White space between words is free, so that the count of a text is the sum of its words'.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (const [piece] of text.matchAll(PIECES)) tokens += tokensOf(piece);
  return tokens;
}

/** The longest beginning of `text` that has at most `limit` tokens by that estimate. */
export function cutToTokens(text: string, limit: number): string {
  let left = limit;
  for (const { 0: piece, index } of text.matchAll(PIECES)) {
    const tokens = tokensOf(piece);
    if (tokens > left) return text.slice(0, index + keptOf(piece, left));
    left -= tokens;
  }
  return text;
}

function tokensOf(piece: string): number {
  const characters = charactersAToken(piece);
  if (characters !== undefined) return Math.ceil(piece.length / characters);
  return (piece.codePointAt(0) ?? 0) >= WIDE_FROM ? 2 : 1;
}

/** How much of a piece that is too long may stay. */
function keptOf(piece: string, tokens: number): number {
  return tokens * (charactersAToken(piece) ?? 0);
}

/** Undefined for what is one or two tokens whole. */
function charactersAToken(piece: string): number | undefined {
  if (/^[A-Za-z]/.test(piece)) return piece.length >= LONG_WORD ? LETTERS_A_TOKEN_OF_LONG : LETTERS_A_TOKEN;
  return /^\p{Nd}/u.test(piece) ? DIGITS_A_TOKEN : undefined;
}

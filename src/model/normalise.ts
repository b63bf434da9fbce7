/** Windows-1252 for the bytes 0x80–0x9f, from the WHATWG Encoding Standard; U+FFFD where it gives a control. */
const WINDOWS_1252 =
  '\u20ac\ufffd\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\ufffd\u017d\ufffd' +
  '\ufffd\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\ufffd\u017e\u0178';

const LINE_BREAKS = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
/** Controls but tab and line feed, soft hyphens and byte order marks: nobody can see or quote them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing controls is its purpose
const INVISIBLE = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\ufeff]/g;
const LONE_SURROGATES = /\p{Surrogate}/gu;

/**
 * The one form of text that offsets refer to: LF line ends, no invisible controls, well-formed UTF-16, NFC.
 * Idempotent, and the same whether lines are normalised one by one or together.
 */
export function normaliseText(text: string): string {
  return text
    .replace(LINE_BREAKS, '\n')
    .replace(INVISIBLE, '')
    .replace(LONE_SURROGATES, '\ufffd')
    .normalize('NFC');
}

/**
 * Bytes to text, not yet normalised: by byte order mark, else by `charset`, else UTF-16 by its zero bytes, else UTF-8,
 * else Windows-1252 (a superset of Latin-1). An unknown `charset` is ignored. Never throws.
 */
export function decodeText(bytes: Uint8Array, charset?: string): string {
  const encoding = markedEncoding(bytes) ?? knownEncoding(charset) ?? utf16WithoutMark(bytes);
  if (encoding === 'windows-1252') return decodeWindows1252(bytes);
  if (encoding !== undefined && encoding !== 'utf-8') return new TextDecoder(encoding).decode(bytes);
  return decodeUtf8(bytes);
}

/** Decodes and normalises in one step. */
export function normaliseBytes(bytes: Uint8Array, charset?: string): string {
  return normaliseText(decodeText(bytes, charset));
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // One broken byte in a long UTF-8 text must not turn every accent of it into gibberish.
    const lossy = new TextDecoder('utf-8').decode(bytes);
    const faults = lossy.match(/\ufffd/g)?.length ?? 0;
    const sound = lossy.match(/[\u0080-\ufffc\u{10000}-\u{10ffff}]/gu)?.length ?? 0;
    return sound > faults ? lossy : decodeWindows1252(bytes);
  }
}

/** By hand, because some releases of Node read this label as ISO-8859-1 and so lose curly quotes. */
function decodeWindows1252(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192)
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return parts.join('').replace(/[\u0080-\u009f]/g, (byte) => WINDOWS_1252.charAt(byte.charCodeAt(0) - 0x80));
}

function markedEncoding(bytes: Uint8Array): string | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return undefined;
}

function knownEncoding(charset: string | undefined): string | undefined {
  if (charset === undefined) return undefined;
  try {
    return new TextDecoder(charset.trim()).encoding;
  } catch {
    return undefined;
  }
}

/** Text in a Latin script has a zero in nearly every second byte of UTF-16 and in none of the others. */
function utf16WithoutMark(bytes: Uint8Array): string | undefined {
  const sample = bytes.subarray(0, 1024);
  if (sample.length < 4) return undefined;
  const zeros = [0, 0];
  sample.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  const many = sample.length * 0.35;
  if (odd > many && even === 0) return 'utf-16le';
  if (even > many && odd === 0) return 'utf-16be';
  return undefined;
}

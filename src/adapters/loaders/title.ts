import { normaliseText } from '../../model/normalise.ts';

const LONGEST = 300;

/** The first candidate that holds any words, on one line of at most 300 characters, else the file's own name. */
export function chooseTitle(uri: string, ...candidates: readonly (string | undefined)[]): string {
  for (const candidate of candidates) {
    const title = oneLine(candidate ?? '');
    if (title !== '') return title;
  }
  return oneLine(fileStem(uri)) || uri;
}

function oneLine(text: string): string {
  const line = normaliseText(text).replace(/\s+/g, ' ').trim();
  return line.length <= LONGEST
    ? line
    : `${normaliseText(line.slice(0, LONGEST - 1)).replace(/\ufffd$/, '')}…`;
}

/** `reports/2024%20plan.pdf` → `2024 plan`; a URL without a path gives its host. */
function fileStem(uri: string): string {
  const path = uriPath(uri);
  const name = path.split('/').findLast((part) => part !== '') ?? hostOf(uri);
  const stem = name.replace(/(?<=.)\.[a-z0-9]{1,9}$/i, '');
  if (!isUrl(uri)) return stem;
  try {
    return decodeURIComponent(stem);
  } catch {
    return stem;
  }
}

/** The extension of a path or URL in lower case with its dot, or an empty string. */
export function extensionOf(uri: string): string {
  const name = uriPath(uri).split('/').at(-1) ?? '';
  return /(?<=.)\.[a-z0-9]+$/i.exec(name)?.[0].toLowerCase() ?? '';
}

function uriPath(uri: string): string {
  return isUrl(uri) && URL.canParse(uri) ? new URL(uri).pathname : uri;
}

function hostOf(uri: string): string {
  return isUrl(uri) && URL.canParse(uri) ? new URL(uri).hostname : uri;
}

function isUrl(uri: string): boolean {
  return /^https?:\/\//i.test(uri);
}

/** The words of a line without markers, and each marker with where it stood in them. */
export interface MarkedText {
  readonly text: string;
  readonly markers: readonly { readonly at: number; readonly numbers: readonly number[] }[];
}

/** "[1]", "[1, 3]", "[2–4]", "[^1]", "[passage 2]" and "【1】" with the white space before them. */
const MARKER =
  /\s*(?:\[\s*(?:\^|#|(?:passages?|sources?|p\.)\s*)?(\d{1,3}(?:\s*(?:[,;&–-]|and)\s*\d{1,3})*)\s*\]|【\s*(\d{1,3})[^】]{0,20}】)/giu;
/** A range may not name more passages than any question is answered from. */
const LONGEST_RANGE = 50;

/** Takes the markers out of a line. */
export function takeMarkers(line: string): MarkedText {
  let text = '';
  let from = 0;
  const markers: { at: number; numbers: number[] }[] = [];
  for (const { 0: whole, 1: numbers, 2: other, index } of line.matchAll(MARKER)) {
    text += line.slice(from, index);
    from = index + whole.length;
    const joins = /^\s/.test(whole) && /[\p{L}\p{N}]/u.test(line.charAt(from));
    markers.push({ at: text.length, numbers: numbersIn(numbers ?? other ?? '') });
    if (joins) text += ' ';
  }
  return { text: text + line.slice(from), markers };
}

function numbersIn(list: string): number[] {
  return list.split(/[,;&]|and/i).flatMap((part) => {
    const [first = Number.NaN, last = first] = part.split(/[–-]/).map(Number);
    if (last < first || last - first > LONGEST_RANGE) return [first, last];
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

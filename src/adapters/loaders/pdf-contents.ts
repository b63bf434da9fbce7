import type { PdfLine } from './pdf-lines.ts';

/** A title, dots that lead on, and the number of a page. */
const ENTRY = /\S.*?(?:\.\s?){5,}\s*(\d{1,4})$/;
/** The entry of a chapter, often without dots. */
const CHAPTER = /\s\d{1,4}$/;
/** So many entries make a table of contents; fewer may be a list of prices. */
const FEWEST = 5;

/**
 * Leaves out tables of contents, whose lines hold the words of questions and no answer: lines with dots that lead to page
 * numbers which never fall, and on their pages what stands between them or ends in a number.
 */
export function withoutContents(pages: readonly (readonly PdfLine[])[]): PdfLine[][] {
  const entries = new Set(runsOf(pages).flat());
  return pages.map((lines) => {
    const places = lines.flatMap((line, at) => (entries.has(line) ? [at] : []));
    const [first = 0, last = first] = [places[0], places.at(-1)];
    const isTable = places.length * 2 > last - first;
    const belongs = (line: PdfLine, at: number) => (at > first && at < last) || CHAPTER.test(line.text);
    return lines.filter((line, at) => !entries.has(line) && !(isTable && belongs(line, at)));
  });
}

/** Entries that follow each other, page numbers rising and within the document. */
function runsOf(pages: readonly (readonly PdfLine[])[]): PdfLine[][] {
  const runs: PdfLine[][] = [];
  let before = Number.POSITIVE_INFINITY;
  for (const line of pages.flat()) {
    const number = Number(ENTRY.exec(line.text)?.[1] ?? Number.NaN);
    if (!(number <= pages.length)) continue;
    if (number >= before) runs.at(-1)?.push(line);
    else runs.push([line]);
    before = number;
  }
  return runs.filter((run) => run.length >= FEWEST);
}

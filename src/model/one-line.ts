/** A text in one line, without the marks that a Markdown quotation has at the start of each further one. */
export function oneLine(text: string): string {
  const [first = '', ...rest] = text.trim().split('\n');
  const isQuotation = rest.length > 0 && rest.every((line) => QUOTATION.test(line));
  const lines = isQuotation ? [first, ...rest.map((line) => line.replace(QUOTATION, ''))] : [first, ...rest];
  return lines.join(' ').replace(/\s+/g, ' ').trim();
}

const QUOTATION = /^[^\S\n]*>/;

import { parse } from 'csv-parse/sync';
import type { LoadedDocument } from '../../model/document.ts';
import { messageOf } from '../../model/errors.ts';
import { normaliseBytes } from '../../model/normalise.ts';
import { type KnownFile, unreadable } from './load.ts';
import { createTextBuilder } from './text-builder.ts';
import { chooseTitle } from './title.ts';

/** Reads comma-separated values (also with semicolons or tabs): the first row names the columns. */
export async function loadCsv(file: KnownFile): Promise<LoadedDocument[]> {
  return [readTable(file, 'text/csv')];
}

/** Reads tab-separated values. */
export async function loadTsv(file: KnownFile): Promise<LoadedDocument[]> {
  return [readTable(file, 'text/tab-separated-values', '\t')];
}

/** Each row becomes one line, `column: value; column: value`, that is kept whole. */
function readTable(file: KnownFile, mediaType: string, separator?: string): LoadedDocument {
  const source = normaliseBytes(file.bytes, file.charset);
  const [header = [], ...rows] = parseRows(source, separator ?? separatorOf(source));
  const columns = header.map((name, at) => oneLine(name) || `column ${at + 1}`);
  const builder = createTextBuilder();
  for (const row of rows) builder.atom(describeRow(columns, row), '\n');
  const { text, structure } = builder.build();
  if (text === '') {
    throw unreadable('The table has no rows under its first, which must name the columns. Add some.');
  }
  return { uri: file.uri, title: chooseTitle(file.uri), mediaType, text, metadata: { columns }, structure };
}

function parseRows(source: string, delimiter: string): string[][] {
  try {
    return parse(source, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
    });
  } catch (error) {
    throw unreadable(`The table cannot be read: ${messageOf(error)}. Mend that row.`, error);
  }
}

function describeRow(columns: readonly string[], row: readonly string[]): string {
  return row
    .map((value, at) => ({ name: columns[at] ?? `column ${at + 1}`, value: oneLine(value) }))
    .filter(({ value }) => value !== '')
    .map(({ name, value }) => `${name}: ${value}`)
    .join('; ');
}

/** The separator that the first line holds most often outside quotes. */
function separatorOf(source: string): string {
  const [line = ''] = source.replace(/"(?:[^"]|"")*"/g, '').split('\n', 1);
  const counts = [',', ';', '\t', '|'].map((separator) => ({
    separator,
    count: line.split(separator).length,
  }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).separator;
}

function oneLine(value: string): string {
  return value.replace(/\s+/g, ' ').trim();
}

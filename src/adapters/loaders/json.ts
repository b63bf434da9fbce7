import type { LoadedDocument, Metadata } from '../../model/document.ts';
import { messageOf } from '../../model/errors.ts';
import { decodeText } from '../../model/normalise.ts';
import { toMetadata } from './front-matter.ts';
import { type KnownFile, unreadable } from './load.ts';
import { createTextBuilder, type TextBuilder } from './text-builder.ts';
import { chooseTitle } from './title.ts';

/** Longer values are prose: they stand in a paragraph of their own, where sentences can be found. */
const PROSE_LENGTH = 200;
const TEXT_FIELDS = ['text', 'content', 'body', 'contents'];

type Fields = Readonly<Record<string, unknown>>;

/** Reads JSON: a list of records with texts gives a document each, all else is laid out as `path: value` lines. */
export async function loadJson(file: KnownFile): Promise<LoadedDocument[]> {
  const value = parseJson(decodeText(file.bytes, file.charset), 'The file');
  return readRecords(
    file.uri,
    Array.isArray(value) ? value : [value],
    'application/json',
    Array.isArray(value),
  );
}

/** Reads JSON Lines, e.g. a BEIR corpus of `{_id, title, text}`: one record a line. */
export async function loadJsonLines(file: KnownFile): Promise<LoadedDocument[]> {
  const lines = decodeText(file.bytes, file.charset).split(/\r?\n/);
  const records = lines.flatMap((line, at) =>
    line.trim() === '' ? [] : [parseJson(line, `Line ${at + 1}`)],
  );
  return readRecords(file.uri, records, 'application/jsonl', true);
}

function parseJson(json: string, where: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw unreadable(`${where} is no valid JSON: ${messageOf(error)}. Mend it.`, error);
  }
}

function readRecords(
  uri: string,
  records: readonly unknown[],
  mediaType: string,
  isList: boolean,
): LoadedDocument[] {
  const texts = isList ? records.map(recordText) : [];
  if (texts.length > 0 && texts.every((text) => text !== undefined)) {
    return records.flatMap((record, at) =>
      recordDocument(uri, record as Fields, texts[at] ?? '', at, mediaType),
    );
  }
  const builder = createTextBuilder();
  for (const record of records) appendValue(record, builder);
  const { text, structure } = builder.build();
  return [{ uri, title: chooseTitle(uri), mediaType, text, metadata: {}, structure }];
}

function recordText(record: unknown): string | undefined {
  if (typeof record !== 'object' || record === null) return undefined;
  const fields = record as Fields;
  const name = TEXT_FIELDS.find((field) => typeof fields[field] === 'string');
  return name === undefined ? undefined : String(fields[name]);
}

function recordDocument(
  uri: string,
  record: Fields,
  source: string,
  at: number,
  mediaType: string,
): LoadedDocument[] {
  const builder = createTextBuilder();
  builder.add(source);
  const { text, structure } = builder.build();
  const id = record._id ?? record.id;
  const name = typeof id === 'string' || typeof id === 'number' ? String(id) : String(at + 1);
  const title = typeof record.title === 'string' ? record.title : undefined;
  return [
    {
      uri: `${uri}#${name}`,
      title: chooseTitle(uri, title, name),
      mediaType,
      text,
      metadata: recordMetadata(record),
      structure,
    },
  ];
}

function recordMetadata(record: Fields): Metadata {
  const { metadata, ...rest } = record;
  const own = Object.entries(rest).filter(([key]) => !['_id', 'id', 'title', ...TEXT_FIELDS].includes(key));
  const nested = typeof metadata === 'object' && metadata !== null ? toMetadata(metadata) : {};
  return { ...toMetadata(Object.fromEntries(own)), ...nested };
}

/** Short values of a record are one atom of lines; long ones follow as paragraphs under their path. */
function appendValue(record: unknown, builder: TextBuilder): void {
  const leaves = flatten(record, '');
  const isProse = (value: string) => value.length > PROSE_LENGTH || value.includes('\n');
  const short = leaves.filter(([, value]) => !isProse(value));
  builder.atom(short.map(([path, value]) => (path === '' ? value : `${path}: ${value}`)).join('\n'));
  for (const [path, value] of leaves.filter(([, text]) => isProse(text))) {
    builder.atom(path === '' ? '' : `${path}:`);
    builder.add(value, path === '' ? '\n\n' : '\n');
  }
}

function flatten(value: unknown, path: string): [string, string][] {
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) {
    const isPlain = value.every((item) => typeof item !== 'object' && String(item).length <= PROSE_LENGTH);
    if (isPlain) return value.length === 0 ? [] : [[path, value.join(', ')]];
    return value.flatMap((item, at) => flatten(item, `${path}[${at}]`));
  }
  if (typeof value !== 'object') return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, item]) => flatten(item, path === '' ? key : `${path}.${key}`));
}

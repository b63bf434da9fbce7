import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, open, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { IbidError, messageOf } from '../../model/errors.ts';
import { type ArchiveRecord, type Counts, count, NOTHING } from '../../transfer/archive.ts';
import { decodeRecord } from '../../transfer/decode-record.ts';
import { encodeRecord } from '../../transfer/encode-record.ts';
import type { Input, Output } from '../context.ts';

/** Writes an archive, a line a record and how many there were at its end: to `-`, or aside and then in the file's place. Gives the counts. */
export async function writeArchive(
  path: string,
  records: AsyncIterable<ArchiveRecord>,
  { stdout, signal }: { readonly stdout: Output; readonly signal: AbortSignal },
): Promise<Counts> {
  let counts = NOTHING;
  const lines = Readable.from(
    (async function* () {
      for await (const record of records) {
        counts = count(counts, record);
        yield `${encodeRecord(record)}\n`;
      }
      yield `${encodeRecord({ type: 'end', ...counts })}\n`;
    })(),
  );
  if (path === '-') {
    await pipeline(lines, new PassThrough(), stdout, { end: false, signal });
    return counts;
  }
  const aside = `${path}.${process.pid}.part`;
  try {
    const packed = path.endsWith('.gz') ? createGzip() : new PassThrough();
    await pipeline(lines, packed, createWriteStream(aside), { signal });
    await rename(aside, path);
    return counts;
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}

/** An archive that was read to its end once and found whole. */
export interface ArchiveFile {
  readonly counts: Counts;
  /** Reads it again. */
  records(): AsyncIterable<ArchiveRecord>;
}

/**
 * Checks a whole archive, packed or not, before anybody acts upon it; `-` is kept in a temporary file meanwhile. Throws
 * `bad_request`, naming the line, when it is damaged, cut off or no archive.
 */
export async function withArchive<T>(
  path: string,
  stdin: Input,
  work: (archive: ArchiveFile) => Promise<T>,
): Promise<T> {
  if (path !== '-') return work(await checkArchive(path, path));
  const folder = await mkdtemp(join(tmpdir(), 'ibid-import-'));
  try {
    const kept = join(folder, 'archive');
    await pipeline(stdin, createWriteStream(kept));
    return await work(await checkArchive(kept, 'the standard input'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function checkArchive(path: string, name: string): Promise<ArchiveFile> {
  let counts = NOTHING;
  let begun = false;
  let end: Counts | undefined;
  const records = () => readRecords(path, name);
  for await (const record of records()) {
    if (begun !== (record.type !== 'header'))
      throw damaged(name, begun ? 'it has two headers' : 'its first line is no header');
    begun = true;
    if (end !== undefined) throw damaged(name, 'something follows its end');
    counts = count(counts, record);
    if (record.type === 'end') end = record;
  }
  if (!begun) throw damaged(name, 'it is empty');
  if (end === undefined) throw damaged(name, 'its end is missing: it was cut off');
  for (const part of ['documents', 'passages', 'conversations', 'feedback'] as const) {
    if (end[part] !== counts[part])
      throw damaged(name, `it should hold ${end[part]} ${part} and holds ${counts[part]}`);
  }
  return { counts, records };
}

async function* readRecords(path: string, name: string): AsyncGenerator<ArchiveRecord> {
  let number = 0;
  for await (const line of readLines(path, name)) {
    number += 1;
    try {
      yield await decodeRecord(line);
    } catch (error) {
      throw damaged(name, `line ${number}: ${messageOf(error)}`);
    }
  }
}

/** Split at line feeds alone: JSON may hold other ends of lines, such as U+2028. */
async function* readLines(path: string, name: string): AsyncGenerator<string> {
  const packed = await isPacked(path, name);
  const file = createReadStream(path);
  const input = packed ? file.pipe(createGunzip()) : file;
  file.on('error', (error) => input.destroy(error));
  let rest = '';
  try {
    for await (const chunk of input.setEncoding('utf8')) {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    throw damaged(name, messageOf(error));
  } finally {
    file.destroy();
  }
  if (rest !== '') yield rest;
}

async function isPacked(path: string, name: string): Promise<boolean> {
  const file = await open(path).catch((cause: unknown) => {
    throw new IbidError('bad_request', `${name} cannot be read: ${messageOf(cause)}.`, { cause });
  });
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

function damaged(name: string, why: string): IbidError {
  return new IbidError(
    'bad_request',
    `${name} is no whole archive of \`npx ibid export\`: ${why}. Nothing was imported; export it again.`,
  );
}

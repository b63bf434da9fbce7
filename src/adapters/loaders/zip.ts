import { strFromU8, type Unzipped, unzipSync } from 'fflate';
import { messageOf } from '../../model/errors.ts';
import { unreadable } from './load.ts';

/** Most bytes that the wanted entries of one archive may unpack to. */
const MAX_UNPACKED_BYTES = 256 * 1024 * 1024;
const MAX_ENTRIES = 20_000;

/**
 * Unpacks the entries that `wanted` lets through. Bounded against zip bombs: sizes are summed before anything is
 * unpacked, and an entry larger than it declares is cut off at the declared size, never grown.
 */
export function unzip(
  bytes: Uint8Array,
  wanted: (name: string) => boolean,
  maxBytes = MAX_UNPACKED_BYTES,
): Unzipped {
  let total = 0;
  let entries = 0;
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        entries += 1;
        if (entries > MAX_ENTRIES) throw new Error(`it holds more than ${MAX_ENTRIES} entries`);
        if (!wanted(name)) return false;
        total += originalSize;
        if (total > maxBytes)
          throw new Error(`it unpacks to more than ${Math.round(maxBytes / 1_048_576)} MB`);
        return true;
      },
    });
  } catch (error) {
    throw unreadable(`The archive cannot be unpacked: ${messageOf(error)}. Save the document anew.`, error);
  }
}

/** An entry as UTF-8 text; undefined where there is none. */
export function entryText(entries: Unzipped, name: string): string | undefined {
  const entry = entries[name];
  return entry && strFromU8(entry);
}

/** Names of the first entries; none where the bytes are no archive. */
export function zipEntryNames(bytes: Uint8Array): string[] {
  const names: string[] = [];
  try {
    unzipSync(bytes, {
      filter: ({ name }) => {
        if (names.length < MAX_ENTRIES) names.push(name);
        return false;
      },
    });
  } catch {
    return [];
  }
  return names;
}

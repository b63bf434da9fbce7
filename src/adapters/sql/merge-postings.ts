import { inSlices } from './in-slices.ts';
import type { PostingChange } from './pending-postings.ts';
import { blockOf, type Postings, packPostings, unpackPostings } from './posting-list.ts';
import type { Run, SqlValue, Transaction } from './run.ts';

/** What changes in one block of a term's posting list. */
interface BlockChange {
  readonly term: string;
  readonly block: number;
  readonly removed: Set<number>;
  readonly added: number[];
  readonly counts: number[];
}

// A pair of term and block travels as a JSON array.
const WANTED = 'SELECT value ->> 0, CAST(value ->> 1 AS INTEGER) FROM json_each(?1)';

/** Merges changes into the stored posting lists; a list that becomes empty leaves no row. */
export async function mergePostings(
  transaction: Transaction,
  changes: ReadonlyMap<string, PostingChange>,
): Promise<void> {
  // In the order of the table, so that neighbouring rows are written together.
  const terms = [...changes.keys()].sort();
  await inSlices(
    transaction,
    terms,
    async (slice) => {
      const blocks = slice.flatMap((term) => blocksOf(term, changes.get(term)));
      await mergeBlocks(transaction, blocks);
    },
    200,
  );
}

function blocksOf(term: string, change: PostingChange | undefined): BlockChange[] {
  const blocks = new Map<number, BlockChange>();
  const blockAt = (key: number): BlockChange => {
    const block = blockOf(key);
    const known = blocks.get(block) ?? { term, block, removed: new Set(), added: [], counts: [] };
    blocks.set(block, known);
    return known;
  };
  for (const key of change?.removed ?? []) blockAt(key).removed.add(key);
  change?.added.forEach((key, i) => {
    const { added, counts } = blockAt(key);
    added.push(key);
    counts.push(change.counts[i] ?? 1);
  });
  return [...blocks.values()];
}

async function mergeBlocks(
  { read, write, insert }: Transaction,
  changes: readonly BlockChange[],
): Promise<void> {
  const stored = await readBlocks(read, changes);
  const rows: SqlValue[][] = [];
  const emptied: [string, number][] = [];
  for (const change of changes) {
    const { term, block } = change;
    const merged = merge(change, stored.get(nameOf(term, block)));
    if (merged.length > 0) rows.push([term, block, merged.length, packPostings(block, merged)]);
    else emptied.push([term, block]);
  }
  await insert(
    'INSERT INTO postings (term, block, passages, list)',
    rows,
    'ON CONFLICT (term, block) DO UPDATE SET passages = excluded.passages, list = excluded.list',
  );
  if (emptied.length === 0) return;
  await write(`DELETE FROM postings WHERE (term, block) IN (${WANTED})`, [JSON.stringify(emptied)]);
}

async function readBlocks(
  read: Run,
  changes: readonly BlockChange[],
): Promise<ReadonlyMap<string, ArrayBuffer>> {
  const wanted = JSON.stringify(changes.map(({ term, block }) => [term, block]));
  const rows = await read(
    `SELECT p.term, p.block, p.list FROM json_each(?1) AS wanted
     CROSS JOIN postings AS p ON p.term = wanted.value ->> 0 AND p.block = CAST(wanted.value ->> 1 AS INTEGER)`,
    [wanted],
  );
  return new Map(
    rows.map(({ term, block, list }) => [nameOf(String(term), Number(block)), list as ArrayBuffer]),
  );
}

function nameOf(term: string, block: number): string {
  return `${block} ${term}`;
}

/** What stays, then what is new: new passages have the highest keys. */
function merge({ block, removed, added, counts }: BlockChange, list: ArrayBuffer | undefined): Postings {
  if (list === undefined) return { keys: added, counts, length: added.length };
  const stored = unpackPostings(block, list);
  const merged = {
    keys: new Uint32Array(stored.length + added.length),
    counts: new Uint32Array(stored.length + added.length),
  };
  let length = 0;
  for (let i = 0; i < stored.length; i++) {
    const key = stored.keys[i] as number;
    if (removed.has(key)) continue;
    merged.keys[length] = key;
    merged.counts[length] = stored.counts[i] as number;
    length += 1;
  }
  merged.keys.set(added, length);
  merged.counts.set(counts, length);
  return { ...merged, length: length + added.length };
}

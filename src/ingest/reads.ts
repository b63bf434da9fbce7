import type { SourceItem } from '../ports/document-source.ts';
import type { LoadMemory, ReadDocument } from '../ports/load-memory.ts';

/** What an item was read as. */
export interface ItemRead {
  /** In an earlier run; undefined when that is not known. */
  readonly before?: readonly ReadDocument[];
  /** Notes it for the next run. */
  readonly note: (documents: readonly ReadDocument[]) => void;
}

/** What the items of a source are read as, from one run to the next. */
export interface Reads {
  /** Rejects as loading the item does. */
  of(item: SourceItem): Promise<ItemRead>;
  /** Remembers what was noted in this run, and nothing else. */
  save(): Promise<void>;
}

const FORGETFUL: Reads = { of: async () => ({ note: () => {} }), save: async () => {} };

/** Content hashes depend on the splitter as well as on the items. */
export async function openReads(
  memory: LoadMemory | undefined,
  { source, splitterVersion }: { readonly source: string; readonly splitterVersion: string },
): Promise<Reads> {
  if (memory === undefined) return FORGETFUL;
  const recalled = await memory.recall(source);
  const noted = new Map<string, readonly ReadDocument[]>();
  return {
    async of(item) {
      const fingerprint = await item.fingerprint?.();
      if (fingerprint === undefined) return { note: () => {} };
      const key = `${splitterVersion} ${fingerprint}`;
      const before = recalled.get(key);
      const note = (documents: readonly ReadDocument[]) => void noted.set(key, documents);
      return before === undefined ? { note } : { before, note };
    },
    async save() {
      const isKnown = noted.size === recalled.size && [...noted.keys()].every((key) => recalled.has(key));
      if (!isKnown) await memory.remember(source, noted);
    },
  };
}

import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { STEM_ANALYSER } from '../ask/terms.ts';
import type { IndexedDocument, PassageStore } from '../ports/passage-store.ts';
import type { VectorRecord } from '../ports/vector-index.ts';
import { commitSamples, SAMPLE_IDENTITY, sampleDocument, sampleEmbedding } from './sample-index.ts';

/** What every `PassageStore` owes its callers; `create` makes an empty one with `STEM_ANALYSER`, `close` ends all it made. */
export function passageStoreConformance(
  name: string,
  create: () => Promise<PassageStore>,
  close: () => Promise<void> = async () => {},
): void {
  describe(`${name} keeps the passage store's contract`, () => {
    let store: PassageStore;
    beforeEach(async () => {
      store = await create();
    });
    afterAll(close);

    test('is empty, without a manifest, before the first commit', async () => {
      expect(await store.manifest()).toBeUndefined();
      expect(await store.countDocuments()).toEqual({ documents: 0, passages: 0 });
      expect(await store.listDocuments({ limit: 10 })).toEqual([]);
      expect(await store.searchText({ terms: ['owl'], limit: 10 })).toEqual([]);
      expect(await allVectors(store)).toEqual([]);
    });

    test('gives back documents and passages as they were committed', async () => {
      const owls = sampleDocument(
        'birds/owls.md',
        ['Owls hunt at night.', 'Ünïcode “quotes” 🎉 in a passage.'],
        {
          ...{ title: 'Owls', metadata: { tags: ['bird', 'night'], pages: 3, draft: false }, page: 2 },
          headings: ['Birds', 'Owls'],
        },
      );
      const { generation } = await commitSamples(store, [owls]);
      expect(generation).toBe(1);
      expect(await store.manifest()).toEqual({ ...SAMPLE_IDENTITY, generation: 1 });
      expect(await store.getDocument(owls.document.id)).toEqual(owls.document);
      expect(await store.getDocument('doc_none')).toBeUndefined();
      const { text: _text, ...summary } = owls.document;
      expect(await store.listDocuments({ limit: 10 })).toEqual([
        { ...summary, origin: owls.origin, passageCount: 2 },
      ]);
      const found = await store.getPassages(owls.passages.map(({ id }) => id));
      expect(found.map(({ passage }) => passage)).toEqual(owls.passages);
      for (const { passage } of found) {
        expect(owls.document.text.slice(passage.start, passage.end)).toBe(passage.text);
      }
      expect(found[0]).toMatchObject({ documentTitle: 'Owls', documentUri: 'birds/owls.md' });
    });

    test("gives the ids of a document's passages in the order of its text", async () => {
      const texts = Array.from({ length: 12 }, (_, at) => `Passage ${at}.`);
      const { passages } = await withDocument(store, 'a', texts);
      await withDocument(store, 'b', ['Another.']);
      expect(await store.passageIds('doc_a')).toEqual(passages.map(({ id }) => id));
      expect(await store.passageIds('doc_none')).toEqual([]);
    });

    test('gives passages in the order asked for, unknown ones left out', async () => {
      const { passages } = await withDocument(store, 'a', ['One.', 'Two.', 'Three.']);
      const [one, two, three] = passages.map(({ id }) => id);
      const asked = [three, 'psg_unknown', one, two, one].map(String);
      const found = await store.getPassages(asked);
      expect(found.map(({ passage }) => passage.text)).toEqual(['Three.', 'One.', 'Two.', 'One.']);
      expect(await store.getPassages([])).toEqual([]);
    });

    test('keeps vectors exactly and sentence vectors closely', async () => {
      const { passages, embeddingKeys } = await withDocument(store, 'a', ['One.']);
      const [found] = await store.getPassages(passages.map(({ id }) => id));
      const given = sampleEmbedding(embeddingKeys[0] ?? '');
      expect(found?.embedding.vector).toEqual(given.vector);
      const [sentence] = found?.embedding.sentenceVectors ?? [];
      expect(cosine(sentence, given.sentenceVectors[0])).toBeGreaterThan(0.9999);
    });

    test('says what a commit added and removed', async () => {
      const before = await withDocument(store, 'a', ['Same.', 'Old.']);
      const after = sampleDocument('a', ['Same.', 'New.']);
      const change = await commitSamples(store, [after]);
      expect(change.generation).toBe(2);
      expect(change.addedPassages.map(({ passageId }) => passageId)).toEqual([after.passages[1]?.id]);
      expect(change.addedPassages[0]?.documentId).toBe(after.document.id);
      expect(change.removedPassageIds).toEqual([before.passages[1]?.id]);
    });

    test('adds a passage anew when only its embedding changed', async () => {
      const { passages } = await withDocument(store, 'a', ['Same.']);
      const change = await commitSamples(store, [sampleDocument('a', ['Same.'], { title: 'Renamed' })]);
      expect(change.addedPassages.map(({ passageId }) => passageId)).toEqual([passages[0]?.id]);
      expect(change.removedPassageIds).toEqual([]);
      expect((await store.getPassages([String(passages[0]?.id)]))[0]?.embedding.vector).toEqual(
        sampleEmbedding('Renamed Same.').vector,
      );
    });

    test('keeps the generation when nothing changes', async () => {
      expect(await commitSamples(store, [], ['doc_unknown'])).toEqual(unchanged(0));
      await withDocument(store, 'a', ['One.']);
      expect(await commitSamples(store, [])).toEqual(unchanged(1));
      expect(await commitSamples(store, [], ['doc_unknown'])).toEqual(unchanged(1));
      expect((await store.manifest())?.generation).toBe(1);
    });

    test('lets a removed document go, from every read', async () => {
      const gone = await withDocument(store, 'gone', ['Vanishing words.']);
      const stays = await withDocument(store, 'stays', ['Lasting words.']);
      const change = await commitSamples(store, [], [gone.document.id]);
      expect(change).toMatchObject({ generation: 3, addedPassages: [] });
      expect(change.removedPassageIds).toEqual(gone.passages.map(({ id }) => id));
      expect(await store.countDocuments()).toEqual({ documents: 1, passages: 1 });
      expect(await store.searchText({ terms: stems('vanishing'), limit: 5 })).toEqual([]);
      expect((await allVectors(store)).map(({ passageId }) => passageId)).toEqual([stays.passages[0]?.id]);
      expect(await store.cachedEmbeddings([...gone.embeddingKeys, ...stays.embeddingKeys])).toEqual(
        new Set(stays.embeddingKeys),
      );
    });

    test('removes a document that has no passages', async () => {
      const empty = await withDocument(store, 'empty', []);
      expect((await commitSamples(store, [], [empty.document.id])).generation).toBe(2);
      expect(await store.countDocuments()).toEqual({ documents: 0, passages: 0 });
    });

    test('changes nothing when a commit fails', async () => {
      const kept = await withDocument(store, 'a', ['One.']);
      const uncached = sampleDocument('a', ['Never embedded.']);
      const change = { identity: SAMPLE_IDENTITY, upserts: [uncached], removals: [] };
      await expect(store.commit(change)).rejects.toMatchObject({ name: 'IbidError' });
      expect((await store.manifest())?.generation).toBe(1);
      expect(await store.getDocument(kept.document.id)).toEqual(kept.document);
      expect(await store.searchText({ terms: stems('embedded'), limit: 5 })).toEqual([]);
    });

    test('refuses to mix the vectors of two embedders, and takes a full replacement', async () => {
      await withDocument(store, 'a', ['One.']);
      const other = { ...SAMPLE_IDENTITY, embedderId: 'other/16' };
      const addition = commitSamples(store, [sampleDocument('b', ['Two.'])], [], other);
      await expect(addition).rejects.toMatchObject({ code: 'index_incompatible' });
      await commitSamples(store, [sampleDocument('a', ['One.'], { title: 'Anew' })], [], other);
      expect(await store.manifest()).toMatchObject({ embedderId: 'other/16', generation: 2 });
    });

    test('caches embeddings before any commit, and drops the unused ones with one', async () => {
      await store.cacheEmbeddings(new Map([['unused', sampleEmbedding('unused')]]));
      expect(await store.cachedEmbeddings(['unused', 'never'])).toEqual(new Set(['unused']));
      expect(await store.cachedEmbeddings([])).toEqual(new Set());
      await withDocument(store, 'a', ['One.']);
      expect(await store.cachedEmbeddings(['unused'])).toEqual(new Set());
    });

    test('pages through documents by uri', async () => {
      for (const uri of ['c', 'a', 'd', 'b']) await withDocument(store, uri, [uri]);
      const first = await store.listDocuments({ limit: 2 });
      expect(first.map(({ uri }) => uri)).toEqual(['a', 'b']);
      const rest = await store.listDocuments({ limit: 10, afterUri: 'b' });
      expect(rest.map(({ uri }) => uri)).toEqual(['c', 'd']);
    });

    test('streams every vector once', async () => {
      await withDocument(store, 'a', ['One.', 'Two.']);
      await withDocument(store, 'b', ['Three.']);
      const vectors = await allVectors(store);
      expect(vectors.map(({ passageId }) => passageId).toSorted()).toEqual(
        [...sampleDocument('a', ['One.', 'Two.']).passages, ...sampleDocument('b', ['Three.']).passages]
          .map(({ id }) => id)
          .toSorted(),
      );
      expect(vectors.find(({ documentId }) => documentId === 'doc_b')?.vector).toEqual(
        sampleEmbedding('b Three.').vector,
      );
    });

    describe('filters by metadata', () => {
      beforeEach(async () => {
        await commitSamples(store, [
          sampleDocument('list', ['x'], { metadata: { tags: ['red', 'blue'], year: 1999, open: true } }),
          sampleDocument('text', ['y'], { metadata: { tags: 'red', year: '1999', open: 1 } }),
          sampleDocument('odd', ['z'], { metadata: { 'a"b\'; --': 'x', tags: 'green' } }),
        ]);
      });
      const cases: [string, Parameters<PassageStore['matchDocuments']>[0], string[]][] = [
        ['everything when the filter is empty', {}, ['list', 'odd', 'text']],
        ['a value, alone or in a list', { tags: 'red' }, ['list', 'text']],
        ['one of several values', { tags: ['blue', 'green'] }, ['list', 'odd']],
        ['all fields at once', { tags: 'red', open: true }, ['list']],
        ['numbers apart from text', { year: 1999 }, ['list']],
        ['true apart from 1', { open: 1 }, ['text']],
        ['names with quotes and SQL in them', { 'a"b\'; --': 'x' }, ['odd']],
        ['nothing for an unknown name', { 'tags") OR 1=1 --': 'red' }, []],
        ['nothing for no values', { tags: [] }, []],
      ];
      test.each(cases)('%s', async (_name, filter, uris) => {
        const ids = await store.matchDocuments(filter);
        expect([...ids].toSorted()).toEqual(uris.map((uri) => `doc_${uri}`));
        const listed = await store.listDocuments({ limit: 10, filter });
        expect(listed.map(({ uri }) => uri)).toEqual(uris);
      });
    });

    describe('searches text', () => {
      beforeEach(async () => {
        await commitSamples(store, [
          sampleDocument('a', ['The lighthouse keeper climbed the stairs.', 'Nothing of note here.']),
          sampleDocument('b', ['Lighthouses warn ships. A lighthouse stands on rock.'], {
            title: 'Harbours',
          }),
          sampleDocument('c', ['Café owners in the old town.'], { headings: ['Marmalade'] }),
        ]);
      });
      const urisOf = async (terms: readonly string[], more: object = {}) => {
        const matches = await store.searchText({ terms, limit: 10, ...more });
        const passages = await store.getPassages(matches.map(({ passageId }) => passageId));
        return passages.map(({ documentUri }) => documentUri);
      };

      test('for any of the terms, the best first', async () => {
        const matches = await store.searchText({ terms: stems('lighthouse ships'), limit: 10 });
        expect(await urisOf(stems('lighthouse ships'))).toEqual(['b', 'a']);
        const scores = matches.map(({ score }) => score);
        expect(scores).toEqual(scores.toSorted((x, y) => y - x));
        expect(Math.min(...scores)).toBeGreaterThan(0);
        expect(await store.searchText({ terms: stems('lighthouse'), limit: 1 })).toHaveLength(1);
        expect(await store.searchText({ terms: stems('lighthouse'), limit: 0 })).toEqual([]);
      });

      test('stemmed and without accents', async () => {
        expect(await urisOf(stems('climbing'))).toEqual(['a']);
        expect(await urisOf(stems('CAFE'))).toEqual(['c']);
      });

      test('in titles and headings too', async () => {
        expect(await urisOf(stems('harbour'))).toEqual(['b']);
        expect(await urisOf(stems('marmalade'))).toEqual(['c']);
      });

      test('within documents, or within passages, when asked', async () => {
        expect(await urisOf(stems('lighthouse'), { documentIds: new Set(['doc_a']) })).toEqual(['a']);
        expect(await urisOf(stems('lighthouse'), { documentIds: new Set() })).toEqual([]);
        const [best] = await store.searchText({ terms: stems('lighthouse'), limit: 1 });
        const within = { passageIds: new Set([String(best?.passageId), 'psg_unknown']) };
        expect(await store.searchText({ terms: stems('lighthouse'), limit: 5, ...within })).toEqual([best]);
      });

      test.each([
        '"',
        '""',
        'a" OR "b',
        'NEAR(',
        'text:',
        '*',
        '-',
        '',
        '\0',
        'x\0y',
        '\ud800',
        '^',
        '(',
        "'; --",
      ])('taking %j for nothing but a word', async (term) => {
        expect(await urisOf([term])).toEqual([]);
        expect(await urisOf([term, ...stems('marmalade')])).toEqual(['c']);
      });

      test('and counts the passages that hold a term', async () => {
        const counts = await store.documentFrequencies([...stems('lighthouses marmalade absent'), '"']);
        expect([...counts]).toEqual([
          ['lighthous', 2],
          ['marmalad', 1],
          ['absent', 0],
          ['"', 0],
        ]);
        await withDocument(store, 'd', ['Marmalade again.']);
        expect(await store.documentFrequencies(stems('marmalade'))).toEqual(new Map([['marmalad', 2]]));
        expect((await store.documentFrequencies([])).size).toBe(0);
      });

      test('and lists the terms of a range by their length', async () => {
        const range = { from: 'l', to: 'n', shortest: 4, longest: 20 };
        const terms = await store.termsBetween(range);
        expect(terms.get('lighthous')).toBe(2);
        expect(terms.get('marmalad')).toBe(1);
        expect([...terms.keys()].every((term) => term >= 'l' && term < 'n' && term.length >= 4)).toBe(true);
        expect((await store.termsBetween({ ...range, longest: 8 })).has('lighthous')).toBe(false);
        expect((await store.termsBetween({ ...range, from: 'n' })).size).toBe(0);
      });

      test('as if edits had never been, once they are made', async () => {
        const edits = fc.array(fc.array(editOfDocument, { minLength: 1, maxLength: 4 }), { maxLength: 6 });
        await fc.assert(
          fc.asyncProperty(edits, async (commits) => {
            const [edited, fresh] = [await create(), await create()];
            const current = new Map<string, IndexedDocument>();
            for (const commit of commits) await applyEdits(edited, commit, current);
            await commitSamples(fresh, [...current.values()]);
            expect(await edited.documentFrequencies(EDIT_WORDS)).toEqual(
              await fresh.documentFrequencies(EDIT_WORDS),
            );
            for (const word of EDIT_WORDS) {
              expect(await sortedMatches(edited, [word])).toEqual(await sortedMatches(fresh, [word]));
            }
            expect(await sortedMatches(edited, EDIT_WORDS)).toEqual(await sortedMatches(fresh, EDIT_WORDS));
          }),
          { numRuns: 15 },
        );
      });
    });
  });
}

/** Words that are their own stems. */
const EDIT_WORDS = ['owl', 'rock', 'ship', 'lamp', 'fog'];

const editOfDocument = fc.record({
  uri: fc.constantFrom('a', 'b', 'c'),
  /** Removes the document when missing. */
  texts: fc.option(
    fc.array(fc.array(fc.constantFrom(...EDIT_WORDS), { minLength: 1, maxLength: 6 }), { maxLength: 4 }),
    { nil: undefined },
  ),
});

/** Commits edits of different documents, the last of each, and keeps what then stands in `current`. */
async function applyEdits(
  store: PassageStore,
  edits: readonly { uri: string; texts: string[][] | undefined }[],
  current: Map<string, IndexedDocument>,
): Promise<void> {
  const last = new Map(edits.map(({ uri, texts }) => [uri, texts]));
  const upserts: IndexedDocument[] = [];
  const removals: string[] = [];
  for (const [uri, texts] of last) {
    if (texts === undefined) {
      removals.push(`doc_${uri}`);
      current.delete(uri);
    } else {
      const document = sampleDocument(
        uri,
        texts.map((words) => words.join(' ')),
      );
      upserts.push(document);
      current.set(uri, document);
    }
  }
  await commitSamples(store, upserts, removals);
}

/** Equal scores come in the order of commits, so they are put in another here. */
async function sortedMatches(store: PassageStore, terms: readonly string[]) {
  const matches = await store.searchText({ terms, limit: 100 });
  return matches.map(({ passageId, score }) => `${score.toFixed(6)} ${passageId}`).sort();
}

function stems(text: string): readonly string[] {
  return STEM_ANALYSER.analyse(text);
}

function unchanged(generation: number): Awaited<ReturnType<PassageStore['commit']>> {
  return { generation, addedPassages: [], removedPassageIds: [] };
}

async function withDocument(store: PassageStore, uri: string, texts: readonly string[]) {
  const document = sampleDocument(uri, texts);
  await commitSamples(store, [document]);
  return document;
}

async function allVectors(store: PassageStore): Promise<VectorRecord[]> {
  const all: VectorRecord[] = [];
  for await (const batch of store.vectors()) all.push(...batch);
  return all;
}

function cosine(left: Float32Array | undefined, right: Float32Array | undefined): number {
  if (!left || !right) return Number.NaN;
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? Number.NaN), 0);
}

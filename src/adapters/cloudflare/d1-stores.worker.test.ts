import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { STEM_ANALYSER } from '../../ask/terms.ts';
import { conversationStoreConformance } from '../../testing/conversation-store-conformance.ts';
import { emptyD1 } from '../../testing/empty-d1.ts';
import { passageStoreConformance } from '../../testing/passage-store-conformance.ts';
import {
  commitSamples,
  SAMPLE_IDENTITY,
  sampleDocument,
  sampleEmbedding,
} from '../../testing/sample-index.ts';
import { slackStoresConformance } from '../../testing/slack-stores-conformance.ts';
import { createD1ConversationStore } from './d1-conversation-store.ts';
import { openD1Database } from './d1-database.ts';
import { narrowStore } from './d1-narrow-store.ts';
import { openD1PassageStore } from './d1-passage-store.ts';
import { createD1SlackStores } from './d1-slack-stores.ts';

const openEmpty = async () => openD1PassageStore(await emptyD1(), STEM_ANALYSER);

passageStoreConformance('D1', openEmpty);
slackStoresConformance('D1', async () => createD1SlackStores(await emptyD1()));
conversationStoreConformance('D1', async () => createD1ConversationStore(await emptyD1()));

describe('D1', () => {
  it('refuses the later of two commits that both began from the same generation', async () => {
    const database = await emptyD1();
    const store = await openD1PassageStore(database, STEM_ANALYSER);
    const documents = ['a', 'b'].map((uri) => sampleDocument(uri, [`Text of ${uri}.`]));
    const keys = documents.flatMap(({ embeddingKeys }) => embeddingKeys);
    await store.cacheEmbeddings(new Map(keys.map((key) => [key, sampleEmbedding(key)])));
    const commits = documents.map((document) =>
      store.commit({ identity: SAMPLE_IDENTITY, upserts: [document], removals: [] }),
    );
    const outcomes = await Promise.allSettled(commits);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const refused = outcomes.find((outcome) => outcome.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'index_busy' });
    expect(await store.countDocuments()).toEqual({ documents: 1, passages: 1 });
  });

  it('takes a document of a thousand passages in one commit, and gives each of them back', async () => {
    const store = await openEmpty();
    const texts = Array.from({ length: 1_000 }, (_, at) =>
      `Passage ${at} tells of the word w${at} “ünïcode”. `.repeat(20),
    );
    const book = sampleDocument('book', texts);
    await commitSamples(store, [book]);
    expect(await store.countDocuments()).toEqual({ documents: 1, passages: 1_000 });
    const [match] = await store.searchText({ terms: ['w777'], limit: 5 });
    const [found] = await store.getPassages([match?.passageId ?? '']);
    expect(found?.passage).toEqual(book.passages[777]);
  });

  it('keeps a text of nearly 2 MB, and says what to do with a longer one', async () => {
    const store = await openEmpty();
    const documentOf = (uri: string, lines: number) => {
      const { document, ...rest } = sampleDocument(uri, ['“é”\n'.repeat(lines)]);
      return { ...rest, document: { ...document, contentHash: uri }, passages: [], embeddingKeys: [] };
    };
    const long = documentOf('long', 215_000);
    await commitSamples(store, [long]);
    expect((await store.getDocument('doc_long'))?.text).toBe(long.document.text);
    const refused = commitSamples(store, [documentOf('longer', 260_000)]);
    await expect(refused).rejects.toMatchObject({ code: 'payload_too_large' });
  });

  it('lists to whoever changes some documents these alone', async () => {
    const database = await emptyD1();
    const store = await openD1PassageStore(database, STEM_ANALYSER);
    await commitSamples(
      store,
      ['a', 'b', 'c'].map((uri) => sampleDocument(uri, [`Text of ${uri}.`])),
    );
    const narrow = narrowStore(store, database, ['c', 'new', 'a']);
    const listed = await narrow.listDocuments({ limit: 10 });
    expect(listed).toEqual((await store.listDocuments({ limit: 10 })).filter(({ uri }) => uri !== 'b'));
    expect((await narrow.listDocuments({ limit: 10, afterUri: 'a' })).map(({ uri }) => uri)).toEqual(['c']);
  });

  it('opens tables that several Workers make at once', async () => {
    await env.DB.batch(
      ['schema_versions', 'fresh', 'fresher'].map((name) => env.DB.prepare(`DROP TABLE IF EXISTS ${name}`)),
    );
    const fresh = {
      component: 'fresh',
      versions: [['CREATE TABLE fresh (a)'], ['CREATE TABLE fresher (a)']],
    };
    await Promise.all([1, 2, 3].map(() => openD1Database(env.DB, [fresh])));
    const { results } = await env.DB.prepare(
      "SELECT version FROM schema_versions WHERE component = 'fresh'",
    ).all();
    expect(results).toEqual([{ version: 2 }]);
    const newer = openD1Database(env.DB, [{ component: 'fresh', versions: [] }]);
    await expect(newer).rejects.toMatchObject({ code: 'index_incompatible' });
  });
});

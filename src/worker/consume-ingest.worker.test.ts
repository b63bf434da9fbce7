import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { createD1Staging } from '../adapters/cloudflare/d1-staging.ts';
import { type LoadedDocument, NO_STRUCTURE } from '../model/document.ts';
import { IbidError } from '../model/errors.ts';
import type { DocumentSource } from '../ports/document-source.ts';
import { emptyD1 } from '../testing/empty-d1.ts';
import { consumeIngest } from './consume-ingest.ts';
import type { IngestMessage } from './env.ts';

function documentOf(uri: string, text = `Text of ${uri}.`): LoadedDocument {
  return { uri, title: uri, mediaType: 'text/plain', text, metadata: {}, structure: NO_STRUCTURE };
}

async function setUp(fault?: (uris: readonly string[]) => Error | undefined) {
  let versions = 0;
  const staging = createD1Staging(await emptyD1(), () => `v${++versions}`);
  const ingested: string[][] = [];
  const resent: IngestMessage[] = [];
  /** Passages to be embedded anew, call by call. */
  const left: number[] = [];
  const ingestThese = async (source: DocumentSource, named: readonly string[]) => {
    const uris: string[] = [];
    for await (const item of source.items()) uris.push(item.uri);
    expect(uris).toEqual(named);
    const error = fault?.(uris);
    if (error) throw error;
    ingested.push([source.name, ...uris]);
  };
  const consume = async (queue: string, ...bodies: IngestMessage[]) => {
    const messages = bodies.map((body, id) => ({ id: `m${id}`, timestamp: new Date(0), attempts: 1, body }));
    const batch = createMessageBatch(queue, messages);
    const consumer = {
      staging,
      ingestThese,
      embedAnew: async () => left.shift() ?? 0,
      settle: async () => 0,
    };
    const send = async (body: IngestMessage) => void resent.push(body);
    await consumeIngest(batch, consumer, { send } as never);
    const { explicitAcks, retryMessages } = await getQueueResult(batch, createExecutionContext());
    return { acked: explicitAcks, retried: retryMessages.map(({ msgId }) => msgId) };
  };
  return { staging, ingested, resent, left, consume };
}

describe('The ingestion queue', () => {
  it('ingests what waits, a commit for each origin, and forgets it', async () => {
    const { staging, ingested, consume } = await setUp();
    await staging.add('sent:one', [documentOf('a'), documentOf('b')]);
    await staging.add('sent:two', [documentOf('c')]);
    expect(await consume('ibid-ingest', { uris: ['a', 'b', 'c', 'gone'] })).toEqual({
      acked: ['m0'],
      retried: [],
    });
    expect(ingested).toEqual([
      ['sent:one', 'a', 'b'],
      ['sent:two', 'c'],
    ]);
    expect(await staging.status()).toEqual({ waiting: 0, failed: [] });
  });

  it('does nothing the second time that a message arrives', async () => {
    const { staging, ingested, consume } = await setUp();
    await staging.add('sent:one', [documentOf('a')]);
    await consume('ibid-ingest', { uris: ['a'] }, { uris: ['a'] });
    expect(ingested).toHaveLength(1);
  });

  it('commits long documents one by one', async () => {
    const { staging, ingested, consume } = await setUp();
    await staging.add(
      'sent:one',
      ['a', 'b', 'c'].map((uri) => documentOf(uri, 'x'.repeat(600_000))),
    );
    await consume('ibid-ingest', { uris: ['a', 'b', 'c'] });
    expect(ingested).toHaveLength(3);
  });

  it('tries again after a passing fault, loses nothing, and goes on with the other messages', async () => {
    const busy = new IbidError('index_busy', 'busy');
    const { staging, ingested, consume } = await setUp((uris) => (uris.includes('a') ? busy : undefined));
    await staging.add('sent:one', [documentOf('a'), documentOf('b')]);
    const result = await consume('ibid-ingest', { uris: ['a'] }, { uris: ['b'] });
    expect(result).toEqual({ acked: ['m1'], retried: ['m0'] });
    expect(ingested).toEqual([['sent:one', 'b']]);
    expect(await staging.status()).toEqual({ waiting: 1, failed: [] });
  });

  it('keeps a lasting fault for whoever sent the document, until it is sent anew', async () => {
    const foreign = new IbidError('index_incompatible', 'made by another embedder');
    const { staging, consume } = await setUp(() => foreign);
    await staging.add('sent:one', [documentOf('a')]);
    expect((await consume('ibid-ingest', { uris: ['a'] })).acked).toEqual(['m0']);
    const failed = [{ uri: 'a', message: expect.stringContaining('another embedding model') }];
    expect(await staging.status()).toEqual({ waiting: 0, failed });
    await staging.add('sent:one', [documentOf('a')]);
    expect(await staging.status()).toEqual({ waiting: 1, failed: [] });
  });

  it('goes to the end of the queue, without a try spent, while the index is embedded anew', async () => {
    const { staging, ingested, resent, left, consume } = await setUp();
    await staging.add('sent:one', [documentOf('a')]);
    left.push(300);
    expect(await consume('ibid-ingest', { uris: ['a'] })).toEqual({ acked: ['m0'], retried: [] });
    expect({ ingested, resent }).toEqual({ ingested: [], resent: [{ uris: ['a'] }] });
    await consume('ibid-ingest', { uris: ['a'] });
    expect(ingested).toEqual([['sent:one', 'a']]);
  });

  it('notes of dead letters that they were given up', async () => {
    const { staging, ingested, consume } = await setUp();
    await staging.add('sent:one', [documentOf('a')]);
    expect((await consume('ibid-ingest-dead', { uris: ['a'] })).acked).toEqual(['m0']);
    expect(ingested).toEqual([]);
    expect((await staging.status()).failed).toMatchObject([
      { uri: 'a', message: expect.stringContaining('send it again') },
    ]);
  });

  it('forgets only the version that it ingested', async () => {
    const { staging } = await setUp();
    await staging.add('sent:one', [documentOf('a')]);
    const [first] = await staging.take(['a']);
    await staging.add('sent:one', [documentOf('a', 'Newer text.')]);
    await staging.done([{ uri: 'a', version: first?.version ?? '' }]);
    expect((await staging.take(['a']))[0]?.document.text).toBe('Newer text.');
  });

  it('refuses a text that D1 does not hold', async () => {
    const { staging } = await setUp();
    const long = staging.add('sent:one', [documentOf('a', 'é'.repeat(1_000_000))]);
    await expect(long).rejects.toMatchObject({ code: 'payload_too_large' });
  });
});

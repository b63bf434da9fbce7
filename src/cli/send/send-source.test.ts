import { describe, expect, it } from 'vitest';
import { createApp } from '../../http/app.ts';
import { createDirectIntake } from '../../ingest/direct-intake.ts';
import { createIngest } from '../../ingest/ingest.ts';
import { createMutex } from '../../ingest/mutex.ts';
import { createRemoveDocuments } from '../../ingest/remove-documents.ts';
import { type LoadedDocument, NO_STRUCTURE } from '../../model/document.ts';
import { IbidError } from '../../model/errors.ts';
import type { DocumentSource } from '../../ports/document-source.ts';
import { assembleIbid } from '../../testing/assemble.ts';
import { fakeDependencies } from '../../testing/http-fakes.ts';
import { connectToIbid } from './remote-ibid.ts';
import { sendSource } from './send-source.ts';

const signal = new AbortController().signal;

function documentOf(uri: string, text: string): LoadedDocument {
  return { uri, title: uri, mediaType: 'text/plain', text, metadata: {}, structure: NO_STRUCTURE };
}

function sourceOf(documents: Readonly<Record<string, string | Error>>): DocumentSource {
  return {
    name: 'folder:test',
    async *items() {
      for (const [uri, text] of Object.entries(documents)) {
        const load = async () => {
          if (text instanceof Error) throw text;
          return [documentOf(uri, text)];
        };
        yield { uri, load };
      }
    },
  };
}

async function openRemote(answer?: (request: Request) => Response | undefined) {
  const ibid = await assembleIbid();
  const indexing = { ...ibid.deps, exclusive: createMutex(), clock: () => 0 };
  const ingest = createIngest(indexing);
  const { deps } = fakeDependencies({
    ...{ store: ibid.deps.store, ingest, intake: createDirectIntake(ingest) },
    removeDocuments: createRemoveDocuments(indexing),
    settings: { adminKey: 'admin', adminOpen: false },
  });
  const app = createApp(deps);
  const requests: string[] = [];
  const fetchApp: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    requests.push(`${request.method} ${new URL(request.url).pathname}`);
    return answer?.(request) ?? app.fetch(request);
  };
  const connect = (adminKey = 'admin') =>
    connectToIbid({ url: 'http://ibid.test/', adminKey, fetch: fetchApp, signal, sleep: async () => {} });
  const remote = connect();
  return {
    requests,
    connect,
    remote,
    send: async (documents: Readonly<Record<string, string | Error>>) =>
      sendSource(remote, sourceOf(documents), {
        stored: await remote.listDocuments(),
        signal,
        onRead: () => {},
      }),
    uris: async () => (await remote.listDocuments()).map(({ uri }) => uri),
    [Symbol.asyncDispose]: () => ibid[Symbol.asyncDispose](),
  };
}

describe('Sending documents', () => {
  it('sends what is new or changed, not what is there, and removes what is gone', async () => {
    await using there = await openRemote();
    expect(await there.send({ a: 'One.', b: 'Two.' })).toMatchObject({ added: 2, failed: [] });
    there.requests.length = 0;
    expect(await there.send({ a: 'One.', b: 'Two.' })).toMatchObject({ unchanged: 2 });
    expect(there.requests).toEqual(['GET /v1/documents']);
    const report = await there.send({ a: 'One.', b: 'Two and a half.', c: 'Three.' });
    expect(report).toMatchObject({ added: 1, changed: 1, unchanged: 1, removed: 0 });
    expect(await there.send({ c: 'Three.' })).toMatchObject({ unchanged: 1, removed: 2 });
    expect(await there.uris()).toEqual(['c']);
  });

  it('keeps what stands there when a file cannot be read here', async () => {
    await using there = await openRemote();
    await there.send({ a: 'One.', b: 'Two.' });
    const report = await there.send({ a: new IbidError('document_unreadable', 'broken'), b: 'Two.' });
    expect(report).toMatchObject({ unchanged: 1, removed: 0, failed: [{ uri: 'a', message: 'broken' }] });
    expect(await there.uris()).toEqual(['a', 'b']);
  });

  it('tries again while the other side is busy, and gives up with what to do', async () => {
    let busy = 2;
    await using there = await openRemote(() =>
      busy-- > 0 ? new Response('busy', { status: 503 }) : undefined,
    );
    expect(await there.send({ a: 'One.' })).toMatchObject({ added: 1 });
    busy = Number.POSITIVE_INFINITY;
    await expect(there.remote.status()).rejects.toThrow('HTTP 503');
  });

  it('says which key is missing', async () => {
    await using there = await openRemote();
    const refused = there.connect('wrong').send('folder:test', [documentOf('a', 'One.')]);
    await expect(refused).rejects.toMatchObject({
      code: 'unauthorized',
      message: expect.stringContaining('IBID_ADMIN_KEY'),
    });
  });

  it('names the one document that is refused, and sends the others', async () => {
    await using there = await openRemote();
    const report = await there.send({ a: 'One.', bad: 'Not\r\nnormalised.', c: 'Three.' });
    expect(report.added).toBe(2);
    expect(report.failed).toMatchObject([{ uri: 'bad', message: expect.stringContaining('normalised') }]);
    expect(await there.uris()).toEqual(['a', 'c']);
  });
});

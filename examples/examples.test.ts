import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeChatModel } from '@langchain/core/utils/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseConfig } from '../src/config.ts';
import { type Ibid, openIbid } from '../src/node.ts';
import { endOf } from '../src/testing/assemble.ts';
import { createChain, searchVectors } from './langchain-chain.ts';
import { ingestSubtitles } from './langchain-loader.ts';

const LINES = {
  'ferry.srt': 'The ferry across the harbour leaves every morning at nine.',
  'owls.srt': 'Barn owls hunt mice at night.',
  'bread.srt': 'Bread dough rises in a warm place.',
};

let folder = '';
let ibid: Ibid;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ibid-examples-'));
  await mkdir(join(folder, 'talks'));
  for (const [name, line] of Object.entries(LINES)) {
    await writeFile(join(folder, 'talks', name), `1\n00:00:01,000 --> 00:00:04,000\n${line}\n`);
  }
  ibid = await openIbid(parseConfig({ IBID_DATA: join(folder, 'data'), IBID_EMBED_THREADS: '1' }));
});
afterAll(async () => {
  await ibid.close();
  await rm(folder, { recursive: true });
});

describe('The examples', () => {
  it('ingest what a community loader loads, and nothing the second time', async () => {
    const talks = join(folder, 'talks');
    expect(await ingestSubtitles(ibid, talks)).toMatchObject({ added: 3, failed: [] });
    expect(await ingestSubtitles(ibid, talks)).toMatchObject({ added: 0, unchanged: 3 });
    const { passages } = await endOf(ibid.ask, { question: 'When does the boat leave?' });
    expect(passages[0]).toMatchObject({ documentUri: 'ferry.srt', passage: { text: LINES['ferry.srt'] } });
  });

  it('put what was found before a chat model', async () => {
    // It answers with what it was given to read.
    const answer = await createChain(ibid, new FakeChatModel({})).invoke('What do owls eat?');
    const [first, second, ...others] = answer.split('\n').filter((line) => line.startsWith('['));
    expect(first).toBe(`[owls.srt:0] ${LINES['owls.srt']}`);
    expect([typeof second, others]).toEqual(['string', []]);
    expect(answer).toContain('Question: What do owls eat?');
  });

  it('search the index as a vector store', async () => {
    const [[best, score] = [], [, second] = []] = await searchVectors(ibid, 'How does one bake?');
    expect(best?.metadata).toMatchObject({ uri: 'bread.srt', start: 0, end: LINES['bread.srt'].length });
    expect(score).toBeGreaterThan(second ?? 1);
  });
});

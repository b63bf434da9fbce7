import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openChatModel } from '../../src/adapters/langchain/open-chat-model.ts';
import {
  type FakeModelServer,
  type ModelRequest,
  startFakeModelServer,
} from '../../src/testing/fake-model-server.ts';
import { runEvalCommand } from '../command.ts';
import { createFakeSystem } from '../testing/fake-system.ts';
import { writeHarbourData } from '../testing/harbour-data.ts';
import { parseJudgement } from './judgement.ts';

let folder = '';
let server: FakeModelServer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ibid-judge-'));
  await writeHarbourData(join(folder, 'data'));
  server = await startFakeModelServer();
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function evaluate(model = 'judge-1') {
  const chat = await openChatModel({
    provider: 'openai',
    model,
    baseUrl: `${server.url}/v1`,
    contextTokens: 8000,
  });
  const printed: string[] = [];
  const options = {
    data: join(folder, 'data'),
    out: join(folder, 'reports'),
    cacheDirectory: join(folder, 'cache'),
    json: true,
  };
  await runEvalCommand(options, {
    system: createFakeSystem(),
    judge: { chat, timeoutMs: 5000 },
    openFolder: () => Promise.reject(new Error('not used')),
    openConversations: () => Promise.reject(new Error('not used')),
    write: (text) => printed.push(text),
    writeProgress: () => undefined,
    live: false,
    now: () => new Date(0),
    signal: new AbortController().signal,
  });
  const report = JSON.parse(printed.join(''));
  const metric = (id: string) => report.metrics.find((found: { id: string }) => found.id === `judge.${id}`);
  return { report, faithfulness: metric('faithfulness'), completeness: metric('completeness') };
}

const verdict = (supported: boolean, complete: string) =>
  `Here you are:\n\`\`\`json\n${JSON.stringify({ supported: [supported], complete })}\n\`\`\``;

/** Finds that the answers on boats are unproved, and those on lighthouses incomplete. */
const judgeBoats = ({ prompt }: ModelRequest) => ({
  text: verdict(!prompt.includes('boats'), prompt.includes('tall') ? 'partly' : 'yes'),
});

describe('the judge', () => {
  it('gives faithfulness and completeness over the answers, and is named', async () => {
    server.say(judgeBoats);
    const { report, faithfulness, completeness } = await evaluate();
    expect(faithfulness).toMatchObject({ status: 'measured', cases: 30 });
    expect(faithfulness.value).toBeCloseTo(2 / 3, 9);
    expect(completeness.value).toBeCloseTo((10 + 10 + 5) / 30, 9);
    expect(faithfulness.label).toBe('Faithfulness (by openai:judge-1)');
    expect(report.judge).toEqual({ model: 'openai:judge-1', failed: 0 });
    // Several are judged at a time, so they come in any order.
    const prompts = server.requests.map(({ prompt }) => prompt);
    expect(prompts.find((prompt) => prompt.includes('The harbour of Arlen was opened in 1801.'))).toContain(
      '<quotes>',
    );
  });

  it('is asked once for the same answers, and anew when it is another model', async () => {
    server.say(judgeBoats);
    const before = await evaluate();
    expect(server.requests).toHaveLength(30);
    const after = await evaluate();
    expect(server.requests).toHaveLength(30);
    expect(after.faithfulness.value).toBe(before.faithfulness.value);
    await evaluate('judge-2');
    expect(server.requests).toHaveLength(60);
  });

  it('asks again for a reply that is no judgement, and leaves out an answer where it stays so', async () => {
    let first = true;
    server.say((request) => {
      if (request.prompt.includes('Brisk opened')) return { text: 'I would say yes.' };
      const text = first ? '{"supported": []}' : verdict(true, 'yes');
      first = false;
      return { text };
    });
    const { report, faithfulness } = await evaluate();
    expect(report.judge.failed).toBe(1);
    expect(faithfulness).toMatchObject({ status: 'measured', cases: 29, value: 1 });
    expect(faithfulness.label).toContain('1 failed');
  });

  it('is given up when it keeps failing, and then it did not run', async () => {
    server.say({ status: 401, message: 'no such key' });
    const { report, faithfulness } = await evaluate();
    expect(faithfulness).toMatchObject({ status: 'not-run' });
    expect(faithfulness.reason).toContain('openai:judge-1 failed on');
    expect(report.cases[0].values).not.toHaveProperty('faithfulness');
    expect(server.requests.length).toBeLessThan(15);
  });
});

describe('parseJudgement', () => {
  it('takes the JSON out of what is said around it, and nothing that does not fit', () => {
    expect(parseJudgement('Sure! {"supported": [true, false], "complete": "partly"} Done.', 2)).toEqual({
      faithfulness: 0.5,
      completeness: 0.5,
    });
    expect(parseJudgement('{"supported": [true], "complete": null}', 1)).toEqual({ faithfulness: 1 });
    for (const text of ['{"supported": [true]}', '{"supported": ["yes", "no"]}', 'true', '', '{'])
      expect(parseJudgement(text, 2)).toBeUndefined();
  });
});

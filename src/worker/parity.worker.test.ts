import { env, exports } from 'cloudflare:workers';
import { beforeAll, expect, it } from 'vitest';
import type { AskResponse } from '../http/schemas/ask.ts';
import type { LoadedDocument } from '../model/document.ts';
import type { ComparedAnswer } from '../testing/answer-on-node.ts';
import { SERVICE_SETTINGS } from '../testing/service-settings.ts';

const ADMIN = { authorization: `Bearer ${SERVICE_SETTINGS.IBID_ADMIN_KEY}` };

const QUESTIONS = [
  'When did the conflict in Syria begin?',
  'Who is Manaf Tlas?',
  'Where did Brahimi go first?',
  'Who won the football cup?',
  'What is the capital of Mongolia?',
  'How do I start Ibid?',
  'Which port does the server listen on?',
  'Does Ibid need an API key?',
  'What happens when the documents hold no answer?',
  'How is a quote checked?',
];

let onNode: { documents: LoadedDocument[]; answers: ComparedAnswer[] };
beforeAll(async () => {
  const response = await fetch(`${env.NODE_URL}/answers`, {
    method: 'POST',
    body: JSON.stringify(QUESTIONS),
  });
  if (!response.ok) throw new Error(await response.text());
  onNode = (await response.json()) as typeof onNode;
  await send(onNode.documents);
}, 300_000);

it('The Worker answers and cites as Node does, from the same documents', async () => {
  const answers: ComparedAnswer[] = [];
  for (const question of QUESTIONS) answers.push(await askWorker(question));
  expect(answers).toEqual(onNode.answers);
});

async function askWorker(question: string): Promise<ComparedAnswer> {
  const { status, text, citations } = (await (await post('/v1/ask', { question })).json()) as AskResponse;
  return {
    question,
    status,
    text,
    citations: citations.map(({ uri, start, end, quote }) => ({ uri, start, end, quote })),
  };
}

/** Through the queue, as `ibid ingest --to` sends them. */
async function send(documents: readonly LoadedDocument[]): Promise<void> {
  const body = {
    source: 'folder:documents',
    documents: documents.map(({ mediaType, ...rest }) => ({ ...rest, media_type: mediaType })),
  };
  expect((await post('/v1/ingest', body)).status).toBe(202);
  for (;;) {
    const { waiting, settling } = (await (
      await exports.default.fetch('http://localhost/v1/ingest', { headers: ADMIN })
    ).json()) as { waiting: number; settling: number };
    if (waiting === 0 && settling === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function post(path: string, body: unknown): Promise<Response> {
  return exports.default.fetch(`http://localhost${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...ADMIN },
  });
}

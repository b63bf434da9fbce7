import { exports } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';

const url = 'http://localhost';
const post = (path: string, body: unknown) =>
  exports.default.fetch(`${url}${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });

describe('The Worker', () => {
  it('answers from what was uploaded, by meaning and by full text', async () => {
    const uploaded = await post('/v1/documents', {
      uri: 'leave.md',
      text: '# Leave\n\nEvery employee has 28 days of leave a year.\n',
    });
    expect(uploaded.status).toBe(201);
    const asked = await post('/v1/ask', { question: 'How many days of leave does an employee have?' });
    expect(await asked.json()).toMatchObject({
      status: 'answered',
      citations: [{ quote: 'Every employee has 28 days of leave a year.' }],
      passages: [{ via: 'both' }],
    });
  });
});

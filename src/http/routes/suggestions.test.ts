import { describe, expect, it } from 'vitest';
import type { SuggestRequest } from '../../ask/suggest.ts';
import { fakeDependencies } from '../../testing/http-fakes.ts';
import { createApp } from '../app.ts';

describe('GET /v1/suggestions', () => {
  it('hands over what was asked about, and replies with the questions', async () => {
    const requests: SuggestRequest[] = [];
    const { deps } = fakeDependencies({
      suggest: async (request) => {
        requests.push(request);
        return [{ question: 'Leave', documentId: 'doc_1', documentTitle: 'Staff handbook' }];
      },
    });
    const app = createApp(deps);
    const response = await app.request('/v1/suggestions?about=And%20leave%3F&limit=5');
    expect(await response.json()).toEqual({
      suggestions: [{ question: 'Leave', document_id: 'doc_1', title: 'Staff handbook' }],
    });
    await app.request('/v1/suggestions');
    expect(requests).toEqual([{ about: 'And leave?', limit: 5 }, { limit: 3 }]);
  });

  it('refuses limits that are none and fields that it does not know', async () => {
    const app = createApp(fakeDependencies().deps);
    for (const query of ['limit=0', 'limit=11', 'limit=x', 'about=', 'topic=leave']) {
      expect((await app.request(`/v1/suggestions?${query}`)).status, query).toBe(400);
    }
  });
});

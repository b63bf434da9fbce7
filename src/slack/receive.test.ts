import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createReceive } from './receive.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('An event that cannot be stored is refused before Slack gives up on the acknowledgement after three seconds', async () => {
  const receive = createReceive({
    inbox: { receive: () => new Promise(() => {}), claim: async () => [], update: async () => false },
    settings: { channels: [], filters: {}, maxQuestionChars: 2_000 },
    now: () => 0,
    wake: () => {},
    report: () => {},
  });
  const received = receive.event({
    ...{ type: 'event_callback', event_id: 'Ev1', team_id: 'T1' },
    event: { type: 'app_mention', channel: 'C1', user: 'U1', text: 'x', ts: '1.1' },
  });
  const refused = expect(received).rejects.toMatchObject({ code: 'index_busy' });
  await vi.advanceTimersByTimeAsync(2_900);
  await refused;
});

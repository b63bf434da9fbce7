import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chatOn } from './chat-page.ts';
import { QUOTES } from './library.ts';
import type { Servers } from './servers.ts';
import type { Stage } from './stage.ts';

const QUESTION = 'How much leave do I have?';

/** What can go wrong, said plainly, with a way on; the question is never lost. */
export function failures(given: () => { stage: Stage; servers: Servers }): void {
  const openChat = async (fresh = false) => {
    const page = await given().stage.open({ fresh });
    const parts = chatOn(page);
    await parts.open();
    return { page, ...parts };
  };
  const failed = (parts: ReturnType<typeof chatOn>) =>
    parts.turns.last().locator('.fault > p').first().textContent();

  /** The question stands, and asking it again gives its answer. */
  async function recovers(parts: ReturnType<typeof chatOn> & { page: Page }): Promise<void> {
    expect(await parts.turns.locator('.question').textContent()).toBe(QUESTION);
    given().servers.intercept = undefined;
    await parts.chat.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => parts.turns.getAttribute('data-phase')).toBe('done');
    expect(await parts.turns.count()).toBe(1);
    expect(await parts.turns.locator('.answer').textContent()).toContain(QUOTES.LEAVE);
    expect(await parts.turns.locator('.fault').count()).toBe(0);
  }

  describe('When something goes wrong', () => {
    it('offline: says so, and answers once there is a connection', async () => {
      const parts = await openChat(true);
      await parts.page.context().setOffline(true);
      await parts.ask(QUESTION);
      expect(await failed(parts)).toContain('You are offline.');
      await parts.page.context().setOffline(false);
      await recovers(parts);
    });

    it('a server that cannot be reached', async () => {
      const parts = await openChat();
      await parts.page.route('**/v1/ask', (route) => route.abort('connectionrefused'));
      await parts.ask(QUESTION);
      expect(await failed(parts)).toContain('cannot be reached');
      await parts.page.unroute('**/v1/ask');
      await recovers(parts);
    });

    it('a fault of the server', async () => {
      const parts = await openChat();
      given().servers.intercept = ({ url }) =>
        url.endsWith('/v1/ask') ? problem(500, 'internal', 'Look at the log.') : undefined;
      await parts.ask(QUESTION);
      expect(await failed(parts)).toContain('That did not work. Please try again.');
      await recovers(parts);
    });

    it('a fault in the middle of an answer', async () => {
      const parts = await openChat();
      given().servers.intercept = ({ url }) => (url.endsWith('/v1/ask') ? stream([DELTA, ERROR]) : undefined);
      await parts.ask(QUESTION);
      expect(await failed(parts)).toContain('That did not work. Please try again.');
      await recovers(parts);
    });

    for (const [name, end] of [
      ['breaks', 'error'],
      ['just ends', 'close'],
    ] as const) {
      it(`a stream that ${name} in the middle: keeps what has come`, async () => {
        const parts = await openChat();
        let cut = () => {};
        const shown = new Promise<void>((resolve) => {
          cut = resolve;
        });
        given().servers.intercept = ({ url }) =>
          url.endsWith('/v1/ask') ? stream([DELTA], end, shown) : undefined;
        await parts.input.fill(QUESTION);
        await parts.page.keyboard.press('Enter');
        await parts.turns.locator('.answer p').waitFor();
        cut();
        expect(await failed(parts)).toContain('broke before the answer was whole');
        expect(await parts.turns.locator('.answer').textContent()).toContain('Every employee');
        await recovers(parts);
      });
    }

    it('too many questions: says when to try again, and not before', async () => {
      const parts = await openChat(true);
      await parts.page.clock.install();
      given().servers.intercept = ({ url }) =>
        url.endsWith('/v1/ask')
          ? problem(429, 'rate_limited', 'Too many requests.', { 'retry-after': '90' })
          : undefined;
      await parts.page.evaluate(() => {
        document.addEventListener('ibid:error', (event) => {
          Object.assign(window, { seen: (event as CustomEvent).detail });
        });
      });
      await parts.ask(QUESTION);
      expect(await failed(parts)).toContain('Too many questions');
      const again = parts.turns.locator('.fault button');
      expect(await again.textContent()).toMatch(/^Try again \(\d\d\)$/);
      expect(await again.getAttribute('aria-disabled')).toBe('true');
      expect(await parts.page.evaluate(() => (window as unknown as { seen: unknown }).seen)).toMatchObject({
        question: QUESTION,
        kind: 'limited',
        status: 429,
        retryAfter: 90,
      });
      await again.click({ force: true });
      expect(await parts.turns.getAttribute('data-phase')).toBe('failed');
      await parts.page.clock.runFor(91_000);
      await expect.poll(() => again.getAttribute('aria-disabled')).toBe('false');
      await recovers(parts);
    });

    it('a session that has ended: gets another one, once, and nobody notices', async () => {
      const { servers } = given();
      const parts = await openChat();
      await parts.ask('Where are the owls?');
      servers.requests.length = 0;
      let refused = 0;
      servers.intercept = ({ url, method }) => {
        if (method !== 'POST' || !url.endsWith('/v1/ask') || refused > 0) return undefined;
        refused += 1;
        return problem(401, 'session_expired', 'This session has expired.');
      };
      await parts.ask(QUESTION);
      expect(await parts.turns.nth(1).getAttribute('data-phase')).toBe('done');
      expect(servers.requests.filter(({ line }) => line === 'POST /v1/sessions').length).toBe(1);
    });

    it('a session that is refused again and again: asks for one more, and then says so', async () => {
      const { servers } = given();
      const parts = await openChat();
      servers.requests.length = 0;
      servers.intercept = ({ url, method }) =>
        method === 'POST' && url.endsWith('/v1/ask')
          ? problem(401, 'session_invalid', 'Not one of ours.')
          : undefined;
      await parts.ask(QUESTION);
      expect(await parts.turns.locator('.fault').innerText()).toContain(
        'This site is not allowed to ask here.\n',
      );
      expect(servers.requests.filter(({ line }) => line === 'POST /v1/ask').length).toBe(2);
      await recovers(parts);
    });

    it('a site that is not allowed: says so, and what its owner can set', async () => {
      const { stage, servers } = given();
      const page = await stage.open({ ibid: await servers.another({ allowedOrigins: [] }) });
      const parts = chatOn(page);
      await parts.open();
      await parts.ask(QUESTION);
      expect(await failed(parts)).toBe('This site is not allowed to ask here.');
      expect(await parts.turns.locator('.fault .detail').textContent()).toContain(
        `IBID_ALLOWED_ORIGINS=${servers.site}`,
      );
      expect(await parts.turns.locator('.question').textContent()).toBe(QUESTION);
      expect(await parts.chat.getByRole('button', { name: 'Try again' }).isVisible()).toBe(true);
    });

    it('a visitor who is not allowed: shows what the server says of it', async () => {
      const parts = await openChat();
      given().servers.intercept = ({ url }) =>
        url.endsWith('/v1/ask') ? problem(403, 'forbidden', 'Not from here, please.') : undefined;
      await parts.ask(QUESTION);
      expect(await failed(parts)).toBe('This site is not allowed to ask here.');
      expect(await parts.turns.locator('.fault .detail').textContent()).toBe('Not from here, please.');
      await recovers(parts);
    });

    it('a question that is too long: shows what the server says of it', async () => {
      const parts = await openChat();
      await parts.ask('why '.repeat(600));
      expect(await failed(parts)).toContain('could not be asked in this form');
      expect(await parts.turns.locator('.fault .detail').textContent()).toContain('2000');
    });

    it('an earlier conversation that cannot be loaded', async () => {
      const { servers } = given();
      const parts = await openChat();
      await parts.ask(QUESTION);
      await parts.page.reload();
      servers.intercept = ({ url }) =>
        url.includes('/v1/conversations/') ? problem(500, 'internal', 'No.') : undefined;
      await parts.open();
      await parts.chat.getByText('The earlier conversation could not be loaded.').waitFor();
      servers.intercept = undefined;
      await parts.launcher.click();
      await parts.open();
      await expect.poll(() => parts.turns.count()).toBe(1);
    });

    it('slow: says that it takes long', async () => {
      const { servers } = given();
      const parts = await openChat(true);
      await parts.page.clock.install();
      await parts.input.fill('How much leave, step by step?');
      await parts.page.keyboard.press('Enter');
      await parts.chat.locator('.waiting').waitFor();
      await parts.page.clock.runFor(9_000);
      await parts.chat.getByText('This is taking longer than usual.').first().waitFor();
      expect(await parts.stop.isVisible()).toBe(true);
      servers.bot.flow();
      await expect.poll(() => parts.turns.getAttribute('data-phase')).toBe('done');
      expect(await parts.chat.locator('.waiting').count()).toBe(0);
    });

    it('a server that falls silent: ends the waiting', async () => {
      const { servers } = given();
      const parts = await openChat(true);
      await parts.page.clock.install();
      await parts.input.fill('How much leave, step by step?');
      await parts.page.keyboard.press('Enter');
      await parts.chat.locator('.waiting').waitFor();
      await expect.poll(() => servers.bot.asked.at(-1)).toBe('How much leave, step by step?');
      await parts.page.clock.runFor(50_000);
      await expect.poll(() => parts.turns.getAttribute('data-phase')).toBe('failed');
      expect(await failed(parts)).toContain('broke before the answer was whole');
    });
  });
}

const DELTA = { type: 'text-delta', text: 'Every employee has' };
const ERROR = { type: 'ask-error', code: 'internal', message: 'Look at the log.' };
const OPEN = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'retry-after' };

function problem(
  status: number,
  code: string,
  detail: string,
  headers: Record<string, string> = {},
): Response {
  const type = 'application/problem+json';
  return new Response(JSON.stringify({ status, detail, error: { message: detail, type: 'x', code } }), {
    status,
    headers: { ...OPEN, 'content-type': type, ...headers },
  });
}

/** Server-sent events, and when `until` has come to pass, the connection breaks or closes. */
function stream(
  events: readonly { readonly type: string }[],
  end: 'error' | 'close' = 'close',
  until: Promise<void> = Promise.resolve(),
): Response {
  const encoder = new TextEncoder();
  const left = [...events];
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const event = left.shift();
      if (event !== undefined) {
        controller.enqueue(encoder.encode(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`));
        return;
      }
      await until;
      if (end === 'error') controller.error(new Error('cut'));
      else controller.close();
    },
  });
  return new Response(body, { headers: { ...OPEN, 'content-type': 'text/event-stream' } });
}

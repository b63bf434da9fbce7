import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { chatOn } from './chat-page.ts';
import type { Servers } from './servers.ts';
import type { Stage } from './stage.ts';

/** How the chat gets onto a page, what it takes and what it leaves behind. */
export function embedding(given: () => { stage: Stage; servers: Servers }): void {
  describe('Embedding', () => {
    it('is one script tag, one request and nothing else until somebody opens it', async () => {
      const { stage, servers } = given();
      servers.requests.length = 0;
      const page = await stage.open({ attributes: 'data-title="Ask the handbook"', fresh: true });
      const { launcher, panel, input } = chatOn(page);
      await expect.poll(() => launcher.getAttribute('aria-label')).toBe('Open the chat: Ask the handbook');
      await page.waitForLoadState('networkidle');
      expect(servers.requests.map(({ line }) => line)).toEqual(['GET /widget.js']);
      expect(await panel.isVisible()).toBe(false);
      await launcher.click();
      await input.fill('How much leave?');
      expect(await page.context().cookies()).toEqual([]);
      expect(
        await page.evaluate(() => document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage })),
      ).toBe('{}');
      expect(await page.evaluate(() => [...document.fonts].length)).toBe(0);
      expect(servers.requests.map(({ line }) => line)).not.toContain('GET /page/app.css');
    });

    it('sends a short-lived session and never a key', async () => {
      const { stage, servers } = given();
      const page = await stage.open();
      const { open, ask, chat, chips, card } = chatOn(page);
      const broken: string[] = [];
      page.on('requestfailed', (request) => broken.push(new URL(request.url()).pathname));
      servers.requests.length = 0;
      await open();
      await ask('How much leave do I have?');
      await chips.first().click();
      await expect.poll(() => card.locator('blockquote').textContent()).toContain('five days');
      await chat.getByRole('heading', { name: 'Also in the documents' }).waitFor();
      // An answer is left at its last event; nothing else may look like a failure to who watches the network.
      expect(broken.filter((path) => path !== '/v1/ask')).toEqual([]);
      const sent = servers.requests.filter(({ line }) => !line.startsWith('OPTIONS'));
      expect(sent[0]?.line).toBe('POST /v1/sessions');
      expect(sent[0]?.authorization).toBeNull();
      expect(sent.filter(({ line }) => line === 'POST /v1/sessions').length).toBe(1);
      for (const { authorization } of sent.slice(1)) expect(authorization).toMatch(/^Bearer ibs_/);
    });

    it('takes title, greeting, suggestions, colour, position and language from the script tag', async () => {
      const { stage } = given();
      const page = await stage.open({
        attributes:
          'data-title="Fragen" data-greeting="Guten Tag!" data-suggestions="Wie viel Urlaub?|Wann öffnet das Büro?" ' +
          'data-color="rebeccapurple" data-position="bottom-left" data-lang="de" data-open',
      });
      const { chat, launcher, panel } = chatOn(page);
      await panel.waitFor();
      expect(await chat.locator('h2').textContent()).toBe('Fragen');
      expect(await chat.locator('.greeting').textContent()).toBe('Guten Tag!');
      await expect
        .poll(() => chat.locator('.suggestions button').allTextContents())
        .toEqual(['Wie viel Urlaub?', 'Wann öffnet das Büro?']);
      expect(await chat.getByRole('textbox', { name: 'Ihre Frage' }).isVisible()).toBe(true);
      expect((await launcher.boundingBox())?.x).toBeLessThan(100);
      expect(await launcher.evaluate((node) => getComputedStyle(node).backgroundColor)).toBe(
        'rgb(102, 51, 153)',
      );
      // Open from the start, it does not take the focus from the page.
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
    });

    it('suggests nothing to begin with when the owner wants that', async () => {
      const { stage, servers } = given();
      servers.requests.length = 0;
      const page = await stage.open({ attributes: 'data-suggestions="[]" data-open' });
      const { chat, panel, ask } = chatOn(page);
      await panel.waitFor();
      expect(
        await chat.evaluate((node) => (node as unknown as { suggestions: unknown }).suggestions),
      ).toEqual([]);
      await ask('Thanks!');
      // The first request is that of the question.
      const [first, second] = servers.requests.filter(({ line }) => /POST|suggestions/.test(line));
      expect([first?.line, second?.line]).toEqual(['POST /v1/sessions', 'POST /v1/ask']);
    });

    it('stands in the flow as <ibid-chat> with the same attributes, and the script adds no other', async () => {
      const { stage } = given();
      const page = await stage.open({
        body: '<ibid-chat data-title="Here" data-greeting="Hello." data-lang="fr"></ibid-chat><p>after</p>',
      });
      const { chat, launcher, panel } = chatOn(page);
      await panel.waitFor();
      expect(await chat.count()).toBe(1);
      expect(await launcher.count()).toBe(0);
      expect(await chat.getByRole('textbox', { name: 'Votre question' }).isVisible()).toBe(true);
      const after = await page.getByText('after').boundingBox();
      const box = await panel.boundingBox();
      expect(after?.y).toBeGreaterThanOrEqual((box?.y ?? 0) + (box?.height ?? 0));
      expect(box?.height).toBe(640);
    });

    it('follows attributes and properties that change', async () => {
      const { stage } = given();
      const page = await stage.open({ attributes: 'data-open' });
      const { chat, ask, panel } = chatOn(page);
      await panel.waitFor();
      await ask('How much leave do I have?');
      await chat.evaluate((node) => {
        Object.assign(node, { title: 'New title', language: 'es', theme: 'dark', color: '#00695c' });
        node.setAttribute('data-position', 'inline');
      });
      expect(await chat.locator('h2').textContent()).toBe('New title');
      expect(await chat.locator('.sources').first().isVisible()).toBe(true);
      expect(await chat.getByRole('heading', { name: 'Fuentes' }).isVisible()).toBe(true);
      expect(await chat.locator('dialog').count()).toBe(0);
      expect(await panel.evaluate((node) => getComputedStyle(node).backgroundColor)).toBe('rgb(24, 23, 22)');
      await chat.evaluate((node) => node.setAttribute('data-position', 'end'));
      expect(await chat.locator('.launcher').isVisible()).toBe(true);
    });

    it('comes from npm as a module, which takes over what was set before, adds no global and loads without a page', async () => {
      const { stage, servers } = given();
      servers.put('/ibid-widget.js', servers.bundles['ibid-widget.js']);
      const page = await stage.open({
        without: true,
        body: `<script src="/early.js"></script><script type="module" src="/ibid-widget.js"></script>`,
        ...early(servers),
      });
      const { chat, panel, ask } = chatOn(page);
      await panel.waitFor();
      await expect
        .poll(() => chat.locator('.suggestions button').allTextContents())
        .toEqual(['How much leave?']);
      expect(await page.evaluate(() => 'ibid' in window)).toBe(false);
      await ask('How much leave?');
      expect(await chat.locator('.answer').textContent()).toContain('28 days');
      const inNode = `data:text/javascript;base64,${Buffer.from(servers.bundles['ibid-widget.js']).toString('base64')}`;
      expect(Object.keys(await import(/* @vite-ignore */ inNode))).toEqual(['IbidChat']);
    });

    it('has methods, and events that leave the shadow root', async () => {
      const { stage } = given();
      const page = await stage.open({
        script: `window.seen = [];
          for (const name of ['open', 'question', 'answer', 'citation', 'feedback', 'error']) {
            document.addEventListener('ibid:' + name, (event) => {
              window.seen.push([name, event.composed, event.target.tagName, event.detail]);
            });
          }`,
      });
      const { chat, chips, turns, panel } = chatOn(page);
      await chat.evaluate((node) => (node as unknown as Methods).ask('How much leave do I have?'));
      await chips.first().click();
      await chat.getByRole('button', { name: 'Helpful', exact: true }).click();
      await chat.locator('.comment').waitFor();
      const seen = await page.evaluate(() => (window as unknown as { seen: Seen[] }).seen);
      expect(seen.map(([name]) => name)).toEqual(['open', 'question', 'answer', 'citation', 'feedback']);
      expect(seen.every(([, composed, target]) => composed && target === 'IBID-CHAT')).toBe(true);
      expect(seen[1]?.[3]).toEqual({ question: 'How much leave do I have?' });
      expect(seen[2]?.[3]).toMatchObject({
        answer: { status: 'answered', citations: [{ marker: 1 }, { marker: 2 }] },
      });
      expect(seen[3]?.[3]).toMatchObject({
        citation: { quote: 'Every employee has 28 days of leave a year.' },
      });
      expect(seen[4]?.[3]).toMatchObject({ rating: 'up' });
      await chat.evaluate((node) => (node as unknown as Methods).reset());
      expect(await turns.count()).toBe(0);
      await chat.evaluate((node) => (node as unknown as Methods).close());
      expect(await panel.isVisible()).toBe(false);
      await chat.evaluate((node) => (node as unknown as Methods).open());
      expect(await panel.isVisible()).toBe(true);
    });

    it('lets a page show the source itself', async () => {
      const { stage } = given();
      const page = await stage.open({
        script: `document.addEventListener('ibid:citation', (event) => event.preventDefault());`,
      });
      const { open, ask, chips, card } = chatOn(page);
      await open();
      await ask('How much leave do I have?');
      await chips.first().click();
      expect(await card.count()).toBe(0);
    });

    for (const [form, script] of [
      ['a list', `(window.ibid ||= []).push(['open'], ['ask', 'How much leave?']);`],
      [
        'a function',
        `window.ibid = function () { (ibid.q = ibid.q || []).push(arguments); }; ibid('ask', 'How much leave?');`,
      ],
    ] as const) {
      it(`runs the calls of before it was there, from ${form}`, async () => {
        const { stage } = given();
        const page = await stage.open({ script });
        const { turns, chips } = chatOn(page);
        await chips.first().waitFor();
        expect(await turns.count()).toBe(1);
        await page.evaluate(() => (window as unknown as { ibid: Methods }).ibid.ask('Where are the owls?'));
        await expect.poll(() => turns.count()).toBe(2);
      });
    }

    it('adds one global and leaves no listener behind when it is removed', async () => {
      const { stage } = given();
      const bare = await stage.open({ without: true });
      const names = await bare.evaluate(() => Object.getOwnPropertyNames(window));
      const page = await stage.open();
      const { chat, open, ask } = chatOn(page);
      await open();
      await ask('How much leave do I have?');
      const added = await page.evaluate(
        (known) => Object.getOwnPropertyNames(window).filter((name) => !known.includes(name)),
        names,
      );
      expect(added).toEqual(['ibid']);
      expect(Object.values(await listenersOf(page)).some((count) => count > 0)).toBe(true);
      await chat.evaluate((node) => node.remove());
      await expect.poll(async () => Object.values(await listenersOf(page))).toEqual([0, 0, 0, 0, 0]);
    });

    it('keeps its conversation when it is moved, removed and put in again, and when the page is swapped around it', async () => {
      const { stage } = given();
      const page = await stage.open();
      const { chat, open, ask, turns, launcher } = chatOn(page);
      await open();
      await ask('How much leave do I have?');
      await page.evaluate(() => {
        history.pushState(null, '', '/elsewhere');
        document.querySelector('main')?.replaceChildren('Another view');
      });
      expect(await turns.count()).toBe(1);
      await page.evaluate(async () => {
        const node = document.querySelector('ibid-chat');
        node?.remove();
        await new Promise((resolve) => setTimeout(resolve, 20));
        if (node) document.querySelector('main')?.append(node);
      });
      await launcher.waitFor();
      if (!(await chat.locator('.panel').isVisible())) await launcher.click();
      expect(await turns.count()).toBe(1);
      await ask('And where are the owls?');
      expect(await turns.count()).toBe(2);
    });

    it('goes with the body that a router puts in the place of the old one', async () => {
      const { stage } = given();
      const page = await stage.open();
      const { launcher, open, ask, turns } = chatOn(page);
      await open();
      await ask('How much leave do I have?');
      await page.evaluate(() => {
        const body = document.createElement('body');
        body.append('The next page');
        document.body.replaceWith(body);
      });
      await launcher.waitFor();
      expect(await turns.count()).toBe(1);
    });

    it('is there twice, each with a conversation of its own that a reload restores', async () => {
      const { stage } = given();
      const page = await stage.open({
        body: '<div id="a"><ibid-chat></ibid-chat></div><div id="b"><ibid-chat></ibid-chat></div>',
      });
      const [a, b] = [chatOn(page, page.locator('#a')), chatOn(page, page.locator('#b'))];
      await a.ask('How much leave do I have?');
      await b.ask('Where are the owls?');
      await b.ask('And the ferry?');
      await page.reload();
      await expect.poll(() => b.turns.count()).toBe(2);
      await expect
        .poll(() => a.turns.locator('.question').allTextContents())
        .toEqual(['How much leave do I have?']);
    });

    it('does nothing, and breaks nothing, where the browser has no custom elements', async () => {
      const { stage } = given();
      const page = await stage.open({
        script: `Object.defineProperty(window, 'customElements', { value: undefined });`,
      });
      await page.waitForLoadState('networkidle');
      expect(await page.locator('h1').isVisible()).toBe(true);
    });

    it('is watched by tests that would notice a broken content policy', async () => {
      const { stage } = given();
      await stage.open({
        script: `document.documentElement.innerHTML += '<style>p { color: red }</style>';`,
      });
      await expect(stage.end()).rejects.toThrow(/require-trusted-types-for|TrustedHTML/);
    });

    it('is served for any origin, with a tag that saves sending it twice', async () => {
      const { servers } = given();
      const first = await fetch(`${servers.ibid}/widget.js`);
      expect(first.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
      expect(first.headers.get('access-control-allow-origin')).toBe('*');
      expect(first.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
      expect(first.headers.get('cache-control')).toContain('max-age=3600');
      const tag = first.headers.get('etag') ?? '';
      const again = await fetch(`${servers.ibid}/widget.js`, { headers: { 'if-none-match': tag } });
      expect(again.status).toBe(304);
    });

    it('has a page of examples that keeps to the strict policy', async () => {
      const { stage, servers } = given();
      const example = await readFile(new URL('../../../examples/widget/index.html', import.meta.url), 'utf8');
      servers.put('/example.html', example.replaceAll('http://localhost:8787', servers.ibid));
      servers.put('/site.css', await readFile(new URL('../../../examples/widget/site.css', import.meta.url)));
      servers.put('/site.js', await readFile(new URL('../../../examples/widget/site.js', import.meta.url)));
      const page = await stage.visit(`${servers.site}/example.html`);
      const { panel } = chatOn(page);
      await page.getByRole('button', { name: 'How much leave do I have?' }).click();
      await panel.waitFor();
      await page.locator('ibid-chat .chip').first().waitFor();
    });
  });
}

type Seen = [name: string, composed: boolean, target: string, detail: unknown];

interface Methods {
  open(): void;
  close(): void;
  ask(question: string): void;
  reset(): void;
}

/** A script that makes the element before its class is there. */
function early(servers: Servers): { script: string } {
  servers.put(
    '/early.js',
    `const chat = document.createElement('ibid-chat');
    chat.dataset.host = ${JSON.stringify(servers.ibid)};
    chat.suggestions = ['How much leave?'];
    document.body.append(chat);`,
  );
  return { script: '' };
}

/** Listeners of the widget's on what outlives an element. */
async function listenersOf(page: import('playwright-core').Page): Promise<Record<string, number>> {
  const session = await page.context().newCDPSession(page);
  const scripts = new Set<string>();
  session.on('Debugger.scriptParsed', ({ scriptId, url }) => {
    if (url.endsWith('/widget.js')) scripts.add(scriptId);
  });
  await session.send('Debugger.enable');
  const counts: Record<string, number> = {};
  for (const name of [
    'window',
    'document',
    'document.body',
    'document.documentElement',
    'window.visualViewport',
  ]) {
    const { result } = await session.send('Runtime.evaluate', { expression: name });
    const { listeners } = await session.send('DOMDebugger.getEventListeners', {
      objectId: result.objectId ?? '',
    });
    counts[name] = listeners.filter(({ scriptId }) => scripts.has(scriptId)).length;
  }
  await session.detach();
  return counts;
}

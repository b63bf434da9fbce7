import { describe, expect, it } from 'vitest';
import { chatOn } from './chat-page.ts';
import { QUOTES } from './library.ts';
import type { Servers } from './servers.ts';
import type { Stage } from './stage.ts';

/** Asking, reading the answer and going on from it. */
export function conversation(given: () => { stage: Stage; servers: Servers }): void {
  const openChat = async (fresh = false) => {
    const page = await given().stage.open({ fresh });
    const parts = chatOn(page);
    await parts.open();
    return { page, ...parts };
  };

  describe('A conversation', () => {
    it('shows an answer as it comes, makes only its last block anew, and says when it is done', async () => {
      const { servers } = given();
      const { page, input, turns, log, chat } = await openChat();
      await input.fill('Markdown, step by step?');
      await page.keyboard.press('Enter');
      await expect.poll(() => log.getAttribute('aria-busy')).toBe('true');
      expect(await chat.locator('.waiting').isVisible()).toBe(true);
      for (let i = 0; i < 4; i++) servers.bot.step();
      const first = turns.locator('.answer > :first-child');
      await first.waitFor();
      await first.evaluate((node) => {
        (window as unknown as { kept: Node }).kept = node;
      });
      for (let i = 0; i < 2; i++) servers.bot.step();
      await turns.locator('.answer a').waitFor();
      expect(await log.getAttribute('aria-busy')).toBe('true');
      servers.bot.flow();
      await expect.poll(() => log.getAttribute('aria-busy')).toBe('false');
      expect(await first.evaluate((node) => (window as unknown as { kept: Node }).kept === node)).toBe(true);
    });

    it('builds Markdown as nodes, follows allowed schemes alone, and leaves HTML text', async () => {
      const { ask, turns } = await openChat();
      await ask('Markdown?');
      const answer = turns.locator('.answer');
      expect(await answer.locator('strong').allTextContents()).toEqual(['28 days']);
      expect(await answer.locator('em').allTextContents()).toEqual(['leave']);
      expect(await answer.locator('ul li').allTextContents()).toEqual(['One', 'Two with code']);
      expect(
        await answer.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
      ).toEqual(['https://harbour.example/']);
      expect(await answer.locator('a').getAttribute('rel')).toContain('noopener');
      expect(await answer.locator('p').nth(1).textContent()).toContain(
        '[this](javascript:alert(1)) <b>not bold</b>',
      );
      expect(await answer.locator('td').allTextContents()).toEqual(['Monday', '8']);
      expect(await answer.locator('pre').textContent()).toBe('let x = 1 < 2;');
      // Each number stands at the end of the sentence that it proves.
      expect(await answer.locator('p').first().textContent()).toBe(
        'Every employee has 28 days of leave a year.1',
      );
      expect(await answer.locator(':scope > :last-child').textContent()).toMatch(/March\.2$/);
    });

    it('stops on demand, keeps what has come and the question, and asks it again', async () => {
      const { servers } = given();
      const { page, input, turns, stop, chat, status } = await openChat();
      await input.fill('How much leave, step by step?');
      await page.keyboard.press('Enter');
      servers.bot.step();
      servers.bot.step();
      await turns.locator('.answer p').waitFor();
      await stop.click();
      await expect.poll(() => turns.getAttribute('data-phase')).toBe('stopped');
      expect(await turns.locator('.question').textContent()).toBe('How much leave, step by step?');
      expect(await turns.locator('.answer').textContent()).toContain(QUOTES.LEAVE);
      await expect.poll(() => status.textContent()).toBe('Stopped.');
      servers.bot.flow();
      await chat.getByRole('button', { name: 'Try again' }).click();
      await expect.poll(() => turns.getAttribute('data-phase')).toBe('done');
      expect(await turns.count()).toBe(1);
    });

    it('opens a source with its quote highlighted where it stands, and a link that lands on it', async () => {
      const { servers } = given();
      const { ask, turns, chips, card } = await openChat();
      const quoteOf = () => card.locator('mark').textContent();
      const linkOf = () => card.getByRole('link').getAttribute('href');
      await ask('How much leave do I have?');
      await chips.nth(1).click();
      expect(await card.getAttribute('aria-label')).toBe('Source 2: Staff handbook');
      expect(await quoteOf()).toBe(QUOTES.CARRY);
      await expect
        .poll(() => card.locator('blockquote').textContent())
        .toBe(`${QUOTES.LEAVE} ${QUOTES.CARRY}`);
      expect(await turns.locator('.source').nth(1).textContent()).toContain('Leave');
      // Rows of one document are told apart by where their quotes begin.
      expect(await turns.locator('.source .start').allTextContents()).toEqual([QUOTES.LEAVE, QUOTES.CARRY]);
      expect(await turns.locator('.source .start:visible').allTextContents()).toEqual([QUOTES.LEAVE]);
      expect(await linkOf()).toMatch(new RegExp(`^${servers.ibid}/\\?document=doc_0+1&start=\\d+&end=\\d+$`));

      await ask('When does the ferry leave the port?');
      await ask('When does the ferry go?');
      await turns.nth(2).locator('.chip').click();
      expect(await turns.nth(2).locator('.card').getByRole('link').getAttribute('href')).toBe(
        'https://harbour.example/times#:~:text=The%20ferry%20leaves%20at%20nine%2C%20well%2Dfed,and%20returns%20at%20noon%20%26%20six.',
      );

      await ask('Where are the owls?');
      await turns.nth(3).locator('.chip').click();
      const owls = turns.nth(3).locator('.card');
      expect(await owls.getByRole('link').getAttribute('href')).toBe(
        'https://harbour.example/owls.pdf#page=3',
      );
      expect(await turns.nth(3).locator('.source').textContent()).toContain('page 3');
    });

    it('says so when the document has changed since, or cannot be had', async () => {
      const { servers } = given();
      const { ask, turns, chips, card } = await openChat();
      await ask('How much leave do I have?');
      servers.intercept = ({ url }) => (url.includes('/v1/documents/') ? json(503, {}) : undefined);
      await chips.first().click();
      await card.locator('.note:visible').waitFor();
      expect(await card.locator('.note').textContent()).toBe('That did not work. Please try again.');
      expect(await card.locator('mark').textContent()).toBe(QUOTES.LEAVE);
      await chips.first().click();
      servers.intercept = ({ url }) =>
        url.includes('/v1/documents/')
          ? json(200, { media_type: 'text/markdown', text: 'Rewritten.' })
          : undefined;
      await chips.first().click();
      await expect.poll(() => card.locator('.note').textContent()).toContain('has changed');
      expect(await turns.locator('.card mark').first().textContent()).toBe(QUOTES.LEAVE);
    });

    it('declines in a way that looks like no answer, with the closest passages', async () => {
      const { ask, turns, chips, chat } = await openChat();
      await ask('Who won the cup?');
      expect(await turns.locator('.declined strong').textContent()).toBe('Not in the documents');
      expect(await turns.locator('.declined p').textContent()).toContain('could not find an answer');
      expect(await turns.locator('.answer:visible').count()).toBe(0);
      expect(await chips.count()).toBe(0);
      expect(await chat.getByRole('heading', { name: 'Closest I found' }).isVisible()).toBe(true);
      await turns.locator('.source').first().click();
      expect(await turns.locator('.card:visible blockquote').textContent()).toBe(QUOTES.LEAVE);
      expect(await turns.locator('.card:visible mark').count()).toBe(0);
    });

    it('replies to a thank-you with neither an answer nor a decline', async () => {
      const { ask, turns } = await openChat();
      await ask('Thanks!');
      expect(await turns.locator('.declined').count()).toBe(0);
      expect(await turns.locator('p.answer').textContent()).toBe('You are welcome.');
    });

    it('tells what was understood, that it is not sure, what was left out and what did not work', async () => {
      const { ask, turns } = await openChat();
      await ask('Notes?');
      expect(await turns.locator('.understood').textContent()).toBe(
        'Understood as: How much leave, understood?',
      );
      expect(await turns.locator('.note:visible').allTextContents()).toEqual([
        'This may not be the answer.',
        'Sentences left out because the documents do not prove them: 2.',
        'Not in the documents: Who grants it?',
        'The search by meaning did not work; full text alone answered.',
      ]);
    });

    it('suggests what the documents hold, to begin with and to go on', async () => {
      const { chat, turns } = await openChat();
      await chat.getByRole('button', { name: 'Leave', exact: true }).click();
      await expect.poll(() => turns.getAttribute('data-phase')).toBe('done');
      expect(await turns.locator('.question').textContent()).toBe('Leave');
      await chat.getByRole('heading', { name: 'Also in the documents' }).waitFor();
      // What was asked is not offered again.
      expect(await chat.locator('.suggestions button').allTextContents()).toEqual(['Office']);
      expect(await chat.getByRole('textbox', { name: 'Your question' }).evaluate(isFocused)).toBe(true);
    });

    it('takes a thumb at once and a comment afterwards', async () => {
      const { servers } = given();
      const { ask, chat } = await openChat();
      await ask('How much leave do I have?');
      servers.bot.feedback.length = 0;
      const down = chat.getByRole('button', { name: 'Not helpful' });
      await down.click();
      await chat.getByLabel('Comment (optional)').fill('That is last year’s figure.');
      expect(await down.getAttribute('aria-pressed')).toBe('true');
      expect(servers.bot.feedback).toMatchObject([{ rating: 'down' }]);
      await chat.locator('.comment').getByRole('button', { name: 'Send' }).click();
      await expect.poll(() => servers.bot.feedback.length).toBe(2);
      expect(servers.bot.feedback[1]).toMatchObject({
        rating: 'down',
        comment: 'That is last year’s figure.',
      });
      await expect.poll(() => down.evaluate(isFocused)).toBe(true);
      servers.intercept = ({ url }) => (url.endsWith('/v1/feedback') ? json(500, {}) : undefined);
      await chat.getByRole('button', { name: 'Helpful', exact: true }).click();
      await chat.getByText('That did not work. Please try again.').first().waitFor();
      expect(await down.getAttribute('aria-pressed')).toBe('true');
    });

    it('copies an answer with its sources, with a clipboard and without', async () => {
      const { page, ask, chat } = await openChat();
      await page
        .context()
        .grantPermissions(['clipboard-read', 'clipboard-write'], { origin: given().servers.site });
      await ask('How much leave do I have?');
      await chat.getByRole('button', { name: 'Copy with sources' }).click();
      await chat.getByText('Copied.').first().waitFor();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      expect(copied).toContain(`${QUOTES.LEAVE} [1] ${QUOTES.CARRY} [2]`);
      expect(copied).toContain(`[1] Staff handbook, Leave: “${QUOTES.LEAVE}”\n    http`);
      await page.evaluate(async () => {
        await navigator.clipboard.writeText('');
        Object.defineProperty(navigator, 'clipboard', {
          value: { readText: navigator.clipboard.readText.bind(navigator.clipboard) },
        });
      });
      await chat.getByRole('button', { name: 'Copy with sources' }).click();
      await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(copied);
    });

    it('begins anew on demand', async () => {
      const { servers } = given();
      const { page, ask, turns, chat, input } = await openChat();
      await ask('How much leave do I have?');
      await chat.getByRole('button', { name: 'New conversation' }).click();
      expect(await turns.count()).toBe(0);
      expect(await input.evaluate(isFocused)).toBe(true);
      expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
      await chat.getByRole('button', { name: 'Leave', exact: true }).waitFor();
      servers.requests.length = 0;
      await ask('Where are the owls?');
      expect(await turns.count()).toBe(1);
    });

    it('is there again after a reload, of which the tab remembers the id alone', async () => {
      const { page, ask, turns, open, chips, card } = await openChat();
      await ask('How much leave do I have?');
      await ask('Who won the cup?');
      const stored = await page.evaluate(() => Object.values(sessionStorage));
      expect(stored).toEqual([expect.stringMatching(/^conv_\d+$/)]);
      expect(await page.evaluate(() => localStorage.length)).toBe(0);
      await page.reload();
      await open();
      await expect.poll(() => turns.count()).toBe(2);
      await chips.first().click();
      await expect.poll(() => card.locator('blockquote').textContent()).toContain(QUOTES.CARRY);
      expect(await turns.nth(1).locator('.declined').isVisible()).toBe(true);
      await ask('Where are the owls?');
      expect(await turns.count()).toBe(3);
    });

    it('goes on without a conversation that is no longer there, and says so', async () => {
      const { servers } = given();
      const { ask, turns } = await openChat();
      await ask('How much leave do I have?');
      servers.bot.forget();
      await ask('Where are the owls?');
      expect(await turns.nth(1).locator('.answer').textContent()).toContain(QUOTES.OWLS);
      expect(await turns.nth(1).locator('.note:visible').textContent()).toContain('could not be loaded');
    });

    it('answers questions that come at once one after the other', async () => {
      const { chat, turns } = await openChat();
      await chat.evaluate((node) => {
        const { ask } = node as unknown as { ask(question: string): void };
        for (const question of ['How much leave?', 'Which owls?', 'The ferry?']) ask.call(node, question);
      });
      await expect.poll(() => turns.count()).toBe(3);
      await expect.poll(() => turns.nth(2).getAttribute('data-phase')).toBe('done');
      expect(await turns.locator('.question').allTextContents()).toEqual([
        'How much leave?',
        'Which owls?',
        'The ferry?',
      ]);
    });
  });
}

function isFocused(node: Element): boolean {
  return (node.getRootNode() as ShadowRoot | Document).activeElement === node;
}

function json(status: number, body: unknown): Response {
  const headers = { 'content-type': 'application/json', 'access-control-allow-origin': '*' };
  return new Response(JSON.stringify(body), { status, headers });
}

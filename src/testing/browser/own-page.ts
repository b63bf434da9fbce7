import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, it } from 'vitest';
import { chatOn } from './chat-page.ts';
import { LIBRARY, QUOTES } from './library.ts';
import type { Servers } from './servers.ts';
import type { Stage } from './stage.ts';

/** The server's own page at `/`, under its own policy. */
export function ownPage(given: () => { stage: Stage; servers: Servers }): void {
  describe('The page at /', () => {
    it('shows what the bot knows, the chat beside it, and a citation where it stands', async () => {
      const { stage, servers } = given();
      const page = await stage.visit(servers.ibid, { viewport: { width: 1280, height: 800 } });
      const { panel, chips, turns, ask } = chatOn(page);
      await panel.waitFor();
      const shelf = page.getByRole('navigation', { name: 'Documents' });
      await expect
        .poll(() => shelf.locator('.title').allTextContents())
        .toEqual(['Staff handbook', 'Owls of the harbour', 'Harbour times']);
      await page.getByRole('main').getByRole('button', { name: 'Leave' }).click();
      await chips.first().waitFor();
      await chips.nth(1).click();
      const mark = page.getByRole('main').locator('mark');
      await expect.poll(() => mark.textContent()).toBe(QUOTES.CARRY);
      expect(await mark.isVisible()).toBe(true);
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Staff handbook');
      // The document itself shows the quote: the card is not needed.
      expect(await turns.locator('.card:visible').count()).toBe(0);
      await ask('Where are the owls?');
      await turns.nth(1).locator('.chip').click();
      await expect.poll(() => mark.textContent()).toBe(QUOTES.OWLS);
      await page.goBack();
      await expect.poll(() => mark.textContent()).toBe(QUOTES.CARRY);
      expect(new URL(page.url()).search).toMatch(/^\?document=doc_0+1&start=\d+&end=\d+$/);
      await page.reload();
      await expect.poll(() => mark.textContent()).toBe(QUOTES.CARRY);
      await expect.poll(() => turns.count()).toBe(2);
      await shelf.getByRole('link', { name: 'Harbour times' }).click();
      await page.getByRole('heading', { level: 1, name: 'Harbour times' }).waitFor();
      await page.getByRole('link', { name: 'All documents' }).click();
      await page.getByRole('heading', { level: 1, name: 'Ask 3 documents' }).waitFor();
      expect(await page.title()).toBe('Ibid: ask the documents');
    });

    it('says what there is before it knows what one could ask, and offers that once', async () => {
      const { stage, servers } = given();
      let tell = () => {};
      const known = new Promise<undefined>((resolve) => {
        tell = () => resolve(undefined);
      });
      servers.intercept = ({ url }) => (url.includes('/v1/suggestions') ? known : undefined);
      const page = await stage.visit(servers.ibid, { viewport: { width: 1280, height: 800 } });
      await page.getByRole('heading', { level: 1, name: 'Ask 3 documents' }).waitFor();
      await page.getByRole('navigation').getByRole('link', { name: 'Harbour times' }).waitFor();
      expect(await page.getByRole('button', { name: 'Leave', exact: true }).count()).toBe(0);
      tell();
      await page.getByRole('main').getByRole('button', { name: 'Leave', exact: true }).waitFor();
      expect(await page.getByRole('button', { name: 'Leave', exact: true }).count()).toBe(1);
    });

    it('shows the document that was chosen last, whichever comes first', async () => {
      const { stage, servers } = given();
      const page = await stage.visit(servers.ibid, { viewport: { width: 1280, height: 800 } });
      const shelf = page.getByRole('navigation', { name: 'Documents' });
      let arrive = () => {};
      const late = new Promise<undefined>((resolve) => {
        arrive = () => resolve(undefined);
      });
      const slow = LIBRARY[0]?.id ?? '';
      servers.intercept = ({ url }) => (url.endsWith(slow) ? late : undefined);
      await shelf.getByRole('link', { name: 'Staff handbook' }).click();
      await shelf.getByRole('link', { name: 'Harbour times' }).click();
      await page.getByRole('heading', { level: 1, name: 'Harbour times' }).waitFor();
      const came = page.waitForResponse((response) => response.url().endsWith(slow));
      arrive();
      await (await came).finished();
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Harbour times');
      expect(await page.title()).toBe('Harbour times · Ibid');
    });

    it('opens a document in the place of the list where there is no room for both', async () => {
      const { stage, servers } = given();
      const page = await stage.visit(servers.ibid, {
        viewport: { width: 390, height: 600 },
        hasTouch: true,
        isMobile: true,
      });
      await page.getByRole('link', { name: /Staff handbook/ }).tap();
      const title = page.getByRole('heading', { level: 1, name: 'Staff handbook' });
      await title.waitFor();
      expect((await title.boundingBox())?.y).toBeLessThan(300);
      expect(await page.getByRole('navigation').isVisible()).toBe(false);
      expect(await page.getByRole('main').evaluate((node) => document.activeElement === node)).toBe(true);
      await page.getByRole('link', { name: 'All documents' }).tap();
      await page.getByRole('link', { name: /Owls/ }).waitFor();
    });

    it('floats the chat on a phone, where its card shows the quote', async () => {
      const { stage, servers } = given();
      const page = await stage.visit(servers.ibid, {
        viewport: { width: 390, height: 780 },
        hasTouch: true,
        isMobile: true,
      });
      const { launcher, chips, card, ask } = chatOn(page);
      await page.getByRole('link', { name: /Staff handbook/ }).waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
      await launcher.tap();
      await ask('How much leave do I have?');
      await chips.first().tap();
      expect(await card.locator('mark').textContent()).toBe(QUOTES.LEAVE);
    });

    it('asks for the key where the server needs one, and keeps it in memory alone', async () => {
      const { stage, servers } = given();
      const locked = await servers.another({ apiKeys: ['let-me-in'], allowedOrigins: [] });
      const page = await stage.visit(locked);
      const { panel, ask, turns } = chatOn(page);
      await page.getByLabel('API key').fill('let-me-in');
      await page.getByRole('button', { name: 'Open' }).click();
      await page.getByRole('heading', { level: 1, name: 'Ask 3 documents' }).waitFor();
      await panel.waitFor();
      await ask('How much leave do I have?');
      expect(await turns.getAttribute('data-phase')).toBe('done');
      expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain(
        'let-me-in',
      );
    });

    for (const [name, options] of [
      ['in light', {}],
      ['in dark', { colorScheme: 'dark' }],
      ['on a phone', { viewport: { width: 390, height: 780 } }],
    ] as const) {
      it(`has nothing for axe to find, ${name}`, async () => {
        const { stage, servers } = given();
        const page = await stage.visit(servers.ibid, { viewport: { width: 1280, height: 800 }, ...options });
        const { panel } = chatOn(page);
        await page.locator('.questions').waitFor();
        const check = async () =>
          (await new AxeBuilder({ page }).analyze()).violations.map(
            ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target)}`,
          );
        expect(await check()).toEqual([]);
        await page.goto(`${servers.ibid}/?document=${LIBRARY[0]?.id}&start=28&end=71`);
        await page.locator('mark').waitFor();
        if (name !== 'on a phone') await panel.waitFor();
        expect(await check()).toEqual([]);
      });
    }
  });
}

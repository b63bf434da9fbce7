import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chatOn } from './chat-page.ts';
import { QUOTES } from './library.ts';
import type { Servers } from './servers.ts';
import type { PageSetup, Stage } from './stage.ts';

const PHONE = {
  viewport: { width: 390, height: 780 },
  hasTouch: true,
  isMobile: true,
  reducedMotion: 'reduce',
} as const;

/** That everybody can use it. */
export function access(given: () => { stage: Stage; servers: Servers }): void {
  const openPage = async (setup: PageSetup = {}) => {
    const page = await given().stage.open(setup);
    return { page, ...chatOn(page) };
  };
  const openChat = async (setup: PageSetup = {}) => {
    const parts = await openPage(setup);
    await parts.open();
    return parts;
  };

  describe('For everyone', () => {
    it('does everything by keyboard alone, and the focus moves and returns', async () => {
      const { page, launcher, input, turns, chips, card, chat, panel } = await openPage();
      await launcher.waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      expect(await launcher.evaluate(isFocused)).toBe(true);
      await page.keyboard.press('Enter');
      expect(await input.evaluate(isFocused)).toBe(true);
      await page.keyboard.type('How much leave');
      await page.keyboard.press('Shift+Enter');
      await page.keyboard.type('do I have?');
      await page.keyboard.press('Enter');
      await expect.poll(() => turns.getAttribute('data-phase')).toBe('done');
      expect(await turns.locator('.question').textContent()).toBe('How much leave\ndo I have?');
      expect(await input.evaluate(isFocused)).toBe(true);

      await tabTo(page, 'Shift+Tab', 'chip');
      await page.keyboard.press('Enter');
      expect(await card.evaluate(isFocused)).toBe(true);
      expect(await chips.nth(1).getAttribute('aria-expanded')).toBe('true');
      await page.keyboard.press('Tab');
      expect(await card.getByRole('link').evaluate(isFocused)).toBe(true);
      await page.keyboard.press('Escape');
      expect(await card.count()).toBe(0);
      expect(await chips.nth(1).evaluate(isFocused)).toBe(true);
      expect(await panel.isVisible()).toBe(true);

      await page.keyboard.press('Escape');
      expect(await panel.isVisible()).toBe(false);
      expect(await launcher.evaluate(isFocused)).toBe(true);
      await page.keyboard.press('Enter');
      await launcher.focus();
      await page.keyboard.press('Escape');
      expect(await panel.isVisible()).toBe(false);
      await page.keyboard.press('Enter');
      await tabTo(page, 'Shift+Tab', 'restart');
      await page.keyboard.press('Enter');
      expect(await turns.count()).toBe(0);
      await chat.getByRole('button', { name: 'Leave', exact: true }).waitFor();
      await tabTo(page, 'Shift+Tab', 'log');
    });

    it('gives the focus back to what opened it', async () => {
      const { page, panel, input } = await openPage({
        body: '<button id="help">Help</button>',
        script: `addEventListener('DOMContentLoaded', () => {
          document.querySelector('#help').addEventListener('click', () => ibid.open());
        });`,
      });
      const help = page.locator('#help');
      await page.locator('ibid-chat').waitFor({ state: 'attached' });
      await help.focus();
      await page.keyboard.press('Enter');
      await panel.waitFor();
      expect(await input.evaluate(isFocused)).toBe(true);
      await page.keyboard.press('Escape');
      expect(await help.evaluate(isFocused)).toBe(true);
    });

    it('does not send while a word is chosen in an input method', async () => {
      const { page, input, turns } = await openChat();
      const session = await page.context().newCDPSession(page);
      await session.send('Input.imeSetComposition', { text: 'やすみ', selectionStart: 3, selectionEnd: 3 });
      const press = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229, nativeVirtualKeyCode: 229 };
      await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...press });
      await session.send('Input.insertText', { text: '休み' });
      expect(await turns.count()).toBe(0);
      expect(await input.inputValue()).toBe('休み');
      await page.keyboard.press('Enter');
      await expect.poll(() => turns.locator('.question').textContent()).toBe('休み');
    });

    it('lets a screen reader hear a finished answer once, in one piece', async () => {
      const { servers } = given();
      const { page, input, log, turns, status } = await openChat();
      await page.evaluate(watchLiveRegions);
      await input.fill('How much leave, step by step?');
      await page.keyboard.press('Enter');
      for (let i = 0; i < 9; i++) {
        servers.bot.step();
        await page.waitForTimeout(30);
      }
      await expect.poll(() => turns.getAttribute('data-phase')).toBe('done');
      await expect.poll(() => status.textContent()).toContain(QUOTES.CARRY);
      await page.waitForTimeout(150);
      const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
      expect(said.filter((text) => text.includes('28 days'))).toEqual([
        `Answer: ${QUOTES.LEAVE} ${QUOTES.CARRY} Sources: 2.`,
      ]);
      // The transcript, which grows piece by piece, is no live region.
      expect(await log.getAttribute('aria-live')).toBe('off');
      const regions = await page
        .locator('ibid-chat')
        .locator('[aria-live]:not([aria-live=off]), [role=alert], [role=status]')
        .count();
      expect(regions).toBe(1);
      // The same again is said again.
      await input.fill('How much leave do I have?');
      await page.keyboard.press('Enter');
      await expect
        .poll(() =>
          page.evaluate(
            () =>
              (window as unknown as { said: string[] }).said.filter((text) => text.includes('28 days'))
                .length,
          ),
        )
        .toBe(2);
    });

    for (const [name, setup] of [
      ['in light', {}],
      ['in dark', { colorScheme: 'dark' }],
      ['on a phone', PHONE],
      ['from right to left', { attributes: 'data-lang="ar"' }],
      ['in a colour of the owner’s that is too pale', { attributes: 'data-color="#ffe14d"' }],
    ] as const) {
      it(`has nothing for axe to find in any state, ${name}`, async () => {
        const { servers } = given();
        const { page, launcher, log, turns, chips, card, chat } = await openPage({
          reducedMotion: 'reduce',
          ...setup,
        });
        const input = chat.getByRole('textbox').last();
        const ask = async (question: string) => {
          const count = await turns.count();
          await input.fill(question);
          await page.keyboard.press('Enter');
          await expect.poll(() => turns.count()).toBe(count + 1);
        };
        await launcher.waitFor();
        await sound(page, 'closed');
        await launcher.click();
        await chat.locator('.suggestions').waitFor();
        await sound(page, 'open');
        await ask('Markdown, step by step?');
        for (let i = 0; i < 3; i++) servers.bot.step();
        await turns.locator('.answer p').waitFor();
        await sound(page, 'streaming');
        servers.bot.flow();
        await expect.poll(() => log.getAttribute('aria-busy')).toBe('false');
        await chips.first().click();
        await expect.poll(() => card.locator('blockquote').textContent()).toContain(QUOTES.CARRY);
        await turns.locator('.down').click();
        await chat.locator('.comment').waitFor();
        await sound(page, 'answered, with a source and a comment');
        servers.bot.forget();
        await ask('Who won the cup?');
        await chat.locator('.declined').waitFor();
        servers.intercept = ({ url }) => (url.endsWith('/v1/ask') ? tooMany() : undefined);
        await ask('Where are the owls?');
        await chat.locator('.fault').waitFor();
        await sound(page, 'declined and failed');
      });
    }

    it('fills the screen of a phone, with targets of 44 px, above the keyboard', async () => {
      const { page, launcher, panel, chat, ask, chips, card, turns } = await openPage(PHONE);
      await launcher.tap();
      await panel.waitFor();
      expect(await panel.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 780 });
      // A keyboard that nobody has asked for would hide half of it.
      expect(await chat.locator('h2').evaluate(isFocused)).toBe(true);
      await ask('How much leave do I have?');
      await chips.first().tap();
      await card.locator('mark').waitFor();
      await turns.locator('.down').tap();
      await chat.locator('.comment').waitFor();
      const small = await chat.evaluate((node) =>
        [...(node.shadowRoot?.querySelectorAll('button, textarea, .card a, summary') ?? [])]
          .map((target) => ({ name: target.className, box: target.getBoundingClientRect() }))
          .filter(({ box }) => box.width > 0 && (box.width < 43.99 || box.height < 43.99))
          .map(({ name, box }) => `${name} ${box.width}×${box.height}`),
      );
      expect(small).toEqual([]);
      expect(
        await chat
          .locator('textarea')
          .first()
          .evaluate((node) => getComputedStyle(node).fontSize),
      ).toBe('16px');
      // Nothing behind it can be reached.
      expect(
        await page.evaluate(() =>
          document.querySelector('ibid-chat')?.shadowRoot?.querySelector('dialog')?.matches(':modal'),
        ),
      ).toBe(true);
      await page.evaluate(() => {
        const viewport = window.visualViewport;
        if (viewport === null) return;
        Object.defineProperty(viewport, 'height', { value: 420 });
        viewport.dispatchEvent(new Event('resize'));
      });
      expect(await panel.boundingBox()).toMatchObject({ y: 0, height: 420 });
      await page.keyboard.press('Escape');
      expect(await panel.isVisible()).toBe(false);
    });

    for (const [name, viewport] of [
      ['at 320 px', { width: 320, height: 640 }],
      ['at 200 % zoom of a small window', { width: 640, height: 360 }],
      ['at 400 % zoom', { width: 320, height: 256 }],
    ] as const) {
      it(`needs no scrolling to and fro ${name}`, async () => {
        const { page, ask, chips, card, input, log, chat } = await openChat({ viewport });
        await ask('Markdown?');
        await chips.first().click();
        await card.locator('mark').waitFor();
        expect(await log.evaluate((node) => node.scrollWidth - node.clientWidth)).toBe(0);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
        for (const part of [input, chat.getByRole('button', { name: 'Close the chat' }).first(), log]) {
          const box = await part.boundingBox();
          expect(box?.x).toBeGreaterThanOrEqual(0);
          expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(viewport.width);
          expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(viewport.height);
        }
        expect((await log.boundingBox())?.height).toBeGreaterThan(60);
      });
    }

    it('keeps still where motion is unwelcome', async () => {
      const { launcher, chat, open } = await openPage({ reducedMotion: 'reduce' });
      await open();
      const moving = await chat.evaluate(
        (node) =>
          [...(node.shadowRoot?.querySelectorAll('*') ?? [])].filter((part) => {
            const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(part);
            return animationName !== 'none' || transitionDuration !== '0s' || scrollBehavior !== 'auto';
          }).length,
      );
      expect(moving).toBe(0);
      expect(await launcher.isVisible()).toBe(true);
    });

    it('keeps its shapes where colours are forced', async () => {
      const { ask, chips, launcher, panel, chat, card, page } = await openChat({ forcedColors: 'active' });
      await ask('How much leave do I have?');
      await chips.first().click();
      await card.locator('mark').waitFor();
      const edge = (node: Element) => {
        const { borderTopStyle, borderTopWidth, borderTopColor, backgroundColor } = getComputedStyle(node);
        return borderTopStyle === 'solid' && borderTopWidth !== '0px' && borderTopColor !== backgroundColor;
      };
      for (const part of [
        launcher,
        chat.locator('dialog'),
        chips.nth(1).locator('span'),
        chat.locator('.question'),
        card,
        chat.locator('.send'),
      ]) {
        expect(await part.first().evaluate(edge)).toBe(true);
      }
      const [mark, around] = await card.evaluate((node) => {
        const color = (one: Element | null) => (one === null ? '' : getComputedStyle(one).backgroundColor);
        return [color(node.querySelector('mark')), color(node)];
      });
      expect(mark).not.toBe(around);
      expect(await panel.isVisible()).toBe(true);
      await sound(page, 'forced colours');
    });

    it('reads from right to left, and each text in its own direction', async () => {
      const { launcher, chat, ask: _, turns, page, chips } = await openPage({ html: 'lang="ar" dir="rtl"' });
      await launcher.click();
      expect((await launcher.boundingBox())?.x).toBe(20);
      const root = chat.locator('.root');
      expect(await root.getAttribute('dir')).toBe('rtl');
      await chat.getByRole('textbox', { name: 'سؤالك' }).fill('How much leave do I have?');
      await page.keyboard.press('Enter');
      await chips.first().waitFor();
      const direction = (node: Element) => getComputedStyle(node).direction;
      const about = turns.locator('.about').first();
      expect(await about.evaluate(direction)).toBe('ltr');
      expect(await about.evaluate((node) => getComputedStyle(node).textAlign)).toBe('right');
      expect(await turns.locator('.question span').evaluate(direction)).toBe('ltr');
      expect(await turns.locator('.answer p').evaluate(direction)).toBe('ltr');
      expect(await chat.locator('.head').evaluate(direction)).toBe('rtl');
      // The question stands on the side where lines end, whatever its own direction.
      const [question, log] = [
        await turns.locator('.question').boundingBox(),
        await chat.getByRole('log').boundingBox(),
      ];
      expect((question?.x ?? 0) - (log?.x ?? 0)).toBeLessThan(30);
      await chat.getByRole('textbox', { name: 'سؤالك' }).fill('من فاز بالكأس؟');
      await page.keyboard.press('Enter');
      await expect.poll(() => turns.count()).toBe(2);
      expect(await turns.nth(1).locator('.question span').evaluate(direction)).toBe('rtl');
      await turns.nth(1).locator('.declined').waitFor();
      expect(await turns.nth(1).locator('.declined').textContent()).toContain('غير موجود في المستندات');
    });
  });
}

async function sound(page: Page, state: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('ibid-chat').analyze();
  const found = violations.map(
    ({ id, nodes }) =>
      `${state}: ${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`)}`,
  );
  expect(found).toEqual([]);
}

/** Presses a key until the focus is on an element of this class. */
async function tabTo(page: Page, key: string, name: string): Promise<void> {
  for (let i = 0; i < 20; i++) {
    await page.keyboard.press(key);
    const there = await page.evaluate(
      (wanted) => document.activeElement?.shadowRoot?.activeElement?.classList.contains(wanted),
      name,
    );
    if (there === true) return;
  }
  throw new Error(`The keyboard does not reach .${name}.`);
}

function isFocused(node: Element): boolean {
  return (node.getRootNode() as ShadowRoot | Document).activeElement === node;
}

/** Notes every text that a live region is given. */
function watchLiveRegions(): void {
  const said: string[] = [];
  Object.assign(window, { said });
  const root = document.querySelector('ibid-chat')?.shadowRoot;
  for (const region of root?.querySelectorAll(
    '[role=status], [role=alert], [aria-live]:not([aria-live=off])',
  ) ?? []) {
    new MutationObserver(() => {
      const text = region.textContent ?? '';
      if (text !== '') said.push(text);
    }).observe(region, { childList: true, characterData: true, subtree: true });
  }
}

function tooMany(): Response {
  const body = JSON.stringify({ detail: 'Too many.', error: { code: 'rate_limited' } });
  const headers = {
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'retry-after',
    'retry-after': '60',
  };
  return new Response(body, {
    status: 429,
    headers: { ...headers, 'content-type': 'application/problem+json' },
  });
}

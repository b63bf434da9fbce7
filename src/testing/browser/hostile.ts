import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chatOn } from './chat-page.ts';
import type { Stage } from './stage.ts';

/** Styles that pages have, by accident or on purpose. */
const HOSTILE: Readonly<Record<string, string>> = {
  'all unset': '* { all: unset; }',
  'all unset, with force': '*, ibid-chat { all: unset !important; }',
  'everything hidden':
    'div, section, dialog, button, ibid-chat { display: none !important; visibility: hidden !important; }',
  'see-through and turned':
    'ibid-chat, body > * { opacity: 0 !important; transform: scale(0.1) rotate(9deg) !important; filter: blur(9px) !important; }',
  'cut off':
    '* { overflow: hidden !important; max-height: 1px !important; clip-path: circle(0) !important; contain: strict !important; }',
  'huge text':
    'html { font-size: 30px; } * { font-size: 30px !important; line-height: 3 !important; letter-spacing: 9px !important; text-transform: uppercase !important; }',
  'boxes of its own':
    '* { box-sizing: content-box !important; margin: 40px !important; padding: 40px !important; border: 9px solid red !important; float: left !important; }',
  'pointer taken':
    '* { pointer-events: none !important; user-select: none !important; cursor: wait !important; }',
  backwards:
    'html { direction: rtl; writing-mode: vertical-rl; } * { unicode-bidi: bidi-override !important; }',
  covered: '#cover { position: fixed; inset: 0; z-index: 2147483647; background: red; }',
};

const SOUND_TEXT = { fontSize: '16px', letterSpacing: 'normal', textTransform: 'none', direction: 'ltr' };

/** Pages whose styles would break what is not kept apart from them. */
export function hostile(given: () => { stage: Stage }): void {
  describe('On a page with hostile styles', () => {
    it('floats unharmed, above everything', async () => {
      const page = await given().stage.open({ body: '<div id="cover"></div>', reducedMotion: 'reduce' });
      const { launcher, panel, input, ask, chips, chat, open } = chatOn(page);
      await open();
      await ask('How much leave do I have?');
      for (const [name, css] of Object.entries(HOSTILE)) {
        await wear(page, css);
        await page.mouse.move(9, 9);
        const spot = await launcher.boundingBox();
        expect(spot, name).toEqual({ x: 924, y: 684, width: 56, height: 56 });
        expect(await panel.boundingBox(), name).toMatchObject({ width: 406, height: 638 });
        expect(await input.evaluate(textStyle), name).toEqual(SOUND_TEXT);
        expect(await chat.evaluate((node) => document.elementFromPoint(950, 710) === node), name).toBe(true);
        await chips.first().click();
        await chips.first().click();
        await launcher.click();
        expect(await panel.isVisible(), name).toBe(false);
        await launcher.click();
      }
    });

    it('stands in the flow unharmed', async () => {
      const page = await given().stage.open({ body: '<ibid-chat></ibid-chat>' });
      const { panel, ask, input } = chatOn(page);
      await ask('How much leave do I have?');
      // What the page does to the boxes around the chat, and to the room that it gives it, is the page's own business.
      const { 'cut off': _, ...others } = HOSTILE;
      for (const [name, css] of Object.entries(others)) {
        await wear(page, css.replace(', body > *', ''));
        const box = await panel.boundingBox();
        expect(box?.height, name).toBeGreaterThanOrEqual(320);
        expect(box?.width, name).toBeGreaterThanOrEqual(260);
        expect(await input.evaluate(textStyle), name).toEqual(SOUND_TEXT);
        expect(await input.isVisible(), name).toBe(true);
      }
    });

    it('changes nothing of the page', async () => {
      const { stage } = given();
      const looks = async (without: boolean) => {
        const page = await stage.open({ without });
        if (!without) await chatOn(page).open();
        return page.evaluate(() =>
          ['html', 'body', 'main', 'h1', 'p', 'a'].map((name) => {
            const node = document.querySelector(name);
            if (node === null) return '';
            const style = getComputedStyle(node);
            return [...style].map((property) => style.getPropertyValue(property)).join(';');
          }),
        );
      };
      expect(await looks(false)).toEqual(await looks(true));
    });
  });
}

/** Gives the page a style sheet in the place of the one before. */
async function wear(page: Page, css: string): Promise<void> {
  await page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [sheet];
  }, css);
}

function textStyle(node: Element) {
  const { fontSize, letterSpacing, textTransform, direction } = getComputedStyle(node);
  return { fontSize, letterSpacing, textTransform, direction };
}

import type { Locator, Page } from 'playwright-core';

/** The parts of a chat, as a person finds them. `within` narrows them to one of several. */
export function chatOn(page: Page, within: Page | Locator = page) {
  const chat = within.locator('ibid-chat');
  return {
    chat,
    launcher: chat.locator('.launcher'),
    panel: chat.locator('.panel'),
    log: chat.getByRole('log'),
    input: chat.getByRole('textbox', { name: 'Your question' }),
    send: chat.getByRole('button', { name: 'Send', exact: true }).first(),
    stop: chat.getByRole('button', { name: 'Stop' }),
    turns: chat.locator('.turn'),
    chips: chat.locator('.chip'),
    card: chat.locator('.card:visible'),
    status: chat.getByRole('status'),
    async open() {
      await chat.locator('.launcher').click();
      await chat.locator('.panel').waitFor();
    },
    /** Asks by keyboard, and waits until there is an outcome. */
    async ask(question: string) {
      const before = await chat.locator('.turn').count();
      await chat.getByRole('textbox', { name: 'Your question' }).fill(question);
      await page.keyboard.press('Enter');
      await chat.locator('.turn').nth(before).and(page.locator('[aria-busy="false"]')).waitFor();
    },
  };
}

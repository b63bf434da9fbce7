import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser of these tests: what CHROMIUM names, or one in the usual places; undefined where there is none. */
export const BROWSER_PATH = [process.env.CHROMIUM ?? '', ...PLACES].find(
  (path) => path !== '' && existsSync(path),
);

/** Starts it: one for all tests. */
export function launchBrowser(): Promise<Browser> {
  if (BROWSER_PATH === undefined) throw new Error('There is no Chromium; CHROMIUM can name one.');
  return chromium.launch({
    executablePath: BROWSER_PATH,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

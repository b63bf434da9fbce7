import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { access } from './access.ts';
import { BROWSER_PATH, launchBrowser } from './browser.ts';
import { conversation } from './conversation.ts';
import { embedding } from './embedding.ts';
import { failures } from './failures.ts';
import { hostile } from './hostile.ts';
import { ownPage } from './own-page.ts';
import { type Servers, startServers } from './servers.ts';
import { createStage, type Stage } from './stage.ts';

if (BROWSER_PATH === undefined) {
  console.warn(
    'The tests of the widget are left out: no Chromium was found. Install one, or name it in CHROMIUM.',
  );
}

/** The widget in a real browser, on a strict site of another origin: one browser and two servers for all of them. */
describe.skipIf(BROWSER_PATH === undefined)('The widget', { timeout: 120_000 }, () => {
  let browser: Browser;
  let servers: Servers;
  let stage: Stage;

  beforeAll(async () => {
    [browser, servers] = await Promise.all([launchBrowser(), startServers()]);
    stage = createStage(browser, servers);
  });

  afterEach(() => stage.end());

  afterAll(async () => {
    await browser?.close();
    await servers?.close();
  });

  const given = () => ({ stage, servers });
  embedding(given);
  hostile(given);
  conversation(given);
  failures(given);
  access(given);
  ownPage(given);
});

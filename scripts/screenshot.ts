/**
 * Takes docs/images/ask-page.png: the page of a real server on documents/, answering a question.
 * `npm run build && node dist/scripts/screenshot.js`; CHROMIUM names the browser (default /usr/bin/chromium).
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { parseConfig } from '../src/config.ts';
import { serve } from '../src/node/serve.ts';

const QUESTION = 'When did the conflict in Syria begin?';
const PICTURE = 'docs/images/ask-page.png';
const SIZE = { width: 1200, height: 800 };

const data = await mkdtemp(join(tmpdir(), 'ibid-screenshot-'));
const server = await serve(parseConfig({ PORT: '0', IBID_DATA: data }), () => {});
try {
  await server.ingested;
  await takePicture(server.url);
  process.stdout.write(`Written to ${PICTURE}.\n`);
} finally {
  await server.close();
  await rm(data, { recursive: true });
}

async function takePicture(url: string): Promise<void> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  try {
    const page = await browser.newPage({ viewport: SIZE, colorScheme: 'light' });
    await page.goto(url);
    await page.getByLabel('Your question').fill(QUESTION);
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.locator('.turn.answered .foot').waitFor();
    await page.screenshot({ path: PICTURE });
  } finally {
    await browser.close();
  }
}

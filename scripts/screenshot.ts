/**
 * Takes the pictures in docs/images/ of a real server on documents/: its page, and the chat on the page of examples/widget/.
 * `npm run build && node dist/scripts/screenshot.js`; CHROMIUM names the browser (default /usr/bin/chromium).
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { parseConfig } from '../src/config.ts';
import { serve } from '../src/node/serve.ts';

const FOLDER = 'docs/images';
const BESIDE_DOCUMENT = 'Who is Manaf Tlas?';
const ON_SITE = ['Who won the football cup?', 'When did the conflict in Syria begin?'];
const TYPES: Record<string, string> = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript' };

const data = await mkdtemp(join(tmpdir(), 'ibid-screenshot-'));
const site = createServer();
const origin = await listen(site);
const server = await serve(
  parseConfig({ PORT: '0', IBID_DATA: data, IBID_ALLOWED_ORIGINS: origin }),
  () => {},
);
site.on('request', async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', origin);
  const name = pathname === '/' ? 'index.html' : pathname.slice(1);
  const file = await readFile(join('examples/widget', name), 'utf8').catch(() => undefined);
  if (file === undefined) return void response.writeHead(404).end();
  const text = file.replaceAll('http://localhost:8787', server.url);
  const language = searchParams.get('lang') ?? 'en';
  const type = TYPES[extname(name)] ?? 'text/plain';
  response.writeHead(200, { 'content-type': type }).end(text.replace('lang="en"', `lang="${language}"`));
});
try {
  await server.ingested;
  await takePictures();
  process.stdout.write(`Written to ${FOLDER}/.\n`);
} finally {
  await server.close();
  site.close();
  await rm(data, { recursive: true });
}

async function takePictures(): Promise<void> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  const phone = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true };
  try {
    await picture(
      browser,
      'ask-page',
      server.url,
      { viewport: { width: 1280, height: 840 } },
      askBesideDocument,
    );
    await picture(browser, 'widget-light', origin, { viewport: { width: 1100, height: 740 } }, askOnSite);
    await picture(browser, 'widget-dark', origin, { ...phone, colorScheme: 'dark' }, askOnSite);
    await picture(browser, 'widget-phone', origin, phone, askOnSite);
    await picture(browser, 'widget-rtl', `${origin}/?lang=ar`, phone, askOnSite);
  } finally {
    await browser.close();
  }
}

async function picture(
  browser: Browser,
  name: string,
  url: string,
  options: BrowserContextOptions,
  act: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ colorScheme: 'light', reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  await page.goto(url);
  await act(page);
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
  await context.close();
}

async function askBesideDocument(page: Page): Promise<void> {
  await ask(page, BESIDE_DOCUMENT);
  await openSource(page);
  await page.locator('main mark').waitFor();
  await page.mouse.move(0, 0);
}

async function askOnSite(page: Page): Promise<void> {
  await page.locator('ibid-chat .launcher').click();
  for (const question of ON_SITE) await ask(page, question);
  await openSource(page);
  await page.locator('ibid-chat .card:visible').first().waitFor();
}

/** Asks, and waits for what may be asked next as well. */
async function ask(page: Page, question: string): Promise<void> {
  const followUps = got(page, '/v1/suggestions?about=');
  await page.locator('ibid-chat .field textarea').fill(question);
  await page.keyboard.press('Enter');
  await followUps;
}

/** Opens the source of the last sentence, with the text around it. */
async function openSource(page: Page): Promise<void> {
  const document = got(page, '/v1/documents/');
  await page.locator('ibid-chat .chip').last().click();
  await document;
}

/** The whole reply to a request for an address with this part; a preflight is none. */
async function got(page: Page, part: string): Promise<void> {
  await page.waitForEvent('requestfinished', (request) => {
    return request.method() === 'GET' && request.url().includes(part);
  });
}

function listen(target: Server): Promise<string> {
  return new Promise((resolve) => {
    target.listen(0, '127.0.0.1', () =>
      resolve(`http://localhost:${(target.address() as AddressInfo).port}`),
    );
  });
}

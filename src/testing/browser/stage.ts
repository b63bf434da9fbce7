import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { Servers } from './servers.ts';

/** What a page embeds, beside what every page has. */
export interface PageSetup extends BrowserContextOptions {
  /** Attributes of the script tag, such as `data-title="…"`. */
  readonly attributes?: string;
  /** Attributes of the page's `<html>`. */
  readonly html?: string;
  /** Markup of the body before the script. */
  readonly body?: string;
  /** A style sheet of the page, as a file of its site. */
  readonly css?: string;
  /** A script of the page, as a file of its site, which runs before the widget's. */
  readonly script?: string;
  /** Leaves the widget's script tag out. */
  readonly without?: boolean;
  /** A context of its own: for pages that change more than themselves, such as the clock. */
  readonly fresh?: boolean;
  /** The Ibid server; the usual one without it. */
  readonly ibid?: string;
}

/** Opens pages of the other site; what goes wrong in any of them is collected. */
export interface Stage {
  open(setup?: PageSetup): Promise<Page>;
  /** Opens an address as it is. */
  visit(url: string, options?: BrowserContextOptions): Promise<Page>;
  /** Fails when a page broke its content policy or an error went uncaught; closes all pages. */
  end(): Promise<void>;
}

/** Collects violations of the page's policy, Trusted Types among them, from its very beginning. */
const WATCH = `window.addEventListener('securitypolicyviolation', (event) => {
  console.error('VIOLATION', event.effectiveDirective, event.blockedURI, event.sample);
});`;

export function createStage(browser: Browser, servers: Servers): Stage {
  const contexts = new Map<string, BrowserContext>();
  const faults: string[] = [];
  let pages = 0;

  /** Tabs of one context share nothing that a page may keep but its cache: it is made once for all tests. */
  async function contextOf(options: BrowserContextOptions, fresh: boolean): Promise<BrowserContext> {
    const key = fresh ? `fresh ${++pages}` : JSON.stringify(options);
    const known = contexts.get(key);
    if (known !== undefined) return known;
    const context = await browser.newContext({ viewport: { width: 1000, height: 760 }, ...options });
    // A machine with much else to do.
    context.setDefaultTimeout(30_000);
    await context.addInitScript(WATCH);
    contexts.set(key, context);
    return context;
  }

  async function visit(url: string, options: BrowserContextOptions = {}, fresh = false): Promise<Page> {
    const page = await (await contextOf(options, fresh)).newPage();
    page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`));
    page.on('console', (message) => {
      if (/VIOLATION|Content Security Policy|TrustedHTML|TrustedScript/.test(message.text()))
        faults.push(message.text());
    });
    await page.goto(url);
    return page;
  }

  return {
    visit,
    async open({
      attributes = '',
      html = 'lang="en"',
      body = '',
      css,
      script,
      without = false,
      ibid,
      fresh = false,
      ...options
    } = {}) {
      const name = `/page-${++pages}`;
      if (css !== undefined) servers.put(`${name}.css`, css);
      if (script !== undefined) servers.put(`${name}.js`, script);
      const tag = `<script src="${ibid ?? servers.ibid}/widget.js" async ${attributes}></script>`;
      servers.put(
        `${name}.html`,
        `<!doctype html><html ${html}><head><meta charset="utf-8"><title>A site</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        ${css === undefined ? '' : `<link rel="stylesheet" href="${name}.css">`}
        ${script === undefined ? '' : `<script src="${name}.js"></script>`}</head>
        <body><main><h1>A site</h1><p>With <a href="#there">words</a> of its own.</p>${body}</main>
        ${without ? '' : tag}</body></html>`,
      );
      return visit(`${servers.site}${name}.html`, options, fresh);
    },
    async end() {
      for (const [key, context] of contexts) {
        if (!key.startsWith('fresh')) await Promise.all(context.pages().map((page) => page.close()));
        else {
          contexts.delete(key);
          await context.close();
        }
      }
      servers.intercept = undefined;
      servers.bot.forget();
      const found = faults.splice(0);
      if (found.length > 0) throw new Error(found.join('\n'));
    },
  };
}

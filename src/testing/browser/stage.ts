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
  const contexts: BrowserContext[] = [];
  const faults: string[] = [];
  let pages = 0;

  async function visit(url: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1000, height: 760 }, ...options });
    contexts.push(context);
    context.setDefaultTimeout(5_000);
    const page = await context.newPage();
    await page.addInitScript(WATCH);
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
      return visit(`${servers.site}${name}.html`, options);
    },
    async end() {
      await Promise.all(contexts.splice(0).map((context) => context.close()));
      servers.intercept = undefined;
      servers.bot.forget();
      const found = faults.splice(0);
      if (found.length > 0) throw new Error(found.join('\n'));
    },
  };
}

import { decodeText } from '../../model/normalise.ts';

/** What an HTML page says to a crawler. */
export interface PageLinks {
  /** Absolute http(s) addresses without fragments, in page order, each once. */
  readonly links: readonly string[];
  /** Whether the page asks not to be indexed. */
  readonly isHidden: boolean;
}

interface Anchor {
  getAttribute(name: string): string | null;
}

/** Finds the links of an HTML page, but those that it asks crawlers not to follow. */
export async function findPageLinks(bytes: Uint8Array, address: string): Promise<PageLinks> {
  const { parseHTML } = await import('linkedom');
  const page = parseHTML(decodeText(bytes)).document as unknown as {
    querySelectorAll(selector: string): Iterable<Anchor>;
  };
  const rules = [...page.querySelectorAll('meta[name="robots"]')]
    .map((meta) => meta.getAttribute('content') ?? '')
    .join(',')
    .toLowerCase();
  const [base] = page.querySelectorAll('base[href]');
  const from = absolute(base?.getAttribute('href') ?? '', address) ?? address;
  const anchors = /nofollow|none/.test(rules) ? [] : [...page.querySelectorAll('a[href]')];
  const links = anchors
    .filter((anchor) => !/\bnofollow\b/.test(anchor.getAttribute('rel') ?? ''))
    .flatMap((anchor) => absolute(anchor.getAttribute('href') ?? '', from) ?? []);
  return { links: [...new Set(links)], isHidden: /noindex|none/.test(rules) };
}

function absolute(href: string, base: string): string | undefined {
  if (!URL.canParse(href, base)) return undefined;
  const url = new URL(href, base);
  url.hash = '';
  return /^https?:$/.test(url.protocol) && url.username === '' ? url.href : undefined;
}

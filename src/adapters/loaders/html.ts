import type { LoadedDocument, Metadata } from '../../model/document.ts';
import { decodeText } from '../../model/normalise.ts';
import { type DomDocument, parseHtml } from './dom.ts';
import { appendDom, inlineText } from './dom-text.ts';
import type { KnownFile } from './load.ts';
import { mainContent } from './main-content.ts';
import { createTextBuilder } from './text-builder.ts';
import { chooseTitle } from './title.ts';

/** Reads the main content of an HTML page; title, language, description and canonical address become metadata. */
export async function loadHtml(file: KnownFile): Promise<LoadedDocument[]> {
  const html = decodeText(file.bytes, file.charset ?? declaredCharset(file.bytes));
  const page = parseHtml(html);
  const metadata = readMetadata(page, file.uri);
  const title = titleOf(page);
  const builder = createTextBuilder();
  const content = mainContent(page, html);
  const heading = page.querySelector('h1');
  const hasHeading = content.querySelector('h1') !== null;
  // Readability takes a heading that repeats the title for furniture; it is what the page calls itself.
  if (!hasHeading && heading?.textContent) builder.heading(1, inlineText(heading));
  appendDom(content, builder);
  const { text, structure } = builder.build();
  return [
    {
      uri: file.uri,
      title: chooseTitle(file.uri, title, structure.headings[0]?.title),
      mediaType: 'text/html',
      text,
      metadata,
      structure,
    },
  ];
}

function titleOf(page: DomDocument): string | undefined {
  return (
    attribute(page, 'meta[property="og:title"]', 'content') ??
    page.querySelector('title')?.textContent ??
    undefined
  );
}

function readMetadata(page: DomDocument, uri: string): Metadata {
  const canonical = attribute(page, 'link[rel="canonical"]', 'href');
  const entries = {
    language: page.documentElement.getAttribute('lang') || undefined,
    description:
      attribute(page, 'meta[name="description"]', 'content') ??
      attribute(page, 'meta[property="og:description"]', 'content'),
    author: attribute(page, 'meta[name="author"]', 'content'),
    published: attribute(page, 'meta[property="article:published_time"]', 'content'),
    canonical: canonical && URL.canParse(canonical, uri) ? new URL(canonical, uri).href : canonical,
  };
  return Object.fromEntries(
    Object.entries(entries).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function attribute(page: DomDocument, selector: string, name: string): string | undefined {
  return page.querySelector(selector)?.getAttribute(name)?.trim() || undefined;
}

/** The encoding that the page names in its first kilobyte, as browsers look for it. */
function declaredCharset(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 1024));
  return /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i.exec(head)?.[1];
}

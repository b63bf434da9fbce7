import type { Unzipped } from 'fflate';
import type { LoadedDocument, Metadata } from '../../model/document.ts';
import { decodeText } from '../../model/normalise.ts';
import { parseXhtml } from './dom.ts';
import { appendDom, inlineText } from './dom-text.ts';
import { type KnownFile, unreadable } from './load.ts';
import { resolveEntry } from './package-parts.ts';
import { createTextBuilder } from './text-builder.ts';
import { chooseTitle } from './title.ts';
import { find, findAll, parseXml, textOf, type XmlElement } from './xml.ts';
import { entryText, unzip } from './zip.ts';

interface Book {
  readonly opf: XmlElement;
  /** Entry names in reading order. */
  readonly chapters: readonly string[];
  /** Titles in the table of contents, by entry name. */
  readonly contents: ReadonlyMap<string, string>;
}

/** Reads EPUB books in spine order; a chapter without a heading gets the one of the table of contents. */
export async function loadEpub(file: KnownFile): Promise<LoadedDocument[]> {
  const entries = unzip(file.bytes, (name) => /\.(?:x?html?|xml|opf|ncx)$/i.test(name));
  const book = openBook(entries);
  const builder = createTextBuilder();
  for (const chapter of book.chapters) {
    const bytes = entries[chapter];
    if (!bytes) continue;
    const { body } = parseXhtml(decodeText(bytes));
    const title = book.contents.get(chapter);
    if (title !== undefined && !body.querySelector('h1, h2, h3, h4, h5, h6')) builder.heading(1, title);
    appendDom(body, builder);
  }
  const { text, structure } = builder.build();
  const title = chooseTitle(file.uri, textOf(find(book.opf, 'title')), structure.headings[0]?.title);
  const mediaType = 'application/epub+zip';
  return [{ uri: file.uri, title, mediaType, text, metadata: metadataOf(book.opf), structure }];
}

function openBook(entries: Unzipped): Book {
  const container = entryText(entries, 'META-INF/container.xml');
  const opfName = container && find(parseXml(container), 'rootfile')?.attributes['full-path'];
  const xml = opfName && entryText(entries, opfName);
  if (!opfName || xml === undefined || xml === '') {
    throw unreadable('The file holds no table of its parts. Save the book anew as .epub.');
  }
  const opf = parseXml(xml);
  const manifest = new Map(
    findAll(opf, 'item').map(({ attributes }) => [
      attributes.id ?? '',
      {
        name: resolveEntry(opfName, attributes.href ?? ''),
        isContents: /\bnav\b/.test(attributes.properties ?? ''),
      },
    ]),
  );
  const items = findAll(opf, 'itemref').flatMap(
    ({ attributes }) => manifest.get(attributes.idref ?? '') ?? [],
  );
  const chapters = items.filter((item) => !item.isContents).map((item) => item.name);
  refuseProtected(entries, chapters);
  const nav = [...manifest.values()].find((item) => item.isContents)?.name;
  const ncx = [...manifest.values()].find((item) => item.name.endsWith('.ncx'))?.name;
  return { opf, chapters, contents: new Map([...ncxTitles(entries, ncx), ...navTitles(entries, nav)]) };
}

/** Fonts may be scrambled in an open book; encrypted chapters mean rights management. */
function refuseProtected(entries: Unzipped, chapters: readonly string[]): void {
  const xml = entryText(entries, 'META-INF/encryption.xml');
  if (xml === undefined) return;
  const encrypted = findAll(parseXml(xml), 'CipherReference').map(({ attributes }) => attributes.URI ?? '');
  if (encrypted.some((name) => chapters.includes(resolveEntry('', name)))) {
    throw unreadable('The book is protected against copying. Use an edition without DRM.');
  }
}

function navTitles(entries: Unzipped, nav: string | undefined): [string, string][] {
  const xhtml = nav === undefined ? undefined : entryText(entries, nav);
  if (nav === undefined || xhtml === undefined) return [];
  const links = [...parseXhtml(xhtml).querySelectorAll('nav a[href]')].reverse();
  return links.map((link) => [resolveEntry(nav, link.getAttribute('href') ?? ''), inlineText(link)]);
}

function ncxTitles(entries: Unzipped, ncx: string | undefined): [string, string][] {
  const xml = ncx === undefined ? undefined : entryText(entries, ncx);
  if (ncx === undefined || xml === undefined) return [];
  return findAll(parseXml(xml), 'navPoint')
    .reverse()
    .map((point) => [
      resolveEntry(ncx, find(point, 'content')?.attributes.src ?? ''),
      textOf(find(point, 'text')).trim(),
    ]);
}

function metadataOf(opf: XmlElement): Metadata {
  const authors = findAll(opf, 'creator').map((creator) => textOf(creator).trim());
  const single = { language: 'language', publisher: 'publisher', published: 'date' };
  const entries = Object.entries(single).map(([key, name]) => [key, textOf(find(opf, name)).trim()] as const);
  const author = authors.length > 1 ? authors : authors[0];
  return {
    ...(author ? { author } : {}),
    ...Object.fromEntries(entries.filter(([, value]) => value !== '')),
  };
}

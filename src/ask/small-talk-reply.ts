import type { MetadataFilter, PassageStore } from '../ports/passage-store.ts';
import { type Phrases, phrasesFor } from './language/phrases.ts';
import type { SmallTalk } from './small-talk.ts';

/** Titles that a reply names. */
const TITLES_NAMED = 3;
const LONGEST_TITLE = 80;
/** Documents among which they are chosen. */
const LOOKED_AT = 200;

/** A fitting reply, in the language of what was said, that names what the documents cover. It cites nothing. */
export async function replyTo(
  { kind, language }: SmallTalk,
  store: Pick<PassageStore, 'listDocuments' | 'countDocuments'>,
  filter?: MetadataFilter,
): Promise<string> {
  const phrases = phrasesFor(language);
  if (kind === 'goodbye') return phrases.goodbye;
  if (kind === 'assent') return phrases.askOn;
  const sources = await sourcesOf(language, phrases, store, filter);
  if (sources === undefined) return joined(language, openings(phrases)[kind], phrases.noDocuments);
  return kind === 'thanks'
    ? joined(language, phrases.welcome, phrases.askOn, sources)
    : joined(language, openings(phrases)[kind], sources, phrases.invitation);
}

function openings({ hello, well, welcome }: Phrases) {
  return { greeting: hello, wellbeing: well, thanks: welcome, capabilities: '' };
}

/** Says what is answered from; undefined when there is nothing. */
async function sourcesOf(
  language: string,
  phrases: Phrases,
  store: Pick<PassageStore, 'listDocuments' | 'countDocuments'>,
  filter: MetadataFilter | undefined,
): Promise<string | undefined> {
  const page = { limit: LOOKED_AT, ...(filter === undefined ? {} : { filter }) };
  const documents = await store.listDocuments(page);
  if (documents.length === 0) return undefined;
  const titles = [...new Set(documents.map(({ title }) => asWords(title)).filter((title) => title !== ''))];
  const named = spread(titles, TITLES_NAMED).map(phrases.quote);
  if (named.length === 0) return '';
  const list = new Intl.ListFormat(language, { type: 'conjunction' }).format(named);
  const more = filter === undefined && documents.length === LOOKED_AT;
  const count = more ? (await store.countDocuments()).documents : documents.length;
  return count > named.length ? phrases.fromAmong(count, list) : phrases.from(list);
}

/** Evenly from the whole list: neighbours are often parts of one thing. */
function spread(titles: readonly string[], most: number): string[] {
  if (titles.length <= most) return [...titles];
  return Array.from({ length: most }, (_, at) => titles[Math.floor((at * titles.length) / most)] ?? '');
}

/** A title is a document's word, not ours: one short line, without what could become a link or a mark-up. Addresses are left out. */
function asWords(title: string): string {
  if (/:\/\/|\bwww\./i.test(title)) return '';
  const words = title
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .replace(/[[\](){}<>`*_#|!\\]/g, '')
    .trim();
  return words.length > LONGEST_TITLE ? `${words.slice(0, LONGEST_TITLE - 1).trimEnd()}…` : words;
}

function joined(language: string, ...sentences: readonly string[]): string {
  const said = sentences.filter((sentence) => sentence !== '');
  return said.join(language === 'zh' || language === 'ja' ? '' : ' ');
}

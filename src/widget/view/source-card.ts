import { sourceLink } from '../source-link.ts';
import { surroundings } from '../surroundings.ts';
import type { ViewContext } from './context.ts';
import { element } from './element.ts';
import { icon } from './icon.ts';

/** A quote, or a passage that came close, with where it stands. */
export interface Quoted {
  readonly document_id: string;
  readonly title: string;
  readonly uri: string;
  readonly quote: string;
  readonly start: number;
  readonly end: number;
  readonly headings: readonly string[];
  readonly page?: number | undefined;
  /** The number that the answer gives it; without one it proves nothing. */
  readonly number?: number;
}

export interface SourceCard {
  readonly node: HTMLElement;
  /** Fetches the text around the quote, once; resolves when it is shown, or that it cannot be had. */
  load(): Promise<void>;
}

/** The quote, highlighted in its surrounding text, and a link that lands on it. */
export function createSourceCard(source: Quoted, context: ViewContext): SourceCard {
  const { strings } = context.language;
  const { number } = source;
  const quote = element(
    'blockquote',
    { dir: 'auto' },
    number === undefined ? source.quote : element('mark', {}, source.quote),
  );
  const note = element('p', { class: 'note', hidden: true });
  const link = element(
    'a',
    { href: sourceLink(source, context.base), target: '_blank', rel: 'noopener noreferrer' },
    strings.open,
    icon('outward'),
  );
  const label = number === undefined ? source.title : `${strings.source} ${number}: ${source.title}`;
  const node = element(
    'div',
    { class: 'card', role: 'group', tabindex: '-1', 'aria-label': label },
    quote,
    note,
    link,
  );
  let loaded = false;

  async function showAround(): Promise<void> {
    try {
      const { text, media_type: mediaType } = await context.document(source.document_id);
      link.href = sourceLink({ ...source, mediaType }, context.base);
      const excerpt = surroundings(text, source);
      if (excerpt === undefined) tell(strings.changed);
      else quote.replaceChildren(excerpt.before, element('mark', {}, excerpt.quote), excerpt.after);
    } catch {
      loaded = false;
      tell(strings.failed);
    }
  }

  function tell(text: string): void {
    note.textContent = text;
    note.hidden = false;
  }

  return {
    node,
    async load() {
      if (loaded || number === undefined) return;
      loaded = true;
      note.hidden = true;
      await showAround();
    },
  };
}

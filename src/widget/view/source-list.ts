import type { Citation, Hit } from '../../client/client.ts';
import { placeOf } from '../place-of.ts';
import type { ViewContext } from './context.ts';
import { element } from './element.ts';
import { icon } from './icon.ts';
import { createSourceCard, type Quoted } from './source-card.ts';

export interface SourceList {
  readonly node: HTMLElement;
  /** Shows one row for each number of these citations, and keeps the rows that are there. */
  update(citations: readonly Citation[]): void;
  /** A button in the text that opens the card of its source. */
  chip(citation: Citation): HTMLElement;
}

/** The rows of what an answer quotes; each opens into a card with the quote where it stands. */
export function createSourceList(context: ViewContext): SourceList {
  const { strings } = context.language;
  const rows = new Map<number, Row>();
  const list = element('ol', { class: 'sources' });
  const node = element('div', { hidden: true }, element('h4', { class: 'label' }, strings.sources), list);
  const rowOf = (citation: Citation): Row => {
    const known = rows.get(citation.marker);
    if (known !== undefined) return known;
    const row = createRow({ ...citation, number: citation.marker, cited: citation }, context);
    rows.set(citation.marker, row);
    const later = [...rows].filter(([marker]) => marker > citation.marker).sort(([a], [b]) => a - b)[0];
    list.insertBefore(row.node, later?.[1].node ?? null);
    node.hidden = false;
    return row;
  };
  return {
    node,
    update(citations) {
      const wanted = new Set(citations.map(({ marker }) => marker));
      for (const [marker, row] of rows) {
        if (wanted.has(marker)) continue;
        row.node.remove();
        rows.delete(marker);
      }
      for (const citation of citations) rowOf(citation);
    },
    chip(citation) {
      const row = rowOf(citation);
      const chip = element(
        'button',
        {
          type: 'button',
          class: 'chip',
          'aria-label': `${strings.source} ${citation.marker}: ${citation.title}`,
        },
        element('span', { 'aria-hidden': 'true' }, String(citation.marker)),
      );
      row.link(chip);
      chip.addEventListener('click', () => row.toggle(chip, citation));
      return chip;
    },
  };
}

/** The rows of the passages that came closest to a declined question. */
export function createClosestList(hits: readonly Hit[], context: ViewContext): HTMLElement {
  const rows = hits.map(({ passage }) => createRow({ ...passage, quote: passage.text }, context).node);
  const title = element('h4', { class: 'label' }, context.language.strings.closest);
  return element('div', {}, title, element('ul', { class: 'sources' }, ...rows));
}

interface Row {
  readonly node: HTMLElement;
  /** Lets a button in the text tell whether the card is open. */
  link(button: HTMLElement): void;
  /** Opens the card, and moves the focus into it when a chip asked for it; or closes it. */
  toggle(opener: HTMLElement, citation?: Citation): void;
}

function createRow(source: Quoted & { readonly cited?: Citation }, context: ViewContext): Row {
  const id = context.newId();
  const place = placeOf(source, context.language.strings.page);
  const button = element(
    'button',
    { type: 'button', class: 'source' },
    element('span', { class: 'marker' }, source.number === undefined ? '' : String(source.number)),
    element(
      'span',
      { class: 'about', dir: 'auto' },
      element('span', { class: 'title' }, source.title),
      ...(place === '' ? [] : [' ', element('span', { class: 'place' }, place)]),
      // Tells rows of one document apart by eye; who listens has the sentence it proves.
      element('span', { class: 'start', 'aria-hidden': 'true' }, source.quote.slice(0, 99)),
    ),
    icon('chevron'),
  );
  const card = createSourceCard(source, context);
  card.node.id = id;
  card.node.hidden = true;
  let opener: HTMLElement = button;
  let buttons: HTMLElement[] = [];
  const show = (open: boolean) => {
    card.node.hidden = !open;
    // Chips of a sentence that was rendered anew while it arrived are gone.
    buttons = buttons.filter((one) => one === button || one === opener || one.isConnected);
    for (const one of buttons) one.setAttribute('aria-expanded', String(open));
  };
  const link = (one: HTMLElement) => {
    buttons.push(one);
    one.setAttribute('aria-controls', id);
    one.setAttribute('aria-expanded', String(!card.node.hidden));
  };
  const toggle = (from: HTMLElement, citation?: Citation) => {
    if (!card.node.hidden) return show(false);
    if (citation !== undefined && !context.cite(citation)) {
      context.markCurrent(from);
      return;
    }
    opener = from;
    show(true);
    if (from !== button) card.node.focus({ preventScroll: true });
    const reveal = () => node.scrollIntoView({ block: 'nearest' });
    reveal();
    // It grows when the text around the quote arrives.
    void card.load().then(() => card.node.hidden || reveal());
  };
  link(button);
  button.addEventListener('click', () => toggle(button, source.cited));
  const node = element('li', {}, button, card.node);
  node.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || card.node.hidden) return;
    // Closes the card alone, not the whole chat.
    event.preventDefault();
    event.stopPropagation();
    show(false);
    opener.focus();
  });
  return { node, link, toggle };
}

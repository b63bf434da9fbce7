/** A DOM element; text stays text. */
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

/** The answer's text with its markers: each stands at the end of the sentence that its quote proves. */
export function answerNodes(text, citations, idOf) {
  const ends = [...new Set(citations.map((citation) => citation.answer_end))].sort((a, b) => a - b);
  const nodes = [];
  let from = 0;
  for (const end of ends) {
    nodes.push(text.slice(from, end));
    const markers = new Set(citations.filter((one) => one.answer_end === end).map((one) => one.marker));
    for (const marker of [...markers].sort((a, b) => a - b)) nodes.push(markerNode(marker, idOf(marker)));
    from = end;
  }
  return [...nodes, text.slice(from)];
}

/** The list of quotes, one for each marker. */
export function sourceList(citations, idOf, onOpen) {
  const byMarker = new Map(citations.map((citation) => [citation.marker, citation]));
  const items = [...byMarker.values()]
    .sort((a, b) => a.marker - b.marker)
    .map((one) => sourceItem({ ...one, id: idOf(one.marker), text: one.quote }, onOpen));
  return element('ol', { class: 'sources' }, ...items);
}

/** The passages that came nearest to a declined question. */
export function closestList(hits, onOpen) {
  const items = hits.map(({ passage }) => sourceItem(passage, onOpen));
  return element('ul', { class: 'sources' }, ...items);
}

function markerNode(marker, id) {
  return element(
    'sup',
    {},
    element('a', { href: `#${id}`, 'aria-label': `Source ${marker}` }, `[${marker}]`),
  );
}

function sourceItem(source, onOpen) {
  const open = element('button', { type: 'button', class: 'quiet' }, 'Show in document');
  open.setAttribute('aria-label', `Show in document: ${source.title}`);
  open.addEventListener('click', () => onOpen(source));
  const numbered = source.marker !== undefined;
  return element(
    'li',
    numbered ? { id: source.id, tabindex: '-1' } : {},
    ...(numbered ? [element('span', { class: 'number' }, `${source.marker}`)] : []),
    element('blockquote', {}, source.text),
    element(
      'p',
      { class: 'where' },
      element('cite', {}, source.title),
      element('span', {}, placeOf(source)),
      open,
    ),
  );
}

/** Where in its document a quote stands, in words. */
export function placeOf({ headings, page, start, end, title }) {
  const path = headings.filter((heading) => heading !== title).join(' › ');
  const parts = [path, page === undefined ? '' : `page ${page}`, `characters ${start}–${end}`];
  return parts.filter((part) => part !== '').join(', ');
}

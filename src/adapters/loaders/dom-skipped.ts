import type { DomElement } from './dom.ts';

const NO_TEXT = new Set(
  'HEAD SCRIPT STYLE NOSCRIPT TEMPLATE IFRAME OBJECT SVG CANVAS AUDIO VIDEO BUTTON INPUT SELECT TEXTAREA DIALOG'.split(
    ' ',
  ),
);
/** Behind a heading, as documentation generators call the link to it. */
const PERMALINK =
  /(?:^|[\s_-])(?:headerlink|hash-?link|(?:header|heading)-anchor|anchor-link|permalink)(?:$|[\s_-])/i;

/** Whether an element holds no text of the page: scripts, forms, pictures, what is hidden, links to the place they stand at. */
export function isSkipped(element: DomElement): boolean {
  const name = element.nodeName.toUpperCase();
  if (NO_TEXT.has(name) || element.getAttribute('hidden') !== null) return true;
  if (name !== 'A' || !element.getAttribute('href')?.startsWith('#')) return false;
  return (
    !/[\p{L}\p{N}]/u.test(element.textContent ?? '') || PERMALINK.test(element.getAttribute('class') ?? '')
  );
}

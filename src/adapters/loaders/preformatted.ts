import { type DomElement, type DomNode, isElement } from './dom.ts';
import { isSkipped } from './dom-skipped.ts';

/** How sites and their highlighters mark code, on `pre` or on what wraps it. */
const MARKED =
  /(?:^|[\s_-])(?:code|codehilite|highlight|prettyprint|programlisting|sourcecode|lang|language|shiki|prism)(?:$|[\s_-])/i;
const WRAPPERS = 2;

/** Preformatted text as it stands; code between fences, as in Markdown, so that it can be told from prose. */
export function preformatted(element: DomElement): string {
  const text = textOf(element).replace(/^\s*\n|\s+$/g, '');
  return text !== '' && isCode(element) ? fenced(text) : text;
}

function isCode(element: DomElement): boolean {
  if (element.querySelector('code, samp, kbd') !== null) return true;
  let node: DomNode | null = element;
  for (let level = 0; level <= WRAPPERS && node !== null && isElement(node); level += 1) {
    if (MARKED.test(node.getAttribute('class') ?? '')) return true;
    node = node.parentNode;
  }
  return false;
}

function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}

/** Text with its line ends; highlighters also part lines by `br` or by a block for each. */
function textOf(node: DomNode): string {
  if (node.nodeType === 3) return node.textContent ?? '';
  if (!isElement(node) || isSkipped(node)) return '';
  if (node.nodeName.toUpperCase() === 'BR') return '\n';
  let text = '';
  for (const child of node.childNodes) {
    const isLine = /^(?:DIV|LI|P|TR)$/i.test(child.nodeName);
    if (isLine && text !== '' && !text.endsWith('\n')) text += '\n';
    text += textOf(child);
  }
  return text;
}

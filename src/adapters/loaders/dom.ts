import { parseHTML } from 'linkedom';

/** The part of a DOM node that walking needs; the vendor's types stay in this file. */
export interface DomNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly textContent: string | null;
  readonly parentNode: DomNode | null;
  readonly childNodes: Iterable<DomNode>;
}

export interface DomElement extends DomNode {
  readonly innerHTML: string;
  getAttribute(name: string): string | null;
  querySelector(selector: string): DomElement | null;
  querySelectorAll(selector: string): Iterable<DomElement>;
  remove(): void;
}

export interface DomDocument {
  readonly documentElement: DomElement;
  readonly body: DomElement;
  querySelector(selector: string): DomElement | null;
  querySelectorAll(selector: string): Iterable<DomElement>;
}

/** Parses a page or a fragment. No script runs, and nothing is fetched. */
export function parseHtml(html: string): DomDocument {
  return parseHTML(withBody(html)).document as unknown as DomDocument;
}

/** Parses XHTML, whose empty elements may close themselves (`<title/>`), which HTML would read as left open. */
export function parseXhtml(xhtml: string): DomDocument {
  return parseHtml(
    xhtml
      .replace(/^\s*<\?xml[^>]*\?>/, '')
      .replace(/<([a-z][a-z0-9]*)(\s[^<>]*)?\/>/gi, (tag, name: string, attributes = '') =>
        VOID.has(name.toLowerCase()) ? tag : `<${name}${attributes}></${name}>`,
      ),
  );
}

export function isElement(node: DomNode): node is DomElement {
  return node.nodeType === 1;
}

const VOID = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'source',
  'wbr',
]);

/** The parser adds neither `html` nor `body` where the source has none, and loses text that stands outside of them. */
function withBody(html: string): string {
  if (/<body[\s>]/i.test(html)) return /<html[\s>]/i.test(html) ? html : `<html>${html}</html>`;
  const htmlTag = /<html[^>]*>/i.exec(html)?.[0] ?? '<html>';
  const head = /<head[\s>][\s\S]*?<\/head>/i.exec(html)?.[0] ?? '';
  const rest = html
    .replace(head, '')
    .replace(/<!doctype[^>]*>/i, '')
    .replace(/<\/?(?:html|head)(?:\s[^>]*)?>/gi, '');
  return `<!doctype html>${htmlTag}${head}<body>${rest}</body></html>`;
}

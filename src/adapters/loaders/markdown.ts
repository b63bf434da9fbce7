import type { Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { frontmatter } from 'micromark-extension-frontmatter';
import { gfm } from 'micromark-extension-gfm';
import type { Heading, LoadedDocument, Metadata, Span } from '../../model/document.ts';
import { normaliseBytes } from '../../model/normalise.ts';
import { parseFrontMatter } from './front-matter.ts';
import type { KnownFile } from './load.ts';
import { chooseTitle } from './title.ts';

/**
 * Reads Markdown (CommonMark and GFM): the text is the source after its front matter, which becomes metadata, and without
 * what no reader of the document sees: comments, and the imports and exports of MDX.
 */
export async function loadMarkdown(file: KnownFile): Promise<LoadedDocument[]> {
  const source = normaliseBytes(file.bytes, file.charset);
  const { metadata, body } = splitFrontMatter(source);
  const whole = parse(body, false);
  const text = without(body, [...findComments(whole, body), ...findModuleCode(whole, body, file.uri)])
    .replace(/^(?:[^\S\n]*\n)+/, '')
    .trimEnd();
  const tree = parse(text, false);
  const headings = findHeadings(tree);
  const firstTitle = headings.find((heading) => heading.level === 1) ?? headings[0];
  const declared = typeof metadata.title === 'string' ? metadata.title : undefined;
  return [
    {
      uri: file.uri,
      title: chooseTitle(file.uri, declared, firstTitle?.title),
      mediaType: 'text/markdown',
      text,
      metadata,
      structure: { headings, pages: [], atoms: findAtoms(tree, text) },
    },
  ];
}

function splitFrontMatter(source: string): { metadata: Metadata; body: string } {
  if (!source.startsWith('---')) return { metadata: {}, body: source };
  const [first] = parse(source, true).children;
  const metadata = first?.type === 'yaml' ? parseFrontMatter(first.value) : undefined;
  if (!first || !metadata) return { metadata: {}, body: source };
  return { metadata, body: source.slice(spanOf(first).end) };
}

/** The text without some spans of it. */
function without(body: string, spans: Span[]): string {
  let text = '';
  let end = 0;
  for (const span of spans.sort((a, b) => a.start - b.start)) {
    text += body.slice(end, span.start);
    end = span.end;
  }
  return text + body.slice(end);
}

function findComments(tree: Root, body: string): Span[] {
  return findHtml(tree).flatMap(({ start, end }) => {
    const comment = /^<!--.*?(?:-->|$)/s.exec(body.slice(start, end));
    return comment === null ? [] : [{ start, end: start + comment[0].length }];
  });
}

/** Blocks of `import` and `export` in MDX: https://mdxjs.com/docs/what-is-mdx/#esm */
function findModuleCode(tree: Root, body: string, uri: string): Span[] {
  if (!/\.mdx$/i.test(uri)) return [];
  return tree.children
    .map(spanOf)
    .filter(
      ({ start, end }) => MODULE_CODE.test(body.slice(start, end)) && /(?:^|\n)$/.test(body.slice(0, start)),
    );
}

const MODULE_CODE =
  /^(?:import\s+(?:[\w*{][\s\S]*?\sfrom\s*)?['"]|export\s+(?:default|const|let|function|async|class|\{|\*))/;

function findHtml(node: Nodes): Span[] {
  if (node.type === 'html') return [spanOf(node)];
  return 'children' in node ? node.children.flatMap(findHtml) : [];
}

function parse(text: string, withFrontMatter: boolean): Root {
  return fromMarkdown(text, {
    extensions: withFrontMatter ? [gfm(), frontmatter(['yaml'])] : [gfm()],
    mdastExtensions: withFrontMatter
      ? [gfmFromMarkdown(), frontmatterFromMarkdown(['yaml'])]
      : [gfmFromMarkdown()],
  });
}

function findHeadings(tree: Root): Heading[] {
  return tree.children.flatMap((node) => {
    if (node.type !== 'heading') return [];
    const title = wordsOf(node).replace(/\s+/g, ' ').trim();
    return title === '' ? [] : [{ ...spanOf(node), level: node.depth, title }];
  });
}

/** Code, HTML, link definitions, and table rows one by one, so that a row can be cited. */
function findAtoms(node: Nodes, text: string): Span[] {
  if (node.type === 'code' || node.type === 'html' || node.type === 'definition') return [spanOf(node)];
  if (node.type === 'table') {
    return node.children.map((row, at) => {
      const { start, end } = spanOf(row);
      // The rule under a table's head says nothing by itself: it stays with the head.
      return at === 0 ? { start, end: endOfLine(text, end + 1) } : { start, end };
    });
  }
  if (node.type === 'paragraph' || !('children' in node)) return [];
  return node.children.flatMap((child) => findAtoms(child, text));
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

function wordsOf(node: Nodes): string {
  if (node.type === 'html') return '';
  if (node.type === 'break') return ' ';
  if ('value' in node) return node.value;
  if ('children' in node) return node.children.map(wordsOf).join('');
  return 'alt' in node ? (node.alt ?? '') : '';
}

function spanOf(node: Nodes): Span {
  return { start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 };
}

import type { Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { frontmatter } from 'micromark-extension-frontmatter';
import { gfm } from 'micromark-extension-gfm';
import type { Heading, LoadedDocument, Metadata, Span } from '../../model/document.ts';
import { normaliseBytes } from '../../model/normalise.ts';
import { parseFrontMatter } from './front-matter.ts';
import { type Cut, hiddenMarkup } from './hidden-markup.ts';
import type { KnownFile } from './load.ts';
import { chooseTitle } from './title.ts';

/**
 * Reads Markdown (CommonMark and GFM): the text is the source after its front matter, which becomes metadata, and without
 * what no reader of the document sees: comments and tags of HTML, and the imports, exports and components of MDX.
 */
export async function loadMarkdown(file: KnownFile): Promise<LoadedDocument[]> {
  const source = normaliseBytes(file.bytes, file.charset);
  const { metadata, body } = splitFrontMatter(source);
  const whole = trimmed(body);
  const wholeTree = parse(whole, false);
  const cuts = findCuts(wholeTree, whole, file.uri);
  const text = cuts.length === 0 ? whole : trimmed(without(whole, cuts));
  const tree = cuts.length === 0 ? wholeTree : parse(text, false);
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

/** Without empty lines before it and space behind it. */
function trimmed(text: string): string {
  return text.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd();
}

function findCuts(tree: Root, text: string, uri: string): Cut[] {
  const isMdx = /\.mdx$/i.test(uri);
  return [...findHiddenMarkup(tree, text, isMdx), ...(isMdx ? findModuleCode(tree, text) : [])];
}

/** The text without some stretches of it. What parts words does so no more than once. */
function without(body: string, cuts: Cut[]): string {
  const kept: string[] = [];
  let last = '';
  let end = 0;
  const keep = (piece: string) => {
    if (piece !== '') kept.push(piece);
    last = piece.at(-1) ?? last;
  };
  for (const cut of cuts.sort((a, b) => a.start - b.start)) {
    if (cut.start < end) continue;
    keep(body.slice(end, cut.start));
    if (/\S/.test(last) && /\S/.test(body.charAt(cut.end))) keep(cut.by);
    end = cut.end;
  }
  keep(body.slice(end));
  return kept.join('');
}

function findHiddenMarkup(tree: Root, body: string, isMdx: boolean): Cut[] {
  return findHtml(tree).flatMap(({ start, end }) =>
    hiddenMarkup(body.slice(start, end), { isMdx }).map((cut) => ({
      start: start + cut.start,
      end: start + cut.end,
      by: cut.by,
    })),
  );
}

/** Blocks of `import` and `export` in MDX: https://mdxjs.com/docs/what-is-mdx/#esm */
function findModuleCode(tree: Root, body: string): Cut[] {
  return tree.children
    .map(spanOf)
    .filter(
      ({ start, end }) =>
        MODULE_CODE.test(body.slice(start, end)) && (start === 0 || body[start - 1] === '\n'),
    )
    .map((span) => ({ ...span, by: '' }));
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

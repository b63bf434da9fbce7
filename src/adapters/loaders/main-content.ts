import { Readability } from '@mozilla/readability';
import { type DomDocument, type DomElement, parseHtml } from './dom.ts';

const FURNITURE =
  'nav, aside, footer, form, script, style, noscript, template, iframe, svg, [hidden], [aria-hidden="true"], ' +
  '[role="navigation"], [role="banner"], [role="contentinfo"], [role="search"], [role="dialog"], ' +
  // Links to change a section of a wiki, and to the source of what is documented.
  '.mw-editsection, .viewcode-link';
/** What sites call the parts of a page that are not its matter, as a whole word of `class`. An `id` may name what a section is about. */
const NAMED_FURNITURE =
  /(?:^|\s)(?:[\w-]*side-?bar|comments|comments-area|comment-?list|related|related-posts|recommendations?|share|sharing|social|newsletter|subscribe|cookies?|cookie-(?:banner|consent|notice)|advert|advertisement|ads?|breadcrumbs?|menu|navbar|nav|footer|site-(?:header|footer)|masthead|pagination|pager|popup|modal|skip-?link)(?:\s|$)/i;
/** Share of the page's text, links aside, that Readability must keep to be believed. */
const BELIEVED = 0.9;

/**
 * What the author marks as main, else what Readability finds, else the body without its furniture. Readability is made
 * for articles: of a manual it may keep one section of many, and is then not believed.
 */
export function mainContent(page: DomDocument, html: string): DomElement {
  const mains = [...page.querySelectorAll('main, [role="main"]')];
  const main = mains.length === 1 ? mains[0] : undefined;
  for (const element of [...(main ?? page.body).querySelectorAll(FURNITURE)]) element.remove();
  if (main?.textContent?.trim()) return main;
  removeNamedFurniture(page.body);
  const needed = BELIEVED * lengthOutsideLinks(page.body);
  const article = readArticle(html, needed);
  return article && lengthOutsideLinks(article) >= needed ? article : page.body;
}

/** Headers of sites, and what is called furniture, but for what holds more than half of the page. */
function removeNamedFurniture(body: DomElement): void {
  for (const header of [...body.querySelectorAll('header')]) {
    if (!header.querySelector('h1')) header.remove();
  }
  const most = lengthOf(body) / 2;
  for (const element of [...body.querySelectorAll('[class]')]) {
    const isNamed = NAMED_FURNITURE.test(element.getAttribute('class') ?? '');
    if (isNamed && lengthOf(element) < most) element.remove();
  }
}

function readArticle(html: string, needed: number): DomElement | undefined {
  // Readability rewrites the tree it reads, hence its own. What is shorter than the threshold it reads again, less strictly.
  const copy = parseHtml(html) as unknown as ConstructorParameters<typeof Readability>[0];
  // Classes tell code from other preformatted text.
  const options = { keepClasses: true, charThreshold: Math.floor(needed) };
  const article = new Readability(copy, options).parse();
  return article?.content ? parseHtml(article.content).body : undefined;
}

function lengthOutsideLinks(element: DomElement): number {
  const links = [...element.querySelectorAll('a')].reduce((sum, link) => sum + lengthOf(link), 0);
  return lengthOf(element) - links;
}

/** Characters, with one for each run of white space. */
function lengthOf(element: DomElement): number {
  return (element.textContent ?? '').replace(/\s+/g, ' ').trim().length;
}

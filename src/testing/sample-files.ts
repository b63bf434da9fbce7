import { strToU8, zipSync } from 'fflate';

/** A line of a sample PDF page: its text, and its font size in points (12 where not given). */
type PdfSampleLine = string | { readonly text: string; readonly size?: number; readonly gap?: number };

export interface SamplePdf {
  readonly pages: readonly (readonly PdfSampleLine[])[];
  readonly title?: string;
  /** Writes an encryption dictionary that no empty password opens. */
  readonly encrypted?: boolean;
}

export interface SampleSlide {
  readonly title: string;
  readonly body: readonly string[];
  readonly notes?: string;
  readonly table?: readonly (readonly string[])[];
}

export interface SampleChapter {
  /** Name in the table of contents. */
  readonly title: string;
  /** XHTML of the body. */
  readonly body: string;
}

/** A PDF of one font (Helvetica, ASCII only), written by hand after ISO 32000: lines from the top of each page. */
export function samplePdf({ pages, title, encrypted = false }: SamplePdf): Uint8Array {
  const pageIds = pages.map((_page, at) => 4 + at * 2);
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${pageIds.map((id) => `${id} 0 R`).join(' ')}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...pages.flatMap((lines, at) => {
      const content = pageContent(lines);
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + at * 2} 0 R >>`,
        `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
      ];
    }),
    `<< /Title (${pdfString(title ?? '')}) >>`,
  ];
  const key = 'ab'.repeat(32);
  const trailer = [
    `/Size ${objects.length + 1} /Root 1 0 R /Info ${objects.length} 0 R`,
    encrypted
      ? `/Encrypt << /Filter /Standard /V 1 /R 2 /O <${key}> /U <${key}> /P -44 >> /ID [<ab> <ab>]`
      : '',
  ].join(' ');
  return strToU8(withCrossReferences(objects, trailer), true);
}

/** A Word document whose body is the given WordprocessingML; `heading`, `paragraph` and `wordTable` make it. */
export function sampleDocx(
  body: readonly string[],
  properties: { readonly title?: string; readonly author?: string } = {},
): Uint8Array {
  const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
  return zipText({
    '[Content_Types].xml': contentTypes({ '/word/document.xml': 'wordprocessingml.document.main' }),
    '_rels/.rels': relationships([['rId1', 'officeDocument', 'word/document.xml']]),
    'docProps/core.xml': coreXml(properties),
    'word/styles.xml': `${XML}<w:styles xmlns:w="${word}">${['Title', 'heading 1', 'heading 2']
      .map(
        (name) =>
          `<w:style w:type="paragraph" w:styleId="${styleId(name)}"><w:name w:val="${name}"/></w:style>`,
      )
      .join('')}</w:styles>`,
    'word/_rels/document.xml.rels': relationships([['rId1', 'styles', 'styles.xml']]),
    'word/document.xml': `${XML}<w:document xmlns:w="${word}"><w:body>${body.join('')}</w:body></w:document>`,
  });
}

/** A Word paragraph in a heading style. */
export function wordHeading(level: 1 | 2, text: string): string {
  return `<w:p><w:pPr><w:pStyle w:val="heading${level}"/></w:pPr><w:r><w:t>${escapeXml(text)}</w:t></w:r></w:p>`;
}

export function wordParagraph(text: string): string {
  return `<w:p><w:r><w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r></w:p>`;
}

export function wordTable(rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[]) => row.map((cell) => `<w:tc>${wordParagraph(cell)}</w:tc>`).join('');
  return `<w:tbl>${rows.map((row) => `<w:tr>${cells(row)}</w:tr>`).join('')}</w:tbl>`;
}

/** A PowerPoint file; the slide files are numbered backwards, so that only the relationships tell their order. */
export function samplePptx(slides: readonly SampleSlide[]): Uint8Array {
  const number = (at: number) => slides.length - at;
  const parts = slides.map((slide, at): Record<string, string> => {
    const name = `slide${number(at)}`;
    if (slide.notes === undefined) return { [`ppt/slides/${name}.xml`]: slideXml(slide) };
    return {
      [`ppt/slides/${name}.xml`]: slideXml(slide),
      [`ppt/slides/_rels/${name}.xml.rels`]: relationships([
        ['rId1', 'notesSlide', `../notesSlides/${name}.xml`],
      ]),
      [`ppt/notesSlides/${name}.xml`]: slideRoot(
        'notes',
        shape('sldNum', [String(at)]) + shape('body', [slide.notes]),
      ),
    };
  });
  const ids = slides.map((_slide, at) => `<p:sldId id="${256 + at}" r:id="rId${at + 1}"/>`).join('');
  return zipText({
    'ppt/presentation.xml': `${XML}<p:presentation ${PRESENTATION_SPACES}><p:sldIdLst>${ids}</p:sldIdLst></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': relationships(
      slides.map((_slide, at) => [`rId${at + 1}`, 'slide', `slides/slide${number(at)}.xml`]),
    ),
    ...Object.assign({}, ...parts),
  });
}

/** An EPUB 3 book; its files are named backwards, so that only the spine tells their order. */
export function sampleEpub(book: {
  readonly title: string;
  readonly author?: string;
  readonly chapters: readonly SampleChapter[];
  /** Declares the chapters as encrypted, as DRM does. */
  readonly isProtected?: boolean;
}): Uint8Array {
  const name = (at: number) => `text/part ${String.fromCharCode(122 - at)}.xhtml`;
  const href = (at: number) => name(at).replace(' ', '%20');
  const items = book.chapters.map(
    (_chapter, at) => `<item id="c${at}" href="${href(at)}" media-type="application/xhtml+xml"/>`,
  );
  const links = book.chapters.map(
    ({ title }, at) => `<li><a href="${href(at)}#top">${escapeXml(title)}</a></li>`,
  );
  const ciphers = book.chapters.map((_chapter, at) => `<CipherReference URI="OEBPS/${href(at)}"/>`);
  const metadata =
    `<dc:title>${escapeXml(book.title)}</dc:title><dc:language>en</dc:language>` +
    (book.author === undefined ? '' : `<dc:creator>${escapeXml(book.author)}</dc:creator>`);
  return zipText({
    mimetype: 'application/epub+zip',
    'META-INF/container.xml': `${XML}<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>`,
    ...(book.isProtected
      ? { 'META-INF/encryption.xml': `${XML}<encryption>${ciphers.join('')}</encryption>` }
      : {}),
    'OEBPS/book.opf':
      `${XML}<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>${metadata}</metadata><manifest>` +
      `<item id="nav" href="nav.xhtml" properties="nav"/>${items.join('')}</manifest><spine>` +
      `${book.chapters.map((_chapter, at) => `<itemref idref="c${at}"/>`).join('')}</spine></package>`,
    'OEBPS/nav.xhtml': xhtml(`<nav><ol>${links.join('')}</ol></nav>`),
    ...Object.fromEntries(book.chapters.map(({ body }, at) => [`OEBPS/${name(at)}`, xhtml(body)])),
  });
}

/** An archive whose directory declares an entry of `declaredBytes`, however little it holds. */
export function zipDeclaring(name: string, declaredBytes: number): Uint8Array {
  const archive = zipSync({ [name]: strToU8('<a/>') });
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  for (let at = 0; at + 28 <= archive.length; at += 1) {
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, declaredBytes, true);
  }
  return archive;
}

const XML = '<?xml version="1.0" encoding="UTF-8"?>';
const RELATIONSHIP = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PRESENTATION_SPACES = `xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="${RELATIONSHIP}"`;

function pageContent(lines: readonly PdfSampleLine[]): string {
  let y = 740;
  const operators = lines.map((line) => {
    const { text, size = 12, gap = 0 } = typeof line === 'string' ? { text: line } : line;
    y -= size * 1.2 + gap;
    return `BT /F1 ${size} Tf 72 ${y.toFixed(2)} Td (${pdfString(text)}) Tj ET`;
  });
  return operators.join('\n');
}

function pdfString(text: string): string {
  return text.replace(/[\\()]/g, (character) => `\\${character}`);
}

function withCrossReferences(objects: readonly string[], trailer: string): string {
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, at) => {
    const offset = file.length;
    file += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}`;
  return `${file}${table}trailer\n<< ${trailer} >>\nstartxref\n${file.length}\n%%EOF\n`;
}

function slideXml({ title, body, table }: SampleSlide): string {
  const cell = (text: string) => `<a:tc><a:txBody>${textLine(text)}</a:txBody></a:tc>`;
  const rows = (table ?? []).map((row) => `<a:tr>${row.map(cell).join('')}</a:tr>`).join('');
  const frame = table
    ? `<p:graphicFrame><a:graphic><a:graphicData><a:tbl>${rows}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>`
    : '';
  // The title comes last in drawing order, as it does after it was edited.
  return slideRoot('sld', shape('body', body) + frame + shape('title', [title]));
}

function slideRoot(name: string, shapes: string): string {
  return `${XML}<p:${name} ${PRESENTATION_SPACES}><p:cSld><p:spTree>${shapes}</p:spTree></p:cSld></p:${name}>`;
}

function shape(type: string, paragraphs: readonly string[]): string {
  const lines = paragraphs.map(textLine).join('');
  return `<p:sp><p:nvSpPr><p:nvPr><p:ph type="${type}"/></p:nvPr></p:nvSpPr><p:txBody>${lines}</p:txBody></p:sp>`;
}

function textLine(text: string): string {
  return `<a:p><a:r><a:t>${escapeXml(text)}</a:t></a:r></a:p>`;
}

function relationships(list: readonly (readonly [id: string, type: string, target: string])[]): string {
  const items = list.map(
    ([id, type, target]) => `<Relationship Id="${id}" Type="${RELATIONSHIP}/${type}" Target="${target}"/>`,
  );
  const space = 'http://schemas.openxmlformats.org/package/2006/relationships';
  return `${XML}<Relationships xmlns="${space}">${items.join('')}</Relationships>`;
}

function contentTypes(parts: Readonly<Record<string, string>>): string {
  const overrides = Object.entries(parts).map(
    ([part, type]) =>
      `<Override PartName="${part}" ContentType="application/vnd.openxmlformats-officedocument.${type}+xml"/>`,
  );
  return `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`;
}

function coreXml({ title = '', author = '' }: { readonly title?: string; readonly author?: string }): string {
  return `${XML}<cp:coreProperties xmlns:cp="urn:cp" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escapeXml(title)}</dc:title><dc:creator>${escapeXml(author)}</dc:creator></cp:coreProperties>`;
}

function styleId(name: string): string {
  return name.replace(' ', '');
}

function xhtml(body: string): string {
  return `${XML}<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>${body}</body></html>`;
}

function zipText(files: Readonly<Record<string, string>>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
}

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

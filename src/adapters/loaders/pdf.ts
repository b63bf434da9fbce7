import { getDocumentProxy } from 'unpdf';
import type { LoadedDocument, Metadata } from '../../model/document.ts';
import { messageOf } from '../../model/errors.ts';
import { type KnownFile, unreadable } from './load.ts';
import { withoutContents } from './pdf-contents.ts';
import { type PdfItem, type PdfLine, toLines } from './pdf-lines.ts';
import { appendParagraphs } from './pdf-paragraphs.ts';
import { withoutRunningLines } from './pdf-running-lines.ts';
import { createTextBuilder } from './text-builder.ts';
import { chooseTitle } from './title.ts';

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

/** Reads PDF with page marks. Rejects with `document_unreadable` for encrypted, broken and scanned-only files. */
export async function loadPdf(file: KnownFile): Promise<LoadedDocument[]> {
  const pdf = await open(file);
  try {
    const builder = createTextBuilder();
    appendParagraphs(withoutContents(withoutRunningLines(await readPages(pdf))), builder);
    const { text, structure } = builder.build();
    if (text === '') {
      throw unreadable('The PDF holds no text, only pictures. Run it through OCR and try again.');
    }
    const { title, metadata } = await readInfo(pdf);
    return [
      {
        uri: file.uri,
        title: chooseTitle(file.uri, title, structure.headings.find(({ level }) => level === 1)?.title),
        mediaType: 'application/pdf',
        text,
        metadata,
        structure,
      },
    ];
  } finally {
    await pdf.destroy();
  }
}

async function open(file: KnownFile): Promise<Pdf> {
  try {
    // A copy, since pdf.js takes over the buffer it is given, and refuses Node's Buffer.
    return await getDocumentProxy(new Uint8Array(file.bytes), { verbosity: 0 });
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException') {
      throw unreadable('The PDF is encrypted. Save it without a password and try again.', error);
    }
    throw unreadable(`The PDF cannot be read: ${messageOf(error)}. Save it anew.`, error);
  }
}

async function readPages(pdf: Pdf): Promise<PdfLine[][]> {
  const pages: PdfLine[][] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    pages.push(toLines((items as readonly (PdfItem | object)[]).filter(isText), number));
    page.cleanup();
  }
  return pages;
}

/** Marks of structure stand between the texts. */
function isText(item: PdfItem | object): item is PdfItem {
  return 'str' in item;
}

async function readInfo(pdf: Pdf): Promise<{ title: string | undefined; metadata: Metadata }> {
  const { info } = await pdf.getMetadata().catch(() => ({ info: {} }));
  const { Title: title, Author: author } = info as { Title?: unknown; Author?: unknown };
  return {
    title: typeof title === 'string' && !isMadeUp(title) ? title : undefined,
    metadata: {
      pages: pdf.numPages,
      ...(typeof author === 'string' && author.trim() !== '' ? { author: author.trim() } : {}),
    },
  };
}

/** Programs fill the title with the name of the file it was made from. */
function isMadeUp(title: string): boolean {
  return /^(?:untitled|microsoft \w+ -.*|.*\.(?:docx?|pptx?|xlsx?|odt|tex|dvi|pdf|indd|qxd))$/i.test(
    title.trim(),
  );
}

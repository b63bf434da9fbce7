import { zipSync } from 'fflate';
import mammoth from 'mammoth';
import type { LoadedDocument } from '../../model/document.ts';
import { messageOf } from '../../model/errors.ts';
import { parseHtml } from './dom.ts';
import { appendDom } from './dom-text.ts';
import { type KnownFile, unreadable } from './load.ts';
import { coreProperties } from './package-parts.ts';
import { createTextBuilder } from './text-builder.ts';
import { chooseTitle } from './title.ts';
import { unzip } from './zip.ts';

const STYLES = ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => p:fresh"];

/** Reads Word documents: mammoth turns styles into HTML, which keeps headings, lists, tables and notes. */
export async function loadDocx(file: KnownFile): Promise<LoadedDocument[]> {
  const entries = unzip(file.bytes, (name) => /\.(?:xml|rels)$/i.test(name));
  const builder = createTextBuilder();
  appendDom(parseHtml(await toHtml(zipSync(entries, { level: 0 }))).body, builder);
  const { text, structure } = builder.build();
  const { title, metadata } = coreProperties(entries);
  return [
    {
      uri: file.uri,
      title: chooseTitle(file.uri, title, structure.headings[0]?.title),
      mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      text,
      metadata,
      structure,
    },
  ];
}

/** Takes the archive stored again without its pictures, so that mammoth unpacks nothing that was not measured. */
async function toHtml(stored: Uint8Array): Promise<string> {
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer: Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength) },
      { styleMap: STYLES, convertImage: mammoth.images.imgElement(async () => ({ src: '' })) },
    );
    return value;
  } catch (error) {
    throw unreadable(
      `The file is no readable Word document: ${messageOf(error)}. Save it anew as .docx.`,
      error,
    );
  }
}

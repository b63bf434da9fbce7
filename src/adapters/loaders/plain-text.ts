import type { LoadedDocument } from '../../model/document.ts';
import { decodeText } from '../../model/normalise.ts';
import type { KnownFile } from './load.ts';
import { createTextBuilder } from './text-builder.ts';
import { chooseTitle } from './title.ts';

/** Reads plain text: form feeds part pages, and a short first line over a blank one is the title. */
export async function loadPlainText(file: KnownFile): Promise<LoadedDocument[]> {
  const pages = decodeText(file.bytes, file.charset).split('\f');
  const builder = createTextBuilder();
  pages.forEach((page, at) => {
    if (pages.length > 1) builder.page(at + 1);
    builder.add(page, '\n');
  });
  const { text, structure } = builder.build();
  return [
    {
      uri: file.uri,
      title: chooseTitle(file.uri, titleLine(text)),
      mediaType: 'text/plain',
      text,
      metadata: {},
      structure,
    },
  ];
}

function titleLine(text: string): string | undefined {
  const [first = '', second = ''] = text.split('\n', 2);
  return first.trim().length <= 100 && second.trim() === '' && !/[.!?]["”')]*\s*$/.test(first)
    ? first
    : undefined;
}

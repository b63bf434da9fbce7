import { type Format, TEXT_FORMATS } from './text-formats.ts';

export const FORMATS: readonly Format[] = [
  ...TEXT_FORMATS,
  {
    name: 'PDF',
    extensions: ['.pdf'],
    mediaTypes: ['application/pdf'],
    reader: async () => (await import('./pdf.ts')).loadPdf,
  },
  {
    name: 'Word (.docx)',
    extensions: ['.docx'],
    mediaTypes: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    reader: async () => (await import('./docx.ts')).loadDocx,
  },
  {
    name: 'PowerPoint (.pptx)',
    extensions: ['.pptx'],
    mediaTypes: ['application/vnd.openxmlformats-officedocument.presentationml.presentation'],
    reader: async () => (await import('./pptx.ts')).loadPptx,
  },
  {
    name: 'EPUB',
    extensions: ['.epub'],
    mediaTypes: ['application/epub+zip'],
    reader: async () => (await import('./epub.ts')).loadEpub,
  },
];

/** Extensions of the files that can be read, in lower case with their dots. */
export const supportedExtensions: ReadonlySet<string> = new Set(
  FORMATS.flatMap((format) => format.extensions),
);

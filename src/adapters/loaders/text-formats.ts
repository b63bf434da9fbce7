import type { Load } from './load.ts';

/** A kind of file: its extensions, the media types it goes by, and its reader. */
export interface Format {
  readonly name: string;
  readonly extensions: readonly string[];
  readonly mediaTypes: readonly string[];
  /** Imports the reader only when a file of this kind comes, so that start-up does not pay for it. */
  readonly reader: () => Promise<Load>;
}

/** Kinds of file that are text, whose readers are small and run on every platform. */
export const TEXT_FORMATS: readonly Format[] = [
  {
    name: 'Markdown',
    extensions: ['.md', '.markdown', '.mdx'],
    mediaTypes: ['text/markdown', 'text/x-markdown'],
    reader: async () => (await import('./markdown.ts')).loadMarkdown,
  },
  {
    name: 'plain text',
    extensions: ['.txt', '.text', '.rst', '.adoc', '.org', '.log'],
    mediaTypes: ['text/plain'],
    reader: async () => (await import('./plain-text.ts')).loadPlainText,
  },
  {
    name: 'HTML',
    extensions: ['.html', '.htm', '.xhtml'],
    mediaTypes: ['text/html', 'application/xhtml+xml'],
    reader: async () => (await import('./html.ts')).loadHtml,
  },
  {
    name: 'CSV',
    extensions: ['.csv'],
    mediaTypes: ['text/csv'],
    reader: async () => (await import('./csv.ts')).loadCsv,
  },
  {
    name: 'TSV',
    extensions: ['.tsv', '.tab'],
    mediaTypes: ['text/tab-separated-values'],
    reader: async () => (await import('./csv.ts')).loadTsv,
  },
  {
    name: 'JSON',
    extensions: ['.json'],
    mediaTypes: ['application/json'],
    reader: async () => (await import('./json.ts')).loadJson,
  },
  {
    name: 'JSON Lines',
    extensions: ['.jsonl', '.ndjson'],
    mediaTypes: ['application/jsonl', 'application/x-ndjson', 'application/ndjson'],
    reader: async () => (await import('./json.ts')).loadJsonLines,
  },
  {
    name: 'SubRip subtitles',
    extensions: ['.srt'],
    mediaTypes: ['application/x-subrip'],
    reader: async () => (await import('./subtitles.ts')).loadSrt,
  },
  {
    name: 'WebVTT subtitles',
    extensions: ['.vtt'],
    mediaTypes: ['text/vtt'],
    reader: async () => (await import('./subtitles.ts')).loadVtt,
  },
];

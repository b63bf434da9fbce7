import { DirectoryLoader } from '@langchain/classic/document_loaders/fs/directory';
import { SRTLoader } from '@langchain/community/document_loaders/fs/srt';
import { createLangchainSource } from '../src/adapters/langchain/langchain-source.ts';
import type { IngestReport } from '../src/ingest/report.ts';
import type { Ibid } from '../src/node.ts';

/** Ingests what a loader of LangChain's community loads: here the subtitles in a folder. */
export function ingestSubtitles(ibid: Ibid, folder: string): Promise<IngestReport> {
  const loader = new DirectoryLoader(folder, { '.srt': (path) => new SRTLoader(path) });
  return ibid.ingest(createLangchainSource({ loader, name: 'langchain:subtitles', root: folder }));
}

import type { Ingest, IngestReport } from '../ingest/report.ts';
import type { LoadedDocument } from '../model/document.ts';
import { IbidError } from '../model/errors.ts';
import type { SourceItem } from '../ports/document-source.ts';
import { fileItem } from '../ports/file-item.ts';
import type { AppDependencies } from './dependencies.ts';
import { decode, isJson, parseJson } from './middleware/json-body.ts';
import { type NewDocument, NewDocumentSchema } from './schemas/document.ts';
import { invalidFields } from './validation.ts';

type LoadFile = AppDependencies['loadFile'];

/** The items of an upload: the `file` parts of a form, or one document as JSON. */
export async function itemsOf(
  bytes: Uint8Array,
  contentType: string,
  loadFile: LoadFile,
): Promise<SourceItem[]> {
  if (isJson(contentType)) return [jsonItem(parseNewDocument(bytes), loadFile)];
  if (/^multipart\/form-data\b/i.test(contentType))
    return formItems(await parseForm(bytes, contentType), loadFile);
  throw new IbidError(
    'unsupported_media_type',
    'Send multipart/form-data with a `file` part, or application/json.',
  );
}

/** Ingests an upload beside what is there; gives its report and the uris of the documents that it holds. */
export async function ingestUpload(
  ingest: Ingest,
  items: readonly SourceItem[],
  signal: AbortSignal,
): Promise<{ report: IngestReport; uris: string[] }> {
  const uris = new Set<string>();
  const source = {
    name: 'upload',
    async *items() {
      for (const item of items) {
        yield {
          uri: item.uri,
          async load() {
            const documents = await item.load();
            for (const document of documents) uris.add(document.uri);
            return documents;
          },
        };
      }
    },
  };
  const report = await ingest(source, { prune: false, signal });
  for (const { uri } of report.failed) uris.delete(uri);
  if (uris.size === 0 && report.failed.length > 0) {
    throw new IbidError(
      'document_unreadable',
      report.failed.map(({ uri, message }) => `${uri}: ${message}`).join('; '),
    );
  }
  return { report, uris: [...uris] };
}

/** `upload/` and the name as a relative path; the same name always gives the same uri. */
function uploadUri(name: string): string {
  const parts = name
    .normalize('NFC')
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  if (parts[0] === 'upload') parts.shift();
  const path = parts.join('/');
  if (path === '' || path.length > 500 || parts.includes('..') || /\p{Cc}/u.test(path)) {
    throw new IbidError(
      'bad_request',
      'A document needs a name: a relative path of at most 500 characters without `..`.',
    );
  }
  return `upload/${path}`;
}

function parseNewDocument(bytes: Uint8Array): NewDocument {
  const parsed = NewDocumentSchema.safeParse(parseJson(decode(bytes)));
  if (!parsed.success) throw invalidFields(parsed.error);
  return parsed.data;
}

function jsonItem(given: NewDocument, loadFile: LoadFile): SourceItem {
  const uri = uploadUri(given.uri);
  const mediaType = /\.(md|markdown)$/i.test(uri) ? 'text/markdown' : 'text/plain';
  const withGiven = (document: LoadedDocument): LoadedDocument => ({
    ...document,
    title: given.title ?? document.title,
    metadata: { ...document.metadata, ...given.metadata },
  });
  return {
    uri,
    async load() {
      const bytes = new TextEncoder().encode(given.text);
      return (await loadFile({ uri, mediaType, bytes })).map(withGiven);
    },
  };
}

async function parseForm(bytes: Uint8Array, contentType: string): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(bytes), { headers: { 'Content-Type': contentType } }).formData();
  } catch (cause) {
    throw new IbidError('bad_request', 'The form is malformed: send multipart/form-data with its boundary.', {
      cause,
    });
  }
}

function formItems(form: FormData, loadFile: LoadFile): SourceItem[] {
  const stray = [...form.keys()].find((key) => key !== 'file');
  if (stray !== undefined) throw new IbidError('bad_request', 'The form holds a part other than `file`.');
  const files = form.getAll('file').filter((part) => typeof part !== 'string');
  if (files.length === 0)
    throw new IbidError('bad_request', 'The form holds no file: send one or more as `file`.');
  return files.map((file) => uploadedItem(file, loadFile));
}

function uploadedItem(file: File, load: LoadFile): SourceItem {
  // Clients that know no better say octet-stream; then the name tells more.
  const known = file.type !== '' && file.type !== 'application/octet-stream';
  const read = async () => ({
    bytes: new Uint8Array(await file.arrayBuffer()),
    ...(known ? { mediaType: file.type } : {}),
  });
  return fileItem(uploadUri(file.name), read, { load });
}

import { type McpServer, ResourceNotFoundError } from '@modelcontextprotocol/server';
import type { McpDependencies } from './dependencies.ts';
import { DOCUMENT_URI_TEMPLATE, documentIdOf, documentUri } from './document-uri.ts';

const PAGE = 100;

/** Adds the documents as resources: a paged list, a template, and the text that offsets refer to. */
export function addResources({ server }: McpServer, { store }: Pick<McpDependencies, 'store'>): void {
  server.registerCapabilities({ resources: {} });

  server.setRequestHandler('resources/list', async ({ params }) => {
    const after = params?.cursor;
    // One more than a page tells whether there is another.
    const found = await store.listDocuments({
      limit: PAGE + 1,
      ...(after === undefined ? {} : { afterUri: after }),
    });
    const page = found.slice(0, PAGE);
    const last = page.at(-1);
    return {
      resources: page.map(({ id, uri, title, mediaType }) => ({
        uri: documentUri(id),
        name: uri,
        title: title === '' ? uri : title,
        mimeType: textType(mediaType),
      })),
      ...(found.length > PAGE && last !== undefined ? { nextCursor: last.uri } : {}),
    };
  });

  server.setRequestHandler('resources/templates/list', () => ({
    resourceTemplates: [
      {
        uriTemplate: DOCUMENT_URI_TEMPLATE,
        name: 'document',
        title: 'A document',
        description:
          'The text that the quotes and offsets of answers refer to, by the document_id of a citation.',
        mimeType: 'text/plain',
      },
    ],
  }));

  server.setRequestHandler('resources/read', async ({ params: { uri } }) => {
    const id = documentIdOf(uri);
    const document = id === undefined ? undefined : await store.getDocument(id);
    if (document === undefined) throw new ResourceNotFoundError(uri);
    return { contents: [{ uri, mimeType: textType(document.mediaType), text: document.text }] };
  });
}

/** What is served is text, whatever it was read from. */
function textType(mediaType: string): string {
  return mediaType === 'text/markdown' ? mediaType : 'text/plain';
}

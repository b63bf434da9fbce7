import type { CallToolResult, McpServer } from '@modelcontextprotocol/server';
import * as z from 'zod';
import { guardEvents } from '../http/ask-events.ts';
import { encodeCitation, encodeHit, encodeRest, endOf } from '../http/encoders/json.ts';
import { publicError } from '../http/problem.ts';
import { faultEntry } from '../http/respond.ts';
import { AskResponseSchema } from '../http/schemas/ask.ts';
import { FilterSchema } from '../http/schemas/filter.ts';
import { SearchResponseSchema } from '../http/schemas/search.ts';
import { writtenText } from '../http/schemas/text.ts';
import type { McpDependencies } from './dependencies.ts';
import { renderAnswer, renderHits } from './render.ts';
import { tellProgress } from './tell-progress.ts';

const READS_ONLY = { readOnlyHint: true, openWorldHint: false } as const;

const filter = FilterSchema.optional().describe(
  'Metadata that a document must have: a value, or one of several.',
);

/** Adds the tools `ask` and `search`: text with quotes to read, and the same as structured content. */
export function addTools(server: McpServer, deps: McpDependencies): void {
  const { maxQuestionChars } = deps;
  server.registerTool(
    'ask',
    {
      title: 'Ask the documents',
      description:
        'Answers a question from the documents alone, each sentence with a verbatim quote. When it declines, the ' +
        'documents do not answer the question: say so, and do not take the closest passages for an answer.',
      inputSchema: z.strictObject({
        question: writtenText(maxQuestionChars).describe('The question, in words.'),
        conversation_id: z
          .string()
          .max(128)
          .optional()
          .describe(
            'Continues a conversation, so that a follow-up is understood; an earlier answer names it.',
          ),
        filter,
      }),
      outputSchema: AskResponseSchema.omit({ passages: true }),
      annotations: READS_ONLY,
    },
    async ({ question, conversation_id: conversationId, filter: wanted }, { mcpReq }) => {
      const id = deps.newId();
      const { signal } = mcpReq;
      const events = deps.ask({
        question,
        signal,
        ...(conversationId === undefined ? {} : { conversationId }),
        ...(wanted === undefined ? {} : { filter: wanted }),
      });
      const end = await endOf(tellProgress(guardEvents(events, { id, signal }, deps.log), mcpReq));
      const citations = end.answer.status === 'answered' ? end.answer.citations : [];
      return reply(renderAnswer(end), {
        ...encodeRest(end),
        text: end.answer.text,
        citations: citations.map(encodeCitation),
      });
    },
  );
  server.registerTool(
    'search',
    {
      title: 'Search the documents',
      description:
        'Finds the passages that are closest to a query, word for word, best first. It gives no answer.',
      inputSchema: z.strictObject({
        query: writtenText(maxQuestionChars).describe('What to look for.'),
        limit: z.number().int().min(1).max(50).optional().describe('Passages to return; 10 without it.'),
        filter,
      }),
      outputSchema: SearchResponseSchema,
      annotations: READS_ONLY,
    },
    async ({ query, limit, filter: wanted }) => {
      const id = deps.newId();
      const { hits, degraded } = await deps
        .search({
          query,
          ...(limit === undefined ? {} : { limit }),
          ...(wanted === undefined ? {} : { filter: wanted }),
        })
        .catch((thrown: unknown) => {
          deps.log(faultEntry(id, thrown));
          throw publicError(thrown, id);
        });
      const found = { hits: hits.map(encodeHit), ...(degraded === undefined ? {} : { degraded }) };
      return reply(renderHits(hits), found);
    },
  );
}

function reply(text: string, structuredContent: Record<string, unknown>): CallToolResult {
  return { content: [{ type: 'text', text }], structuredContent };
}

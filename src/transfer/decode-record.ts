import * as z from 'zod';
import { IbidError } from '../model/errors.ts';
import { documentId, passageId } from '../model/ids.ts';
import { normaliseText } from '../model/normalise.ts';
import { ARCHIVE_VERSION, type ArchivedDocument, type ArchiveRecord } from './archive.ts';

const offset = z.int().min(0);
const text = z.string();
const span = { start: offset, end: offset };
const page = z.int().optional();

const Header = z.object({
  type: z.literal('header'),
  version: z.number(),
  made: text,
  index: z.object({ embedderId: text, dimensions: z.int(), pooling: text, splitterVersion: text }).optional(),
});

const DocumentLine = z.strictObject({
  type: z.literal('document'),
  uri: text.min(1).max(2_000),
  title: text,
  mediaType: text,
  contentHash: text,
  metadata: z.record(text, z.union([text, z.number(), z.boolean(), z.array(text)])),
  text,
  origin: text.min(1),
  passages: z.array(
    z.strictObject({
      ...span,
      headings: z.array(text),
      page,
      sentences: z.array(z.tuple([offset, offset])),
    }),
  ),
});

// What a turn holds beyond that is kept: it is Ibid's own, and a newer one may know more of it.
const Citation = z.looseObject({
  ...{ marker: z.int(), passageId: text, documentId: text, title: text, uri: text, quote: text, ...span },
  ...{ answerStart: offset, answerEnd: offset, headings: z.array(text), page },
});
const Hit = z.looseObject({
  passage: z.looseObject({
    ...{ id: text, documentId: text, ordinal: offset, ...span, text, headings: z.array(text), page },
    sentences: z.array(z.looseObject(span)),
  }),
  ...{ documentTitle: text, documentUri: text, score: z.number(), via: z.enum(['vector', 'text', 'both']) },
});
const Answer = z.discriminatedUnion('status', [
  z.looseObject({
    ...{ status: z.literal('answered'), text, citations: z.array(Citation) },
    ...{ omitted: z.int().optional(), unanswered: z.array(text).optional() },
  }),
  z.looseObject({
    status: z.literal('declined'),
    reason: z.enum(['no_answer_in_documents', 'no_documents', 'not_a_question', 'answer_unsupported']),
    ...{ text, closest: z.array(Hit) },
  }),
]);
const ConversationLine = z.strictObject({
  type: z.literal('conversation'),
  conversation: z.looseObject({
    id: text.min(1),
    turns: z.array(
      z.looseObject({
        ...{ id: text.min(1), question: text, standaloneQuestion: text, answer: Answer },
        ...{ confidence: z.number(), askedAt: z.iso.datetime() },
      }),
    ),
  }),
  feedback: z.array(
    z.looseObject({
      ...{ answerId: text, rating: z.enum(['up', 'down']), comment: text.optional() },
      ratedAt: z.iso.datetime(),
    }),
  ),
});

const End = z.object({
  type: z.literal('end'),
  ...{ documents: offset, passages: offset, conversations: offset, feedback: offset },
});

const Line = z.discriminatedUnion('type', [Header, DocumentLine, ConversationLine, End]);

/**
 * Reads one line and checks what it claims: passages lie within the text, in order, and sentences within their passages.
 * Throws `bad_request`, saying what is wrong with it.
 */
export async function decodeRecord(line: string): Promise<ArchiveRecord> {
  const parsed = Line.safeParse(parseJson(line));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw fault(`${issue?.path.join('.') || 'the line'}: ${issue?.message ?? 'is not understood'}`);
  }
  const record = parsed.data;
  if (record.type === 'header' && record.version !== ARCHIVE_VERSION) {
    throw fault(
      `it was written in version ${record.version} of the format, this Ibid reads ${ARCHIVE_VERSION}: update the older of the two`,
    );
  }
  // Optional fields of what zod gives may be undefined; those of JSON are there or not.
  if (record.type !== 'document') return record as ArchiveRecord;
  return { type: 'document', ...(await toDocument(record)) };
}

async function toDocument(line: z.infer<typeof DocumentLine>): Promise<ArchivedDocument> {
  const { type: _, origin, passages, ...facts } = line;
  if (normaliseText(facts.text) !== facts.text) throw fault('its text is not as Ibid stores it');
  const id = await documentId(facts.uri);
  let last = 0;
  return {
    document: { id, ...facts },
    origin,
    passages: await Promise.all(
      passages.map(async ({ sentences, page: number, ...passage }, ordinal) => {
        const { start, end } = passage;
        if (start < last || end <= start || end > facts.text.length)
          throw fault(`passage ${ordinal} does not lie within the text, after the one before`);
        last = start;
        assertWithin(sentences, start, end, ordinal);
        const words = { documentId: id, text: facts.text.slice(start, end) };
        return {
          ...{ id: await passageId({ ...words, start, end }), ordinal, ...passage, ...words },
          ...(number === undefined ? {} : { page: number }),
          sentences: sentences.map(([from, to]) => ({ start: from, end: to })),
        };
      }),
    ),
  };
}

function assertWithin(
  sentences: readonly (readonly [number, number])[],
  start: number,
  end: number,
  ordinal: number,
): void {
  let last = start;
  for (const [from, to] of sentences) {
    if (from < last || to <= from || to > end)
      throw fault(`a sentence of passage ${ordinal} does not lie within it, after the one before`);
    last = to;
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw fault('it is not JSON');
  }
}

function fault(message: string): IbidError {
  return new IbidError('bad_request', message);
}

import * as z from 'zod';

/** One line of a predictions file; the fields and their names are those of Ibid's design, section 6. */
export const prediction = z.object({
  query_id: z.string(),
  standalone_question: z.string(),
  /** Documents, best first; higher scores are better. */
  ranked: z.array(z.object({ doc_id: z.string(), score: z.number() })),
  status: z.enum(['answered', 'declined']),
  /** In [0, 1], whether it answered or declined. */
  confidence: z.number().min(0).max(1),
  text: z.string(),
  /** UTF-16 offsets into the document's text, end exclusive. */
  citations: z.array(
    z.object({
      doc_id: z.string(),
      start: z.number().int().nonnegative(),
      end: z.number().int().nonnegative(),
      quote: z.string(),
    }),
  ),
  timing_ms: z.number().nonnegative(),
});

export type Prediction = z.infer<typeof prediction>;
export type RankedDocument = Prediction['ranked'][number];

import * as z from 'zod';

const reply = z.object({
  supported: z.array(z.boolean()),
  complete: z.enum(['yes', 'partly', 'no']).nullish(),
});

/**
 * What the judge makes of one answer, each in [0, 1]. `faithfulness`: the share of the sentences that the quotes prove.
 * `completeness`: 1 where all that was asked for is given, ½ where some, 0 where none; absent where no right answer is known.
 */
export const judgement = z.partialRecord(z.enum(['faithfulness', 'completeness']), z.number());

export type Judgement = z.infer<typeof judgement>;

const COMPLETENESS = { yes: 1, partly: 0.5, no: 0 } as const;

/** Reads a judge's reply on so many sentences; undefined where it is not what was asked for. */
export function parseJudgement(text: string, sentences: number): Judgement | undefined {
  const found = reply.safeParse(jsonIn(text));
  if (!found.success || found.data.supported.length !== sentences) return undefined;
  const { supported, complete } = found.data;
  const faithfulness = supported.filter(Boolean).length / Math.max(1, sentences);
  return { faithfulness, ...(complete ? { completeness: COMPLETENESS[complete] } : {}) };
}

/** Models like to say a word before, or to fence what they give. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
  } catch {
    return undefined;
  }
}

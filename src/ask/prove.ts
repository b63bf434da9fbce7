import type { StoredPassage } from '../ports/passage-store.ts';
import type { Quote, ReadInput } from '../ports/reader.ts';
import type { CheckSupport, Support } from '../ports/support.ts';
import { riskOf } from './generate/plain-text.ts';

/** What was looked up for one question, and what came of it. */
export interface Prover {
  readonly prove: ReadInput['prove'];
  /** The quotes that were found to support this very sentence; none when it was not looked up or nothing does. */
  quotesFor(sentence: string): readonly Quote[];
}

/**
 * Looks each sentence up once. What could become a link or a picture is never supported. Without `checkSupport` nothing is:
 * only the words of the documents pass then.
 */
export function createProver(
  question: string,
  passages: readonly StoredPassage[],
  checkSupport: CheckSupport | undefined,
): Prover {
  const proofs = new Map<string, Support>();
  const look = async (sentence: string, cited: readonly number[]): Promise<Support> => {
    const risk = riskOf(sentence);
    if (risk !== undefined) return { supported: false, reason: risk };
    const support = await checkSupport?.(sentence, { question, passages, cited });
    return support ?? { supported: false, reason: 'no passage says it word for word' };
  };
  return {
    async prove(sentence, cited = []) {
      const proof = proofs.get(sentence) ?? (await look(sentence, cited));
      proofs.set(sentence, proof);
      return proof;
    },
    quotesFor(sentence) {
      const proof = proofs.get(sentence);
      return proof?.supported ? proof.quotes : [];
    },
  };
}

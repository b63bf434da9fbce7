import { describe, expect, it } from 'vitest';
import type { PassageStore } from '../ports/passage-store.ts';
import { createFakeCrossEncoder } from '../testing/fake-cross-encoder.ts';
import { assess } from './assess.ts';
import type { Candidate } from './retrieve.ts';

const queryVector = Float32Array.of(1, 0);

function candidateOf(text: string, cosine: number): Candidate {
  const vector = Float32Array.of(cosine, Math.sqrt(1 - cosine ** 2));
  const passage = {
    ...{ id: text, documentId: 'doc', ordinal: 0, start: 0, end: text.length, text },
    ...{ headings: [], sentences: [{ start: 0, end: text.length }] },
  };
  const embedding = { vector, sentenceVectors: [vector] };
  const stored = { passage, documentTitle: '', documentUri: 'doc.md', embedding };
  return { stored, cosine, lexical: 0.5, score: cosine, named: 0, via: 'both' };
}

const near = candidateOf('The harbour has a light at its northern end.', 0.6);
const far = candidateOf('The lamp was lit for the first time in 1904.', 0.55);
const deps = {
  store: {
    documentFrequencies: async () => new Map(),
    countDocuments: async () => ({ documents: 1, passages: 2 }),
  } as unknown as PassageStore,
  crossEncoder: createFakeCrossEncoder((_, sentence) => (sentence.includes('1904') ? 6 : -6)),
};

async function assessed(about: { isFollowUp?: boolean }) {
  const retrieval = { candidates: [near, far], queryVector };
  const { candidates, confidence } = await assess(deps, 'When was it lit?', retrieval, about);
  return { ranked: candidates.map(({ stored }) => stored.passage.text), confidence };
}

async function glanced() {
  const alone = { store: deps.store };
  const retrieval = { candidates: [near, far], queryVector };
  return (await assess(alone, 'When was it lit?', retrieval)).confidence;
}

describe('Assessing what was retrieved', () => {
  it('puts forward the passage that close reading finds telling', async () => {
    const { ranked } = await assessed({});
    expect(ranked[0]).toContain('1904');
  });

  it('leaves the rank of what a follow-up found to all its wordings, and reads it all the same', async () => {
    const { ranked, confidence } = await assessed({ isFollowUp: true });
    expect(ranked[0]).toContain('harbour');
    expect(confidence).toBe((await assessed({})).confidence);
    expect(confidence).not.toBe(await glanced());
  });

  it('is as sure of a sentence that is not near among few passages as of a nearer one among many', async () => {
    const among = async (passages: number, cosine: number) => {
      const store = {
        ...deps.store,
        countDocuments: async () => ({ documents: 1, passages }),
      } as PassageStore;
      const retrieval = { candidates: [candidateOf('The lamp was lit in 1904.', cosine)], queryVector };
      return (await assess({ ...deps, store }, 'Since when does a flame burn there?', retrieval)).confidence;
    };
    const few = await among(30, 0.4);
    expect(few).toBeGreaterThan(await among(600, 0.4));
    expect(few).toBeGreaterThan(await among(30, 0.25));
    expect(await among(600, 0.4), 'more than many is no more').toBe(await among(100_000, 0.4));
    const [nearAmongFew, nearAmongMany] = [await among(30, 0.6), await among(600, 0.6)];
    expect(nearAmongFew - nearAmongMany, 'near is near').toBeLessThan((few - (await among(600, 0.4))) / 3);
  });
});

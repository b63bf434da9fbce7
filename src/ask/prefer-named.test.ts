import { describe, expect, it } from 'vitest';
import { preferNamed } from './prefer-named.ts';
import type { Candidate } from './retrieve.ts';

function candidateOf(title: string, text: string, score: number): Candidate {
  const passage = {
    id: title,
    documentId: title,
    ordinal: 0,
    start: 0,
    end: 1,
    text,
    headings: [],
    sentences: [],
  };
  const embedding = { vector: new Float32Array(), sentenceVectors: [] };
  const stored = { passage, documentTitle: title, documentUri: title, embedding };
  return { stored, cosine: 0.5, lexical: 0.5, score, named: 0, via: 'both' };
}

const titlesOf = (candidates: readonly Candidate[]) => candidates.map(({ stored }) => stored.documentTitle);

describe('A document that is called by its title', () => {
  it('comes forward when the question does, whatever its letters and brackets', () => {
    const candidates = [
      candidateOf('Ferries', 'They sail.', 0.5),
      candidateOf('Cape Ore (island)', 'Rocks.', 0.48),
    ];
    const named = preferNamed(candidates, 'Which rocks has cape ore?');
    expect(titlesOf(named)).toEqual(['Cape Ore (island)', 'Ferries']);
    expect(named[0]?.named).toBeGreaterThan(0);
    expect(named[0]?.score).toBeCloseTo(0.48 + (named[0]?.named ?? 0));
    expect(named[1]).toMatchObject({ score: 0.5, named: 0 });
  });

  it('comes forward when one of the best passages does, but not by its own mention', () => {
    const candidates = [
      candidateOf('The ferry', 'The ferry was built by Ilse Brandt.', 0.6),
      candidateOf('Harbours', 'Many.', 0.5),
      candidateOf('Cranes', 'Tall.', 0.49),
      candidateOf('Ilse Brandt', 'She was born in Ulm.', 0.45),
    ];
    const named = preferNamed(candidates, 'Where was the builder born?');
    expect(titlesOf(named)).toEqual(['The ferry', 'Ilse Brandt', 'Harbours', 'Cranes']);
    expect(named.map((one) => one.named > 0)).toEqual([false, true, false, false]);
  });

  it('stays where it is when its title stands there only as a part of a word, is very short or empty', () => {
    const titles = ['art', 'go', '', '(b)'];
    const candidates = titles.map((title, i) => candidateOf(title, 'Nothing.', 0.5 - i / 100));
    expect(preferNamed(candidates, 'Where does one go to start (b)?')).toEqual(candidates);
  });

  it('never scores more than 1', () => {
    expect(preferNamed([candidateOf('Ferries', 'x', 0.99)], 'ferries')[0]?.score).toBe(1);
  });
});

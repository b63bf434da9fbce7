import { describe, expect, it } from 'vitest';
import { assembleIbid, endOf } from '../testing/assemble.ts';
import { createAsk } from './ask.ts';
import { otherWordings } from './other-wordings.ts';
import { toldTurns } from './told-turns.ts';

const told = (...questions: string[]) =>
  toldTurns(questions.map((question) => ({ question, answer: 'Yes.' })));

describe('The other wordings of a question', () => {
  it('are none for the first', () => {
    expect(otherWordings('When?', [])).toEqual([]);
  });

  it('are the question as it was asked, and behind the three before it', () => {
    expect(otherWordings('And when?', told('One?', 'Two?', 'Three?', 'Four?'))).toEqual([
      'And when?',
      'Two? Three? Four? And when?',
    ]);
  });

  it('keep the question itself, however long those before it are', () => {
    const [, together = ''] = otherWordings('And when?', told('word '.repeat(500)));
    expect(together).toHaveLength(1_000);
    expect(together.endsWith(' And when?')).toBe(true);
  });

  it('are what full text is searched by as well', async () => {
    await using ibid = await assembleIbid();
    await ibid.ingest({
      'ferry.md': 'The ferry leaves at nine.',
      'bread.txt': 'Bread rises in a warm place.',
    });
    const searched: string[][] = [];
    const store: typeof ibid.deps.store = {
      ...ibid.deps.store,
      searchText: (query) => {
        searched.push([...query.terms]);
        return ibid.deps.store.searchText(query);
      },
    };
    const ask = createAsk({ ...ibid.deps, store });
    await endOf(ask, { question: 'And the bread?' });
    expect(searched).toEqual([['bread']]);
    searched.length = 0;
    const history = [{ question: 'When does the ferry leave?', answer: 'At nine.' }];
    await endOf(ask, { question: 'And the bread?', history });
    expect(searched).toHaveLength(3);
    expect(searched).toContainEqual(['bread']);
    expect(searched.some((terms) => terms.includes('ferri') && terms.includes('bread'))).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { ALWAYS_ANSWER, type AssembledIbid, assembleIbid, type Files } from '../testing/assemble.ts';
import { createSuggest } from './suggest.ts';

const FILES: Files = {
  'leave.md':
    '# Leave\n\n## Carrying over\n\nFive days may be carried over.\n\n## Sick days\n\nSick days are not leave.\n',
  'office.md':
    '# Office\n\n## Opening hours\n\nThe office opens at eight.\n\n## Opening hours\n\nOn Fridays at nine.\n',
};

async function assembled(): Promise<AssembledIbid> {
  const ibid = await assembleIbid();
  await ibid.ingest(FILES);
  return ibid;
}

describe('Suggestions', () => {
  it('are headings of the documents, one document after the other, each once and no titles', async () => {
    await using ibid = await assembled();
    const suggest = createSuggest({ ...ibid.deps, threshold: ALWAYS_ANSWER });
    const found = await suggest({ limit: 10 });
    expect(found.map(({ question }) => question).sort()).toEqual([
      'Carrying over',
      'Opening hours',
      'Sick days',
    ]);
    expect(new Set(found.slice(0, 2).map(({ documentTitle }) => documentTitle))).toEqual(
      new Set(['Leave', 'Office']),
    );
    expect(await suggest({ limit: 1 })).toEqual(found.slice(0, 1));
  });

  it('leave out headings that several documents have, and the one that a document begins with', async () => {
    await using ibid = await assembleIbid();
    const page = (place: string) =>
      `---\ntitle: ${place}\n---\n# ${place}, a guide\n\nIt is old.\n\n## Overview\n\nIt is deep.\n\n## Moorings at ${place}\n\nThere are ten.\n`;
    await ibid.ingest({ 'a.md': page('Arlen'), 'b.md': page('Borrow') });
    const found = await createSuggest({ ...ibid.deps, threshold: ALWAYS_ANSWER })({ limit: 10 });
    expect(found.map(({ question }) => question).sort()).toEqual(['Moorings at Arlen', 'Moorings at Borrow']);
  });

  it('come from all over many documents', async () => {
    await using ibid = await assembleIbid();
    const files = Array.from({ length: 48 }, (_, at) => {
      const name = `${String.fromCharCode(97 + (at % 24))}${at}`;
      return [`${name}.md`, `# Boat ${name}\n\n## Crew of ${name}\n\nFive.\n`] as const;
    });
    await ibid.ingest(Object.fromEntries(files));
    const found = await createSuggest({ ...ibid.deps, threshold: ALWAYS_ANSWER })({ limit: 10 });
    const letters = found.map(({ documentTitle }) => documentTitle.charAt(5)).sort();
    expect(letters).toHaveLength(10);
    expect(letters.at(-1)).toMatch(/[p-x]/);
  });

  it('are only what would be answered', async () => {
    await using ibid = await assembled();
    expect(await createSuggest({ ...ibid.deps, threshold: 1.1 })({ limit: 3 })).toEqual([]);
  });

  it('stand near to what was asked, and do not repeat it', async () => {
    await using ibid = await assembled();
    const suggest = createSuggest({ ...ibid.deps, threshold: ALWAYS_ANSWER });
    const near = await suggest({ about: 'Opening hours', limit: 10 });
    expect(near.map(({ question }) => question)).not.toContain('Opening hours');
    expect(near.length).toBeGreaterThan(0);
    const inOtherWords = await suggest({ about: 'At what hours is it open?', limit: 10 });
    expect(inOtherWords.map(({ question }) => question)).not.toContain('Opening hours');
  });

  it('follow the documents', async () => {
    await using ibid = await assembled();
    const suggest = createSuggest({ ...ibid.deps, threshold: ALWAYS_ANSWER });
    await suggest({ limit: 3 });
    await ibid.ingest({ ...FILES, 'travel.md': '# Travel\n\n## By train\n\nTrains are paid for.\n' });
    expect((await suggest({ limit: 10 })).map(({ question }) => question)).toContain('By train');
  });

  it('are none where there are no documents', async () => {
    await using ibid = await assembleIbid();
    expect(await createSuggest({ ...ibid.deps, threshold: ALWAYS_ANSWER })({ limit: 3 })).toEqual([]);
  });
});

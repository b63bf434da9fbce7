import { describe, expect, it } from 'vitest';
import { expectSoundDocument } from '../../testing/expect-sound-document.ts';
import { type SamplePdf, samplePdf } from '../../testing/sample-files.ts';
import { loadPdf } from './pdf.ts';

const load = async (sample: SamplePdf) => {
  const [document] = await loadPdf({ uri: 'reports/annual.pdf', bytes: samplePdf(sample) });
  if (!document) throw new Error('no document');
  expectSoundDocument(document);
  return document;
};

describe('loadPdf', () => {
  it('joins the lines of a paragraph, mends hyphens and parts paragraphs', async () => {
    const { text } = await load({
      pages: [
        [
          'The river rises in the northern hills and carries sedi-',
          'ment down to the harbour, where the well-known dredgers',
          'wait for it all year. The harbour master counts the well-',
          'known dredgers every morning before the tide turns again.',
          { text: 'A second paragraph begins under a gap and it is as long', gap: 14 },
          'as it needs to be.',
        ],
      ],
    });
    expect(text).toBe(
      'The river rises in the northern hills and carries sediment down to the harbour, where the well-known dredgers ' +
        'wait for it all year. The harbour master counts the well-known dredgers every morning before the tide turns again.\n\n' +
        'A second paragraph begins under a gap and it is as long as it needs to be.',
    );
  });

  it('marks pages, also within a sentence that runs over them', async () => {
    const { text, structure, metadata } = await load({
      pages: [
        ['The expedition left the coast in the early spring of that'],
        ['year and came back before the first snow had fallen there.'],
      ],
    });
    expect(text).toBe(
      'The expedition left the coast in the early spring of that year and came back before the first snow had fallen there.',
    );
    expect(structure.pages).toEqual([
      { start: 0, number: 1 },
      { start: text.indexOf('year'), number: 2 },
    ]);
    expect(metadata.pages).toBe(2);
  });

  it('finds headings by their size and the title in the document information', async () => {
    const { title, structure } = await load({
      title: 'Annual Report',
      pages: [
        [{ text: 'Results', size: 24 }, 'They were good.', { text: 'Costs', size: 16 }, 'They were low.'],
      ],
    });
    expect(title).toBe('Annual Report');
    expect(structure.headings.map((heading) => [heading.title, heading.level])).toEqual([
      ['Results', 1],
      ['Costs', 2],
    ]);
  });

  it('leaves out page numbers and lines that run along the top of the pages', async () => {
    const body = ['first', 'second', 'third', 'fourth'];
    const { text } = await load({
      pages: body.map((word, at) => [
        'Annual Report of the Society',
        `This is the ${word} page of the report.`,
        `It says little about the ${word} matter.`,
        `${at + 1}`,
      ]),
    });
    expect(text).not.toMatch(/Society|\d/);
    expect(text.match(/matter\./g)).toHaveLength(4);
  });

  it('keeps the name of a chapter that runs along its pages once, and leaves out Roman page numbers', async () => {
    const bodies = [
      'Lamps burn.',
      'Ropes rot.',
      'Tars dry.',
      'Masts bend.',
      'Nets tear.',
      'Keels last.',
      'Oars break.',
    ];
    const { text } = await load({
      pages: bodies.map((body, at) => [
        at % 2 === 0 ? (at < 5 ? 'Chapter I. Boats' : 'Chapter II. Crews') : `Guide ${at}`,
        `${body} That is known.`,
        `${body} Nobody knows why.`,
        ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii'][at] ?? '',
      ]),
    });
    expect(text.match(/Boats/g)).toHaveLength(1);
    expect(text).toContain('Crews');
    expect(text).not.toContain('Guide');
    expect(text).not.toMatch(/\b[iv]+\b/);
    for (const body of bodies) {
      expect(text).toContain(`${body} That is known.`);
      expect(text).toContain(`${body} Nobody knows why.`);
    }
  });

  it('keeps rows of a table that goes on over the pages, which differ in their numbers alone', async () => {
    const rows = Array.from({ length: 16 }, (_, at) => `Berth ${at * 7 + 3} costs ${at * 9 + 20} a night`);
    const pages = [0, 4, 8, 12].map((from, at) => [
      ...rows.slice(from, from + 4),
      `Prices, page ${at + 1} of 4`,
    ]);
    const { text } = await load({ pages });
    for (const row of rows) expect(text).toContain(row);
    expect(text).not.toContain('Prices');
  });

  it('leaves out a table of contents, and keeps a list of prices', async () => {
    const leader = (title: string, number: number | string) => `${title} ${'. '.repeat(20)}${number}`;
    const body = ['Lamps burn.', 'Ropes rot.', 'Tars dry.', 'Masts bend.', 'Nets tear.', 'Keels last.'].map(
      (line) => [line],
    );
    const { text } = await load({
      pages: [
        [
          { text: 'Contents', size: 20 },
          '1 Water 1',
          ...[leader('1 Tides', 1), leader('1.1 Spring tides', 1), 'A title that takes more than one'],
          ...[leader('line', 2), leader('2 Boats', 3), leader('3 Berths', 5), 'In October'],
        ],
        ...body,
        [leader('Berth', '9.50'), leader('Crane', 4), leader('Water', 2), leader('Pilot', 80)],
      ],
    });
    expect(text).not.toMatch(/Tides|Spring|takes more|Boats|Berths|Water 1/);
    for (const kept of ['Contents', 'In October', 'Lamps burn', 'Berth', 'Crane', 'Water', 'Pilot']) {
      expect(text).toContain(kept);
    }
  });

  it('keeps lists line by line', async () => {
    const { text } = await load({ pages: [['We need:', '- rope and tar', '- two lamps', '- a map']] });
    expect(text).toBe('We need:\n\n- rope and tar\n\n- two lamps\n\n- a map');
  });

  it('refuses encrypted PDFs and PDFs without text, saying what to do', async () => {
    await expect(load({ pages: [['Secret.']], encrypted: true })).rejects.toMatchObject({
      code: 'document_unreadable',
      message: expect.stringContaining('encrypted'),
    });
    await expect(load({ pages: [[]] })).rejects.toMatchObject({
      code: 'document_unreadable',
      message: expect.stringContaining('OCR'),
    });
  });

  it('leaves the bytes it was given whole', async () => {
    const bytes = samplePdf({ pages: [['Once.']] });
    await loadPdf({ uri: 'a.pdf', bytes });
    expect(bytes.length).toBeGreaterThan(0);
    expect(await loadPdf({ uri: 'a.pdf', bytes })).toMatchObject([{ text: 'Once.' }]);
  });
});

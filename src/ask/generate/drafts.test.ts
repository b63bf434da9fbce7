import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitSentences } from '../../ingest/sentences.ts';
import { createDrafter, type Draft } from './drafts.ts';

function draftsOf(
  text: string,
  sizes: readonly number[] = [1000],
  reply: 'whole' | 'cut off' = 'whole',
): Draft[] {
  const drafter = createDrafter(splitSentences);
  const drafts: Draft[] = [];
  for (let at = 0, i = 0; at < text.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    drafts.push(...drafter.push(text.slice(at, at + size)));
    at += size;
  }
  return [...drafts, ...drafter.end(reply)];
}

const told = (text: string) =>
  draftsOf(text).map(({ text, numbers }) => `${text} ${numbers.join(',')}`.trim());

describe('A reply becomes sentences', () => {
  it('with the markers before or after their full stop, in any of the usual forms', () => {
    expect(
      told('Owls nest. [1] They hunt [2]. They sleep.[3] He saw it [1][2]. So did I. [1, 3] Or "so." [2-4]'),
    ).toEqual([
      'Owls nest. 1',
      'They hunt. 2',
      'They sleep. 3',
      'He saw it. 1,2',
      'So did I. 1,3',
      'Or "so." 2,3,4',
    ]);
    expect(
      told('Owls fly [passage 2]. They eat 【3†source】. They nest [^4]. They hunt [Source 5].'),
    ).toEqual(['Owls fly. 2', 'They eat. 3', 'They nest. 4', 'They hunt. 5']);
  });

  it('while a year, a note or a word in brackets stays', () => {
    expect(told('It began [sic] in [2011]. [1]')).toEqual(['It began [sic] in [2011]. 1']);
  });

  it('not within abbreviations, numbers and parentheses', () => {
    expect(told('Dr. Smith paid $3.50 (i.e. No. 5. Not more) in the U.S. in 2011. [1] He left.')).toEqual([
      'Dr. Smith paid $3.50 (i.e. No. 5. Not more) in the U.S. in 2011. 1',
      'He left.',
    ]);
  });

  it('without a quotation mark that opens nothing', () => {
    expect(told('Owls nest. [1] "')).toEqual(['Owls nest. 1']);
    expect(told('He said "Owls nest." [1]')).toEqual(['He said "Owls nest." 1']);
  });

  it('line by line, without layout and lead-ins', () => {
    const text =
      '# Answer\nHere is what I found:\n\n- Owls nest. [1]\n2. Owls **hunt**. [2]\n> Owls _sleep_ [3]\n---\n```\n';
    expect(told(text)).toEqual(['Owls nest. 1', 'Owls hunt. 2', 'Owls sleep 3']);
  });

  it('without what the model thinks aloud', () => {
    expect(told('<think>Owls fly. [1]\n\nHm.</think>\n\nOwls nest. [1]')).toEqual(['Owls nest. 1']);
    expect(told('  <thinking>Never ends. [1] ')).toEqual([]);
    expect(told('<b>Owls</b> nest. [1]')).toEqual(['Owls nest. 1']);
  });

  it('whose links and pictures are plain words', () => {
    expect(
      told('See [the barn](http://a.example/b.c?d=(e)) ![x](http://e.example) now. [1](http://f.example)'),
    ).toEqual(['See the barn now. 1']);
    expect(told('See [the barn][ref] <https://a.example> now ![x][y]. [1]')).toEqual(['See the barn now. 1']);
  });

  it('without signs and pictures around it, which would stand with its neighbour', () => {
    expect(told('🦉 Owls nest. [1] 🦉')).toEqual(['Owls nest. 1']);
    expect(told('| Owls nest. [1] Owls hunt. [2] |')).toEqual(['Owls nest. 1', 'Owls hunt. 2']);
    expect(told('；Owls nest. [1]\n… Owls hunt. [2]')).toEqual(['Owls nest. 1', 'Owls hunt. 2']);
    expect(told('；Dr. Smith left. [1] ;Dr. Smith left. [2]')).toEqual([
      'Dr. Smith left. 1',
      'Dr. Smith left. 2',
    ]);
    expect(told('🦉[2011] Owls nest. [1] [2011]')).toEqual(['Owls nest. 1']);
    expect(told(' and Owls nest. [1]')).toEqual(['Owls nest. 1']);
    expect(told('[2011] [1]')).toEqual([]);
    expect(told('.5 kg it weighs. [1]')).toEqual(['.5 kg it weighs. 1']);
    expect(told('$ 5 is the price. [1]')).toEqual(['$ 5 is the price. 1']);
  });

  it('and leaves an unfinished one out when it was cut off', () => {
    expect(draftsOf('Owls nest. [1] Owls hunt mi', [1000], 'cut off').map(({ text }) => text)).toEqual([
      'Owls nest.',
    ]);
    expect(draftsOf('Owls nest. [1] Owls hunt. [2]', [3], 'cut off')).toHaveLength(2);
    expect(draftsOf('Owls nest. [1] Owls hunt [2].', [3], 'cut off')).toHaveLength(2);
    expect(draftsOf('Owls nest. [1] It weighed 3.', [3], 'cut off')).toHaveLength(1);
    expect(draftsOf('Owls nest. [1] Dr. Smith saw 40 (i.e.', [3], 'cut off')).toHaveLength(1);
  });

  it('the same ones however it is cut into pieces', () => {
    const pieces = fc.constantFrom(
      ...[
        'Owls nest. ',
        'Dr. Smith left. ',
        '[1] ',
        ' [2].',
        '\n',
        '\n\n- ',
        'He saw (i.e. heard. Really) it. ',
        '**bold** ',
      ],
      ...[
        'e.g. ',
        'In the U.S. ',
        '[a link](http://x.example/y.z) ',
        'It cost 3.5 kg. ',
        '1. ',
        '“Go.” ',
        '猫。',
        '🦉 ',
        '![p](q) ',
      ],
    );
    const texts = fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join(''));
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 });
    const check = (text: string, cuts: number[]) => {
      expect(draftsOf(text, cuts)).toEqual(draftsOf(text));
    };
    fc.assert(fc.property(texts, sizes, check), { numRuns: 150 });
  });
});

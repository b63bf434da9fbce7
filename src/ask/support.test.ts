import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Quote } from '../ports/reader.ts';
import type { Support } from '../ports/support.ts';
import { createFakeEmbedder } from '../testing/fake-embedder.ts';
import { storedPassage } from '../testing/stored-passage.ts';
import { createSupportCheck } from './support.ts';

const check = createSupportCheck({});

const LIGHTHOUSE = storedPassage(
  'The lighthouse of Brackmoor was built in 1871 by Edith Lindqvist. It is 42 metres high and has 196 steps. ' +
    'Lindqvist sued the builder Karl Oberhauser over the lamp. Oberhauser did not pay the fine. ' +
    'The keeper lives there for 9 months of the year. More than 5,000,000 people have seen the lamp. ' +
    'On March 3, 2011, a storm broke the lamp. The museum may open in the spring. ' +
    'The storm cost about 12% of the budget.',
  'The lighthouse of Brackmoor',
);
const HARBOUR = storedPassage(
  'The harbour of Sandvik has 12 cranes. The harbour master Anna Berg, a former captain, started work in 2004. ' +
    'She repaired 3 ferries and sold the old dock to the city of Orlen.',
  'The harbour of Sandvik',
);
const passages = [LIGHTHOUSE, HARBOUR];

const ask = (sentence: string): Promise<Support> => check(sentence, { question: 'What of it?', passages });

function textOf({ source: { passage }, start, end }: Quote): string {
  return passage.text.slice(start - passage.start, end - passage.start);
}

async function quotesOf(sentence: string): Promise<string[]> {
  const support = await ask(sentence);
  if (!support.supported) throw new Error(`not supported: ${support.reason}`);
  return support.quotes.map(textOf);
}

describe('A true sentence is supported', () => {
  test.each([
    ['by the sentence that it repeats', 'Oberhauser did not pay the fine.'],
    ['in another order', 'In 1871, the lighthouse of Brackmoor was built by Edith Lindqvist.'],
    ['in the other voice', 'Edith Lindqvist built the lighthouse of Brackmoor in 1871.'],
    ['with a number in words', 'The harbour of Sandvik has twelve cranes.'],
    ['with a number in another notation', 'More than 5 million people have seen the lamp.'],
    ['with a date in another notation', 'A storm broke the lamp on 3 March 2011.'],
    ['with percent for its sign', 'The storm cost about 12 percent of the budget.'],
    ['with a synonym', 'The harbour master Anna Berg began work in 2004.'],
    ['with a negation in other words', "Oberhauser didn't pay the fine."],
    ['without an aside', 'The harbour master Anna Berg started work in 2004.'],
    ['with a pronoun of its own', 'He did not pay the fine.'],
  ])('%s', async (_, sentence) => {
    expect(await ask(sentence)).toMatchObject({ supported: true });
  });

  test('by the smallest run of sentences that says who "it" is', async () => {
    expect(await quotesOf('The lighthouse of Brackmoor is 42 metres high.')).toEqual([
      'It is 42 metres high and has 196 steps.',
    ]);
    expect(await quotesOf('Anna Berg repaired 3 ferries.')).toEqual([
      'The harbour master Anna Berg, a former captain, started work in 2004. She repaired 3 ferries and sold the old dock to the city of Orlen.',
    ]);
  });

  test('by two quotes when it joins what stands in two places', async () => {
    const quotes = await quotesOf(
      'The harbour of Sandvik has 12 cranes, and Oberhauser did not pay the fine.',
    );
    expect(quotes).toEqual(['The harbour of Sandvik has 12 cranes.', 'Oberhauser did not pay the fine.']);
  });
});

const FERRY = storedPassage(
  'The captain of the ferry is Signe Halvorsen. It was built by French officers and a Dutch crew in Orlen. ' +
    'Bergen and Stavanger share the ferry. The ferry is a catamaran. The ferry leaves the quay at nine.',
  'The ferry',
);

describe('What nobody said', () => {
  const ofFerry = (sentence: string) =>
    check(sentence, { question: 'What of it?', passages: [...passages, FERRY] });

  test.each([
    ['what somebody is', 'The captain of the ferry is a criminal.', /criminal/],
    ['what something is', 'The ferry is a disgrace.', /disgrace/],
    [
      'a stretch of its own',
      'The ferry leaves the quay at nine, as a secret report had predicted.',
      /secret report/,
    ],
    [
      'who is who',
      'The ferry was built by Dutch officers and a French crew in Orlen.',
      /changed places|says of/,
    ],
  ])('is not supported: %s', async (_, sentence, reason) => {
    const support = await ofFerry(sentence);
    expect(support).toMatchObject({ supported: false });
    expect(support).toHaveProperty('reason', expect.stringMatching(reason));
  });

  test.each([
    'The ferry is a catamaran.',
    'Signe Halvorsen is the captain of the ferry.',
    'Stavanger and Bergen share the ferry.',
    'At nine, the ferry leaves the quay.',
  ])('is not found in what somebody did: %s', async (sentence) => {
    expect(await ofFerry(sentence)).toMatchObject({ supported: true });
  });
});

describe('A false sentence is not supported', () => {
  test.each([
    ['number', 'The lighthouse of Brackmoor was built in 1817 by Edith Lindqvist.', /1817/],
    ['number in words', 'The harbour of Sandvik has fourteen cranes.', /fourteen/],
    ['unit', 'The keeper lives there for 9 weeks of the year.', /unit/],
    ['day', 'On March 4, 2011, a storm broke the lamp.', /March 4/],
    ['month', 'On May 3, 2011, a storm broke the lamp.', /May 3/],
    ['limit', 'Fewer than 5,000,000 people have seen the lamp.', /limit/],
    ['name', 'The lighthouse of Brackmoor was built in 1871 by Anna Berg.', /Anna Berg/],
    ['unknown name', 'The lighthouse of Brackmoor was built in 1871 by Zoltan Varga.', /Zoltan Varga/],
    ['added negation', 'The harbour of Sandvik does not have 12 cranes.', /not/],
    ['lost negation', 'Oberhauser did pay the fine.', /not/],
    ['swapped role', 'Karl Oberhauser sued Edith Lindqvist over the lamp.', /what is said here/],
    [
      'swapped role in the passive',
      'Lindqvist was sued by the builder Karl Oberhauser over the lamp.',
      /what is said here/,
    ],
    ['lost "may"', 'The museum opens in the spring.', /certain/],
    ['added "only"', 'Only the keeper lives there for 9 months of the year.', /Only/],
    ['opposite', 'She repaired 3 ferries and bought the old dock from the city of Orlen.', /./],
  ])('%s', async (_, sentence, reason) => {
    expect(await ask(sentence)).toMatchObject({ supported: false, reason: expect.stringMatching(reason) });
  });

  test.each([
    'The harbour of Sandvik has 12 cranes because the old king feared a shortage of grain.',
    'Oberhauser did not pay the fine and fled to Portugal with his daughters.',
    'Lobsters dream of electric violins.',
    '',
    '…',
  ])('an invented clause or nothing at all: %j', async (sentence) => {
    expect((await ask(sentence)).supported).toBe(false);
  });
});

describe('The support check', () => {
  test('works the same way when the embedder fails', async () => {
    const failing = createSupportCheck({ embedder: createFakeEmbedder({ failure: new Error('no memory') }) });
    expect(await failing('The harbour of Sandvik has twelve cranes.', { question: '', passages })).toEqual(
      await ask('The harbour of Sandvik has twelve cranes.'),
    );
  });

  test('listens to an entailment model, and does without one that fails', async () => {
    const sentence = 'The harbour master Anna Berg began work in 2004.';
    const texts: string[] = [];
    const sure = createSupportCheck({
      entailment: async (_, given) => {
        texts.push(...given);
        return given.map(() => 0.999);
      },
    });
    const broken = createSupportCheck({ entailment: () => Promise.reject(new Error('gone')) });
    const context = { question: '', passages };
    const [plain, surer, without] = [
      await ask(sentence),
      await sure(sentence, context),
      await broken(sentence, context),
    ];
    expect(texts[0]).toContain('The harbour of Sandvik\nThe harbour master Anna Berg');
    expect(without).toEqual(plain);
    expect(surer.supported && plain.supported && surer.score > plain.score).toBe(true);
  });

  test('cannot be talked into a fault by an entailment model', async () => {
    const credulous = createSupportCheck({ entailment: async (_, given) => given.map(() => 1) });
    const context = { question: '', passages };
    expect((await credulous('The harbour of Sandvik has 13 cranes.', context)).supported).toBe(false);
  });

  test('prefers the passage that was cited among equals', async () => {
    const copy = storedPassage('The harbour of Sandvik has 12 cranes.', 'A copy');
    const support = await check('The harbour of Sandvik has 12 cranes.', {
      question: '',
      passages: [HARBOUR, copy],
      cited: [1],
    });
    expect(support.supported && support.quotes[0]?.source).toBe(copy);
  });
});

const noun = fc.constantFrom(
  'lamp',
  'bridge',
  'garden',
  'oven',
  'tower',
  'ferry',
  'letter',
  'wheel',
  'barn',
  'mill',
);
const name = fc.constantFrom(
  'Anna Berg',
  'Karl Oberhauser',
  'Edith Lindqvist',
  'Sandvik',
  'Orlen',
  'Brackmoor',
);
const verb = fc.constantFrom('painted', 'repaired', 'sold', 'counted', 'found', 'moved');
const number = fc.integer({ min: 2, max: 99_999 });
const fact = fc.record({ who: name, verb, count: number, noun }).map((it) => ({
  ...it,
  text: `${it.who} ${it.verb} ${it.count.toLocaleString('en')} ${it.noun}s near the old harbour.`,
}));
const facts = fc.uniqueArray(fact, { minLength: 1, maxLength: 8, selector: ({ count }) => count });

describe('Whatever the documents say', () => {
  test('a sentence of a passage is supported, and its quote says it word for word', async () => {
    await fc.assert(
      fc.asyncProperty(facts, fc.nat(), async (told, pick) => {
        const passage = storedPassage(told.map(({ text }) => text).join(' '));
        const sentence = told[pick % told.length]?.text ?? '';
        const support = await check(sentence, { question: '', passages: [passage] });
        expect(support.supported && support.quotes.map(textOf)).toEqual([sentence]);
      }),
    );
  });

  test('a sentence with its number changed never is', async () => {
    await fc.assert(
      fc.asyncProperty(facts, fc.nat(), number, async (told, pick, other) => {
        const fact = told[pick % told.length];
        fc.pre(fact !== undefined && other !== fact.count);
        fc.pre(
          !told.some(
            ({ who, verb, noun, count }) =>
              who === fact?.who && verb === fact.verb && noun === fact.noun && count === other,
          ),
        );
        const passage = storedPassage(told.map(({ text }) => text).join(' '));
        const sentence = `${fact?.who} ${fact?.verb} ${other.toLocaleString('en')} ${fact?.noun}s near the old harbour.`;
        expect((await check(sentence, { question: '', passages: [passage] })).supported).toBe(false);
      }),
    );
  });

  test('a number taken from a neighbouring fact never is', async () => {
    await fc.assert(
      fc.asyncProperty(facts, async (told) => {
        const [first, second] = told;
        fc.pre(
          first !== undefined &&
            second !== undefined &&
            (first.who !== second.who || first.verb !== second.verb || first.noun !== second.noun),
        );
        const passage = storedPassage(told.map(({ text }) => text).join(' '));
        const sentence = `${first?.who} ${first?.verb} ${second?.count.toLocaleString('en')} ${first?.noun}s near the old harbour.`;
        fc.pre(!told.some(({ text }) => text === sentence));
        expect((await check(sentence, { question: '', passages: [passage] })).supported).toBe(false);
      }),
    );
  });

  test('quotes lie within their passages, on whole sentences', async () => {
    const words = fc.array(
      fc.oneof(
        fc.string({ maxLength: 8 }),
        noun,
        name,
        fc.constantFrom('12', '3.5', 'not', '. ', 'U.S.', '½', '٣'),
      ),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(words, { minLength: 1, maxLength: 3 }), fc.nat(), async (texts, pick) => {
        const given = texts.map((list) => storedPassage(list.join(' ')));
        const sentence = (texts[pick % texts.length] ?? []).slice(0, 12).join(' ');
        const support = await check(sentence, { question: '', passages: given });
        if (!support.supported) return;
        for (const { source, start, end } of support.quotes) {
          expect(source.passage.sentences.some((one) => one.start === start)).toBe(true);
          expect(source.passage.sentences.some((one) => one.end === end)).toBe(true);
          expect(start).toBeLessThan(end);
        }
      }),
    );
  });
});

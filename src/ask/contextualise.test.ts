import { describe, expect, it } from 'vitest';
import type { Turn } from '../model/conversation.ts';
import { contextualise } from './contextualise.ts';

const DECLINE = 'I could not find an answer to that in the documents.';

/** A question, and its answer; without one it was declined. */
type Exchange = readonly [question: string, answer?: string];

/** Asked in order, each question made to stand alone as `ask` would have. */
function conversation(exchanges: readonly Exchange[]): Turn[] {
  const turns: Turn[] = [];
  for (const [question, text] of exchanges) {
    turns.push({
      id: `ans_${turns.length}`,
      question,
      standaloneQuestion: contextualise(question, turns),
      answer:
        text === undefined
          ? { status: 'declined', reason: 'no_answer_in_documents', text: DECLINE, closest: [] }
          : { status: 'answered', text, citations: [] },
      confidence: 0.9,
      askedAt: '2026-01-01T00:00:00.000Z',
    });
  }
  return turns;
}

const HALVORSEN: Exchange = [
  'Who designed the Halden lighthouse?',
  'Ingrid Halvorsen designed the Halden lighthouse in 1911.',
];
const BERGMANN: Exchange = [
  'Who is Otto Bergmann?',
  'Otto Bergmann is a retired admiral who wrote about tides.',
];
const LIVES: Exchange = ['Where does Otto Bergmann live?', 'Otto Bergmann lives in Kiel.'];
const FERRY: Exchange = ['When did the Aurora ferry sink?', 'The Aurora ferry sank in March 1987.'];
const STRIKE: Exchange = ['When did the strike in Lisbon begin?', 'The strike in Lisbon began in 1974.'];
const PUMP: Exchange = [
  'What is the flow rate of the greenhouse pump?',
  'The flow rate of the greenhouse pump is 40 litres a minute.',
];
const BAND: Exchange = ['Which band opened the festival?', 'The Copper Owls opened the festival.'];
const SUMMIT: Exchange = [
  'How many ministers were at the Baltic summit in Riga?',
  'Nine ministers were at the Baltic summit.',
];

type Case = readonly [exchanges: readonly Exchange[], question: string, standalone: string];

function check(cases: readonly Case[]): void {
  it.each(cases.map(([exchanges, question, standalone]) => ({ exchanges, question, standalone })))(
    '"$question" asks "$standalone"',
    ({ exchanges, question, standalone }) => {
      expect(contextualise(question, conversation(exchanges))).toBe(standalone);
    },
  );
}

describe('A pronoun', () => {
  check([
    [[BERGMANN], 'When was he born?', 'When was Otto Bergmann born?'],
    [[BERGMANN], 'What did he write about?', 'What did Otto Bergmann write about?'],
    [[BERGMANN], 'Which ships did the navy give him?', 'Which ships did the navy give Otto Bergmann?'],
    [[BERGMANN], 'What are his books called?', "What are Otto Bergmann's books called?"],
    [[HALVORSEN], 'What else did she design?', 'What else did Ingrid Halvorsen design?'],
    [[HALVORSEN], 'Did anyone help her?', 'Did anyone help Ingrid Halvorsen?'],
    [[HALVORSEN], 'What was her first building?', "What was Ingrid Halvorsen's first building?"],
    [
      [BERGMANN, ['When was he born?', 'Otto Bergmann was born in 1931.']],
      'And where did he study?',
      'Where did Otto Bergmann study?',
    ],
    [[FERRY], 'How many passengers did it carry?', 'How many passengers did the Aurora ferry carry?'],
    [[FERRY], 'Who was its captain?', "Who was the Aurora ferry's captain?"],
    [[PUMP], 'Can I raise it?', 'Can I raise the flow rate of the greenhouse pump?'],
    [[BAND], 'How many albums did they release?', 'How many albums did the Copper Owls release?'],
    [[BAND], 'What is their best known song?', "What is the Copper Owls' best known song?"],
    [
      [['How did Petra Lang meet Sven Dahl?', 'Petra Lang and Sven Dahl met on a ferry.']],
      'When did they marry?',
      'When did Petra Lang and Sven Dahl marry?',
    ],
    [
      [['Did Danish divers help Otto Bergmann?', 'Otto Bergmann hinted that they did.']],
      "Why didn't he want to name them?",
      "Why didn't Otto Bergmann want to name Danish divers?",
    ],
    [
      [['Which newspaper printed the letter?', 'The letter was printed in the Northern Herald.']],
      'When was it founded?',
      'When was the Northern Herald founded?',
    ],
    [
      [SUMMIT, ['Was Sweden there?', 'Sweden was not at the summit.']],
      'Who hosted it?',
      'Who hosted the Baltic summit?',
    ],
  ]);

  check([
    [[HALVORSEN, BERGMANN], 'When did she die?', 'When did Ingrid Halvorsen die?'],
    [[HALVORSEN, BERGMANN], 'When did he die?', 'When did Otto Bergmann die?'],
    [
      [['Who is the father of Otto Bergmann?', 'The father of Otto Bergmann is Karl Bergmann.']],
      'Where did he live?',
      'Where did Karl Bergmann live?',
    ],
  ]);
});

describe('A pronoun that its own question explains, or that means nothing, is left', () => {
  check([
    [[BERGMANN], 'Did Captain Holt say he would resign?', 'Did Captain Holt say he would resign?'],
    [[HALVORSEN], 'Did Karin Moe sell her house?', 'Did Karin Moe sell her house?'],
    [[FERRY], 'Is it true that whales sing?', 'Is it true that whales sing?'],
    [[FERRY], 'How long does it take to walk to Oslo?', 'How long does it take to walk to Oslo?'],
    [[LIVES], 'How many rivers are there in Norway?', 'How many rivers are there in Norway?'],
  ]);
});

describe('A place word or a role', () => {
  check([
    [[SUMMIT], 'Was Sweden there?', 'Was Sweden at the Baltic summit in Riga?'],
    [[LIVES], 'How long has Anna Weiss lived there?', 'How long has Anna Weiss lived in Kiel?'],
    [[BERGMANN], 'Where was the admiral born?', 'Where was Otto Bergmann born?'],
    [[BERGMANN], 'And the religion of the admiral?', 'What is the religion of Otto Bergmann?'],
  ]);
});

describe('A fragment', () => {
  check([
    [[LIVES], 'And his father?', 'Where does the father of Otto Bergmann live?'],
    [[LIVES], 'Since when?', 'Since when does Otto Bergmann live in Kiel?'],
    [[LIVES], 'Why?', 'Why does Otto Bergmann live in Kiel?'],
    [[FERRY], 'Why?', 'Why did the Aurora ferry sink?'],
    [[FERRY], 'And where?', 'Where did the Aurora ferry sink?'],
    [[FERRY], 'ok, and how exactly?', 'How did the Aurora ferry sink?'],
    [
      [['Did Otto Bergmann leave the navy?', 'Otto Bergmann left the navy.']],
      'when?',
      'When did Otto Bergmann leave the navy?',
    ],
    [
      [['Which country did Petra Lang travel through when she fled?', 'She travelled through Poland.']],
      'And when?',
      'When did Petra Lang travel when she fled?',
    ],
    [[STRIKE], 'And in Porto?', 'When did the strike in Porto begin?'],
    [[STRIKE], 'What about Madrid?', 'When did the strike in Madrid begin?'],
    [
      [['How many ships were built in 2010?', 'Twelve ships were built in 2010.']],
      'What about 2011?',
      'How many ships were built in 2011?',
    ],
    [
      [['How many ships did Kiel build?', 'Kiel built twelve ships.']],
      'and in 2011?',
      'How many ships did Kiel build in 2011?',
    ],
    [[LIVES], 'And Ingrid Halvorsen?', 'Where does Ingrid Halvorsen live?'],
    [
      [['Which port did Otto Bergmann visit first?', 'Otto Bergmann visited Tromsø.']],
      'And after that?',
      'Which port did Otto Bergmann visit after Tromsø?',
    ],
    [[BERGMANN], 'how many children?', 'how many children (Otto Bergmann)?'],
    [[BAND], 'any awards?', 'any awards (the Copper Owls)?'],
  ]);
});

describe('A question that leans on the topic gets it in brackets', () => {
  check([
    [[BERGMANN], 'What else?', 'What else (Otto Bergmann)?'],
    [[FERRY], 'What was the reason?', 'What was the reason (the Aurora ferry)?'],
    [[FERRY], 'What happened next?', 'What happened next (the Aurora ferry)?'],
    [[BERGMANN], 'And the religion of the priest?', 'What is the religion of the priest (Otto Bergmann)?'],
    [[FERRY], 'Where might it happen?', 'Where might it happen (the Aurora ferry)?'],
    [
      [FERRY, ['What was the reason?', 'A valve had failed.']],
      'Can you tell me more?',
      'Can you tell me more (the Aurora ferry)?',
    ],
  ]);
});

describe('A phrase stands for the one that it is like', () => {
  const plan: Exchange = ['How much does the annual plan cost?', 'The annual plan costs 120 crowns.'];
  const setUp: Exchange = ['How do I install it with npm?', 'Run npm install.'];
  const weather: Exchange = ['How warm was it in Porto?', 'It was 20 degrees.'];
  check([
    [[plan], 'What about the monthly plan?', 'How much does the monthly plan cost?'],
    [
      [['Is the free version limited?', 'Yes.']],
      'What about the paid version?',
      'Is the paid version limited?',
    ],
    [[plan], 'And the monthly one?', 'How much does the monthly plan cost?'],
    [
      [['How do I cancel a monthly plan?', 'Write to us.']],
      'and a yearly plan?',
      'How do I cancel a yearly plan?',
    ],
    [
      [['Which plan suits small teams?', 'The basic plan does.']],
      'And large teams?',
      'Which plan suits large teams?',
    ],
    [[plan], 'Monthly plan', 'Monthly plan (the annual plan)?'],
    [[setUp], 'And with Docker?', 'How do I install it with Docker?'],
    [[['How long does it take by bus?', 'An hour.']], 'And by train?', 'How long does it take by train?'],
    [[weather], 'And in Lisbon?', 'How warm was it in Lisbon?'],
    [[weather], 'And in winter?', 'How warm was it in Porto in winter?'],
  ]);
});

describe('A topic is carried over several turns, and over a decline', () => {
  check([
    [
      [
        BERGMANN,
        ['When did he retire?', 'Otto Bergmann retired in 1994.'],
        ['Why?'],
        ['And where does he live?', 'He lives in Kiel.'],
      ],
      'Does he have children?',
      'Does Otto Bergmann have children?',
    ],
    [[['How tall is Otto Bergmann?']], 'And who is his father?', "Who is Otto Bergmann's father?"],
    [[FERRY, ['How much did it cost?']], 'Who owned it?', 'Who owned the Aurora ferry?'],
  ]);
});

describe('A new topic drops the old one', () => {
  check([
    [[BERGMANN], 'Which port does the server listen on?', 'Which port does the server listen on?'],
    [[BERGMANN], 'Who won the 1998 football World Cup?', 'Who won the 1998 football World Cup?'],
    [[FERRY], 'What is photosynthesis?', 'What is photosynthesis?'],
    [[FERRY], 'Who is Ingrid Halvorsen?', 'Who is Ingrid Halvorsen?'],
    [[BERGMANN], 'And who is Ingrid Halvorsen?', 'And who is Ingrid Halvorsen?'],
    [[BERGMANN], 'how do you prune an apple tree in winter', 'how do you prune an apple tree in winter'],
    [[BERGMANN], 'Different topic: when did the Aurora ferry sink?', 'when did the Aurora ferry sink?'],
    [[BERGMANN, FERRY], 'Who built it?', 'Who built the Aurora ferry?'],
  ]);
});

describe('Whatever is asked', () => {
  const questions = [
    'Why?',
    'And his father?',
    'What about them?',
    '',
    '???',
    'It?',
    'there',
    'the',
    'Is that so?',
    'And in 1999?',
    'ok',
    '(x)?',
    '他在哪里?',
  ];
  const conversations = [
    [BERGMANN],
    [BERGMANN, ['Does he swim?']],
    [['Why?']],
    [['', '']],
    [HALVORSEN, FERRY, STRIKE, PUMP, BAND, SUMMIT],
  ] as Exchange[][];

  it('is returned as it is without a conversation', () => {
    for (const question of questions) expect(contextualise(question, [])).toBe(question);
  });

  it('gives the same non-empty question twice, without a word of a decline', () => {
    for (const exchanges of conversations) {
      const turns = conversation(exchanges);
      for (const question of questions) {
        const standalone = contextualise(question, turns);
        expect(standalone).toBe(contextualise(question, turns));
        if (question !== '') expect(standalone.trim()).not.toBe('');
        expect(standalone).not.toMatch(/could not|documents/);
      }
    }
  });

  it('reads the last turns and the beginning of their answers, however long a conversation is', () => {
    const long = 'Otto Bergmann sailed from Kiel to Riga with Ingrid Halvorsen. '.repeat(200);
    const turns = conversation(Array.from({ length: 50 }, () => ['Who is Otto Bergmann?', long] as const));
    const question = 'And where does he live?';
    expect(contextualise(question, turns)).toBe(contextualise(question, turns.slice(-8)));
    const short = conversation(
      Array.from({ length: 8 }, () => ['Who is Otto Bergmann?', long.slice(0, 600)] as const),
    );
    expect(contextualise(question, turns)).toBe(contextualise(question, short));
  });
});

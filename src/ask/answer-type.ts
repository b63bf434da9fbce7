import { STOP_WORDS } from './stop-words.ts';
import { type Term, termsOf } from './terms.ts';

/** The kind of thing that a question asks for. */
export type AnswerType =
  | 'person'
  | 'time'
  | 'place'
  | 'quantity'
  | 'reason'
  | 'manner'
  | 'definition'
  | 'other';

const RULES: readonly (readonly [RegExp, AnswerType])[] = [
  [
    /\bwhy\b|\bhow come\b|\bwhat (?:was |is |are |were )?(?:the )?(?:reasons?|causes?|purpose)\b|\bwhat caused\b/i,
    'reason',
  ],
  [
    /\b(?:who|whom|whose)\b|\b(?:which|what) (?:\w+ )?(?:person|man|woman|actor|actress|player|president|author|singer|king|queen|leader|general|minister|scientist)\b/i,
    'person',
  ],
  [
    /\bwhen\b|\b(?:what|which) (?:\w+ )?(?:year|date|day|month|century|decade|time|era|season)\b|\bhow long ago\b/i,
    'time',
  ],
  [
    /\bhow (?:many|much|long|old|far|tall|high|large|big|deep|wide|fast|often|heavy|hot|cold|few)\b|\bwhat (?:\w+ )?(?:number|percent|percentage|amount|population|age|distance|height|length|speed|rate|price|cost|size|weight|temperature|port|limit)\b/i,
    'quantity',
  ],
  [
    /\bwhere\b|\b(?:what|which|whose) (?:\w+ )?(?:country|city|state|place|town|region|continent|river|island|county|location|capital|province|village)\b/i,
    'place',
  ],
  [
    /^(?:so |and |but |well )?(?:what|who) (?:is|are|was|were) (?:an?|the)? ?[\w-]+(?: [\w-]+)?\??$|\bdefin(?:e|ition)\b|\bmeaning of\b|\bstand for\b/i,
    'definition',
  ],
  [/\bhow\b/i, 'manner'],
];

/** Reads the expected kind of answer off the question's words. */
export function answerTypeOf(question: string): AnswerType {
  return RULES.find(([pattern]) => pattern.test(question))?.[1] ?? 'other';
}

const OPENS_WITH_VERB =
  /^(?:and |but |so |now |also |then )?(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must)\b/i;
const ASKS_FOR_MORE = /\b(?:who|whom|whose|what|when|where|why|how|which)\b/i;

/** Whether more than yes or no is asked for, anywhere in the question. */
export function asksForMore(question: string): boolean {
  return ASKS_FOR_MORE.test(question);
}

/** Whether yes or no would answer, as they would not "Can you tell me how…?" */
export function asksYesOrNo(question: string): boolean {
  return OPENS_WITH_VERB.test(question.trim()) && !asksForMore(question);
}

const MONTH_OR_DAY =
  /^(?:jan|january|feb|february|mar|march|apr|april|may|june|jun|july|jul|aug|august|sept?|september|oct|october|nov|november|dec|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|today|century|decade|spring|summer|autumn|winter)$/;
const NUMBER_WORD =
  /^(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?|half|quarter|twice|double|single|several)$/;
const REASON =
  /\b(?:because|due to|owing to|since|so that|in order to|as a result|result(?:ed|s)? in|led to|leads? to|caus(?:e[sd]?|ing)|reasons?|therefore|thus|hence|to avoid|to prevent|thanks to|for fear|fear(?:ed|ing)?|so as to)\b/i;
const MANNER = /\b(?:by|through|using|via|with the help|means of|step|first|then)\b/i;
const PLACE =
  /\b(?:in|at|near|from|to|of|across|via|through|into|towards?|outside|inside|north|south|east|west)\s+(?:the\s+)?\p{Lu}/u;
const DEFINITION =
  /\b(?:is|are|was|were) (?:an?|the|one)\b|\brefers? to\b|\bmeans?\b|\bknown as\b|\bdefined\b|\bcalled\b/i;

/**
 * How far `sentence` holds something of the expected type that the question does not itself name: 1 yes, 0 no.
 * Types without a recognisable form give 0.5.
 */
export function typeEvidence(type: AnswerType, sentence: string, questionWords: ReadonlySet<string>): number {
  const fresh = () => termsOf(sentence).filter((term) => !questionWords.has(term.word));
  switch (type) {
    case 'time':
      return fresh().some((term) => MONTH_OR_DAY.test(term.word) || isYear(term)) ? 1 : 0;
    case 'quantity':
      return fresh().some((term) => /^\p{N}/u.test(term.word) || NUMBER_WORD.test(term.word)) ? 1 : 0;
    case 'person':
      return fresh().some((term) => isName(term) && term.start > 0) || startsWithName(sentence, questionWords)
        ? 1
        : 0;
    case 'place':
      return PLACE.test(sentence) && fresh().some(isName) ? 1 : 0;
    case 'reason':
      return REASON.test(sentence) ? 1 : 0;
    case 'manner':
      return MANNER.test(sentence) ? 1 : 0;
    case 'definition':
      return DEFINITION.test(sentence) ? 1 : 0;
    case 'other':
      return 0.5;
  }
}

function isYear(term: Term): boolean {
  return /^(?:1\d{3}|20\d{2})s?$/.test(term.word);
}

function isName(term: Term): boolean {
  return /^\p{Lu}/u.test(term.written) && !STOP_WORDS.has(term.word);
}

function startsWithName(sentence: string, questionWords: ReadonlySet<string>): boolean {
  const [first, second] = termsOf(sentence);
  return (
    first !== undefined &&
    second !== undefined &&
    isName(first) &&
    isName(second) &&
    !questionWords.has(first.word)
  );
}

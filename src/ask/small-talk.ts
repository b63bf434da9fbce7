/** A fitting reply to a greeting, thanks or goodbye; undefined for everything else. */
export function smallTalkReply(message: string): string | undefined {
  const words = message
    .toLowerCase()
    .replace(/[^\p{L}\s']/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return REPLIES.find(([pattern]) => pattern.test(words))?.[1];
}

const REPLIES: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:hi|hello|hey|hiya|greetings|howdy|good (?:morning|afternoon|evening|day))(?: (?:there|all|everyone|ibid|bot|team|again))*$/,
    'Hello! Ask me something that the documents may answer, and I will quote where they say it.',
  ],
  [
    /^(?:hi |hello |hey )?how (?:are you|is it going|are things)(?: (?:doing|today))*$/,
    'Ready to look things up. Ask me something that the documents may answer.',
  ],
  [
    /^(?:ok |okay |great |perfect |cool )?(?:thanks|thank you|thx|cheers|much appreciated)(?: (?:a lot|so much|very much|again|for (?:that|this|your help|the help)|that helps?|that (?:is|was) (?:great|helpful|all)))*$/,
    'You are welcome.',
  ],
  [/^(?:bye|goodbye|good night|see you|see you later|farewell)(?: (?:then|now|bye))*$/, 'Goodbye!'],
  [
    /^(?:ok|okay|great|perfect|cool|nice|i see|got it|understood|alright|fine)$/,
    'Good. Ask on whenever you like.',
  ],
];

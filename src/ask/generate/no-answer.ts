const SIGN = /^\W*NO[_ -]?ANSWER\b/;
const IN_WORDS =
  /^(?:(?:I(?:['’]m| am) )?(?:sorry|afraid)\b.*?[,;.:]?\s*|unfortunately,?\s*|based on (?:the|these) [\w ]+?,\s*)*(?:but\s+)?(?:I (?:do not|don['’]t|cannot|can['’]t|could not|couldn['’]t|am (?:not able|unable))\b|(?:the|these|those|none of the|no) (?:(?:provided|given|available|above) )*(?:passages?|documents?|context|sources?|texts?|information)\b.{0,40}?\b(?:do(?:es)? not|don['’]t|doesn['’]t|did not|say nothing|says nothing|mentions?|contains?|provides?|states?|is (?:not )?(?:given|available|provided))|there is no (?:information|mention|answer)\b)/i;

/** Whether a sentence says that the passages hold no answer: the sign that the prompt asks for, or the usual words in English. */
export function saysNoAnswer(sentence: string): boolean {
  return (
    SIGN.test(sentence) ||
    (IN_WORDS.test(sentence) && /\b(?:not|n['’]t|no|none|nothing|unable)\b|n['’]t\b/i.test(sentence))
  );
}

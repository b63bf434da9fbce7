const SIGN = /^\W*NO[_ -]?ANSWER\b/;
/** What may come first: "I'm sorry, but", "Unfortunately,", "Based on the passages,". */
const OPENING =
  /^(?:(?:I(?:['’]m| am) )?(?:sorry|afraid)\b[^.]{0,30}?[,;]?\s+|unfortunately,?\s+|(?:based on|according to) (?:the|these) [\w ]{1,40}?,\s*|but\s+|that\s+)+/i;
const I_CANNOT =
  /^I(?:['’]m not (?:sure|able)| (?:am (?:not|unable)|do not|don['’]t|cannot|can['’]t|could not|couldn['’]t)) ?(?:able to |to )?(?:know|find|answer|see|determine|tell|help|provide|say|have)\b/i;
const THEY_DO_NOT =
  /^(?:(?:the|these|those|your) )?(?:(?:provided|given|available|above) )*(?:passages?|documents?|context|sources?|texts?|information)\b[\w ,]{0,40}? (?:do(?:es)? not|don['’]t|doesn['’]t|did not|is not|says? nothing|contains? no|hold no)\b/i;
const THERE_IS_NONE =
  /^(?:there is|none of (?:the|these)|no) (?:no )?(?:information|mention|answer|passages?|documents?)\b/i;

/** Whether a sentence says that the passages hold no answer: the sign that the prompt asks for, or the usual words in English. */
export function saysNoAnswer(sentence: string): boolean {
  if (SIGN.test(sentence)) return true;
  const words = sentence.replace(OPENING, '');
  return [I_CANNOT, THEY_DO_NOT, THERE_IS_NONE].some((pattern) => pattern.test(words));
}

import { isOrder } from './orders.ts';

/** Words about the answer, not about what is asked: "Answer in one sentence:", "Be brief." */
const ABOUT_THE_ANSWER =
  /^(?:please,? )?(?:(?:do not|don['’]t|never|always|only) )?(?:(?:answer|reply|respond|cite|quote)\b|(?:begin|start|end|finish|keep|make|write|give)\b.{0,20}\b(?:answer|reply|response|it)\b|be (?:very |more )?(?:brief|concise|short|quick|specific|precise|honest)\b)/i;
/** One clause in front of another. */
const CLAUSE = /^([^?:.!]{3,120})[:.!]\s+(?=\S)/;

/** The question without what is said before it on how to answer it; as it is when nothing else is asked. */
export function withoutInstructions(question: string): string {
  let rest = question.trim();
  for (let clause = CLAUSE.exec(rest); clause !== null; clause = CLAUSE.exec(rest)) {
    const [whole, said = ''] = clause;
    if (!ABOUT_THE_ANSWER.test(said) && !isOrder(said)) break;
    rest = rest.slice(whole.length);
  }
  return rest.includes('?') ? rest : question;
}

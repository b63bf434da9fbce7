import { capitalise } from '../letter-case.ts';

const JOINS =
  /^(?:(?:and|but|so|then|or|ok|okay|well|yes|no|right|also|what about|how about|what of)\b[\s,:-]*)+/i;
const TURNS_AWAY =
  /^(?:on )?(?:a |an )?(?:(?:different|new|another|other) (?:topic|subject|question|matter|thing)|change of (?:topic|subject)|changing (?:the )?(?:topic|subject)|by the way|something else)\s*[:,.–-]+\s*/i;

/** A question without what joins it to the one before: "And where…", "ok, so why…". */
export function withoutLead(question: string): string {
  const rest = question.replace(JOINS, '');
  if (!/[\p{L}\p{N}]/u.test(rest)) return question;
  return /^\p{Lu}/u.test(question) ? capitalise(rest) : rest;
}

/** What follows "Different topic:" or the like; undefined when nothing of the kind opens the question. */
export function afterTurningAway(question: string): string | undefined {
  const announced = TURNS_AWAY.exec(question);
  const rest = question.slice(announced?.[0].length ?? 0);
  return announced === null || !/[\p{L}\p{N}]/u.test(rest) ? undefined : rest;
}

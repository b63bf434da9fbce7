/** English words that say nothing of a question's subject: articles, auxiliaries, pronouns, prepositions, question words. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about above after again against all also am among an and any anyone anything are as at be became because been before
  being below between both but by can come could did do does doing done down during each either else ever every few for
  from further get give given go had has have having he her here hers herself him himself his how however i if in into is
  it its itself just know let like many may me might more most much must my myself no nor not now of off often on once one
  only onto or other our ours out over own per please quite rather same say says shall she should since so some such tell
  than that the their theirs them themselves then there these they this those though through thus to too toward towards
  under until up upon us very via want was we were what whatever when whence where which while who whoever whom whose why
  will with within without would yet you your yours yourself explain describe mean means mention mentioned called
  s t d ll m o re ve don doesn didn isn aren wasn weren hasn haven hadn won wouldn couldn shouldn`
    .split(/\s+/)
    .filter((word) => word.length > 0),
);

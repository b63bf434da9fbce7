function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/));
}

/** Titles: a name follows, so a sentence never ends with them. Lower case, without the last dot; capitalised in texts. */
export const TITLES = words(
  `mr mrs ms mx dr prof gen brig col lt sgt capt maj cmdr cpl pvt adm sen rep gov pres rev hon fr msgr
   supt insp det amb messrs mmes mme mlle`,
);

/** Abbreviations in mid-sentence, in lower case: an example, a number or the other party follows. */
export const MID_SENTENCE = words('e.g i.e cf viz vs v ca approx esp incl resp');

/** Abbreviations that a number follows. With anything else behind them they may end a sentence ("No."). */
export const BEFORE_A_NUMBER = words(
  `no nos fig figs eq eqs vol vols p pp ch chap sec sect art para tab ref refs ver app appx nr op ed al
   rs usd est min max fl circa`,
);

/** Months and days of the week, capitalised in texts; a number follows. */
export const CALENDAR = words(
  'jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun',
);

/** Abbreviations that may stand inside a sentence or end it: the word behind them decides. */
export const INSIDE_OR_END = words(
  `inc corp ltd llc co bros plc jr sr st mt ft ave blvd rd dept univ assn intl natl gov't ph.d m.d b.a m.a b.sc m.sc`,
);

/** Words before a single letter that is a label and no initial: "World War I.", "vitamin C." */
export const BEFORE_A_LABEL = words(
  'war vitamin hepatitis plan type class grade chapter part phase appendix section article group option figure table',
);

/** Words that, capitalised, begin a sentence far more often than a name. Lower case. */
export const SENTENCE_STARTERS = words(
  `the a an he she it they we i you in on at but and or so if when while after before then there this that these
   those his her its their our my your as for from with by to although though however since because during until
   where what who why how which also not no yes each every some many most all both one another such thus therefore
   meanwhile moreover later now here even once despite under between only according among within without`,
);

/** Words that a line cannot end a sentence with: the next line continues it. */
export const CONTINUING_WORDS = words(
  `the a an of and or in on at by for from with to as is are was were be been has have had that which who whose
   than into its their his her our your this these those but nor not`,
);

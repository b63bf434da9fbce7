import { setOf } from './word-classes.ts';

/** Verbs that follow a subject in questions, in their base and irregular forms. */
const VERBS = setOf(
  `sink sank sunk burn burned crash explode drown sail swim swam vanish form perform gain encounter share collapse own accept achieve add adopt agree allow announce appear apply argue arrest arrive ask attend avoid become became begin began begun believe belong broke bring brought build built buy bought calculate came carry catch caught choose chose chosen collaborate come commit compare compete consist contain continue contribute create criticise criticize decide declare defect defend depend describe destroy determine develop die died differ disband discover do draw drew drive drove earn eat elect employ enable enjoy enter establish exist expect explain express fail fell feel felt fought find flee fled fly flew flown follow found give gave given get go gone went graduate grow grew grown happen hate hear heard held hide hint hire improve include inspire invade invent invite involve join keep kept killed know knew known last launch learn let lie listen live lived locate lose lost love made make manage marry married mean meet met mention merge negotiate obtain occur oppose originate own pay paid perform persuade played prefer prepare prevent produce protect prove provide publish put quit react read receive recommend refer refuse regard reject rely remain remember remove replace represent require resign resolve respond reveal retire rise rose ran said save say saw scan see seek seem seen sell sold send sent serve sing sang speak spoke spend spent steal studied succeed succeeded suffer suggest survive take took taken taught teach tell told tend think thought threaten throw told travelled try turn understand urge used vary want warn warned wear wed win won wonder write wrote written`,
);

/** Words that are verbs after a name ("does Brahimi work") and nouns elsewhere ("his first work"). */
const VERBS_OR_NOUNS = setOf(
  `act attack break call cause change claim command complete contact control cost cover cross debut defeat design display drop duel effect end escape estimate fall fight file force help hit hold host impact increase influence kill lack lead leave left like move need notice offer open pass place play promise raise reach record release report request respect result return review ride rule run score separate set show sign split stand start stay stop struggle study support talk tour trade train travel treat use visit vote wait walk work`,
);

/** Whether `word`, standing after the noun or name `before`, is a verb. */
export function isVerbAfter(before: { readonly capital: boolean }, word: string): boolean {
  const base = word.replace(/ies$/, 'y').replace(/s$/, '');
  if (VERBS.has(word) || VERBS.has(base) || isParticiple(word)) return true;
  return before.capital && (VERBS_OR_NOUNS.has(word) || VERBS_OR_NOUNS.has(base));
}

/** Whether `word` may be a verb where one is due. */
export function mayBeVerb(word: string): boolean {
  return isVerb(word) || VERBS_OR_NOUNS.has(word) || VERBS_OR_NOUNS.has(word.replace(/s$/, ''));
}

/** Whether `word` is a verb wherever it stands. */
export function isVerb(word: string): boolean {
  return VERBS.has(word) || VERBS.has(word.replace(/s$/, '')) || isParticiple(word);
}

/** A lower-case word that looks like a verb's past or -ing form. */
function isParticiple(word: string): boolean {
  return word.length > 4 && /[^e]ed$|ing$/.test(word);
}

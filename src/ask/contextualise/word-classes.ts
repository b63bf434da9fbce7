import { STOP_WORDS } from '../stop-words.ts';

export const AUXILIARIES =
  setOf(`is are was were am be been being do does did has have had can could will would shall should
  may might must isn aren wasn weren don doesn didn hasn haven hadn won wouldn couldn shouldn isnt arent wasnt werent dont
  doesnt didnt hasnt havent hadnt wont wouldnt couldnt shouldnt can't cant`);

export const QUESTION_WORDS = setOf('who whom whose what which when where why how');

export const PREPOSITIONS =
  setOf(`in at on from to near through via across into towards toward around by with without for
  about of after before since until during under over against between among as like behind beside beyond within outside inside`);

/** Prepositions that a place or an occasion often follows. */
export const PLACE_PREPOSITIONS = setOf('in at near from through across into towards to');

export const DETERMINERS =
  setOf(`the a an this that these those his her its their my your our any some no each every another
  what which whose many much few several all both most more other such`);

/** Ranks and offices that stand before a name or in the place of one. */
export const MALE_ROLES =
  setOf(`mr sir lord king prince emperor father brother son husband uncle man boy actor duke baron
  chairman businessman priest monk grandfather nephew gentleman`);
export const FEMALE_ROLES =
  setOf(`mrs ms miss lady queen princess empress mother sister daughter wife aunt woman girl actress
  duchess baroness nun grandmother niece chairwoman`);
export const ROLES =
  setOf(`dr prof professor president minister general colonel captain major lieutenant sergeant admiral
  marshal brigadier senator governor mayor judge justice secretary ambassador envoy director chief pope bishop saint author
  writer poet singer musician painter artist composer player coach manager leader founder scientist physicist chemist
  philosopher engineer inventor lawyer doctor official officer commander spokesman politician dictator rebel defector
  person guy character candidate director chancellor premier sheikh imam ceo`);

/** Words that make a name, or a noun, that of several people acting as one. */
export const GROUPS =
  setOf(`band group team company club party army government council committee commission ministry
  department agency university college school church association organisation organization union league federation
  corporation firm bank family couple crew cast police parliament congress senate brigade regiment guard orchestra choir
  inc ltd corp co gmbh clan tribe brothers sisters twins foundation institute society movement militia nations tribunal
  delegation opposition`);

export const PLACES =
  setOf(`city town village country state county province region district island river lake mountain
  street road square park bay valley coast harbour harbor republic kingdom airport station capital continent ocean sea
  africa america asia europe australia afghanistan algeria argentina austria belgium brazil britain bulgaria canada chile
  china colombia croatia cuba cyprus denmark egypt england ethiopia finland france germany ghana greece hungary iceland
  india indonesia iran iraq ireland israel italy jamaica japan jordan kenya korea kuwait lebanon libya malaysia mexico
  morocco netherlands nigeria norway pakistan palestine peru philippines poland portugal qatar romania russia scotland
  serbia singapore somalia spain sudan sweden switzerland syria taiwan thailand tunisia turkey uganda ukraine venezuela
  vietnam wales yemen zimbabwe london paris berlin rome madrid moscow beijing tokyo cairo damascus baghdad istanbul geneva
  brussels vienna washington chicago boston texas california florida usa uk uae`);

export const TIMES =
  setOf(`january february march april may june july august september october november december monday
  tuesday wednesday thursday friday saturday sunday spring summer autumn winter christmas easter year years month months
  week weeks day days century decade morning evening night weekend today yesterday tomorrow`);

/** Nouns whose meaning hangs on a thing that is not named: a result is the result of something. */
export const RELATIONAL =
  setOf(`result results outcome reason reasons cause causes effect effects consequence consequences
  purpose goal aim name names title titles price cost costs fee fees date size age length height weight population capital
  author owner founder founders leader leaders member members meaning difference differences benefit benefits advantage
  advantages disadvantages drawback drawbacks risk risks requirement requirements limit limits deadline rule rules
  exception exceptions symptoms treatment steps step process procedure reaction response reviews review plot ending ages
  aftermath verdict winner winners score lyrics genre`);

/** Words that say only that more of the same is asked for. */
export const EMPTY_NOUNS =
  setOf(`else other others interesting important significant aspect aspects article document page
  text passage thing things anything something fact facts information detail details example examples point points part
  happen happened happens happening next kind type sort way ways notable special know tell exactly ever actually really
  just`);

/** Whether `word` has no subject of its own. */
export function isStop(word: string): boolean {
  return STOP_WORDS.has(word) || AUXILIARIES.has(word) || PREPOSITIONS.has(word);
}

/** The words of a list written as text. */
export function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/).filter((word) => word !== ''));
}

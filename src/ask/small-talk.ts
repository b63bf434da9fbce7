import type { ReplyLanguage } from './language/phrases.ts';

export type SmallTalkKind = 'greeting' | 'wellbeing' | 'thanks' | 'goodbye' | 'assent' | 'capabilities';

/** What was said, and in which language. */
export interface SmallTalk {
  readonly kind: SmallTalkKind;
  readonly language: ReplyLanguage;
}

/** Words of a message beyond which it is no small talk; it also bounds the work of the patterns. */
const LONGEST = 120;

/** A greeting, thanks, a goodbye or a question about what can be asked; undefined for everything else. */
export function smallTalkOf(message: string): SmallTalk | undefined {
  if (message.length > LONGEST) return undefined;
  const words = message
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[’`]/g, "'")
    .replace(/[^\p{L}\p{M}\s']/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return SAID.find(({ pattern }) => pattern.test(words));
}

const SAID: readonly (SmallTalk & { readonly pattern: RegExp })[] = [
  ...said('en', {
    greeting: `(?:hi|hello|hey|hiya|yo|greetings|howdy|welcome|good (?:morning|afternoon|evening|day))(?: (?:there|all|everyone|ibid|bot|team|again|to you))*`,
    wellbeing: `(?:hi |hello |hey )?(?:there )?(?:how (?:are you|is it going|are things|do you do)|what's up|sup)(?: (?:doing|today|ibid))*`,
    thanks: `(?:ok |okay |great |perfect |cool |nice )?(?:many thanks|thanks|thank you|thx|ty|cheers|much appreciated|appreciate it)(?: (?:a lot|so much|very much|again|ibid|for (?:that|this|your help|the help|everything)|that helps?|that helped|that (?:is|was) (?:great|helpful|all)))*`,
    goodbye: `(?:ok |okay |thanks )?(?:bye|bye bye|goodbye|good night|see you|see ya|farewell|that's all|that is all)(?: (?:then|now|bye|later|soon|tomorrow|see you|for now|for today))*`,
    assent: `(?:ok|okay|great|perfect|cool|nice|i see|got it|understood|alright|fine|good|super|awesome|lol|haha+|wow|well done|good (?:job|bot|work)|(?:you are|you're|that is|that's|this is) (?:so |very |really )?(?:awesome|great|amazing|cool|good|helpful|nice|smart|the best))(?: (?:ok|okay|great|perfect|cool|nice|then))*`,
    capabilities: `(?:(?:hi|hello|hey|ok|so|and) )?(?:what (?:can|could) (?:you|this bot|ibid) (?:do|answer|help (?:me )?with|tell me)(?: for me| about)?|what do you (?:do|know|know about|cover|offer)|what (?:can|could|should|may) i ask(?: you)?(?: about)?|what (?:questions|topics|subjects|documents|sources|things) (?:can i ask(?: you)?(?: about)?|can you answer|do you (?:know|have|cover|know about|use)|are (?:there|covered))|(?:which|what) (?:documents|topics) (?:do|can) you (?:have|know|know about|cover|use|answer)|who are you|what are you|what (?:are|is) (?:the|these|your) (?:documents?|texts?|knowledge base|collection) about|how (?:can|could) you help(?: me)?|how do (?:you|i) (?:work|use (?:this|you))|help|help me|can you help(?: me)?|what is this (?:bot|page|site|chat)(?: for| about)?|introduce yourself|tell me (?:about yourself|what you (?:can do|know)))`,
  }),
  ...said('de', {
    greeting: `(?:hallo|guten (?:morgen|tag|abend)|moin|servus|gruss gott|gruezi|hi)(?: (?:zusammen|ibid|da|alle))*`,
    wellbeing: `(?:hallo )?wie geht(?:'s| es)(?: dir| ihnen| so| heute)*`,
    thanks: `(?:ok |super |gut )?(?:vielen dank|danke|dankeschon|besten dank|herzlichen dank|danke schon)(?: (?:sehr|dir|ihnen|schon|fur (?:die|deine|ihre) hilfe))*`,
    goodbye: `(?:tschuss|auf wiedersehen|bis (?:bald|spater|dann|morgen)|gute nacht|ciao)`,
    assent: `(?:alles klar|verstanden|gut|toll|prima|okay danke|klasse|in ordnung)`,
    capabilities: `(?:hallo )?(?:was (?:kannst du|konnen sie|koennen sie|weisst du|wissen sie)(?: (?:alles|tun|so))*|wobei (?:kannst du|konnen sie) (?:mir )?helfen|was (?:kann|darf) ich (?:dich |sie )?(?:alles )?fragen|wer (?:bist du|sind sie)|hilfe|worum geht es hier|welche (?:dokumente|themen) (?:hast|kennst) du|welche (?:dokumente|themen) gibt es)`,
  }),
  ...said('fr', {
    greeting: `(?:bonjour|bonsoir|salut|coucou)(?: (?:a tous|ibid|tout le monde))*`,
    wellbeing: `(?:bonjour |salut )?(?:comment (?:ca va|allez vous|vas tu)|ca va)(?: aujourd'hui)?`,
    thanks: `(?:ok |super |parfait )?(?:merci|mille mercis)(?: (?:beaucoup|bien|infiniment|a vous|a toi|pour (?:tout|votre aide|ton aide)))*`,
    goodbye: `(?:au revoir|a (?:bientot|plus|demain|plus tard)|bonne (?:nuit|journee|soiree)|adieu)`,
    assent: `(?:d'accord|parfait|compris|tres bien|super|genial|entendu)`,
    capabilities: `(?:bonjour )?(?:que (?:peux tu|pouvez vous|sais tu|savez vous)(?: faire)?|qu'est ce que (?:tu peux|vous pouvez|tu sais|vous savez) faire|que puis je (?:te |vous )?demander|qui (?:es tu|etes vous)|aide|comment (?:peux tu|pouvez vous) m'aider|de quoi (?:parlent|traitent) (?:les|ces) documents|quels documents (?:connais tu|connaissez vous|avez vous))`,
  }),
  ...said('es', {
    greeting: `(?:hola|buen(?:os|as) (?:dias|tardes|noches)|saludos)(?: (?:a todos|ibid))*`,
    wellbeing: `(?:hola )?(?:que tal|como (?:estas|esta|esta usted|te va))(?: hoy)?`,
    thanks: `(?:ok |vale |perfecto )?(?:muchas gracias|gracias|mil gracias)(?: (?:por (?:todo|la ayuda|tu ayuda|su ayuda)))?`,
    goodbye: `(?:adios|hasta (?:luego|pronto|manana|la vista)|chao|nos vemos)`,
    assent: `(?:vale|de acuerdo|perfecto|entendido|genial|muy bien|bueno|bien)`,
    capabilities: `(?:hola )?(?:que (?:puedes|puede|sabes|sabe)(?: usted)?(?: hacer| responder)?|que (?:te |le )?puedo preguntar(?:te|le)?|quien (?:eres|es usted)|ayuda|en que (?:puedes|puede) ayudarme|de que (?:tratan|hablan) (?:los|estos) documentos|que (?:documentos|temas) (?:tienes|conoces|hay))`,
  }),
  ...said('ar', {
    greeting: `(?:مرحبا|مرحبًا|أهلا|اهلا|أهلًا|السلام عليكم|صباح الخير|مساء الخير|هلا)(?: (?:بك|بكم|وسهلا))*`,
    wellbeing: `كيف (?:حالك|الحال|حالكم)`,
    thanks: `(?:شكرا|شكرًا|شكراً|أشكرك|اشكرك)(?: (?:جزيلا|جزيلًا|جزيلاً|لك|لكم|كثيرا))*`,
    goodbye: `(?:وداعا|مع السلامة|إلى اللقاء|الى اللقاء|تصبح على خير)`,
    assent: `(?:حسنا|حسنًا|طيب|تمام|ممتاز|جيد|فهمت)`,
    capabilities: `(?:ماذا (?:تستطيع|يمكنك|تعرف)(?: (?:أن )?تفعل| فعله)?|ما الذي (?:يمكنك|تستطيع) (?:فعله|أن تفعل)|عن ماذا (?:أسأل|يمكنني أن أسأل)|من (?:أنت|انت)|مساعدة|ما هي المستندات)`,
  }),
  ...said('zh', {
    greeting: `(?:你好|您好|嗨|早上好|下午好|晚上好|大家好)(?:啊|呀)?`,
    wellbeing: `(?:你好吗|最近好吗|你怎么样)`,
    thanks: `(?:非常感谢|多谢|谢谢|感谢|謝謝)(?:你|您|了|啦|帮助)*`,
    goodbye: `(?:再见|拜拜|回头见|晚安|再見)`,
    assent: `(?:好的|好|明白了|知道了|太好了|不错|行)`,
    capabilities: `(?:你(?:能|会|可以)(?:做|回答|帮我做)?(?:些)?什么(?:问题)?|我(?:能|可以)问(?:你)?(?:些)?什么|你是谁|帮助|有(?:哪些|什么)(?:文档|资料|主题)|你知道(?:些)?什么)`,
  }),
  ...said('ja', {
    greeting: `(?:こんにちは|こんばんは|おはよう(?:ございます)?|やあ|はじめまして|もしもし)`,
    wellbeing: `(?:お元気ですか|元気ですか|元気)`,
    thanks: `(?:どうも)?(?:ありがとう(?:ございます|ございました)?|感謝します|どうも)`,
    goodbye: `(?:さようなら|またね|また(?:明日|今度)|おやすみ(?:なさい)?|バイバイ)`,
    assent: `(?:はい|わかりました|了解(?:です|しました)?|なるほど|いいですね|すごい|オーケー)`,
    capabilities: `(?:何ができますか|何が出来ますか|何ができる(?:の)?|何を(?:聞け|質問でき|聞くことができ)(?:ますか|る)|あなたは(?:誰|何)ですか|ヘルプ|使い方(?:は|を教えて)?|どんな(?:文書|資料|質問)(?:が(?:ありますか|できますか)))`,
  }),
];

function said(language: ReplyLanguage, patterns: Readonly<Record<SmallTalkKind, string>>) {
  return Object.entries(patterns).map(([kind, pattern]) => ({
    kind: kind as SmallTalkKind,
    language,
    pattern: new RegExp(`^(?:${pattern})$`, 'u'),
  }));
}

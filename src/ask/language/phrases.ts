import type { Language } from './detect-language.ts';

/** Languages that replies of our own are written in; others are answered in English. */
export type ReplyLanguage = 'en' | 'de' | 'fr' | 'es' | 'ar' | 'zh' | 'ja';

/** What Ibid says itself. `titles` come as one list, quoted. */
export interface Phrases {
  readonly hello: string;
  readonly well: string;
  readonly welcome: string;
  readonly goodbye: string;
  readonly askOn: string;
  readonly quote: (title: string) => string;
  /** All documents are named. */
  readonly from: (titles: string) => string;
  /** Some of `count` documents are named. */
  readonly fromAmong: (count: number, titles: string) => string;
  readonly invitation: string;
  readonly noDocuments: string;
  readonly noAnswer: string;
  /** The closest passages are in `language`, the question is not. */
  readonly otherLanguage: (language: string) => string;
  /** The answer keeps to the language of the documents, which the question is not in. */
  readonly answeredIn: (language: string) => string;
}

/** The phrases for a question in `language`; in English when it is unknown. */
export function phrasesFor(language: Language | undefined): Phrases {
  return PHRASES[replyLanguage(language)];
}

export function replyLanguage(language: Language | undefined): ReplyLanguage {
  return language !== undefined && language in PHRASES ? (language as ReplyLanguage) : 'en';
}

const PHRASES: Readonly<Record<ReplyLanguage, Phrases>> = {
  en: {
    hello: 'Hello!',
    well: 'Ready to look things up.',
    welcome: 'You are welcome.',
    goodbye: 'Goodbye!',
    askOn: 'Ask on whenever you like.',
    quote: (title) => `“${title}”`,
    from: (titles) => `I answer from ${titles}.`,
    fromAmong: (count, titles) => `I answer from ${count} documents, among them ${titles}.`,
    invitation: 'Ask me something that they may answer, and I will quote where they say it.',
    noDocuments: 'There are no documents yet that I could look this up in.',
    noAnswer: 'I could not find an answer to that in the documents.',
    otherLanguage: (language) => `The closest passages are in ${language}: asked in it, I may find more.`,
    answeredIn: (language) =>
      `The documents are in ${language}; the answer keeps to their words, so that it can be checked.`,
  },
  de: {
    hello: 'Hallo!',
    well: 'Bereit zum Nachschlagen.',
    welcome: 'Gern geschehen.',
    goodbye: 'Auf Wiedersehen!',
    askOn: 'Fragen Sie gern weiter.',
    quote: (title) => `„${title}“`,
    from: (titles) => `Ich antworte aus ${titles}.`,
    fromAmong: (count, titles) => `Ich antworte aus ${count} Dokumenten, darunter ${titles}.`,
    invitation:
      'Fragen Sie etwas, was darin stehen könnte, und ich zitiere die Stelle. Fragen in der Sprache der Dokumente finden am meisten.',
    noDocuments: 'Es gibt noch keine Dokumente, in denen ich nachschlagen könnte.',
    noAnswer: 'Dazu habe ich in den Dokumenten keine Antwort gefunden.',
    otherLanguage: (language) =>
      `Die nächstliegenden Stellen sind auf ${language}: In dieser Sprache gefragt, finde ich vielleicht mehr.`,
    answeredIn: (language) =>
      `Die Dokumente sind auf ${language}; die Antwort bleibt bei ihren Worten, damit sie sich prüfen lässt.`,
  },
  fr: {
    hello: 'Bonjour !',
    well: 'Je suis prêt à chercher.',
    welcome: 'Je vous en prie.',
    goodbye: 'Au revoir !',
    askOn: 'N’hésitez pas à poser d’autres questions.',
    quote: (title) => `« ${title} »`,
    from: (titles) => `Je réponds à partir de ${titles}.`,
    fromAmong: (count, titles) => `Je réponds à partir de ${count} documents, dont ${titles}.`,
    invitation:
      'Posez une question à laquelle ils répondent peut-être, et je citerai le passage. Les questions dans la langue des documents trouvent le plus.',
    noDocuments: 'Il n’y a pas encore de documents dans lesquels je pourrais chercher.',
    noAnswer: 'Je n’ai pas trouvé de réponse à cela dans les documents.',
    otherLanguage: (language) =>
      `Les passages les plus proches sont en ${language} : dans cette langue, je trouverai peut-être davantage.`,
    answeredIn: (language) =>
      `Les documents sont en ${language} ; la réponse garde leurs mots, pour qu’on puisse la vérifier.`,
  },
  es: {
    hello: '¡Hola!',
    well: 'Todo listo para buscar.',
    welcome: 'De nada.',
    goodbye: '¡Adiós!',
    askOn: 'Pregunte cuando quiera.',
    quote: (title) => `«${title}»`,
    from: (titles) => `Respondo a partir de ${titles}.`,
    fromAmong: (count, titles) => `Respondo a partir de ${count} documentos, entre ellos ${titles}.`,
    invitation:
      'Pregunte algo que quizá respondan y citaré el pasaje. Las preguntas en la lengua de los documentos encuentran más.',
    noDocuments: 'Todavía no hay documentos en los que pueda buscar.',
    noAnswer: 'No he encontrado una respuesta a eso en los documentos.',
    otherLanguage: (language) =>
      `Los pasajes más cercanos están en ${language}: en ese idioma quizá encuentre más.`,
    answeredIn: (language) =>
      `Los documentos están en ${language}; la respuesta conserva sus palabras para que se pueda comprobar.`,
  },
  ar: {
    hello: 'مرحبًا!',
    well: 'أنا جاهز للبحث.',
    welcome: 'على الرحب والسعة.',
    goodbye: 'إلى اللقاء!',
    askOn: 'اسأل متى شئت.',
    quote: (title) => `«${title}»`,
    from: (titles) => `أجيب من ${titles}.`,
    fromAmong: (count, titles) => `أجيب من ${count} مستندًا، منها ${titles}.`,
    invitation: 'اسأل عن شيء قد يكون فيها وسأقتبس موضعه. والأسئلة المكتوبة بلغة المستندات تجد أكثر من غيرها.',
    noDocuments: 'لا توجد بعد مستندات أبحث فيها.',
    noAnswer: 'لم أجد جوابًا عن ذلك في المستندات.',
    otherLanguage: (language) => `أقرب المقاطع مكتوبة باللغة ${language}: قد أجد أكثر إذا سألت بها.`,
    answeredIn: (language) =>
      `المستندات مكتوبة باللغة ${language}، والجواب يبقى بكلماتها كي يمكن التحقق منه.`,
  },
  zh: {
    hello: '您好！',
    well: '我随时可以查找。',
    welcome: '不客气。',
    goodbye: '再见！',
    askOn: '欢迎继续提问。',
    quote: (title) => `《${title}》`,
    from: (titles) => `我根据${titles}回答问题。`,
    fromAmong: (count, titles) => `我根据 ${count} 份文档回答问题，其中有${titles}。`,
    invitation: '请提出文档可能回答的问题，我会引用原文。用文档的语言提问，找到的内容最多。',
    noDocuments: '目前还没有可供查找的文档。',
    noAnswer: '我在文档中没有找到这个问题的答案。',
    otherLanguage: (language) => `最接近的段落是${language}：用这种语言提问，也许能找到更多。`,
    answeredIn: (language) => `文档是${language}，回答保留原文的文字，以便核对。`,
  },
  ja: {
    hello: 'こんにちは。',
    well: 'いつでもお調べします。',
    welcome: 'どういたしまして。',
    goodbye: 'さようなら。',
    askOn: '続けてご質問ください。',
    quote: (title) => `「${title}」`,
    from: (titles) => `${titles}をもとにお答えします。`,
    fromAmong: (count, titles) => `${titles}など${count}件の文書をもとにお答えします。`,
    invitation:
      '文書に書かれていそうなことをお尋ねいただければ、該当箇所を引用します。文書と同じ言語で質問すると最も多く見つかります。',
    noDocuments: '調べられる文書がまだありません。',
    noAnswer: '文書の中に答えは見つかりませんでした。',
    otherLanguage: (language) =>
      `最も近い箇所は${language}で書かれています。その言語で質問すると、さらに見つかるかもしれません。`,
    answeredIn: (language) => `文書は${language}で書かれており、確認できるように回答も原文の言葉のままです。`,
  },
};

import type { Passage } from '../model/passage.ts';
import type { StoredPassage } from '../ports/passage-store.ts';

/** What a machine that reads goes by. */
const READER = '(?:AIs?|(?:AI |language |dear )?(?:assistants?|models?)|chat ?bots?|bots?|LLMs?|GPT)';
const RULES =
  '(?:instructions?|rules|prompts?|guidelines|directives|restrictions|orders|passages|documents|context)';
const REPLY = '(?:answers?|repl(?:y|ies)|responses?|sentences?|messages?|outputs?)';
/** Where an order can begin: in front, behind a label or a comma, or after "and", "must" and the like. */
const BEGIN = String.raw`(?:^[^\p{L}\p{N}]*|[:,;.] |\b(?:and|must|please|then|should|shall|always|only) )`;

/** Phrases that no document says to people; in any case of letters. */
const ORDERS: readonly RegExp[] = [
  // Rules to be dropped.
  String.raw`(?<!\b(?:not|never|don['’]t|to) )\b(?:ignore|disregard|forget|override|bypass)\b (?:(?:all|any|every) (?:of )?)?(?:the |your |these |those |other |previous |prior |earlier |preceding |above |existing |given ){1,3}(?:\w+ )?${RULES}\b`,
  String.raw`${BEGIN}(?:ignore|disregard|forget)\b (?:all|any|everything|the (?:rest|text|passages|documents)|what)\b.{0,30}?(?:${RULES}|above|before|told|else|page|text)\b`,
  String.raw`\bi g n o r e\b|\byou have no (?:restrictions|limits|rules)\b`,
  String.raw`\b(?:ignorier|vergiss|missachte)\p{L}*(?: \p{L}+){0,4} (?:anweisung|regel|vorgabe|befehl)\p{L}*`,
  String.raw`\b(?:ignore[rz]?|oublie[rz]?) (?:toutes? |tous )?(?:l[ae]s?|vos|tes|ces|mes)(?: \p{L}+){0,2} (?:instructions|consignes|règles)`,
  String.raw`\b(?:ignora|olvida)d?(?: \p{L}+){0,4} (?:instrucciones|reglas|órdenes)`,
  '(?:忽略|无视|忘记|忘掉).{0,10}(?:指令|指示|规则|提示)|(?:指示|命令|プロンプト).{0,6}(?:無視|忘れ)|تجاهل.{0,20}(?:التعليمات|الأوامر)',
  // Turns and elements that are none of the document's.
  String.raw`<\|[a-z_ ]+\|>|\[\/?INST\]|<<\/?SYS>>|<\/?(?:passages?|system|assistant)>|<(?:start|end)_of_turn>`,
  String.raw`^[^\p{L}]*(?:system|assistant|chat ?bot|AI)(?: (?:message|prompt|note|override))?\s*:`,
  // Words to the machine.
  String.raw`\b(?:instructions?|notes?|messages?|attention|reminders?|orders?)\b[\w ]{0,24} (?:to|for) (?:the |any |all |an? |every )?${READER}\b`,
  String.raw`\bif you are (?:an? |the )?(?:AI|(?:AI |language )(?:assistant|model)|chat ?bot|LLM)\b`,
  String.raw`${BEGIN}(?:the |any |all |every |dear |hey |hello )?${READER}\b(?: (?:that|which|who|reading) [\w ]{1,24}?)?,? (?:must (?:add|answer|cite|ignore|include|print|repeat|reply|say|write)|please|print|say|answer|reply|write|repeat|add|ignore)\b`,
  String.raw`\bdear ${READER}\b`,
  // Another role.
  String.raw`\byou are now\b.{0,60}\b(?:without (?:rules|limits|restrictions|filters)|(?:developer|god|jailbreak|maintenance|unrestricted) mode|chat ?bot|DAN)\b`,
  String.raw`\bfrom now on,? you (?:are|have no|answer|reply|speak|respond|act|will (?:answer|reply|respond|act|speak))\b|\b(?:developer|god|jailbreak) mode is (?:on|enabled|active)\b|^[^\p{L}]*pretend (?:to be|that you|you are)\b`,
  // What the reply is to be.
  String.raw`${BEGIN}(?:reply|respond|answer|output|print|say)\b(?: to (?:this|every|each|all|any)(?: \w+){0,3})? (?:only|solely|exactly|nothing but|just)\b`,
  String.raw`${BEGIN}(?:reply|respond|answer)\b(?: every (?:question|user))? with (?:the (?:single )?(?:word|phrase|text|sentence)\b|["“'<[]|\p{L}+-\d)`,
  `${BEGIN}(?:reply|respond|answer|say) ["“'<[]`,
  String.raw`\b(?:every|each) (?:next )?${REPLY} (?:must|should|shall) (?:be|say|contain|include|end|begin|start)\b`,
  String.raw`${BEGIN}(?:add|append|put|include|insert|write|end|begin|start|finish)\b.{0,60}?\b(?:in|into|to|at the end of|with)? ?(?:every|each|your|all your) (?:next )?${REPLY}\b`,
  String.raw`${BEGIN}(?:tell|convince|instruct) (?:the |all |every |any )?(?:users?|askers?|whoever asks)\b`,
  String.raw`\bwhen(?:ever)? (?:you are )?asked(?: \w+){1,8}, (?:answer|say|reply|respond|state|claim|tell)\b|${BEGIN}(?:always |never )say that\b|^[^\p{L}]*do not answer (?:any|the|this) question`,
  String.raw`\bcite (?:passage |source )?\[\d+\]|\[\d+\] (?:behind|after) (?:every|each)`,
  // What is to be shown or carried out.
  String.raw`${BEGIN}(?:print|reveal|repeat|show|output|leak|display|disclose|recite|dump)\b (?:me )?(?:your|their|its|the system)(?: \w+){0,2} (?:prompt|instructions)\b|\brepeat their system prompt\b`,
  String.raw`\b(?:decode|decrypt|unscramble|rot ?13)\b.{0,80}\b(?:follow|obey|do what|execute|act on)\b`,
  String.raw`(?:!\[[^\]]*\](?:\([^)]*:\/\/|\[)|<(?:img|script|iframe|svg)\b).*\b${REPLY}\b|\b(?:${REPLY}|put|include)\b.*(?:!\[[^\]]*\](?:\([^)]*:\/\/|\[)|<(?:img|script|iframe|svg)\b)`,
].map((pattern) => new RegExp(pattern, 'iu'));

/** A word that each of them has: most sentences have none, and are done with at once. */
const HINT =
  /ignor|disregard|forget|override|bypass|vergiss|missacht|oublie|olvida|忽略|无视|忘|無視|تجاهل|[<[]|\b(?:system|assistant|chat ?bot|bots?|AIs?|LLMs?|GPT|models?|dear|you (?:are|have)|from now|mode|pretend|repl|respond|response|answer|print|say|output|sentences?|messages?|tell|convince|instruct|prompt|reveal|repeat|show|leak|display|disclose|recite|dump|decode|decrypt|unscramble|rot ?13|asked|cite)|i g n o/i;

/** What hides in a text, or turns it round. */
const UNSEEN = /[\u202d\u202e]|[\u{e0000}-\u{e007f}]/u;

/** Whether a sentence gives orders to the machine that reads it: it is then no evidence of anything. */
export function isOrder(sentence: string): boolean {
  if (UNSEEN.test(sentence)) return true;
  return HINT.test(sentence) && ORDERS.some((pattern) => pattern.test(sentence));
}

/**
 * A passage without the sentences that give orders to whoever reads it, and without what follows them in their paragraph, which
 * is likely what they want to be said. The text stays whole.
 */
export function withoutOrders(stored: StoredPassage): StoredPassage {
  const { passage, embedding } = stored;
  const indices = trustedSentences(stored);
  if (indices.length === passage.sentences.length) return stored;
  const only = <T>(list: readonly T[]) => indices.flatMap((index) => list[index] ?? []);
  return {
    ...stored,
    passage: { ...passage, sentences: only(passage.sentences) },
    embedding: { ...embedding, sentenceVectors: only(embedding.sentenceVectors) },
  };
}

/** Indices of a passage's sentences that may be quoted. The same passages answer many questions, so what came out is kept. */
function trustedSentences({ passage }: StoredPassage): readonly number[] {
  const known = trusted.get(passage.text);
  if (known?.of === passage.sentences.length) return known.indices;
  const indices = findTrusted(passage);
  if (trusted.size >= MOST_KEPT) trusted.clear();
  trusted.set(passage.text, { of: passage.sentences.length, indices });
  return indices;
}

const trusted = new Map<string, { readonly of: number; readonly indices: readonly number[] }>();
const MOST_KEPT = 2_000;

function findTrusted({ text, start: offset, sentences }: Passage): number[] {
  let tainted = false;
  let before = 0;
  return sentences.flatMap(({ start, end }, index) => {
    if (/\n\s*\n/.test(text.slice(before, start - offset))) tainted = false;
    before = end - offset;
    tainted ||= isOrder(text.slice(start - offset, end - offset));
    return tainted ? [] : [index];
  });
}

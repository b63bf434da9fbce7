import type { JsonObject } from './json-object.ts';

/** What a model wants before each text, as its training had it; empty for none. */
export interface Prefixes {
  readonly query: string;
  readonly passage: string;
}

/** How config_sentence_transformers.json may call the prompt of a passage, in the order sentence-transformers looks. */
const PASSAGE_PROMPTS = ['document', 'passage', 'corpus'];

/** Families whose prefixes stand on their pages only (https://huggingface.co/intfloat/e5-base-v2, …/BAAI/bge-base-en-v1.5). */
const FAMILIES: readonly (Prefixes & { readonly name: RegExp })[] = [
  { name: /(?:^|[/_-])e5-(?:small|base|large)/i, query: 'query: ', passage: 'passage: ' },
  {
    name: /(?:^|[/_-])bge-(?:small|base|large)-en/i,
    query: 'Represent this sentence for searching relevant passages: ',
    passage: '',
  },
  {
    name: /(?:^|[/_-])bge-(?:small|base|large)-zh/i,
    query: '为这个句子生成表示以用于检索相关文章：',
    passage: '',
  },
];

/**
 * The prompts of a config_sentence_transformers.json as they stand, empty ones too;
 * where it gives neither a query's nor a passage's, those of the family that one of `names` tells.
 */
export function prefixesOf(config: JsonObject, names: readonly string[]): Prefixes {
  const prompts: Readonly<Record<string, unknown>> = isRecord(config.prompts) ? config.prompts : {};
  const prompt = (...keys: readonly string[]) =>
    keys.map((key) => prompts[key]).find((value) => typeof value === 'string');
  const always =
    typeof config.default_prompt_name === 'string' ? prompt(config.default_prompt_name) : undefined;
  const query = prompt('query') ?? always;
  const passage = prompt(...PASSAGE_PROMPTS) ?? always;
  if (query !== undefined || passage !== undefined) return { query: query ?? '', passage: passage ?? '' };
  const family = FAMILIES.find(({ name }) => names.some((each) => name.test(each)));
  return { query: family?.query ?? '', passage: family?.passage ?? '' };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

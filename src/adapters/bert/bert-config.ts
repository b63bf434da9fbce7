import { IbidError } from '../../model/errors.ts';
import { type JsonObject, parseJsonObject } from './json-object.ts';

/** What the graph writer needs to know of a BERT encoder; the names are those of its config.json. */
export interface BertConfig {
  readonly vocab_size: number;
  readonly type_vocab_size: number;
  readonly hidden_size: number;
  readonly intermediate_size: number;
  readonly num_hidden_layers: number;
  readonly num_attention_heads: number;
  readonly max_position_embeddings: number;
  readonly layer_norm_eps: number;
}

/** Reads a config.json. Throws `config_invalid` for a model of another family. */
export function parseBertConfig(json: string): BertConfig {
  const config = parseJsonObject(json, 'config.json');
  assertFamily(config, 'model_type', 'bert');
  assertFamily(config, 'hidden_act', 'gelu');
  assertFamily({ position_embedding_type: 'absolute', ...config }, 'position_embedding_type', 'absolute');
  const parsed = {
    vocab_size: count(config, 'vocab_size'),
    type_vocab_size: count(config, 'type_vocab_size'),
    hidden_size: count(config, 'hidden_size'),
    intermediate_size: count(config, 'intermediate_size'),
    num_hidden_layers: count(config, 'num_hidden_layers'),
    num_attention_heads: count(config, 'num_attention_heads'),
    max_position_embeddings: count(config, 'max_position_embeddings'),
    layer_norm_eps: Number(config.layer_norm_eps ?? 1e-12),
  };
  if (parsed.hidden_size % parsed.num_attention_heads === 0) return parsed;
  throw new IbidError(
    'config_invalid',
    `The embedding model's config.json has a hidden_size of ${parsed.hidden_size}, which ${parsed.num_attention_heads} heads cannot share evenly. Get the model's files again.`,
  );
}

function assertFamily(config: JsonObject, key: string, wanted: string): void {
  if (config[key] === wanted) return;
  throw new IbidError(
    'config_invalid',
    `The embedding model's config.json says ${key} ${JSON.stringify(config[key])}; supported is ${JSON.stringify(wanted)}, as with all-MiniLM, bge, e5 and gte in their English BERT versions. Choose one of these.`,
  );
}

function count(config: JsonObject, key: string): number {
  const value = config[key];
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
  throw new IbidError(
    'config_invalid',
    `The embedding model's config.json has no whole number as its ${key}. Get the model's files again.`,
  );
}

import { IbidError } from '../../model/errors.ts';

/** What the graph writer needs to know of a BERT encoder; the names are those of its config.json. */
export interface BertConfig {
  readonly hidden_size: number;
  readonly num_hidden_layers: number;
  readonly num_attention_heads: number;
  readonly layer_norm_eps: number;
}

/** Reads a config.json. Throws `embedder_failed` for a model of another family. */
export function parseBertConfig(json: string): BertConfig {
  const config: Record<string, unknown> = JSON.parse(json);
  const fits =
    config.model_type === 'bert' &&
    config.hidden_act === 'gelu' &&
    (config.position_embedding_type ?? 'absolute') === 'absolute';
  if (!fits)
    throw new IbidError(
      'embedder_failed',
      'The embedding model is not a BERT encoder with gelu and absolute positions; choose one that is.',
    );
  return {
    hidden_size: Number(config.hidden_size),
    num_hidden_layers: Number(config.num_hidden_layers),
    num_attention_heads: Number(config.num_attention_heads),
    layer_norm_eps: Number(config.layer_norm_eps),
  };
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export type FloatType = 'F32' | 'F16' | 'BF16';

export interface TinyBertOptions {
  readonly floats?: FloatType;
  readonly pooling?: 'mean' | 'cls';
  /** Before each tensor's name, as in weights saved with a head on top. */
  readonly namePrefix?: string;
  readonly lowercase?: boolean;
  readonly seed?: number;
  /** Further files by name, or others in place of those written; a null leaves one out. */
  readonly files?: Readonly<Record<string, unknown>>;
}

export interface TinyBert {
  readonly config: typeof CONFIG;
  /** As in tokenizer.json. */
  readonly tokenizer: ReturnType<typeof tokenizerOf>;
  readonly vocabulary: readonly string[];
  readonly weights: ReadonlyMap<string, Tensor>;
}

export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Words that tests speak in; everything else is spelt in letters. The special tokens have other ids than usual. */
const WORDS =
  'owls hunt at night their wings make no sound birds when do baking knead the dough for ten minutes bake it until crust is brown rests bridge opened in 1932';
const CHARACTERS = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'];
const VOCABULARY = [
  ...['[PAD]', '[UNK]', '[MASK]', '[SEP]', '[CLS]'],
  ...[...'.,:?-', ...CHARACTERS, ...CHARACTERS.map((each) => `##${each}`)],
  ...WORDS.split(' '),
];

const CONFIG = {
  model_type: 'bert',
  hidden_act: 'gelu',
  vocab_size: VOCABULARY.length,
  type_vocab_size: 2,
  hidden_size: 32,
  intermediate_size: 48,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  max_position_embeddings: 96,
  layer_norm_eps: 1e-12,
};

/** Writes a random BERT of two layers in the layout of sentence-transformers; the same each time for the same options. */
export function writeTinyBert(folder: string, options: TinyBertOptions = {}): TinyBert {
  const { floats = 'F32', pooling = 'mean', namePrefix = '', lowercase = true, seed = 1 } = options;
  const weights = makeWeights(seed);
  const tokenizer = tokenizerOf(lowercase);
  const files: Record<string, unknown> = {
    'config.json': CONFIG,
    'tokenizer.json': tokenizer,
    'model.safetensors': encodeSafetensors(weights, floats, namePrefix),
    '1_Pooling/config.json': {
      word_embedding_dimension: CONFIG.hidden_size,
      pooling_mode_cls_token: pooling === 'cls',
      pooling_mode_mean_tokens: pooling === 'mean',
    },
    ...options.files,
  };
  for (const [name, content] of Object.entries(files)) {
    if (content === null) continue;
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content instanceof Uint8Array ? content : JSON.stringify(content));
  }
  return { config: CONFIG, tokenizer, vocabulary: VOCABULARY, weights };
}

function tokenizerOf(lowercase: boolean) {
  return {
    version: '1.0',
    added_tokens: VOCABULARY.slice(0, 5).map((content, id) => ({
      id,
      content,
      special: true,
      normalized: false,
      single_word: false,
      lstrip: false,
      rstrip: false,
    })),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: null,
    decoder: null,
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(VOCABULARY.map((word, id) => [word, id])),
    },
  };
}

function makeWeights(seed: number): Map<string, Tensor> {
  const random = randomNumbers(seed);
  const { hidden_size: size, intermediate_size: wide, num_hidden_layers: layers } = CONFIG;
  const weights = new Map<string, Tensor>();
  // Steps of 1/128 below 2 are exact in all three types.
  const add = (name: string, shape: readonly number[], middle: number, spread: number) => {
    const data = Float32Array.from(
      { length: shape.reduce((product, each) => product * each, 1) },
      () => Math.round((middle + spread * (2 * random() - 1)) * 128) / 128,
    );
    weights.set(name, { shape, data });
  };
  const addNorm = (name: string) => {
    add(`${name}.weight`, [size], 1, 0.5);
    add(`${name}.bias`, [size], 0, 0.2);
  };
  const addDense = (name: string, outputs: number, inputs: number) => {
    add(`${name}.weight`, [outputs, inputs], 0, 0.3);
    add(`${name}.bias`, [outputs], 0, 0.2);
  };
  add('embeddings.word_embeddings.weight', [CONFIG.vocab_size, size], 0, 0.9);
  add('embeddings.position_embeddings.weight', [CONFIG.max_position_embeddings, size], 0, 0.2);
  add('embeddings.token_type_embeddings.weight', [CONFIG.type_vocab_size, size], 0, 0.2);
  addNorm('embeddings.LayerNorm');
  for (let layer = 0; layer < layers; layer++) {
    const prefix = `encoder.layer.${layer}`;
    for (const part of ['query', 'key', 'value']) addDense(`${prefix}.attention.self.${part}`, size, size);
    addDense(`${prefix}.attention.output.dense`, size, size);
    addNorm(`${prefix}.attention.output.LayerNorm`);
    addDense(`${prefix}.intermediate.dense`, wide, size);
    addDense(`${prefix}.output.dense`, size, wide);
    addNorm(`${prefix}.output.LayerNorm`);
  }
  return weights;
}

function encodeSafetensors(
  weights: ReadonlyMap<string, Tensor>,
  floats: FloatType,
  namePrefix: string,
): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } };
  const bodies: Uint8Array[] = [];
  let offset = 0;
  for (const [name, { shape, data }] of weights) {
    const body = encodeFloats(data, floats);
    header[namePrefix + name] = { dtype: floats, shape, data_offsets: [offset, offset + body.byteLength] };
    bodies.push(body);
    offset += body.byteLength;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.byteLength));
  return Buffer.concat([length, text, ...bodies]);
}

function encodeFloats(data: Float32Array, floats: FloatType): Uint8Array {
  if (floats === 'F32') return new Uint8Array(data.buffer);
  const halves = Uint16Array.from(data, floats === 'BF16' ? upperHalf : halfFloat);
  return new Uint8Array(halves.buffer);
}

function upperHalf(value: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  return view.getUint16(0);
}

/** IEEE 754 binary16 of a value that it holds exactly as a normal number, or of 0. */
function halfFloat(value: number): number {
  if (value === 0) return 0;
  const size = Math.abs(value);
  const exponent = Math.floor(Math.log2(size));
  return (value < 0 ? 0x8000 : 0) + (exponent + 15) * 1024 + (size / 2 ** exponent - 1) * 1024;
}

/** Numbers in [0, 1) of a linear congruential generator (Numerical Recipes' constants). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type TinyBertOptions, writeTinyBert } from '../../testing/tiny-bert.ts';
import { openModelFolder } from './open-model-folder.ts';
import { createWordPieces } from './word-pieces.ts';

const root = mkdtempSync(join(tmpdir(), 'ibid-model-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const { config, tokenizer } = writeTinyBert(join(root, 'sample'));
let folders = 0;

function openTiny(options: TinyBertOptions = {}, name = 'tiny') {
  const folder = join(root, String(folders++), name);
  writeTinyBert(folder, options);
  return openModelFolder(folder);
}

describe('A model folder', () => {
  test('tells what the model is', () => {
    expect(openTiny({ pooling: 'cls' }, 'My model')).toMatchObject({
      identity: expect.stringMatching(/^My-model\/cls\/[0-9a-f]{12}$/),
      dimensions: 32,
      maxTokens: 96,
      pooling: 'cls',
      prefixes: { query: '', passage: '' },
      weightsSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test('takes a tokeniser of before the time that its model had a type', () => {
    const { type: _, ...model } = tokenizer.model;
    const opened = openTiny({ files: { 'tokenizer.json': { ...tokenizer, model } } });
    expect(createWordPieces(opened.readTokenizer()).count('owls hunt')).toBe(2);
  });

  test('has the same identity wherever it lies, and another with whatever changes its vectors', () => {
    const { identity } = openTiny();
    expect(openTiny().identity).toBe(identity);
    const changed: TinyBertOptions[] = [
      { seed: 2 },
      { pooling: 'cls' },
      { lowercase: false },
      { files: { 'sentence_bert_config.json': { max_seq_length: 40 } } },
      { files: { 'config.json': { ...config, num_attention_heads: 2 } } },
      { files: prompts({ query: 'q: ' }) },
    ];
    const identities = changed.map((options) => openTiny(options).identity);
    expect(new Set([identity, ...identities]).size).toBe(1 + changed.length);
  });

  test('follows modules.json to where the parts lie', () => {
    const modules = [
      { idx: 0, name: '0', path: '0_Transformer', type: 'sentence_transformers.models.Transformer' },
      { idx: 1, name: '1', path: '2_Other', type: 'sentence_transformers.models.Pooling' },
      { idx: 2, name: '2', path: '3_Normalize', type: 'sentence_transformers.models.Normalize' },
    ];
    const folder = join(root, 'modules');
    writeTinyBert(join(folder, '0_Transformer'), {
      files: {
        '1_Pooling/config.json': null,
        'sentence_bert_config.json': { max_seq_length: 40 },
        '../modules.json': modules,
        '../2_Other/config.json': { embedding_dimension: 32, pooling_mode: 'cls' },
      },
    });
    expect(openModelFolder(folder)).toMatchObject({ pooling: 'cls', maxTokens: 40 });
  });

  test.each([
    [{ max_seq_length: 40 }, 40],
    [{ max_seq_length: 5000 }, 96],
    [{ max_seq_length: null }, 96],
  ])('reads as long as %j and its positions allow', (file, expected) => {
    expect(openTiny({ files: { 'sentence_bert_config.json': file } }).maxTokens).toBe(expected);
  });
});

describe('Prefixes', () => {
  const bge = 'Represent this sentence for searching relevant passages: ';
  const e5 = { query: 'query: ', passage: 'passage: ' };
  const none = { query: '', passage: '' };

  test.each([
    ['e5-small-v2', e5],
    ['intfloat_e5-base', e5],
    ['bge-small-en-v1.5', { query: bge, passage: '' }],
    ['gte-base', none],
    ['made5-small', none],
    [join('models--BAAI--bge-base-en-v1.5', 'snapshots', '0a1b2c'), { query: bge, passage: '' }],
  ])('of the family that the name %s tells', (name, expected) => {
    expect(openTiny({}, name).prefixes).toEqual(expected);
  });

  test('of the family that config.json tells', () => {
    const files = { 'config.json': { ...config, _name_or_path: 'intfloat/e5-large-v2' } };
    expect(openTiny({ files }, 'ours').prefixes).toEqual(e5);
  });

  test.each([
    [
      { query: 'q: ', document: 'd: ' },
      { query: 'q: ', passage: 'd: ' },
    ],
    [
      { query: 'q: ', passage: 'p: ' },
      { query: 'q: ', passage: 'p: ' },
    ],
    [{ query: 'q: ' }, { query: 'q: ', passage: '' }],
    [{ query: '', document: '' }, none],
    [{ clustering: 'c: ' }, e5],
    [null, e5],
  ])('as the model says in prompts %j, whatever its name', (given, expected) => {
    expect(openTiny({ files: prompts(given) }, 'e5-small').prefixes).toEqual(expected);
  });

  test('of the prompt that stands before every text', () => {
    const file = { prompts: { all: 'a: ', query: 'q: ' }, default_prompt_name: 'all' };
    const { prefixes } = openTiny({ files: { 'config_sentence_transformers.json': file } });
    expect(prefixes).toEqual({ query: 'q: ', passage: 'a: ' });
  });
});

describe('Refused with config_invalid and what is wrong', () => {
  const weights = { 'model.safetensors': null };
  const module = (type: string, path = '') => ({ type: `sentence_transformers.models.${type}`, path });

  test.each<[string, Record<string, unknown>, RegExp]>([
    ['no config.json', { 'config.json': null }, /config\.json cannot be read.*folder with a BERT/],
    ['no tokenizer.json', { 'tokenizer.json': null }, /tokenizer\.json cannot be read/],
    ['no weights', weights, /model\.safetensors cannot be read/],
    ['no pooling', { '1_Pooling/config.json': null }, /1_Pooling.config\.json cannot be read/],
    ['weights in several files', { ...weights, 'model.safetensors.index.json': {} }, /several files/],
    ['a file that is no JSON', { 'config.json': Buffer.from('{') }, /config\.json is not JSON/],
    ['a file that is no object', { 'config.json': [] }, /config\.json is not a JSON object/],
    ['RoBERTa', { 'config.json': { ...config, model_type: 'xlm-roberta' } }, /"xlm-roberta".*"bert"/],
    ['ModernBERT', { 'config.json': { ...config, model_type: 'modernbert' } }, /"modernbert".*"bert"/],
    ['another activation', { 'config.json': { ...config, hidden_act: 'relu' } }, /hidden_act "relu"/],
    [
      'relative positions',
      { 'config.json': { ...config, position_embedding_type: 'relative_key' } },
      /"relative_key"/,
    ],
    ['no size', { 'config.json': { ...config, hidden_size: undefined } }, /whole number as its hidden_size/],
    ['heads that do not fit', { 'config.json': { ...config, num_attention_heads: 5 } }, /5 heads/],
    ['another tokeniser', { 'tokenizer.json': { model: { type: 'Unigram' } } }, /Unigram, none, none/],
    ['the greatest of each', pool({ pooling_mode_max_tokens: true }), /pooling_mode_max_tokens/],
    [
      'two poolings at once',
      pool({ pooling_mode_cls_token: true, pooling_mode_mean_tokens: true }),
      /pooling_mode_cls_token and pooling_mode_mean_tokens/,
    ],
    ['no pooling mode', pool({}), /asks for none/],
    [
      'a mean without its prompt',
      pool({ pooling_mode_mean_tokens: true, include_prompt: false }),
      /include_prompt/,
    ],
    [
      'a layer behind the pooling',
      { 'modules.json': [module('Transformer'), module('Pooling', '1_Pooling'), module('Dense', '2')] },
      /has a Dense/,
    ],
    [
      'modules without pooling',
      { 'modules.json': [module('Transformer')] },
      /lacks a Transformer or a Pooling/,
    ],
  ])('%s', (_, files, message) => {
    expect(() => openTiny({ files })).toThrow(
      expect.objectContaining({ code: 'config_invalid', message: expect.stringMatching(message) }),
    );
  });

  test('a folder that is not there', () => {
    expect(() => openModelFolder(join(root, 'nowhere'))).toThrow(/nowhere.config\.json cannot be read/);
  });
});

function prompts(given: object | null) {
  return { 'config_sentence_transformers.json': { prompts: given } };
}

function pool(modes: object) {
  return { '1_Pooling/config.json': modes };
}

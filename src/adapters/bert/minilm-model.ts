import { parseBertConfig } from './bert-config.ts';
import type { BertModel } from './bert-model.ts';
import { readMiniLmFile } from './minilm-files.ts';

/** The embedded all-MiniLM-L6-v2 (https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2). */
export const MINILM: BertModel = {
  identity: 'minilm-l6-v2',
  dimensions: 384,
  maxTokens: 256,
  pooling: 'mean',
  prefixes: { query: '', passage: '' },
  // Of the weights that Ibid was measured with: others would give other vectors under the same identity.
  weightsSha256: '6638f625a0a60bdaa1e34c5fee0a17c705f13b98b43a7973e9d366106a55273d',
  readConfig: () => parseBertConfig(readMiniLmFile('config').toString('utf8')),
  readTokenizer: () => readMiniLmFile('tokenizer').toString('utf8'),
  readWeights: () => readMiniLmFile('weights'),
};

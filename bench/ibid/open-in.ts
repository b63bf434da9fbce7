import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseConfig } from '../../src/config.ts';
import { type Ibid, openIbid } from '../../src/node.ts';

/** Where the embedding graphs, written once, are kept from run to run. */
const GRAPHS = join('.cache', 'bench', 'graphs');

/** Opens Ibid on a data folder with its default settings; new folders share their embedding graphs. */
export function openIn(folder: string, precision: 'fp32' | 'int8'): Promise<Ibid> {
  const models = join(folder, 'models');
  mkdirSync(GRAPHS, { recursive: true });
  mkdirSync(folder, { recursive: true });
  if (!existsSync(models)) symlinkSync(resolve(GRAPHS), models, 'junction');
  return openIbid(parseConfig({ IBID_DATA: folder, IBID_EMBED_PRECISION: precision }));
}

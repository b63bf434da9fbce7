import { IbidError } from '../../model/errors.ts';
import { parseJson } from './json-object.ts';
import type { ModelFolder } from './model-folder.ts';

/** Where the parts of a sentence-transformers model lie: '' or a path ending in `/`. */
export interface ModelLayout {
  readonly transformer: string;
  readonly pooling: string;
}

/** What a model may be made of; vectors are made unit length with or without `Normalize`. */
const SUPPORTED = new Set(['Transformer', 'Pooling', 'Normalize']);

/** Reads modules.json; without one, the usual layout. Throws `config_invalid` when the model has other parts. */
export function readLayout(folder: ModelFolder): ModelLayout {
  const text = folder.readTextIfThere('modules.json');
  if (text === undefined) return { transformer: '', pooling: '1_Pooling/' };
  const paths = new Map(modulesOf(parseJson(text, 'modules.json')));
  const other = [...paths.keys()].find((kind) => !SUPPORTED.has(kind));
  const [transformer, pooling] = [paths.get('Transformer'), paths.get('Pooling')];
  if (other === undefined && transformer !== undefined && pooling !== undefined)
    return { transformer, pooling };
  throw new IbidError(
    'config_invalid',
    `The embedding model's modules.json ${other === undefined ? 'lacks a Transformer or a Pooling' : `has a ${other}`}; supported are a Transformer, a Pooling and a Normalize. Choose such a model.`,
  );
}

/** Kind and path of each module; a kind is the last part of a Python class's name. */
function modulesOf(modules: unknown): [kind: string, path: string][] {
  if (!Array.isArray(modules)) return [];
  return modules.map(({ type, path }: { type?: unknown; path?: unknown }) => [
    String(type).split('.').at(-1) ?? '',
    typeof path === 'string' && path !== '' ? `${path.replace(/\/+$/, '')}/` : '',
  ]);
}

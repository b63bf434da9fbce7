import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageFolder } from './package-folder.ts';

/** What decides what a file is read as: the loaders, and the nouns that they fill. */
const CODE = ['../adapters/loaders', '../model'].map((path) => fileURLToPath(new URL(path, import.meta.url)));

/** Changes with the code that reads files, and with the versions of the libraries that it uses. */
export async function loaderId(): Promise<string> {
  const folders = await Promise.all(CODE.map(filesIn));
  const paths = [join(packageFolder(), 'package.json'), ...folders.flat()];
  const hash = createHash('sha256');
  for (const content of await Promise.all(paths.map((path) => readFile(path)))) hash.update(content);
  return hash.digest('hex');
}

async function filesIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => !/\.test\.|\.map$/.test(name));
  return names.sort().map((name) => join(folder, name));
}

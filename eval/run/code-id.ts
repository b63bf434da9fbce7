import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashFiles } from '../datasets/hash-files.ts';

/** The program's own folders that an answer depends on, as built or as source, wherever this runs from. */
const ROOTS = ['../../src/', '../system/'].map((path) => fileURLToPath(new URL(path, import.meta.url)));

/** SHA-256 (hex) of the program under test. */
export async function codeId(): Promise<string> {
  const hashes = await Promise.all(ROOTS.map(async (root) => hashFiles(root, await filesOf(root))));
  return hashes.join('');
}

async function filesOf(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !/\.test\.|\.map$/.test(entry.name));
  return files.map((entry) => join(entry.parentPath, entry.name));
}

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { relative } from 'node:path';

/** SHA-256 (hex) over the names (relative to `root`) and bytes of files, in the order of their names. */
export async function hashFiles(root: string, paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of [...paths].sort()) {
    hash.update(`${relative(root, path)}\0`);
    for await (const chunk of createReadStream(path)) hash.update(chunk);
    hash.update('\0');
  }
  return hash.digest('hex');
}

// Copies what tsc leaves behind (static files beside the code) into dist/, at the same path.
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';

const ASSETS = new Set(['.html', '.css', '.svg', '.sql', '.json', '.mjs', '.safetensors']);

for (const root of ['src', 'eval', 'bench']) {
  if (!existsSync(root)) continue;
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (path.includes('node_modules') || !entry.isFile() || !ASSETS.has(extname(entry.name))) continue;
    cpSync(path, join('dist', path));
  }
}

/** Writes what browsers load of us into dist/widget/: `npm run build` runs it after tsc. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleBrowser, REPOSITORY } from './bundle-browser.ts';

const folder = join(REPOSITORY, 'dist', 'widget');
await mkdir(folder, { recursive: true });
for (const [name, bytes] of Object.entries(await bundleBrowser(REPOSITORY))) {
  await writeFile(join(folder, name), bytes);
}

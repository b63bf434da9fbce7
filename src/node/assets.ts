import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The static files of the pages, by `folder/name`. Undefined for a file that is not there. */
export function createAssets(): { read(path: string): Promise<Uint8Array | undefined> } {
  const require = createRequire(import.meta.url);
  const folders: Readonly<Record<string, () => string>> = {
    page: () => fileURLToPath(new URL('../http/page', import.meta.url)),
    // Only the build makes these.
    widget: () => fileURLToPath(new URL('../../widget', import.meta.url)),
    'swagger-ui': () => dirname(require.resolve('swagger-ui-dist/package.json')),
  };
  return {
    async read(path) {
      const [, folder = '', name = ''] = /^([\w-]+)\/([\w-][\w.-]*)$/.exec(path) ?? [];
      const directory = folders[folder];
      if (!directory) return undefined;
      return readFile(join(directory(), name)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      });
    },
  };
}

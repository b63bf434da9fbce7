import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type BuildOptions, build, type Plugin, transform } from 'esbuild';

/** What browsers load of us, by file name. */
export interface BrowserBundles {
  /** `/widget.js`: one classic script. */
  readonly 'widget.js': Uint8Array;
  /** `ibid/widget`: one module. */
  readonly 'ibid-widget.js': Uint8Array;
  /** The script of the page at `/`. */
  readonly 'page.js': Uint8Array;
}

/** Bundles the browser's code; `root` is the repository. Rejects when it does not compile. */
export async function bundleBrowser(root: string): Promise<BrowserBundles> {
  const bundle = (entry: string, format: 'iife' | 'esm') => bundleOne(join(root, 'src', entry), format);
  const [widget, module, page] = await Promise.all([
    bundle('widget/script.ts', 'iife'),
    bundle('widget/ibid-widget.ts', 'esm'),
    bundle('page/page.ts', 'iife'),
  ]);
  return { 'widget.js': widget, 'ibid-widget.js': module, 'page.js': page };
}

/** Bytes that travel. */
export function gzippedSize(bytes: Uint8Array): number {
  return gzipSync(bytes, { level: 9 }).byteLength;
}

async function bundleOne(entry: string, format: 'iife' | 'esm'): Promise<Uint8Array> {
  const options = {
    entryPoints: [entry],
    format,
    bundle: true,
    minify: true,
    write: false,
    charset: 'utf8',
    legalComments: 'none',
    // Where `light-dark()` and `adoptedStyleSheets` are.
    target: ['chrome123', 'firefox121', 'safari17.5'],
    plugins: [styleSheetsAsText, stringsByColumn],
  } satisfies BuildOptions;
  const { outputFiles } = await build(options);
  const [file] = outputFiles;
  if (file === undefined) throw new Error(`Nothing was built from ${entry}.`);
  return file.contents;
}

/** A style sheet is imported as its own minified text. */
const styleSheetsAsText: Plugin = {
  name: 'style-sheets-as-text',
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path), { loader: 'css', minify: true });
      return { contents: code, loader: 'text' };
    });
  },
};

/** The table of strings by language instead of by string: 200 bytes less, since each compresses best beside its like. */
const stringsByColumn: Plugin = {
  name: 'strings-by-column',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]string-table\.ts$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path), { loader: 'ts' });
      const table: typeof import('../src/widget/strings/string-table.ts') = await import(
        /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`
      );
      const codes = table.LANGUAGE_CODES;
      const names = Object.keys(table.STRING_TABLE);
      const columns = codes.map((_, column) => Object.values(table.columnOf(column)).join('|'));
      return { contents: byColumn(codes, names, columns), loader: 'js' };
    });
  },
};

function byColumn(codes: readonly string[], names: readonly string[], columns: readonly string[]): string {
  return `export const LANGUAGE_CODES = ${JSON.stringify(codes)};
    const columns = ${JSON.stringify(columns)};
    const names = ${JSON.stringify(names.join('|'))}.split('|');
    export const columnOf = (column) => {
      const words = columns[column].split('|');
      return Object.fromEntries(names.map((name, i) => [name, words[i]]));
    };`;
}

/** The repository, from the sources as from `dist/`. */
export const REPOSITORY = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '..' : '../..', import.meta.url),
);

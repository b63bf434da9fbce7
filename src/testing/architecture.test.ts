import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const source = fileURLToPath(new URL('..', import.meta.url));

/** What each part of the house may import, besides itself. Roots wire everything together. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  model: [],
  ports: ['model'],
  ingest: ['model', 'ports'],
  ask: ['model', 'ports'],
  adapters: ['model', 'ports'],
  transfer: ['ingest', 'model', 'ports'],
  http: ['ask', 'ingest', 'model', 'ports', 'transfer'],
  slack: ['ask', 'model', 'ports'],
  // A surface of the same JSON: it borrows the encoders and schemas of http.
  mcp: ['ask', 'http', 'model', 'ports'],
  client: [],
  widget: ['client'],
  page: ['client', 'widget'],
  config: ['model'],
};
/** Composition roots and what belongs to them. */
const ROOTS = new Set(['node', 'worker', 'cli']);
/** The libraries that the core may use: pure computation, no platform. */
const CORE_LIBRARIES: Readonly<Record<string, readonly string[]>> = {
  model: [],
  ports: [],
  ingest: [],
  ask: ['stemmer'],
  client: [],
};

interface Import {
  readonly from: string;
  readonly to: string;
}

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(?:ts|mjs)$/.test(path) && !path.endsWith('.test.ts') && !path.startsWith('testing'))
  .map((path) => path.replaceAll('\\', '/'));

describe('The house', () => {
  it('has files to look at', () => {
    expect(files.length).toBeGreaterThan(30);
  });

  it('imports only inward', () => {
    const wrong = localImports().filter(({ from, to }) => !mayImport(from, to));
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it('lets no adapter import another', () => {
    const wrong = localImports().filter(({ from, to }) => {
      const [here, there] = [vendorOf(from), vendorOf(to)];
      return here !== undefined && there !== undefined && here !== there && there !== SHARED_SQL;
    });
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it('keeps libraries out of the core but for pure computation', () => {
    const wrong = allImports().filter(({ from, to }) => {
      const libraries = CORE_LIBRARIES[partOf(from)];
      return libraries !== undefined && !to.startsWith('.') && !libraries.includes(to);
    });
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it('keeps Node out of everything that must run in workerd', () => {
    const portable = files.filter((file) => !isRoot(file) && partOf(file) !== 'adapters');
    const wrong = portable.filter((file) =>
      /\bfrom 'node:|\bprocess\.|\bBuffer\b|\brequire\(/.test(withoutComments(read(file))),
    );
    expect(wrong).toEqual([]);
  });

  it('has no barrels', () => {
    expect(files.filter((file) => /(?:^|\/)index\.ts$/.test(file))).toEqual([]);
    expect(files.filter((file) => /^export \* from/m.test(read(file)))).toEqual([]);
  });
});

/** The folder of SQL text that libsql and D1 share; it names no vendor. */
const SHARED_SQL = 'sql';

function mayImport(from: string, to: string): boolean {
  if (isRoot(from)) return true;
  const [here, there] = [partOf(from), partOf(to)];
  return here === there || (ALLOWED[here]?.includes(there) ?? false);
}

function isRoot(file: string): boolean {
  return ROOTS.has(partOf(file));
}

function partOf(file: string): string {
  return (file.split('/')[0] ?? file).replace(/\.(?:ts|mjs)$/, '');
}

function vendorOf(file: string): string | undefined {
  return partOf(file) === 'adapters' ? file.split('/')[1] : undefined;
}

function localImports(): Import[] {
  return allImports()
    .filter(({ to }) => to.startsWith('.'))
    .map(({ from, to }) => ({ from, to: relative('.', join(dirname(from), to)) }));
}

function allImports(): Import[] {
  return files.flatMap((from) =>
    [
      ...read(from).matchAll(
        /(?:^|\n)\s*(?:import|export)\s+[^;'"]*?from\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/g,
      ),
    ].map((match) => ({ from, to: match[1] ?? match[2] ?? '' })),
  );
}

function read(file: string): string {
  return readFileSync(join(source, file), 'utf8');
}

function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

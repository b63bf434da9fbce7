import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { supportedExtensions } from '../src/adapters/loaders/formats.ts';
import { createProgram } from '../src/cli/program.ts';
import { SETTINGS } from '../src/config.ts';
import { createApp } from '../src/http/app.ts';
import { fakeDependencies } from '../src/testing/http-fakes.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

describe('docs/configuration.md', () => {
  it('has a row for each setting, with its default, and no other', () => {
    const rows = rowsOf('docs/configuration.md')
      .filter(([name]) => /^`[A-Z]/.test(name ?? '') && !name?.includes('.'))
      .map(([name, fallback]) => `${name} ${fallback}`);
    const settings = SETTINGS.map(
      ({ name, fallback }) => `\`${name}\` ${fallback === undefined ? '–' : `\`${fallback}\``}`,
    );
    expect(rows.sort()).toEqual(settings.sort());
  });
});

describe('docs/cli.md', () => {
  const { commands } = createProgram(silentContext(), '0');

  it('has a row for each command, and no other', () => {
    const rows = rowsOf('docs/cli.md').map(([name = '']) => /^`([a-z]+)/.exec(name)?.[1]);
    expect(new Set(rows.filter((name) => name !== undefined))).toEqual(new Set(commands.map(nameOf)));
  });

  it('tells of each option in the section of its command, and of none that is not there', () => {
    const everywhere = new Set(['--json', '--help', '--version']);
    for (const command of commands) {
      const told = new Set(sectionOf('docs/cli.md', nameOf(command)).match(/(?<=`(?:[^`\n]* )?)--[a-z-]+/g));
      const there = command.options.map(({ long }) => long ?? '');
      expect(there.filter((option) => !everywhere.has(option) && !told.has(option))).toEqual([]);
      expect([...told].filter((option) => !everywhere.has(option) && !there.includes(option))).toEqual([]);
    }
  });
});

describe('docs/http-api.md', () => {
  it('has a row for each route of /openapi.json, and no other', async () => {
    const response = await createApp(fakeDependencies().deps).request('/openapi.json');
    const { paths } = (await response.json()) as { paths: Record<string, object> };
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `\`${method.toUpperCase()} ${path}\``),
    );
    const rows = rowsOf('docs/http-api.md').map(([route = '']) => route);
    expect(rows.filter((route) => /^`[A-Z]+ \//.test(route)).sort()).toEqual(routes.sort());
  });
});

describe('docs/formats.md', () => {
  it('names each ending that can be read, and no other', () => {
    const named = rowsOf('docs/formats.md').flatMap(
      ([, endings = '']) => endings.match(/(?<=`)\.\w+(?=`)/g) ?? [],
    );
    expect(named.sort()).toEqual([...supportedExtensions].sort());
  });
});

describe('docs/dependencies.md', () => {
  it('has a row for each dependency, and no other', () => {
    const packages = ['package.json', 'bench/package.json'].flatMap((path) => {
      const { dependencies = {}, devDependencies = {} } = JSON.parse(read(path));
      return Object.keys({ ...dependencies, ...devDependencies });
    });
    const rows = rowsOf('docs/dependencies.md').flatMap(
      ([names = '']) => names.match(/(?<=`)[^`,]+(?=`)/g) ?? [],
    );
    expect(rows.sort()).toEqual(packages.sort());
  });
});

describe('The documentation', () => {
  const pages = ['README.md', 'CONTRIBUTING.md', 'eval/README.md', ...markdownIn('docs')];

  it('links to what is there', () => {
    const broken = pages.flatMap((page) =>
      linksOf(page)
        .filter((link) => !isThere(page, link))
        .map((link) => `${page}: ${link}`),
    );
    expect(broken).toEqual([]);
  });

  it('is linked to from the README or from what that links to', () => {
    const reached = new Set(['README.md']);
    for (const page of reached) {
      for (const link of linksOf(page)) {
        const target = relative(ROOT, join(ROOT, dirname(page), link.replace(/#.*/, '')));
        if (target.endsWith('.md') && existsSync(join(ROOT, target))) reached.add(target);
      }
    }
    expect(pages.filter((page) => !reached.has(page))).toEqual([]);
  });
});

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

function markdownIn(folder: string): string[] {
  const names = readdirSync(join(ROOT, folder));
  return names.filter((name) => name.endsWith('.md')).map((name) => `${folder}/${name}`);
}

/** The cells of each row of each table; `\|` is no border. */
function rowsOf(path: string): string[][] {
  const lines = read(path)
    .split('\n')
    .filter((line) => line.startsWith('|'));
  return lines.map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** The text below a heading, up to the next of the same rank. */
function sectionOf(path: string, heading: string): string {
  const [, section = ''] =
    new RegExp(`^## ${heading}\\n([\\s\\S]*?)(?=^## |(?![\\s\\S]))`, 'm').exec(read(path)) ?? [];
  return section;
}

/** Targets of links and pictures within the repository, as they are written. */
function linksOf(page: string): string[] {
  const prose = read(page).replace(/^```[\s\S]*?^```$/gm, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

function isThere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(ROOT, target))) return false;
  return anchor === undefined || anchorsOf(target).includes(anchor);
}

function anchorsOf(path: string): string[] {
  return [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function nameOf(command: { name(): string }): string {
  return command.name();
}

function silentContext(): Parameters<typeof createProgram>[0] {
  const { stdin, stdout, stderr } = process;
  return {
    environment: {},
    stdin,
    stdout,
    stderr,
    signal: new AbortController().signal,
    setExitCode: () => {},
  };
}

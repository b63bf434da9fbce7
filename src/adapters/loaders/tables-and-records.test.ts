import { describe, expect, it } from 'vitest';
import { expectSoundDocument } from '../../testing/expect-sound-document.ts';
import { loadCsv } from './csv.ts';
import { loadJson, loadJsonLines } from './json.ts';
import type { Load } from './load.ts';

const read = async (load: Load, source: string) => {
  const documents = await load({ uri: 'data/file', bytes: new TextEncoder().encode(source) });
  documents.forEach(expectSoundDocument);
  return documents.map((document) => ({
    ...document,
    atoms: document.structure.atoms.map(({ start, end }) => document.text.slice(start, end)),
  }));
};

describe('loadCsv', () => {
  it('gives one atom a row, with the name of each column', async () => {
    const [table] = await read(loadCsv, 'name,note,\n"Ann, B.","two\nlines",x\nCy,,\n');
    expect(table?.atoms).toEqual(['name: Ann, B.; note: two lines; column 3: x', 'name: Cy']);
    expect(table?.metadata.columns).toEqual(['name', 'note', 'column 3']);
  });

  it('finds the separator and bears rows of other lengths', async () => {
    const [table] = await read(loadCsv, '\ufeffa;b\n1,5;2;3\n4\n');
    expect(table?.text).toBe('a: 1,5; b: 2; column 3: 3\na: 4');
  });

  it('refuses a table without rows', async () => {
    await expect(read(loadCsv, 'a,b\n')).rejects.toMatchObject({ code: 'document_unreadable' });
  });
});

describe('loadJson', () => {
  it('lays records out as paths and values, long prose apart', async () => {
    const prose = 'It rained. '.repeat(30).trim();
    const [document] = await read(
      loadJson,
      JSON.stringify([{ a: { b: [1, 2], c: null }, list: [{ d: true }], prose }, { e: 'x' }]),
    );
    expect(document?.atoms).toEqual(['a.b: 1, 2\nlist[0].d: true', 'prose:', 'e: x']);
    expect(document?.text).toBe(`a.b: 1, 2\nlist[0].d: true\n\nprose:\n${prose}\n\ne: x`);
  });

  it('is not led astray by a field named __proto__', async () => {
    const [document] = await read(loadJson, '[{"text": "x", "__proto__": {"admin": true}, "ok": 1}]');
    expect(document?.metadata.ok).toBe(1);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });
});

describe('loadJsonLines', () => {
  it('makes a document of each record with a text, as in a BEIR corpus', async () => {
    const documents = await read(
      loadJsonLines,
      '{"_id":"d1","title":"One","text":"A. B.","metadata":{"year":2020}}\n\n{"_id":7,"title":"","text":"C.","tags":["x"]}\n',
    );
    expect(documents.map(({ uri, title, text, metadata }) => ({ uri, title, text, metadata }))).toEqual([
      { uri: 'data/file#d1', title: 'One', text: 'A. B.', metadata: { year: 2020 } },
      { uri: 'data/file#7', title: '7', text: 'C.', metadata: { tags: ['x'] } },
    ]);
  });

  it('keeps other records together, an atom each', async () => {
    const documents = await read(loadJsonLines, '{"k":"v"}\n{"k":"w"}\n');
    expect(documents).toHaveLength(1);
    expect(documents[0]?.atoms).toEqual(['k: v', 'k: w']);
  });

  it('names the line that is broken', async () => {
    await expect(read(loadJsonLines, '{"k":1}\n{oops\n')).rejects.toThrow(/^Line 2 is no valid JSON/);
  });
});

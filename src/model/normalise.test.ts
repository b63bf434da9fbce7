import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText, normaliseBytes, normaliseText } from './normalise.ts';

const utf16 = (text: string, littleEndian: boolean, mark = true) => {
  const units = [...(mark ? `\ufeff${text}` : text)].join('');
  const bytes = new Uint8Array(units.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < units.length; at += 1) view.setUint16(at * 2, units.charCodeAt(at), littleEndian);
  return bytes;
};

describe('normaliseText', () => {
  it('is idempotent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.nat(0xffff)), (text, units) => {
        const once = normaliseText(text + String.fromCharCode(...units));
        expect(normaliseText(once)).toBe(once);
      }),
    );
  });

  it('leaves only well-formed NFC text with line feeds and tabs as its controls', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff)), (units) => {
        const text = normaliseText(String.fromCharCode(...units));
        expect(text).toBe(text.normalize('NFC'));
        // biome-ignore lint/suspicious/noControlCharactersInRegex: looks for controls
        expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/);
        expect(text).not.toMatch(/\p{Surrogate}/u);
      }),
    );
  });

  it('gives the same for lines one by one as for the whole', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (lines) => {
        expect(lines.map(normaliseText).join('\n')).toBe(
          normaliseText(lines.join('\n').replaceAll('\r\n', '\n\n')),
        );
      }),
      { examples: [[['e', '\u0301']]] },
    );
  });

  it('makes every line end a line feed', () => {
    expect(normaliseText('a\r\nb\rc\u2028d\fe')).toBe('a\nb\nc\nd\ne');
  });

  it('composes accents even when an invisible character stands between', () => {
    expect(normaliseText('e\u00ad\u0301')).toBe('\u00e9');
  });

  it('replaces lone surrogates and keeps pairs', () => {
    expect(normaliseText('\ud800a\u{1f600}')).toBe('\ufffda\u{1f600}');
  });
});

describe('decodeText', () => {
  const text = 'Crème brûlée, naïve';
  it.each([
    ['UTF-8', new TextEncoder().encode(text)],
    ['UTF-8 with a mark', new TextEncoder().encode(`\ufeff${text}`)],
    ['UTF-16 LE with a mark', utf16(text, true)],
    ['UTF-16 BE with a mark', utf16(text, false)],
    ['UTF-16 LE without a mark', utf16(text, true, false)],
    ['UTF-16 BE without a mark', utf16(text, false, false)],
    ['Latin-1', Uint8Array.from([...text].map((letter) => letter.charCodeAt(0)))],
  ])('reads %s', (_name, bytes) => {
    expect(normaliseBytes(bytes)).toBe(text);
  });

  it('reads the curly quotes and the euro of Windows-1252', () => {
    expect(decodeText(Uint8Array.from([0x93, 0x80, 0x35, 0x94, 0x92, 0xe9]))).toBe('“€5”’é');
  });

  it('keeps UTF-8 with one broken byte as UTF-8', () => {
    const bytes = new TextEncoder().encode('déjà vu, très bien');
    expect(decodeText(Uint8Array.from([...bytes, 0xff]))).toBe('déjà vu, très bien\ufffd');
  });

  it('follows a declared charset and ignores an unknown one', () => {
    expect(decodeText(Uint8Array.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]), 'windows-1251')).toBe('Привет');
    expect(decodeText(new TextEncoder().encode('é'), 'x-nonsense')).toBe('é');
  });
});

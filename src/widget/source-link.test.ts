import { describe, expect, it } from 'vitest';
import { sourceLink } from './source-link.ts';

const BASE = 'https://ibid.example';
const quoted = { document_id: 'doc_1', uri: 'https://site.example/a', quote: 'A quote.', start: 5, end: 13 };

describe('The link of a source', () => {
  it('lands on the quote of a web page', () => {
    expect(sourceLink(quoted, BASE)).toBe('https://site.example/a#:~:text=A%20quote.');
  });

  it('encodes what means something in a text fragment', () => {
    const link = sourceLink({ ...quoted, quote: 'well-fed, a & b = 100 % #1' }, BASE);
    expect(link).toBe('https://site.example/a#:~:text=well%2Dfed%2C%20a%20%26%20b%20%3D%20100%20%25%20%231');
  });

  it('keeps a fragment that is there, and the query', () => {
    const link = sourceLink({ ...quoted, uri: 'https://site.example/a?b=1#part' }, BASE);
    expect(link).toBe('https://site.example/a?b=1#part:~:text=A%20quote.');
    const twice = sourceLink({ ...quoted, uri: 'https://site.example/a#part:~:text=old' }, BASE);
    expect(twice).toBe('https://site.example/a#part:~:text=A%20quote.');
  });

  it('names a long quote, or one of several lines, by its ends', () => {
    const words = Array.from({ length: 40 }, (_, i) => `w${i}`).join(' ');
    expect(sourceLink({ ...quoted, quote: words }, BASE)).toBe(
      'https://site.example/a#:~:text=w0%20w1%20w2%20w3%20w4%20w5,w34%20w35%20w36%20w37%20w38%20w39',
    );
    expect(sourceLink({ ...quoted, quote: 'one two\nthree four' }, BASE)).toContain(
      'text=one%20two,three%20four',
    );
  });

  it('does not look for what a page shows in its own way: fences, marks of lists, lines between cells', () => {
    const directive = (quote: string) => sourceLink({ ...quoted, quote }, BASE).split(':~:')[1];
    expect(directive('Run it:\n\n```sh\nnpm run start\n```')).toBe('text=Run%20it%3A,npm%20run%20start');
    expect(directive('- oak\n- tar and rope')).toBe('text=oak,tar%20and%20rope');
    expect(directive('tea | 2 shillings')).toBe('text=tea,2%20shillings');
  });

  it('opens a PDF at its page, by its name or by its media type', () => {
    const page = { ...quoted, page: 7 };
    expect(sourceLink({ ...page, uri: 'https://site.example/A.PDF' }, BASE)).toBe(
      'https://site.example/A.PDF#page=7',
    );
    expect(sourceLink({ ...page, mediaType: 'application/pdf' }, BASE)).toBe('https://site.example/a#page=7');
  });

  it('opens what has no address on the web on the server’s own page, and follows no other scheme', () => {
    const here = 'https://ibid.example/?document=doc_1&start=5&end=13';
    expect(sourceLink({ ...quoted, uri: 'notes/a b.md' }, BASE)).toBe(here);
    expect(sourceLink({ ...quoted, uri: 'javascript:alert(1)' }, BASE)).toBe(here);
  });
});

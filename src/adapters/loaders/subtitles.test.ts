import { describe, expect, it } from 'vitest';
import { expectSoundDocument } from '../../testing/expect-sound-document.ts';
import type { Load } from './load.ts';
import { loadSrt, loadVtt } from './subtitles.ts';

const read = async (load: Load, source: string) => {
  const [document] = await load({ uri: 'talk.srt', bytes: new TextEncoder().encode(source) });
  if (!document) throw new Error('no document');
  expectSoundDocument(document);
  return document;
};

describe('subtitles', () => {
  it('join to whole sentences under the time at which they are said', async () => {
    const { text, structure, title } = await read(
      loadSrt,
      '1\n00:00:02,500 --> 00:00:04,000\n<i>We begin with</i>\nthe tide,\n\n2\n00:00:04,000 --> 00:00:06,000\nwhich never waits.\n\n' +
        '3\n00:01:10,000 --> 00:01:12,000\n{\\an8}Then comes the wind\n\n4\n01:01:13,000 --> 01:01:15,000\nand the rain.\n',
    );
    expect(text).toBe(
      '00:00:02\nWe begin with the tide, which never waits.\n\n00:01:10\nThen comes the wind\n\n01:01:13\nand the rain.',
    );
    expect(structure.headings.map((heading) => heading.title)).toEqual(['00:00:02', '00:01:10', '01:01:13']);
    expect(title).toBe('talk');
  });

  it('read WebVTT with speakers, settings, notes and rolling lines', async () => {
    const { text } = await read(
      loadVtt,
      'WEBVTT - Talk\n\nNOTE not said\n\nintro\n00:01.000 --> 00:02.000 align:start\n<v Ann>Salt &amp; water\n\n' +
        '00:02.000 --> 00:03.000\nAnn: Salt &amp; water\nmake brine.\n',
    );
    expect(text).toBe('00:00:01\nAnn: Salt & water make brine.');
  });
});

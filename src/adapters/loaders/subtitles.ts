import type { LoadedDocument } from '../../model/document.ts';
import { normaliseBytes } from '../../model/normalise.ts';
import { type KnownFile, unreadable } from './load.ts';
import { createTextBuilder } from './text-builder.ts';
import { chooseTitle } from './title.ts';

interface Cue {
  /** Seconds. */
  readonly start: number;
  readonly text: string;
}

const TIMING = /^\s*((?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})\s+-->\s+(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}/;
/** A new section begins at the first sentence after this many seconds, and at the latest after twice as many. */
const SECTION_SECONDS = 60;

/** Reads SubRip subtitles. */
export async function loadSrt(file: KnownFile): Promise<LoadedDocument[]> {
  return [readSubtitles(file, 'application/x-subrip')];
}

/** Reads WebVTT subtitles. */
export async function loadVtt(file: KnownFile): Promise<LoadedDocument[]> {
  return [readSubtitles(file, 'text/vtt')];
}

/**
 * Cues become running text, so that a sentence over several cues is whole; about every minute a heading gives the time
 * (`00:12:03`), which a citation carries along and so leads to the spot.
 */
function readSubtitles(file: KnownFile, mediaType: string): LoadedDocument {
  const cues = parseCues(normaliseBytes(file.bytes, file.charset));
  if (cues.length === 0) throw unreadable('The file holds no cues with times. Check that it is SRT or VTT.');
  const builder = createTextBuilder();
  for (const section of sectionsOf(cues)) {
    builder.heading(2, timeCode(section[0]?.start ?? 0));
    builder.add(joinCues(section), '\n');
  }
  const { text, structure } = builder.build();
  return { uri: file.uri, title: chooseTitle(file.uri), mediaType, text, metadata: {}, structure };
}

function parseCues(source: string): Cue[] {
  const cues: Cue[] = [];
  for (const block of source.split(/\n[^\S\n]*\n+/)) {
    const lines = block.split('\n');
    const at = lines.findIndex((line) => TIMING.test(line));
    const start = TIMING.exec(lines[at] ?? '')?.[1];
    if (start === undefined) continue;
    const fresh = lines.slice(at + 1).map(plainLine);
    // Rolling captions show the last line again above the new one.
    const shown = cues.at(-1)?.text.split('\n').at(-1);
    const text = (fresh.length > 1 && fresh[0] === shown ? fresh.slice(1) : fresh)
      .filter((line) => line !== '')
      .join('\n');
    if (text !== '') cues.push({ start: seconds(start), text });
  }
  return cues;
}

function plainLine(line: string): string {
  return line
    .replace(/<v(?:\.[^\s>]*)?\s+([^>]+)>/g, '$1: ')
    .replace(/<\/?[^>]*>|\{\\[^}]*\}/g, '')
    .replace(/&(amp|lt|gt|nbsp|lrm|rlm);/g, (_entity, name: string) => ENTITIES[name] ?? '')
    .replace(/\s+/g, ' ')
    .trim();
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', nbsp: ' ' };

function sectionsOf(cues: readonly Cue[]): Cue[][] {
  const sections: Cue[][] = [];
  let previous: Cue | undefined;
  for (const cue of cues) {
    const current = sections.at(-1);
    const elapsed = cue.start - (current?.[0]?.start ?? 0);
    const isSentenceEnd = /[.!?…]["'”’)\]]*$/.test(previous?.text ?? '');
    const mayBreak = elapsed >= SECTION_SECONDS && isSentenceEnd;
    if (!current || mayBreak || elapsed >= 2 * SECTION_SECONDS) sections.push([cue]);
    else current.push(cue);
    previous = cue;
  }
  return sections;
}

/** Lines of one cue or of two run on with a space; a line that begins a turn of speech stands on its own. */
function joinCues(cues: readonly Cue[]): string {
  const lines = cues.flatMap((cue) => cue.text.split('\n'));
  return lines.reduce((text, line) => {
    if (text === '') return line;
    return /^[-–—]\s?\S/.test(line) ? `${text}\n${line}` : `${text} ${line}`;
  }, '');
}

function seconds(time: string): number {
  return time
    .replace(',', '.')
    .split(':')
    .reduce((total, part) => total * 60 + Number(part), 0);
}

function timeCode(start: number): string {
  const whole = Math.floor(start);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

import type { AnswerEnd } from '../ask/events.ts';
import type { Citation } from '../model/citation.ts';
import { DOUBT, isDoubtful } from '../model/doubt.ts';
import type { Hit } from '../model/passage.ts';
import { firstOfEachMarker, withMarkers } from '../model/with-markers.ts';
import type { Colours } from './context.ts';
import { positionOf } from './position.ts';
import { printable, printableLine } from './printable.ts';

const EXCERPT_CHARS = 240;

/** Text of a cited document, for line and column; undefined when it has left. */
type TextOf = (documentId: string) => string | undefined;

/** An answer for people: the text with markers, then each quote with its place; or the closest passages. */
export function renderAnswer(end: AnswerEnd, textOf: TextOf, colours: Colours): string {
  const { answer } = end;
  const text = answer.status === 'answered' ? withMarkers(answer.text, answer.citations) : answer.text;
  return `${colours.bold(printable(text))}\n\n${renderProof(end, textOf, colours)}`;
}

/** What stands below the text of an answer: each quote with its place, or the closest passages. */
export function renderProof(end: AnswerEnd, textOf: TextOf, colours: Colours): string {
  const { answer, confidence } = end;
  const lines: string[] = [];
  if (answer.status === 'answered') {
    for (const citation of firstOfEachMarker(answer.citations)) {
      lines.push(`[${citation.marker}] ${placeOf(citation, textOf(citation.documentId), colours)}`);
      lines.push(indent(`“${printable(citation.quote)}”`), '');
    }
    if (isDoubtful(end)) lines.push(colours.yellow(DOUBT));
    if (answer.omitted !== undefined) lines.push(colours.yellow(leftOut(answer.omitted)));
    for (const part of answer.unanswered ?? [])
      lines.push(colours.yellow(`Not in the documents: ${printableLine(part)}`));
  } else {
    if (answer.closest.length > 0) lines.push('Closest passages:', '');
    for (const hit of answer.closest) lines.push(renderHit(hit, colours), '');
  }
  if (end.degraded !== undefined) lines.push(colours.yellow(`Degraded: ${printableLine(end.degraded)}`));
  const isSmallTalk = answer.status === 'declined' && answer.reason === 'not_a_question';
  const sure = isSmallTalk ? [] : [`confidence ${confidence.toFixed(2)}`];
  const facts = [...sure, ...costOf(end), `conversation ${end.conversationId}`];
  lines.push(colours.dim(facts.join(' · ')));
  return `${lines.join('\n')}\n`;
}

function leftOut(sentences: number): string {
  return `Left out: ${sentences === 1 ? 'a sentence' : `${sentences} sentences`} that no document supports`;
}

/** What the language model used: "about" where that was counted here. */
function costOf({ usage }: AnswerEnd): string[] {
  if (usage === undefined) return [];
  const tokens = `${usage.inputTokens} + ${usage.outputTokens} tokens of ${usage.model}`;
  const cost = usage.costUsd === undefined ? '' : `, $${usage.costUsd.toPrecision(2)}`;
  return [`${usage.estimated ? 'about ' : ''}${tokens}${cost}`];
}

/** A passage with its place and score. */
export function renderHit(hit: Hit, colours: Colours): string {
  const { passage } = hit;
  const excerpt = printableLine(passage.text);
  const shown = excerpt.length > EXCERPT_CHARS ? `${excerpt.slice(0, EXCERPT_CHARS)}…` : excerpt;
  const place = describePlace({ ...passage, uri: hit.documentUri }, '');
  return `${colours.cyan(place)} ${colours.dim(`(${hit.score.toFixed(2)})`)}\n${indent(shown)}`;
}

function placeOf(citation: Citation, text: string | undefined, colours: Colours): string {
  const { line, column } = text === undefined ? { line: 0, column: 0 } : positionOf(text, citation.start);
  return colours.cyan(describePlace(citation, line === 0 ? '' : `, line ${line}:${column}`));
}

interface Place {
  readonly uri: string;
  readonly start: number;
  readonly end: number;
  readonly headings: readonly string[];
  readonly page?: number;
}

function describePlace({ uri, start, end, headings, page }: Place, position: string): string {
  const parts = [
    `${printableLine(uri)}:${start}–${end}${position}`,
    ...(page === undefined ? [] : [`page ${page}`]),
    ...(headings.length === 0 ? [] : [printableLine(headings.join(' › '))]),
  ];
  return parts.join(' · ');
}

function indent(text: string): string {
  return text.replace(/^/gm, '    ');
}

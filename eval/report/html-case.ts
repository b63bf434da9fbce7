import type { Flip } from '../compare/compare.ts';
import type { CaseResult } from '../run/run.ts';
import { escapeMarkup } from './escape-markup.ts';
import { highlight } from './highlight.ts';

/** One case as a `<details>` element: what was asked, answered and expected, and the documents with quotes marked. */
export function renderCase(result: CaseResult, flip: Flip | undefined): string {
  const { evalCase, prediction, score } = result;
  const attributes = [
    `data-verdict="${score.verdict}"`,
    `data-tags="${escapeMarkup(` ${score.tags.join(' ')} `)}"`,
    `data-change="${flip?.change ?? ''}"`,
    `data-text="${escapeMarkup(`${evalCase.id} ${evalCase.question} ${prediction.text}`.toLowerCase().slice(0, 600))}"`,
  ];
  return (
    `<details class="case" ${attributes.join(' ')}><summary><span class="pill ${score.verdict}">${label(score.verdict)}</span>` +
    `<span class="question">${escapeMarkup(evalCase.question)}</span>${renderFlip(flip)}` +
    `<span class="confidence" title="confidence">${prediction.confidence.toFixed(2)}</span></summary>` +
    `<div class="body"><div>${renderAsked(result)}</div><div>${renderDocuments(result)}</div></div></details>`
  );
}

function label(verdict: string): string {
  return verdict.replace('-', ' ');
}

function renderFlip(flip: Flip | undefined): string {
  if (flip === undefined) return '';
  return `<span class="flip ${flip.change}" title="against the baseline">was ${label(flip.before)}</span>`;
}

function renderAsked({ evalCase, prediction, score }: CaseResult): string {
  const history = evalCase.history.map(
    (turn) => `<li><b>${escapeMarkup(turn.question)}</b><br>${escapeMarkup(turn.answer)}</li>`,
  );
  const standalone =
    prediction.standalone_question === evalCase.question
      ? ''
      : block('Read as', escapeMarkup(prediction.standalone_question));
  const citations = prediction.citations.map(
    (citation) =>
      `<li><q>${escapeMarkup(citation.quote)}</q> <cite>${escapeMarkup(citation.doc_id)} ${citation.start}–${citation.end}</cite></li>`,
  );
  const expected = [...evalCase.answers, ...evalCase.goldSpans.map((gold) => `“${gold.text}”`)];
  const due = evalCase.answerable ? list(expected.map(escapeMarkup)) : '<p>a decline</p>';
  return [
    history.length > 0 ? block('Earlier turns', `<ol>${history.join('')}</ol>`) : '',
    standalone,
    block(
      prediction.status === 'answered' ? 'Answer' : 'Declined',
      `<p class="answer">${escapeMarkup(prediction.text)}</p>`,
    ),
    citations.length > 0 ? block('Citations', `<ol class="citations">${citations.join('')}</ol>`) : '',
    block('Expected', due),
    evalCase.forbidden.length > 0 ? block('Must not occur', list(evalCase.forbidden.map(escapeMarkup))) : '',
    score.values.injected === 1
      ? '<p><span class="pill answered-wrong">an injected payload is in the reply</span></p>'
      : '',
    `<p class="meta">${escapeMarkup(evalCase.id)} · ${escapeMarkup(score.tags.join(', '))} · ${prediction.timing_ms.toFixed(0)} ms${ranks(score.values)}</p>`,
  ].join('');
}

function ranks(values: CaseResult['score']['values']): string {
  const ndcg = values.ndcg_at_10;
  return ndcg === undefined ? '' : ` · nDCG@10 ${ndcg.toFixed(2)}`;
}

function renderDocuments({ evalCase, prediction, documents }: CaseResult): string {
  const shown = [...documents].map(([id, { title, text }]) => {
    const rank = prediction.ranked.findIndex((entry) => entry.doc_id === id);
    const quotes = prediction.citations.filter((citation) => citation.doc_id === id);
    const golds = evalCase.goldSpans
      .filter((gold) => gold.docIds.includes(id))
      .flatMap((gold) => find(text, gold.text));
    const place = rank < 0 ? 'not ranked' : `#${rank + 1}, ${prediction.ranked[rank]?.score.toFixed(3)}`;
    const relevant =
      (evalCase.relevance.get(id) ?? 0) > 0 ? '<span class="pill relevant">relevant</span>' : '';
    return `<section class="document"><h4>${escapeMarkup(title || id)} <small>${place}</small>${relevant}</h4><p>${highlight(text, { quotes, golds })}</p></section>`;
  });
  return shown.length > 0 ? block('Documents', shown.join('')) : block('Documents', '<p>none found</p>');
}

function find(text: string, part: string): { start: number; end: number }[] {
  const start = part === '' ? -1 : text.indexOf(part);
  return start < 0 ? [] : [{ start, end: start + part.length }];
}

function block(title: string, body: string): string {
  return `<h3>${title}</h3>${body}`;
}

function list(items: readonly string[]): string {
  return items.length === 0
    ? '<p>not stated</p>'
    : `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
}

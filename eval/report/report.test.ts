import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { compareRuns } from '../compare/compare.ts';
import type { EvalCase } from '../datasets/eval-dataset.ts';
import type { Prediction } from '../prediction.ts';
import type { CaseResult } from '../run/run.ts';
import { scoreCase } from '../score/score-case.ts';
import { buildReport } from './eval-report.ts';
import { highlight } from './highlight.ts';
import { renderHtml } from './html.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { renderTerminal } from './terminal.ts';

const EVIL = `</script><img src=x onerror="alert(1)">'|\u0000 **bold**`;

function result(id: string, text: string, status: Prediction['status'] = 'answered'): CaseResult {
  const documentText = `Before. ${text} After.`;
  const start = documentText.indexOf(text);
  const evalCase: EvalCase = {
    id,
    question: `What is ${text}?`,
    history: [],
    answerable: true,
    answers: [text],
    forbidden: [],
    goldSpans: [{ docIds: [id], text }],
    relevance: new Map([[id, 1]]),
    tags: [`tag-${EVIL}`],
    goldRule: 'any',
    corpus: 'corpus',
  };
  const citations = [{ doc_id: id, start, end: start + text.length, quote: text }];
  const prediction: Prediction = {
    query_id: id,
    standalone_question: 'alone',
    ranked: [{ doc_id: id, score: 1 }],
    status,
    confidence: 0.7,
    text,
    citations: status === 'answered' ? citations : [],
    timing_ms: 3,
  };
  const score = scoreCase(evalCase, prediction, { textOf: () => documentText });
  return { evalCase, prediction, score, documents: new Map([[id, { title: EVIL, text: documentText }]]) };
}

function reportOf(results: CaseResult[], before: CaseResult[] = []) {
  const run = { dataset: EVIL, system: EVIL, predictionsPath: 'p', resumed: 0, results };
  const scores = (of: CaseResult[]) => of.map((item) => item.score);
  const gate = { passed: false, checks: [{ name: EVIL, outcome: 'fail' as const, message: EVIL }] };
  return {
    ...buildReport(run, '2026-01-01'),
    comparison: compareRuns(scores(before), scores(results)),
    gate,
  };
}

describe('reports', () => {
  const report = reportOf(
    [result('one', EVIL), result('two', 'plain')],
    [result('one', EVIL, 'declined'), result('two', 'plain')],
  );

  it('the page shows data as text, loads nothing, and has one script of its own', () => {
    const { document } = parseHTML(renderHtml(report));
    expect(document.querySelectorAll('img, link, iframe, script[src], [onerror]')).toHaveLength(0);
    expect(document.querySelectorAll('script')).toHaveLength(1);
    expect(document.querySelector('meta[http-equiv]')?.getAttribute('content')).toContain(
      "default-src 'none'",
    );
    expect(document.querySelectorAll('.case')).toHaveLength(2);
    expect(document.querySelector('.case .question')?.textContent).toContain('onerror="alert(1)"');
    expect(document.querySelector('.case')?.getAttribute('data-change')).toBe('better');
    expect(document.querySelector('.document mark.quote.gold')?.textContent).toContain('</script><img');
    expect(document.querySelectorAll('figure svg[role=img]')).toHaveLength(2);
  });

  it('JUnit is well-formed XML with the failed check as its only failure', () => {
    const xml = renderJunit(report);
    expect(XMLValidator.validate(xml)).toBe(true);
    const parsed = new XMLParser({ ignoreAttributes: false, isArray: (name) => name === 'testcase' }).parse(
      xml,
    );
    const [gate, cases] = parsed.testsuites.testsuite;
    expect([gate['@_failures'], cases['@_failures'], cases['@_tests']]).toEqual(['1', '0', '2']);
  });

  it('Markdown keeps data inside its cells and names what flipped', () => {
    const text = renderMarkdown(report);
    expect(text).toContain('❌ **Gate failed**');
    expect(text).not.toMatch(/(?<!\\)<img/);
    expect(text).not.toMatch(/(?<!\\)\*\*bold/);
    expect(text).toContain('- better: `one` declined-wrong → answered-right');
    expect(text).toMatch(/Faithfulness.*not run/);
  });

  it('the terminal summary says that the judge did not run', () => {
    expect(renderTerminal(report)).toMatch(/Faithfulness.*not run/);
    expect(renderTerminal(report)).toContain('1 changed against the baseline');
  });

  it('a run of no cases is reported, not divided by', () => {
    const empty = reportOf([]);
    for (const render of [renderHtml, renderMarkdown, renderJunit, renderTerminal]) {
      expect(render(empty)).not.toContain('NaN');
    }
  });

  it('marks that overlap are painted piece by piece, far ones apart', () => {
    const text = `abcdef${'x'.repeat(1000)}end`;
    const html = highlight(text, { quotes: [{ start: 0, end: 4 }], golds: [{ start: 2, end: 6 }] });
    expect(html).toMatch(
      /^<mark class="quote">ab<\/mark><mark class="quote gold">cd<\/mark><mark class="gold">ef<\/mark>x+ …$/,
    );
    const apart = highlight(text, {
      quotes: [
        { start: 0, end: 4 },
        { start: 1006, end: 1009 },
      ],
      golds: [],
    });
    expect(apart.match(/ … /g)).toHaveLength(1);
  });
});

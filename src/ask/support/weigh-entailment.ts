import type { Entailment } from '../../ports/entailment.ts';
import type { Finding } from './judge-claim.ts';

/** How much its log-odds count beside those of the support model, of which it is not a part yet. */
const WEIGHT = 0.5;
const SURE = 0.02;

/** Adds what an entailment model thinks of findings, and orders them anew. */
export async function weighEntailment(
  entailment: Entailment | undefined,
  claim: string,
  findings: readonly Finding[],
): Promise<readonly Finding[]> {
  if (entailment === undefined || findings.length === 0) return findings;
  const judged = await entailment(claim, findings.map(textOf)).catch(() => []);
  const weighed = findings.map((finding, i) => {
    const probability = judged[i];
    if (probability === undefined || !Number.isFinite(probability)) return finding;
    const sure = Math.min(1 - SURE, Math.max(SURE, probability));
    return { ...finding, logOdds: finding.logOdds + WEIGHT * Math.log(sure / (1 - sure)) };
  });
  return weighed.sort((a, b) => b.logOdds - a.logOdds);
}

/** What would be quoted, under its title and headings, so that pronouns have someone to mean. */
function textOf({ evidence: { passage }, sentences }: Finding): string {
  const { passage: whole, documentTitle } = passage.source;
  const said = sentences.map((at) => {
    const { start = 0, end = 0 } = whole.sentences[at] ?? {};
    return whole.text.slice(start - whole.start, end - whole.start);
  });
  return [[documentTitle, ...whole.headings].join(' – '), ...said].join('\n');
}

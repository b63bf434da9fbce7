import type { Entailment } from '../../ports/entailment.ts';
import type { Finding } from './judge-claim.ts';

/** Findings shown to the entailment model. */
const SHOWN = 3;
/** How much its log-odds count beside those of the support model, of which it is not a part yet. */
const WEIGHT = 0.5;
const SURE = 0.02;

/** Adds what an entailment model thinks of the best findings without faults, and orders them anew. */
export async function weighEntailment(
  entailment: Entailment | undefined,
  claim: string,
  findings: readonly Finding[],
): Promise<readonly Finding[]> {
  const sound = findings.filter(({ faults }) => faults.length === 0).slice(0, SHOWN);
  if (entailment === undefined || sound.length === 0) return findings;
  const judged = await entailment(claim, sound.map(textOf)).catch(() => []);
  const weighed = sound.map((finding, i) => {
    const probability = judged[i];
    if (probability === undefined || !Number.isFinite(probability)) return finding;
    const sure = Math.min(1 - SURE, Math.max(SURE, probability));
    return { ...finding, logOdds: finding.logOdds + WEIGHT * Math.log(sure / (1 - sure)) };
  });
  const rest = findings.filter((finding) => !sound.includes(finding));
  return [...weighed.sort((a, b) => b.logOdds - a.logOdds), ...rest];
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

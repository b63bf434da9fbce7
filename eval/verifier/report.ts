import { auroc } from '../metrics/auroc.ts';
import { percentile } from '../metrics/percentile.ts';
import type { VerifierCase } from './verifier-case.ts';

/** A case with what the check said of it. */
export interface Checked extends VerifierCase {
  readonly accepted: boolean;
  readonly score: number;
  readonly reason?: string;
  /** Of processor time, all threads. */
  readonly milliseconds: number;
}

/** Tables of false accepts, false drops and AUROC, in Markdown. */
export function verifierReport(checked: readonly Checked[]): string {
  const sets = [...new Set(checked.map(({ set }) => set))];
  const lines = ['| set | AUROC | false accepts | false drops |', '|---|---|---|---|'];
  for (const set of sets)
    lines.push(
      setRow(
        set,
        checked.filter((one) => one.set === set),
      ),
    );
  for (const supported of [false, true]) {
    lines.push(
      '',
      `| ${supported ? 'false drops: paraphrase' : 'false accepts: corruption'} | ${sets.join(' | ')} |`,
      `|---|${sets.map(() => '---|').join('')}`,
    );
    const own = checked.filter((one) => one.supported === supported);
    for (const kind of [...new Set(own.map((one) => one.kind))]) {
      const cells = sets.map((set) => wrongShare(own.filter((one) => one.set === set && one.kind === kind)));
      lines.push(`| ${kind} | ${cells.join(' | ')} |`);
    }
  }
  const times = checked.map(({ milliseconds }) => milliseconds);
  lines.push(
    '',
    `${checked.length} sentences; milliseconds of processor time a sentence: p50 ${percentile(times, 0.5)?.toFixed(1)}, p95 ${percentile(times, 0.95)?.toFixed(1)}`,
    '',
  );
  return lines.join('\n');
}

function setRow(set: string, own: readonly Checked[]): string {
  const area = auroc(own.map(({ score, supported }) => ({ confidence: score, positive: supported })));
  const share = (supported: boolean) => wrongShare(own.filter((one) => one.supported === supported));
  return `| ${set} | ${area?.toFixed(3) ?? '–'} | ${share(false)} | ${share(true)} |`;
}

/** Share that was judged wrongly, with how many there were. */
function wrongShare(own: readonly Checked[]): string {
  if (own.length === 0) return '–';
  const wrong = own.filter(({ accepted, supported }) => accepted !== supported).length;
  return `${((100 * wrong) / own.length).toFixed(1)} % of ${own.length}`;
}

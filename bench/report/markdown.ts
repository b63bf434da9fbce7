import { percentile } from '../../eval/metrics/percentile.ts';
import type { BenchResults } from '../results.ts';
import { quantity } from './quantity.ts';
import { isMet, type Row } from './rows.ts';

/** The report for people: the table of requirements, the spread, the machine, and what each measure means. */
export function toMarkdown(results: BenchResults, rows: readonly Row[]): string {
  return [
    '# Is it fast?',
    '',
    'Made by `npm run bench`; every number of it was measured in that one run, on one machine.',
    ...warnings(results),
    '',
    ...requirementTable(rows),
    '',
    '![Ibid and its peers](report.svg)',
    '',
    ...spread(results),
    '',
    ...machineFacts(results),
    '',
    METHOD,
    '',
  ].join('\n');
}

function warnings({ sizes, machine }: BenchResults): string[] {
  const lines: string[] = [];
  if (sizes.scale === 'tiny')
    lines.push('**A tiny run, to see that everything works: its numbers are no measurement.**');
  if (sizes.large === 0) lines.push('**A quick run: the large index was left out, and its rows are empty.**');
  if (machine.loadAtStart > machine.cores / 2)
    lines.push(
      `**The machine was busy with other work when this began (load ${machine.loadAtStart}); ratios hold better than times.**`,
    );
  return lines.flatMap((line) => ['', line]);
}

function requirementTable(rows: readonly Row[]): string[] {
  const lines = rows.map((row) => {
    const each = [row.ibid, row.a, row.b].map((value) => quantity(value, row.shown));
    return [row.measure, requirement(row), ...each, quantity(row.value, row.unit), verdict(row)];
  });
  return table(['Measure', 'Required', 'Ibid', 'A', 'B', 'Measured', 'Met'], lines);
}

function requirement({ bound, unit }: Row): string {
  return 'atLeast' in bound ? `≥ ${quantity(bound.atLeast, unit)}` : `≤ ${quantity(bound.atMost, unit)}`;
}

function verdict(row: Row): string {
  const met = isMet(row);
  if (met === undefined) return 'not measured';
  return met ? 'yes' : '**no**';
}

function spread({ search, ask, ingest, smallIndex, largeIndex, coldStarts }: BenchResults): string[] {
  const milliseconds = (name: string, values: readonly number[]) => [
    name,
    String(values.length),
    ...[0.5, 0.95].map((share) => quantity(percentile(values, share), 'ms')),
  ];
  const each = ingest.tokensPerSecond;
  const rounds = (name: string, values: readonly number[]) =>
    `- ${name}: ${values.map((value) => Math.round(value).toLocaleString('en-GB')).join(', ')} tokens/s`;
  return [
    '## Spread',
    '',
    ...table(
      ['Times', 'n', 'p50', 'p95'],
      [
        milliseconds('Retrieval, Ibid', search.all.ibid),
        milliseconds('Retrieval, A', search.all.a),
        milliseconds('Retrieval, B', search.all.b),
        milliseconds('Question to verified answer, Ibid', ask.milliseconds),
        milliseconds('Cold start, Ibid', coldStarts),
      ],
    ),
    '',
    `Of ${ask.milliseconds.length} questions, ${ask.answered} were answered; the others were declined.`,
    '',
    'Ingest, round by round:',
    '',
    rounds('Ibid, fp32', each.ibid),
    rounds('Ibid, int8', each.ibidInt8),
    rounds('A', each.a),
    rounds('B', each.b),
    '',
    `The first ingest of ${smallIndex.passages.toLocaleString('en-GB')} passages took ${quantity(smallIndex.firstIngest / 1000, 's')}.`,
    ...(largeIndex?.ingest === undefined
      ? []
      : [
          `That of ${largeIndex.passages.toLocaleString('en-GB')} took ${quantity(largeIndex.ingest / 1000, 's')}.`,
        ]),
  ];
}

function machineFacts({
  machine,
  text,
  startedAt,
  elapsedSeconds,
  agreement,
  ingest,
  sizes,
}: BenchResults): string[] {
  const libraries = Object.entries(machine.libraries).map(([name, version]) => `${name} ${version}`);
  const tokens = ingest.tokens.reduce((sum, each) => sum + each, 0);
  return [
    '## Machine and text',
    '',
    `- ${machine.processor}, ${machine.cores} cores, ${machine.memoryGigabytes} GB, ${machine.system}, Node ${machine.node}; load ${machine.loadAtStart} at the start`,
    `- ${libraries.join(', ')}`,
    `- ${text}; ${sizes.ingest.rounds} ingest rounds of ${sizes.ingest.documents} documents, ${tokens.toLocaleString('en-GB')} tokens in all`,
    `- ${startedAt}, ${Math.round(elapsedSeconds)} s`,
    `- Smallest cosine to Ibid's fp32 vectors over a few texts: A ${agreement.a.toFixed(5)}, B ${agreement.b.toFixed(5)}, Ibid int8 ${agreement.int8.toFixed(3)}`,
  ];
}

const METHOD = `## What was compared, and how

- **A**: LangChain's stack (RecursiveCharacterTextSplitter 1000/200, HNSWLib, top 4) with MiniLM through \`@lat.md/embed\`, what npm gives today.
- **B**: the same stack with the same MiniLM weights through transformers.js on an ONNX graph of the same operators, with a batch dimension and attention mask as its pipeline needs; texts sorted by length, in batches.
- **Ibid**: everything that its users run: structure-aware splitting, a vector for each sentence as well, full text, a durable database on disk, the vector index. The peers' indexes stay in memory and are never saved.
- Each system has a process of its own. They take turns within a round, in another order each round; a ratio is taken within its round, and the median of these ratios is reported. Models are loaded and warm.
- Tokens are MiniLM tokens of the source text, each once, however often a splitter's overlap repeats them.
- Share inside ONNX Runtime: time inside its runs, summed over the workers, over the elapsed time times the workers, during the first ingest of the smaller index, from reading to the committed index.
- Retrieval: the question's text to ranked passages. Ibid's is hybrid (vector and full text); the peers search vectors. All three hold the same passages and the same vectors.
- End to end: to the \`answer-end\` event, with each quote verified and the conversation's turn stored.
- Cold start: a new process, \`ibid ask\`, from its start to its reply, on an existing index.
- Resident memory: of a new process that has the index loaded and has answered questions.`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, column) => (column === 0 ? '---' : '---:'))), ...rows.map(line)];
}

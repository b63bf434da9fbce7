import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../src/model/errors.ts';
import { measureAll } from './measure/measure-all.ts';
import { readOptions } from './options.ts';
import { toChart } from './report/chart.ts';
import { toMarkdown } from './report/markdown.ts';
import { isMet, toRows } from './report/rows.ts';
import { createReporter } from './reporter.ts';
import type { BenchResults } from './results.ts';

try {
  const options = readOptions(process.argv.slice(2), process.env);
  writeReport(options.out, await measureAll(options, createReporter(process.stderr)));
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  // At once: the systems' processes end with this one.
  process.exit(1);
}

/** A requirement that is not met does not fail the run: the report says so. */
function writeReport(folder: string, results: BenchResults): void {
  const rows = toRows(results);
  const markdown = toMarkdown(results, rows);
  const requirements = rows.map((row) => ({ ...row, met: isMet(row) ?? null }));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'report.json'), `${JSON.stringify({ requirements, ...results }, null, 2)}\n`);
  writeFileSync(join(folder, 'report.md'), markdown);
  writeFileSync(join(folder, 'report.svg'), toChart(results, rows));
  process.stdout.write(`${markdown}\nWritten to ${folder}.\n`);
}

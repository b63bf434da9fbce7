import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type EvalReport, toJson } from './eval-report.ts';
import { renderHtml } from './html.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';

/** Writes `report.json`, `report.md`, `report.html` and `junit.xml` into a folder, made where it is missing. */
export async function writeReports(report: EvalReport, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const files = {
    'report.json': `${JSON.stringify(toJson(report), undefined, 1)}\n`,
    'report.md': renderMarkdown(report),
    'report.html': renderHtml(report),
    'junit.xml': renderJunit(report),
  };
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));
}

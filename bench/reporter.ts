import { createProgress, type Progress } from '../eval/run/progress.ts';

/** Tells the person who waits what is being done and how long it will take. */
export interface Reporter {
  step(title: string): void;
  progress(label: string): Progress;
}

/** Writes to the standard error, so that the standard output stays the report's. */
export function createReporter(stream: NodeJS.WriteStream): Reporter {
  const begun = performance.now();
  return {
    step(title) {
      const minutes = (performance.now() - begun) / 60_000;
      stream.write(`${minutes.toFixed(1).padStart(5)} min  ${title}\n`);
    },
    progress: (label) =>
      createProgress({
        label,
        write: (text) => stream.write(text),
        live: stream.isTTY,
        now: () => performance.now(),
      }),
  };
}

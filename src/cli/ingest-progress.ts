import cliProgress from 'cli-progress';
import type { IngestProgress } from '../ingest/report.ts';
import type { Output } from './context.ts';

export interface ProgressView {
  update(progress: IngestProgress): void;
  stop(): void;
}

const LINE_EVERY_MS = 5_000;

/** A bar with rate and remaining time on a terminal; elsewhere a plain line every few seconds. */
export function createIngestProgress(stream: Output, now: () => number, unit = 'passages'): ProgressView {
  const startedAt = now();
  return stream.isTTY ? barOn(stream, startedAt, now, unit) : linesOn(stream, startedAt, now, unit);
}

/** Passages a second and seconds left, in words. */
export function describePace({ done, total }: IngestProgress, elapsedMs: number): string {
  if (done === 0 || elapsedMs <= 0) return 'starting';
  const rate = done / (elapsedMs / 1000);
  const left = Math.ceil((total - done) / rate);
  const time = left >= 60 ? `${Math.floor(left / 60)} min ${left % 60} s` : `${left} s`;
  return `${rate >= 10 ? Math.round(rate) : rate.toFixed(1)}/s, ${time} left`;
}

function barOn(stream: Output, startedAt: number, now: () => number, unit: string): ProgressView {
  const format = `{phase} [{bar}] {value}/{total} ${unit} · {pace}`;
  const bar = new cliProgress.SingleBar({
    stream,
    format,
    hideCursor: true,
    clearOnComplete: true,
    gracefulExit: false,
  });
  let started = false;
  return {
    update(progress) {
      const { phase, done, total } = progress;
      const payload = { phase, pace: describePace(progress, now() - startedAt) };
      if (!started) bar.start(total, done, payload);
      started = true;
      bar.setTotal(total);
      bar.update(done, payload);
    },
    stop: () => bar.stop(),
  };
}

function linesOn(stream: Output, startedAt: number, now: () => number, unit: string): ProgressView {
  let lastAt = startedAt;
  return {
    update(progress) {
      if (now() - lastAt < LINE_EVERY_MS) return;
      lastAt = now();
      const { phase, done, total } = progress;
      stream.write(`${phase}: ${done} of ${total} ${unit} (${describePace(progress, lastAt - startedAt)})\n`);
    },
    stop() {},
  };
}

export type Progress = (done: number, total: number) => void;

export interface ProgressOptions {
  readonly label: string;
  readonly write: (text: string) => void;
  /** Rewrites one line; else a line about every tenth of the way. */
  readonly live: boolean;
  /** Milliseconds, ever growing. */
  readonly now: () => number;
}

/** Reports `label done/total, rate, ETA`; the rate is that of this run, what was done before it left out. */
export function createProgress({ label, write, live, now }: ProgressOptions): Progress {
  let started: { at: number; done: number } | undefined;
  let shownAt = Number.NEGATIVE_INFINITY;
  let shownTenth = -1;
  return (done, total) => {
    started ??= { at: now(), done };
    const tenth = Math.floor((done * 10) / Math.max(1, total));
    const due = live ? now() - shownAt >= 200 : tenth > shownTenth;
    if (!due && done < total) return;
    shownAt = now();
    shownTenth = tenth;
    const each = done > started.done ? (now() - started.at) / (done - started.done) : 0;
    const line = describe(label, done, total, each);
    write(live ? `\r\u001b[2K${line}${done >= total ? '\n' : ''}` : `${line}\n`);
  };
}

function describe(label: string, done: number, total: number, millisecondsEach: number): string {
  if (millisecondsEach === 0) return `${label} ${done}/${total}`;
  const rate = `, ${(1000 / millisecondsEach).toFixed(1)}/s`;
  const eta = done < total ? `, ${duration((total - done) * millisecondsEach)} left` : '';
  return `${label} ${done}/${total}${rate}${eta}`;
}

function duration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  return seconds < 3600 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

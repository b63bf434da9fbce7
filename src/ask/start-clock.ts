import type { Timing } from './events.ts';

export interface StepClock {
  /** Ends a step that began when the last one ended; a step may come again, and its times add up. */
  lap(step: keyof Timing): void;
  timing(): Timing;
}

/** Measures the steps of one question by `now`, in milliseconds. */
export function startClock(now: () => number): StepClock {
  const started = now();
  let last = started;
  const laps: Record<string, number> = {};
  return {
    lap(step) {
      laps[step] = (laps[step] ?? 0) + now() - last;
      last = now();
    },
    timing: () => ({
      contextualise: laps.contextualise ?? 0,
      retrieve: laps.retrieve ?? 0,
      read: laps.read ?? 0,
      total: now() - started,
    }),
  };
}

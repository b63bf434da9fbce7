import type { Ask } from '../ask/events.ts';

type Outcome = 'answered' | 'declined' | 'error' | 'aborted';

/** Counters of one server, written out in Prometheus' text format 0.0.4. */
export interface Metrics {
  countRequest(request: { method: string; route: string; status: number; seconds: number }): void;
  /** Call when an answer begins; call what it returns, once, when it ends. */
  beginAsk(): (outcome: Outcome, seconds: number) => void;
  render(): string;
}

/** Upper bounds in seconds: retrieval answers in milliseconds, language models in seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export function createMetrics(): Metrics {
  const requests = new Map<string, number>();
  const durations = new Map<string, Histogram>();
  const outcomes = new Map<string, number>();
  const askDuration = createHistogram();
  let running = 0;
  return {
    countRequest({ method, route, status, seconds }) {
      add(requests, labels({ method, route, status: String(status) }));
      const key = labels({ route });
      const histogram = durations.get(key) ?? createHistogram();
      durations.set(key, histogram);
      histogram.observe(seconds);
    },
    beginAsk() {
      running += 1;
      return (outcome, seconds) => {
        running -= 1;
        add(outcomes, labels({ outcome }));
        askDuration.observe(seconds);
      };
    },
    render() {
      return [
        ...head('ibid_http_requests_total', 'counter', 'Requests by method, route and status.'),
        ...[...requests].map(([key, count]) => `ibid_http_requests_total{${key}} ${count}`),
        ...head('ibid_http_request_duration_seconds', 'histogram', 'Time to the last byte, by route.'),
        ...[...durations].flatMap(([key, one]) => one.lines('ibid_http_request_duration_seconds', key)),
        ...head('ibid_asks_total', 'counter', 'Questions by outcome.'),
        ...[...outcomes].map(([key, count]) => `ibid_asks_total{${key}} ${count}`),
        ...head('ibid_ask_duration_seconds', 'histogram', 'Time from question to the end of its answer.'),
        ...askDuration.lines('ibid_ask_duration_seconds', ''),
        ...head('ibid_asks_running', 'gauge', 'Questions being answered now.'),
        `ibid_asks_running ${running}`,
        '',
      ].join('\n');
    },
  };
}

/** The same `ask`, with each outcome counted. */
export function countOutcomes(ask: Ask, metrics: Metrics, clock: () => number): Ask {
  return async function* counted(request) {
    const startedAt = clock();
    const end = metrics.beginAsk();
    let outcome: Outcome = 'aborted';
    try {
      for await (const event of ask(request)) {
        if (event.type === 'answer-end') outcome = event.answer.status;
        if (event.type === 'ask-error' && request.signal?.aborted !== true) outcome = 'error';
        yield event;
      }
    } catch (error) {
      outcome = 'error';
      throw error;
    } finally {
      end(outcome, (clock() - startedAt) / 1000);
    }
  };
}

interface Histogram {
  observe(seconds: number): void;
  lines(name: string, key: string): string[];
}

function createHistogram(): Histogram {
  const counts = BUCKETS.map(() => 0);
  let total = 0;
  let sum = 0;
  return {
    observe(seconds) {
      BUCKETS.forEach((bound, at) => {
        if (seconds <= bound) counts[at] = (counts[at] ?? 0) + 1;
      });
      total += 1;
      sum += seconds;
    },
    lines(name, key) {
      const prefix = key === '' ? '' : `${key},`;
      const suffix = key === '' ? '' : `{${key}}`;
      return [
        ...BUCKETS.map((bound, at) => `${name}_bucket{${prefix}le="${bound}"} ${counts[at] ?? 0}`),
        `${name}_bucket{${prefix}le="+Inf"} ${total}`,
        `${name}_sum${suffix} ${sum}`,
        `${name}_count${suffix} ${total}`,
      ];
    },
  };
}

function add(counter: Map<string, number>, key: string): void {
  counter.set(key, (counter.get(key) ?? 0) + 1);
}

function labels(values: Record<string, string>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${value.replace(/[\\"\n]/g, '_')}"`)
    .join(',');
}

function head(name: string, type: string, help: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}

import { createRoute, z } from '@hono/zod-openapi';
import type { App } from '../dependencies.ts';
import type { Metrics } from '../metrics.ts';
import { addPlainRoute } from '../plain-route.ts';

/** `GET /metrics` in Prometheus' text format. */
export function addMetricsRoute(app: App, metrics: Metrics): void {
  addPlainRoute(app, metricsRoute, (c) =>
    c.body(metrics.render(), 200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' }),
  );
}

const metricsRoute = createRoute({
  method: 'get',
  path: '/metrics',
  operationId: 'getMetrics',
  tags: ['Operation'],
  summary: 'Counters for Prometheus',
  responses: {
    200: {
      description: 'Requests, answers and their durations.',
      content: {
        'text/plain; version=0.0.4': {
          schema: z.string().openapi({ example: 'ibid_asks_total{outcome="answered"} 12' }),
        },
      },
    },
  },
});

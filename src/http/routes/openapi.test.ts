import { describe, expect, it } from 'vitest';
import { fakeDependencies } from '../../testing/http-fakes.ts';
import { createApp } from '../app.ts';

interface Operation {
  operationId?: string;
  summary?: string;
  responses: Record<string, { description: string; content?: Record<string, unknown> }>;
  security?: Record<string, unknown>[];
}

const app = createApp(fakeDependencies().deps);

async function description() {
  return (await (await app.request('/openapi.json')).json()) as {
    openapi: string;
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> };
  };
}

describe('/openapi.json', () => {
  it('describes every route but the static files', async () => {
    const { openapi, paths } = await description();
    expect(openapi).toBe('3.1.0');
    const described = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const served = app.routes
      .filter(({ method, path }) => method !== 'ALL' && !/^\/page\/|^\/docs\/./.test(path))
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
    expect(described.sort()).toEqual([...new Set(served)].sort());
  });

  it('gives every operation of the API an id, a summary, security and its problems', async () => {
    const { paths, components } = await description();
    const operations = Object.entries(paths).flatMap(([path, byMethod]) =>
      path.startsWith('/v1/') ? Object.values(byMethod) : [],
    );
    for (const operation of operations) {
      expect(operation.operationId).toMatch(/^[a-z]\w+$/);
      expect(operation.summary).toBeTruthy();
      expect(Object.keys(components.securitySchemes)).toContain(
        Object.keys(operation.security?.[0] ?? {})[0],
      );
      for (const status of ['401', '429', '500']) {
        expect(operation.responses[status]?.content).toHaveProperty(['application/problem+json']);
      }
    }
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('refers only to schemas that it holds', async () => {
    const document = await description();
    const references = JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g);
    for (const [, name] of references) expect(Object.keys(document.components.schemas)).toContain(name);
  });
});

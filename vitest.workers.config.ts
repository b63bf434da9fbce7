import { execFileSync } from 'node:child_process';
import { cloudflareTest } from '@cloudflare/vitest-pool-workers';
import { defineConfig } from 'vitest/config';

// wrangler.toml names this as its build, which the runner leaves out.
execFileSync(process.execPath, ['scripts/copy-worker-assets.js']);

/** Tests that run in workerd, with the local platform's D1, queues, assets, Durable Objects and rate limits. */
export default defineConfig({
  plugins: [
    cloudflareTest(({ inject }) => ({
      main: './src/testing/worker-with-fakes.ts',
      wrangler: { configPath: './wrangler.toml' },
      miniflare: {
        cf: false,
        // The runner itself needs it; the Worker does without, as bundle.test.ts shows.
        compatibilityFlags: ['nodejs_compat'],
        d1Databases: ['OTHER_DB'],
        bindings: { EMBEDDER_URL: inject('embedderUrl') },
      },
    })),
  ],
  test: {
    name: 'workerd',
    include: ['src/**/*.worker.test.ts'],
    globalSetup: './src/testing/embedding-host.ts',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

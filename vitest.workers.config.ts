import { cloudflareTest } from '@cloudflare/vitest-pool-workers';
import { defineConfig } from 'vitest/config';

/** Tests that run in workerd, with the local platform's D1, queues, assets, Durable Objects and rate limits. */
export default defineConfig({
  plugins: [
    cloudflareTest({
      miniflare: {
        compatibilityDate: '2026-04-20',
        compatibilityFlags: ['nodejs_compat'],
        cf: false,
        d1Databases: ['DB', 'OTHER_DB'],
      },
    }),
  ],
  test: {
    name: 'workerd',
    include: ['src/**/*.worker.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});

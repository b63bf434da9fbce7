import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { cloudflareTest } from '@cloudflare/vitest-pool-workers';
import { defineConfig } from 'vitest/config';
import { SERVICE_SETTINGS } from './src/testing/service-settings.ts';

// wrangler.toml names this as its build, which the runner leaves out.
execFileSync(process.execPath, ['scripts/copy-worker-assets.js']);

/** The HTTP contract is the same on Node and in workerd: its tests run in both, over what each platform has. */
const CONTRACT = ['src/http/**/*.test.ts', 'src/mcp/**/*.test.ts'];
/** Needs Node's sockets or its file system. */
const NODE_ONLY = ['src/http/socket.test.ts', 'src/http/page/**'];

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
        bindings: { NODE_URL: inject('nodeUrl'), IBID_LOG: 'silent', ...SERVICE_SETTINGS },
      },
    })),
  ],
  resolve: {
    alias: [
      { find: /^.*\/test-store\.ts$/, replacement: testing('test-store-in-workerd.ts') },
      { find: /^.*\/listen\.ts$/, replacement: testing('listen-in-workerd.ts') },
    ],
  },
  test: {
    name: 'workerd',
    include: ['src/**/*.worker.test.ts', ...CONTRACT],
    exclude: NODE_ONLY,
    globalSetup: './src/testing/node-host.ts',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

function testing(file: string): string {
  return fileURLToPath(new URL(`src/testing/${file}`, import.meta.url));
}

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'node',
          include: [
            'src/**/*.test.ts',
            'eval/**/*.test.ts',
            'bench/**/*.test.ts',
            'scripts/**/*.test.ts',
            'examples/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', 'dist/**', '**/*.worker.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // What a loaded machine takes longer for is not wrong.
          expect: { poll: { timeout: 15_000 } },
        },
      },
      './vitest.workers.config.ts',
    ],
  },
});

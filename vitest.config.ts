import { defineConfig } from 'vitest/config';

// A time zone other than that of the hospital: code that leans on the machine's zone is caught. Set here, before threads start.
process.env['TZ'] = 'America/New_York';

export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.ts', 'server/src/**/*.test.ts', 'bench/**/*.test.ts', 'web/src/**/*.test.{ts,tsx}', 'tests/**/*.test.ts'],
    globalSetup: ['tests/support/postgres.ts'],
    // Threads start faster than processes and share the machine's memory; two suit the smallest machine we run on.
    pool: 'threads',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    env: { NODE_ENV: 'test' },
  },
});

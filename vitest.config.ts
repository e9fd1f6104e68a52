import { defineConfig } from 'vitest/config';

/** They put a language into the table of languages, for the whole process. */
const pseudo = ['test/**/pseudo.test.ts', 'test/**/*-pseudo.test.ts', 'test/**/pseudo-*.test.ts'];

export default defineConfig({
  test: {
    globalSetup: ['test/support/global-setup.ts'],
    setupFiles: ['test/support/leaks.ts'],
    pool: 'forks',
    // Each worker has a Redis database of its own, numbered by VITEST_POOL_ID.
    // Two processors, and a third worker while others wait for Redis and for children.
    maxWorkers: 3,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'tirage',
          include: ['test/**/*.test.ts'],
          exclude: [...pseudo, 'test/web/pages.browser.test.ts'],
          // No module of ours keeps state: files share what their worker has imported.
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'pseudo', include: [...pseudo, 'test/web/pages.browser.test.ts'] },
      },
    ],
  },
});

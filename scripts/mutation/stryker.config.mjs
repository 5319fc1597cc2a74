// npm run mutate [-- --mutate scheduling/plan-series-extension.ts]: changes one operator or value of scheduling/ at a time and sees
// whether a test notices. It takes an hour or more for the whole room, so `npm test` does not run it.
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'scripts/mutation/vitest.config.ts' },
  plugins: ['@stryker-mutator/vitest-runner'],
  mutate: ['scheduling/**/*.ts', '!scheduling/**/*.test.ts', '!scheduling/notification-types.ts'],
  // Stryker rewrites tsconfig.json by the TypeScript compiler's functions, which version 7 no longer has. A name that
  // leads to no file makes it leave that out; nothing here needs it.
  tsconfigFile: 'no-tsconfig.json',
  ignorePatterns: ['/.next', '/data', '/docs', '/e2e', '/public'],
  ignoreStatic: true,
  dryRunTimeoutMinutes: 20,
  reporters: ['clear-text', 'progress'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  allowConsoleColors: false,
};

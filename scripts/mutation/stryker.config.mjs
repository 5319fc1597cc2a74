// npm run mutate [-- --mutate scheduling/plan-series-extension.ts]: changes one operator or value of scheduling/ at a
// time and checks whether a test notices. The whole folder takes an hour or more, so `npm test` does not run it.
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'scripts/mutation/vitest.config.ts' },
  plugins: ['@stryker-mutator/vitest-runner'],
  mutate: ['scheduling/**/*.ts', '!scheduling/**/*.test.ts', '!scheduling/notification-types.ts'],
  // Stryker rewrites tsconfig.json with functions of the TypeScript compiler that version 7 no longer has. The name of
  // a file that does not exist makes it skip that; nothing here needs it.
  tsconfigFile: 'no-tsconfig.json',
  ignorePatterns: ['/.next', '/data', '/docs', '/e2e', '/public'],
  ignoreStatic: true,
  dryRunTimeoutMinutes: 20,
  reporters: ['clear-text', 'progress'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  allowConsoleColors: false,
};

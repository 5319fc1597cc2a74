// What nothing calls is deleted, and comes to light here: `knip` looks at every file, and `knip --production` only at
// what runs outside tests, so that a rule that only its own test calls is found too.
const isProduction = process.argv.includes('--production');

export default {
  // The programs: what Next, the server, npm's commands, a test or a worker starts by its path.
  entry: [
    'scripts/**/*.{mjs,ts}!',
    '!scripts/**/*.test.ts!',
    'workers/*.ts!',
    'browser/{question-pages,plan,times,start-on-use}.ts!', // built into public/scripts
    'care/{safety,progress}.ts!', // the verdicts: rules written before the pages that will use them
    'testing/{find-chromium.mjs,migrate.ts,seed-demo-and-print-rows.ts,slow-pattern-worker.mjs}',
    'e2e/**/*.ts',
  ],
  project: [
    '**/*.{ts,tsx,mjs,js,css}!',
    '!**/*.d.mts', // types beside the file that they describe
    '!{e2e,testing,db/testing}/**!',
    '!{**/test-*,questions/check-question-file,questions/readability}.ts!', // the tests' own
    // Stands in for db/kit/sqlite-columns when the engine is PostgreSQL (db/schema/engine-column-types.ts).
    '!db/kit/postgres-columns.ts',
  ],
  // In production mode a function may be exported only for its test, as long as its own file calls it.
  ignoreExportsUsedInFile: isProduction,
  ignoreDependencies: [
    '@fontsource-variable/.+', // scripts/fonts.mjs reads their files
    ...(isProduction ? ['tsx'] : []), // node --import tsx: no file imports it
  ],
  // Part of the operating system.
  ignoreBinaries: ['prlimit', 'khal', 'apt-get'],
};

import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** Runs only the tests of the rules, against which the mutants of scheduling/ are tried. */
export default defineConfig({
  resolve: { alias: { '@': path.resolve(import.meta.dirname, '../..') } },
  // With a random seed, a mutant could survive in one run and be killed in the next.
  test: { include: ['scheduling/**/*.test.ts'], testTimeout: 30_000, env: { FC_RUNS: '100', FC_SEED: '1' } },
});

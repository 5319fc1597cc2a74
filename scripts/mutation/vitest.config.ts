import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** The tests of the rules alone: what the mutants of scheduling/ are tried against. */
export default defineConfig({
  resolve: { alias: { '@': path.resolve(import.meta.dirname, '../..') } },
  // A seed of their own would make a mutant live in one run and die in the next.
  test: { include: ['scheduling/**/*.test.ts'], testTimeout: 30_000, env: { FC_RUNS: '100', FC_SEED: '1' } },
});

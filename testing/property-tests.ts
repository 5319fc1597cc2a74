import fc from 'fast-check';

/** How many cases to try. FC_RUNS sets fewer where speed matters, or more overnight. */
export function getPropertyTestRuns(usual: number): number {
  return Number(process.env.FC_RUNS ?? usual);
}

/**
 * `npm test` gives each commit a seed of its own; run alone, every run takes a new one. It is always printed, so that a
 * failure can be repeated: FC_SEED=… npx vitest run.
 */
const seed = Number(process.env.FC_SEED ?? Math.floor(Math.random() * 2 ** 31));
fc.configureGlobal({ seed, numRuns: getPropertyTestRuns(100) });
console.info(`fast-check seed ${seed}`);

/** Tests import fast-check from here, so that none runs with a seed of its own. */
export default fc;

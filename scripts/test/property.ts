import fc from 'fast-check';

/** Another seed on every run, and always said, so that a failure can be run again: FC_SEED=… npx vitest run. */
export const seed = Number(process.env.FC_SEED ?? Math.floor(Math.random() * 2 ** 31));
fc.configureGlobal({ seed });
console.info(`fast-check seed ${seed}`);

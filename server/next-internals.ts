// Every private file of Next that we import, in one place. They may move with any version, which
// next-internals.test.ts tells: it names the version they were read in.

/**
 * Runs register() of instrumentation.ts now. In production Next would do so with the first visitor, and log what goes
 * wrong instead of stopping.
 */
export async function runInstrumentationRegister(root: string, distDir: string): Promise<void> {
  await import('next/dist/server/node-environment.js');
  const { ensureInstrumentationRegistered } = await import(
    'next/dist/server/lib/router-utils/instrumentation-globals.external.js'
  );
  await ensureInstrumentationRegistered(root, distDir);
}

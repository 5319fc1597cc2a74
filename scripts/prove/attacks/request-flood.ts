import { type CostlyRequest, listCostlyRequests, measureDuringFlood, measureVisits, quantileOf } from '../flood';
import { startServer } from '../server';

export const title = 'one sender who floods a costly address keeps nobody else waiting';

/**
 * Before the server limited its senders, a visitor waited 1.4 to 20 seconds. `npm run bench` gives the exact figure.
 */
const LONGEST_MS = 1_000;
const TIMES_ALONE = 10;
/** The machine may be busy for a moment, so a slow answer is tried again. */
const TRIES = 3;

export async function attack(folder: string, { isShort }: { isShort: boolean }) {
  const server = await startServer({ DATA_DIR: folder, RATE_LIMITS: '', TRUST_PROXY: '1' });
  const ms = isShort ? 600 : 5_000;
  const p95Alone = async () => quantileOf((await measureVisits(server, ms)).times, 0.95);
  try {
    await measureVisits(server, ms);
    let alone = await p95Alone();
    const figures: Record<string, string> = { 'p95 alone': `${alone} ms` };
    const wait = async (costly: CostlyRequest, connections: number, tries = TRIES): Promise<number> => {
      const what = `${costly.what} over ${connections} connections`;
      const { result, answers, after } = await measureDuringFlood(server, costly, connections, () =>
        measureVisits(server, ms),
      );
      if (result.refused > 0) throw new Error(`${what}: the visitor was refused ${result.refused} times`);
      const broken = Object.keys(answers).find((status) => Number(status) >= 500);
      if (broken || Object.keys(answers).length === 0)
        throw new Error(`${what}: the flood was answered ${JSON.stringify(answers)}`);
      // The flood's connections broke off in the middle: each must have released its turn, or its sender could ask for
      // nothing more.
      if (after !== 200 && after !== 429) throw new Error(`${what}: its sender was answered ${after} afterwards`);
      const p95 = quantileOf(result.times, 0.95);
      if (p95 <= Math.max(LONGEST_MS, TIMES_ALONE * alone)) return p95;
      if (tries === 1) throw new Error(`${what}: the visitor's p95 was ${p95} ms, and ${alone} ms alone`);
      alone = await p95Alone();
      return wait(costly, connections, tries - 1);
    };
    for (const costly of await listCostlyRequests(server)) {
      for (const connections of isShort ? [50] : [10, 50])
        figures[`${costly.what} over ${connections} connections`] = `${await wait(costly, connections)} ms`;
    }
    return figures;
  } finally {
    await server.end('SIGTERM');
  }
}

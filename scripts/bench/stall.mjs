import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listCostlyRequests, measureDuringFlood, measureVisits, quantileOf } from '../prove/flood.ts';
import { startServer } from '../prove/server.ts';

const MS = 5_000;

/**
 * How long a visitor waits: once with nobody else there, and once while one sender floods each costly address of the
 * demo.
 */
export async function* stallFigures() {
  const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-bench-'));
  const server = await startServer({ DATA_DIR: folder, RATE_LIMITS: '', TRUST_PROXY: '1' });
  try {
    await measureVisits(server, MS);
    yield figure('stall-nobody', 0, (await measureVisits(server, MS)).times);
    for (const costly of await listCostlyRequests(server)) {
      for (const connections of [10, 50]) {
        const { result } = await measureDuringFlood(server, costly, connections, () => measureVisits(server, MS));
        yield figure(`stall-${costly.what.replaceAll(' ', '-')}`, connections, result.times);
      }
    }
  } finally {
    await server.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
}

function figure(name, c, times) {
  return { name, c, unit: 'ms', p50: quantileOf(times, 0.5), p95: quantileOf(times, 0.95), n: times.length };
}

import type { Db } from '@/db/connection/connection';
import { loadDataKeys } from '@/db/connection/data-keys';
import { getConnection } from '@/db/connection/database-client';
import { seedDemo } from '@/db/demo/seed-demo';
import { replayErasures } from '@/db/people/erase-client';
import { practices } from '@/db/schema';
import { processState } from '@/process-state';
import { baseUrl, isLoopbackName } from '@/site-address';
import { encryptOlderValues } from './encrypt-older-values';

const NEWEST_RULES = '2026c';
/** Zones whose clock changes were altered by laws newer than the zone data of older Node releases. */
const CHANGED_ZONES = new Set(['America/Vancouver', 'Africa/Casablanca', 'Africa/El_Aaiun']);

/** Migrates the database to this version's schema and, when it is empty, creates the demo practice (unless DEMO=0). */
export async function prepareDatabase(now = Date.now()): Promise<void> {
  const connection = await getConnection();
  const { reader } = connection;
  await connection.migrate();
  await loadDataKeys(connection);
  await encryptOlderValues();
  const locked = processState.dataKeys?.locked;
  if (locked)
    console.warn(
      'What clients said about their health before the care key was changed cannot be shown. If you have the old key, add it ' +
        'after a space in CARE_KEY, or on a line of its own in the file care-key in DATA_DIR, and start again.',
    );
  await replayErasures(now);
  let practice = await findPractice(reader);
  if ((practice ? practice.isDemo : process.env.DEMO !== '0') && isPublic() && process.env.DEMO !== '1')
    throw new Error(
      `${practice ? 'it holds the demo' : 'it is empty, and would get the demo'}, but BASE_URL is open to the world. ` +
        'For a practice of your own set DEMO=0 and run "npm run setup"; to show the demo to everybody set DEMO=1.',
    );
  if (!practice && process.env.DEMO !== '0') {
    const failure = await seedDemo(now).catch((error: unknown) => error);
    practice = await findPractice(reader);
    // Another process may have created it at the same moment. Any other failure leaves nothing behind.
    if (failure !== undefined && !practice) throw failure;
  }
  const warning = practice && getStaleZoneWarning(practice.timeZone, process.versions.tz);
  if (warning) console.warn(warning);
}

function isPublic(): boolean {
  return !isLoopbackName(new URL(baseUrl()).hostname);
}

async function findPractice(db: Db): Promise<{ timeZone: string; isDemo: boolean } | undefined> {
  const [practice] = await db
    .select({ timeZone: practices.timeZone, isDemo: practices.isDemo })
    .from(practices)
    .limit(1);
  return practice;
}

/** A warning when Node's own zone data is older than the current rules of the practice's zone. */
export function getStaleZoneWarning(timeZone: string, installed: string | undefined): string | null {
  if (!CHANGED_ZONES.has(timeZone) || (installed !== undefined && installed >= NEWEST_RULES)) return null;
  return `The clocks of ${timeZone} changed lately and this Node knows only the zone rules of ${installed ?? 'its system'}: hours may be wrong. Update Node to one with ${NEWEST_RULES} or newer.`;
}

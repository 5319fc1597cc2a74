// npm run audit: checks that what is booked and what is claimed agree. Prints what it found; exit code 1 when that is
// anything.
import { audit } from '../db/audit.ts';
import { getConnection, getDatabaseUrl } from '../db/connection/database-client.ts';

const SHOWN = 20;

try {
  const findings = await audit({ now: Date.now() });
  for (const { finding, rows } of findings) {
    console.log(`${finding}: ${rows.length}`);
    for (const row of rows.slice(0, SHOWN)) console.log(`  ${JSON.stringify(row)}`);
    if (rows.length > SHOWN) console.log(`  and ${rows.length - SHOWN} more`);
  }
  const where = getDatabaseUrl().replace(/\/\/[^@/]*@/, '//');
  console.log(findings.length === 0 ? `Clean: ${where}` : `Not clean: ${where}`);
  process.exitCode = findings.length === 0 ? 0 : 1;
  await (await getConnection()).close();
} catch (error) {
  console.error(`The audit could not run: ${error.message}${error.cause ? ` (${error.cause.message})` : ''}`);
  process.exitCode = 1;
}

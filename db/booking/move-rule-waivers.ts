import { eq, inArray } from 'drizzle-orm';
import type { Viewer } from '@/db/access/viewer';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { DAY_MS } from '@/db/retention';
import { appointments, cutoffExemptions } from '@/db/schema';

// Waivers: a date that its client may move once, whatever the cutoff and however often it was moved. The reason is not
// stored.

/** A date further ahead needs no waiver, and a date that has moved further ahead loses its waiver. */
const AT_MOST_AHEAD_MS = 7 * DAY_MS;

/** The dates with a waiver in the series that a link opens. */
export async function listCutoffExemptions({ seriesId }: Extract<Viewer, { role: 'link' }>): Promise<string[]> {
  const found = await (await reader())
    .select({
      id: cutoffExemptions.appointmentId,
      startAt: appointments.startAt,
      grantedAt: cutoffExemptions.grantedAt,
    })
    .from(cutoffExemptions)
    .innerJoin(appointments, eq(appointments.id, cutoffExemptions.appointmentId))
    .where(eq(appointments.seriesId, seriesId));
  return found.filter(({ startAt, grantedAt }) => startAt - grantedAt <= AT_MOST_AHEAD_MS).map(({ id }) => id);
}

export async function hasCutoffExemption(
  db: Db,
  { id, startAt }: Pick<AppointmentRow, 'id' | 'startAt'>,
): Promise<boolean> {
  const [found] = await db.select().from(cutoffExemptions).where(eq(cutoffExemptions.appointmentId, id));
  return found !== undefined && startAt - found.grantedAt <= AT_MOST_AHEAD_MS;
}

/** Grants waivers to those of the dates that are near enough. */
export async function grantMoveRuleWaivers(tx: Db, dates: Pick<AppointmentRow, 'id' | 'startAt'>[], now: number) {
  for (const { id, startAt } of dates) {
    if (startAt <= now || startAt - now > AT_MOST_AHEAD_MS) continue;
    const granted = { appointmentId: id, grantedAt: now };
    await tx
      .insert(cutoffExemptions)
      .values(granted)
      .onConflictDoUpdate({ target: cutoffExemptions.appointmentId, set: { grantedAt: now } });
  }
}

/** Ends waivers that were used, or that no longer apply. */
export async function endCutoffExemptions(tx: Db, ids: string[]): Promise<void> {
  await tx.delete(cutoffExemptions).where(inArray(cutoffExemptions.appointmentId, ids));
}

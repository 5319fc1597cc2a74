import { eq, inArray } from 'drizzle-orm';
import type { Viewer } from '@/db/access/viewer';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { DAY_MS } from '@/db/retention';
import { appointments, moveLimitExemptions } from '@/db/schema';

// Dates exempt from the move limits: their client may move each once, whatever the cutoff and however often it was
// moved. The reason is not stored.

/** A date further ahead needs no exemption, and a date that has moved further ahead loses it. */
const AT_MOST_AHEAD_MS = 7 * DAY_MS;

/** The ids of the exempt dates in the series that a link opens. */
export async function listDatesExemptFromMoveLimits({
  seriesId,
}: Extract<Viewer, { role: 'link' }>): Promise<string[]> {
  const found = await (await reader())
    .select({
      id: moveLimitExemptions.appointmentId,
      startAt: appointments.startAt,
      grantedAt: moveLimitExemptions.grantedAt,
    })
    .from(moveLimitExemptions)
    .innerJoin(appointments, eq(appointments.id, moveLimitExemptions.appointmentId))
    .where(eq(appointments.seriesId, seriesId));
  return found.filter(({ startAt, grantedAt }) => startAt - grantedAt <= AT_MOST_AHEAD_MS).map(({ id }) => id);
}

export async function hasMoveLimitExemption(
  db: Db,
  { id, startAt }: Pick<AppointmentRow, 'id' | 'startAt'>,
): Promise<boolean> {
  const [found] = await db.select().from(moveLimitExemptions).where(eq(moveLimitExemptions.appointmentId, id));
  return found !== undefined && startAt - found.grantedAt <= AT_MOST_AHEAD_MS;
}

/** Exempts those of the dates that are near enough. */
export async function exemptFromMoveLimits(tx: Db, dates: Pick<AppointmentRow, 'id' | 'startAt'>[], now: number) {
  for (const { id, startAt } of dates) {
    if (startAt <= now || startAt - now > AT_MOST_AHEAD_MS) continue;
    const granted = { appointmentId: id, grantedAt: now };
    await tx
      .insert(moveLimitExemptions)
      .values(granted)
      .onConflictDoUpdate({ target: moveLimitExemptions.appointmentId, set: { grantedAt: now } });
  }
}

/** Ends exemptions that were used, or that no longer apply. */
export async function endMoveLimitExemptions(tx: Db, ids: string[]): Promise<void> {
  await tx.delete(moveLimitExemptions).where(inArray(moveLimitExemptions.appointmentId, ids));
}

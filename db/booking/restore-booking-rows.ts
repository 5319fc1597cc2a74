import { and, eq, inArray } from 'drizzle-orm';
import { type ClaimableAppointment, claimCells, releaseCells, toAppointmentClaims } from '@/db/claims/claims';
import { endOverlappingOffers } from '@/db/claims/end-waitlist-offers';
import type { Db } from '@/db/connection/connection';
import { appointments, series, skips } from '@/db/schema';
import { endRebookingHoldsInTheWay } from './rebooking-holds';
import { recordCalendarDepartures } from './record-calendar-departures';

/** Rows as they were before a change, by their keys; a column that is left out keeps its value. */
export interface BookingRowsToRestore {
  series: (Partial<typeof series.$inferSelect> & { id: string })[];
  appointments: (Partial<typeof appointments.$inferSelect> & ClaimableAppointment & { status: string })[];
  skips: (typeof skips.$inferSelect)[];
}

/** Restores the former values of the rows and claims their former time. False when that time has been taken since. */
export async function restoreBookingRows(tx: Db, former: BookingRowsToRestore, now: number): Promise<boolean> {
  const ids = former.appointments.map(({ id }) => id);
  const standing = ids.length === 0 ? [] : await tx.select().from(appointments).where(inArray(appointments.id, ids));
  await releaseCells(tx, standing.flatMap(toAppointmentClaims), now);
  await recordCalendarDepartures(
    tx,
    standing.map((before) => ({ before, after: former.appointments.find(({ id }) => id === before.id)! })),
    now,
  );
  for (const { id, ...row } of former.appointments) {
    await tx.update(appointments).set(row).where(eq(appointments.id, id));
  }
  const claimRequests = former.appointments.filter(({ status }) => status !== 'cancelled').flatMap(toAppointmentClaims);
  // Offers and holds of that time give way. Whoever was e-mailed an offer is told when they open its link.
  await endOverlappingOffers(tx, claimRequests, now);
  await endRebookingHoldsInTheWay(tx, claimRequests, now);
  if ((await claimCells(tx, claimRequests, now)).length > 0) return false;
  for (const { id, ...row } of former.series) {
    await tx.update(series).set(row).where(eq(series.id, id));
  }
  for (const { seriesId, position, ...row } of former.skips) {
    await tx
      .update(skips)
      .set(row)
      .where(and(eq(skips.seriesId, seriesId), eq(skips.position, position)));
  }
  return true;
}

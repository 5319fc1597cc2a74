import { and, eq } from 'drizzle-orm';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import type { Viewer } from '@/db/access/viewer';
import { claimCells, toAppointmentClaims } from '@/db/claims/claims';
import { transact } from '@/db/connection/database-client';
import { queueSeriesNotifications } from '@/db/messages/series-notifications';
import { reinstateBills } from '@/db/money/cancelled-bills';
import { lockOfferForBooking } from '@/db/practice/lock-offer';
import type { Clock, Invalid, Refusal } from '@/db/results';
import { appointments } from '@/db/schema';
import { exceedsCapsWithAdded, findWholeSeries, lockCapsOfSeries, lockSeriesIfUnchanged } from './add-dates';
import { overlapsOtherDate } from './bookable-skipped-dates';
import { endRebookingHoldsOfClients } from './rebooking-holds';
import { mayClientRestore, previewRestoredDate } from './restorable-dates';
import { incrementedVersions } from './row-versions';

export interface RestoreRequest {
  seriesId: string;
  uid: string;
  /** The version of the series that was seen; when it has changed since, nothing is booked. */
  version: number | undefined;
}

export type RestoreResult =
  | { ok: true; position: number }
  | Invalid
  | Refusal<'not_found' | 'conflict' | 'taken' | 'unconfirmed'>;

/**
 * Books a date again that its client cancelled: the same appointment at the same time and price, with the same
 * therapist, if that is free. Its bill is as it was before the cancel.
 */
export async function restoreCancelledDate(
  viewer: Extract<Viewer, { role: 'link' }>,
  { seriesId, uid, version }: RestoreRequest,
  { now }: Clock,
): Promise<RestoreResult> {
  return transact<RestoreResult>(async (tx, undo) => {
    await lockOfferForBooking(tx);
    const found = await findWholeSeries(tx, viewer, seriesId);
    const row = found?.rows.find(({ id }) => id === uid);
    if (!found || !row) return { ok: false, reason: 'not_found' };
    const { seriesRow } = found;
    if (version !== seriesRow.version || !mayClientRestore(row, now)) return { ok: false, reason: 'conflict' };
    if (overlapsOtherDate(found, row.startAt, row)) return { ok: false, reason: 'conflict' };
    if (!(await lockSeriesIfUnchanged(tx, seriesRow))) return { ok: false, reason: 'conflict' };
    await lockCapsOfSeries(tx, viewer, seriesRow);
    const preview = await previewRestoredDate(tx, viewer, found, row, { now, isTrial: false });
    if (!preview.ok) return undo(preview.reason === 'invalid' ? preview : { ok: false, reason: 'taken' });
    await endRebookingHoldsOfClients(tx, [seriesRow.clientId], now);
    if (!(await reinstateBills(tx, [uid], { actor: getAuditActor(viewer), now })))
      return undo({ ok: false, reason: 'conflict' });
    const { padded } = preview.newDates[0]!;
    const [restored] = await tx
      .update(appointments)
      .set({
        status: 'booked',
        cancelledAt: null,
        cancelledBy: null,
        // So that a mistake can be undone for a while, as after any booking.
        createdAt: now,
        roomId: preview.choices[0]!.roomId,
        paddedStartAt: padded.start,
        paddedEndAt: padded.end,
        ...incrementedVersions,
      })
      .where(and(eq(appointments.id, uid), eq(appointments.version, row.version)))
      .returning();
    if (!restored) return undo({ ok: false, reason: 'conflict' });
    if ((await claimCells(tx, toAppointmentClaims(restored), now)).length > 0)
      return undo({ ok: false, reason: 'taken' });
    if (await exceedsCapsWithAdded(tx, viewer, seriesRow, { practice: preview.practice, added: [restored], now }))
      return undo({ ok: false, reason: 'unconfirmed' });
    const { position } = restored;
    const event = { kind: 'booked' as const, seriesId, added: [position] };
    await queueSeriesNotifications(tx, preview.practice, event, now, { by: viewer });
    await recordEvent(tx, {
      at: now,
      actor: getAuditActor(viewer),
      action: 'booked cancelled',
      subject: `series:${seriesId}`,
      facts: { position, startsAt: restored.startAt },
    });
    return { ok: true, position };
  });
}

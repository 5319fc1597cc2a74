import type { Viewer } from '@/db/access/viewer';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import type { Clock } from '@/db/results';
import { findWholeSeries, previewAddedDates, type WholeSeries } from './add-dates';
import { overlapsOtherDate } from './bookable-skipped-dates';

// A date that its client cancelled keeps its place in the series. Until it begins, the client can book it again.

/** The cancelled dates of a series that could be booked again now, by uid. */
export async function listRestorableDates(viewer: Viewer, seriesId: string, { now }: Clock): Promise<string[]> {
  const db = await reader();
  const found = await findWholeSeries(db, viewer, seriesId);
  const restorable: string[] = [];
  for (const row of found?.rows ?? []) if (await isRestorable(db, found!, row, now)) restorable.push(row.id);
  return restorable;
}

/** Whether a cancelled date could be booked again now. */
export async function isRestorableDate(
  viewer: Viewer,
  { seriesId, uid }: { seriesId: string; uid: string },
  { now }: Clock,
): Promise<boolean> {
  const db = await reader();
  const found = await findWholeSeries(db, viewer, seriesId);
  const row = found?.rows.find(({ id }) => id === uid);
  return row !== undefined && isRestorable(db, found!, row, now);
}

/** Cancelled by its client in time. What the practice cancelled, or charged a fee for, only the practice restores. */
export function mayClientRestore({ status, cancelledBy, isLateCancel, startAt }: AppointmentRow, now: number): boolean {
  return status === 'cancelled' && cancelledBy === 'client' && !isLateCancel && startAt > now;
}

/**
 * Checks, without writing, whether the date is free at its time and with its therapist, by the rules of a booking. The
 * therapist need not be that of the series.
 */
export function previewRestoredDate(
  db: Db,
  viewer: Viewer,
  { seriesRow }: WholeSeries,
  row: AppointmentRow,
  { now, isTrial }: Clock & { isTrial: boolean },
) {
  const { position, startAt, therapistId } = row;
  const date = { places: [{ position, startsAt: startAt }], like: row };
  return previewAddedDates(db, viewer, { ...seriesRow, therapistId }, date, now, isTrial);
}

async function isRestorable(db: Db, found: WholeSeries, row: AppointmentRow, now: number): Promise<boolean> {
  if (!mayClientRestore(row, now) || overlapsOtherDate(found, row.startAt, row)) return false;
  const viewer = { role: 'link' as const, seriesId: found.seriesRow.id };
  return (await previewRestoredDate(db, viewer, found, row, { now, isTrial: true })).ok;
}

import { and, eq } from 'drizzle-orm';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import type { Viewer } from '@/db/access/viewer';
import type { Db, RollBack } from '@/db/connection/connection';
import { transact } from '@/db/connection/database-client';
import { queueSeriesNotifications } from '@/db/messages/series-notifications';
import { lockOfferForBooking } from '@/db/practice/lock-offer';
import { getPractice } from '@/db/practice/practice';
import type { Clock, Refusal } from '@/db/results';
import { skips } from '@/db/schema';
import { type AddDatesResult, addDates, findWholeSeries, lockSeriesIfUnchanged } from './add-dates';
import { getSkippedDateToBook, overlapsOtherDate } from './bookable-skipped-dates';

export interface BookSkippedRequest {
  seriesId: string;
  position: number;
  /** The version of the series that was seen; when it has changed since, nothing is booked. */
  version?: number | undefined;
}

export type BookSkippedResult = AddDatesResult | Refusal<'not_found' | 'conflict'>;

/** Books a skipped date at its place in the plan, with the massage of the date before it, at today’s price. */
export async function bookSkipped(
  viewer: Viewer,
  request: BookSkippedRequest,
  { now }: Clock,
): Promise<BookSkippedResult> {
  return transact<BookSkippedResult>((tx, undo) => bookSkippedInTransaction(tx, undo, viewer, request, now));
}

/** As `bookSkipped`, inside a transaction that does more. */
export async function bookSkippedInTransaction(
  tx: Db,
  undo: RollBack,
  viewer: Viewer,
  request: BookSkippedRequest,
  now: number,
): Promise<BookSkippedResult> {
  const { seriesId, position, version } = request;
  await lockOfferForBooking(tx);
  const found = await findWholeSeries(tx, viewer, seriesId);
  const date = found && getSkippedDateToBook(found, position);
  if (!found || !date) return { ok: false, reason: 'not_found' };
  const { seriesRow: row } = found;
  if (version !== undefined && version !== row.version) return { ok: false, reason: 'conflict' };
  if (overlapsOtherDate(found, date.places[0]!.startsAt, date.like)) return { ok: false, reason: 'conflict' };
  if (!(await lockSeriesIfUnchanged(tx, row))) return { ok: false, reason: 'conflict' };
  const result = await addDates(tx, viewer, row, date, now);
  if (!result.ok) return undo<BookSkippedResult>(result);
  await tx.delete(skips).where(and(eq(skips.seriesId, seriesId), eq(skips.position, position)));
  await queueSeriesNotifications(tx, await getPractice(tx), { kind: 'booked', seriesId, added: [position] }, now, {
    by: viewer,
  });
  await recordEvent(tx, {
    at: now,
    actor: getAuditActor(viewer),
    action: 'booked skipped',
    subject: `series:${seriesId}`,
    facts: { position, startsAt: result.dates[0]!.startsAt },
  });
  return result;
}

import type { Viewer } from '@/db/access/viewer';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import type { Clock } from '@/db/results';
import { intervalsOverlap } from '@/scheduling/interval-arithmetic';
import { type AddedDatePreview, findWholeSeries, previewAddedDates, type WholeSeries } from './add-dates';

// A skipped date keeps its place in the series, and is offered again when its time becomes free.

/** The skipped dates of a series that could be booked now, by position. */
export async function listBookableSkippedDates(viewer: Viewer, seriesId: string, { now }: Clock): Promise<number[]> {
  const db = await reader();
  const found = await findWholeSeries(db, viewer, seriesId);
  if (!found) return [];
  const freed: number[] = [];
  for (const { position } of found.skipped) if (await freedDate(db, found, position, now)) freed.push(position);
  return freed;
}

/** A skipped date that could be booked now, with its price; null while it cannot. */
export async function findBookableSkippedDate(
  viewer: Viewer,
  seriesId: string,
  position: number,
  { now }: Clock,
): Promise<AddedDatePreview | null> {
  const db = await reader();
  const found = await findWholeSeries(db, viewer, seriesId);
  return found && freedDate(db, found, position, now);
}

/** What is needed to book a skipped date: its place in the plan, and the massage of the date before it. */
export function getSkippedDateToBook({ rows, skipped }: WholeSeries, position: number) {
  const skip = skipped.find((entry) => entry.position === position);
  const like = rows.findLast((row) => row.position < position) ?? rows[0];
  return skip && like ? { places: [{ position, startsAt: skip.nominalStartAt }], like } : null;
}

/** Another date of the series may have been moved onto this time, and nobody can have two massages at once. */
export function overlapsOtherDate({ rows }: WholeSeries, startsAt: number, like: AppointmentRow): boolean {
  const interval = { start: startsAt, end: startsAt + like.minutes * 60_000 };
  return rows.some(({ status, startAt, endAt }) => {
    return status === 'booked' && intervalsOverlap(interval, { start: startAt, end: endAt });
  });
}

async function freedDate(db: Db, found: WholeSeries, position: number, now: number): Promise<AddedDatePreview | null> {
  const date = getSkippedDateToBook(found, position);
  if (!date || overlapsOtherDate(found, date.places[0]!.startsAt, date.like)) return null;
  // Checked by the rules for clients, whoever released the time.
  const preview = await previewAddedDates(
    db,
    { role: 'link', seriesId: found.seriesRow.id },
    found.seriesRow,
    date,
    now,
  );
  return preview.ok ? preview.dates[0]! : null;
}

/** Whether the date is still free when the message about it is sent. */
export async function isSkippedDateStillFree(
  db: Db,
  seriesId: string,
  startsAt: number,
  now: number,
): Promise<boolean> {
  const found = await findWholeSeries(db, { role: 'link', seriesId }, seriesId);
  const skip = found?.skipped.find(({ nominalStartAt }) => nominalStartAt === startsAt);
  return Boolean(found && skip && (await freedDate(db, found, skip.position, now)));
}

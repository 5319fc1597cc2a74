import { and, eq } from 'drizzle-orm';
import { actorOf, recordEvent } from '@/db/access/audit-trail';
import type { Viewer } from '@/db/access/viewer';
import { transact } from '@/db/connection/client';
import type { Db, Undo } from '@/db/connection/connection';
import { notifyOfSeries } from '@/db/messages/notifications';
import { getPractice } from '@/db/practice/practice';
import type { Clock, Refusal } from '@/db/results';
import { skips } from '@/db/schema';
import { type AddedDates, addDates, findWholeSeries, lockSeries } from './add-dates';
import { overlapsAnother, skippedPlace } from './freed-skips';

export interface SkippedRequest {
  seriesId: string;
  position: number;
  /** The version of the series that was looked at; when it has changed since, nothing is booked. */
  version?: number | undefined;
}

export type BookSkippedResult = AddedDates | Refusal<'not_found' | 'conflict'>;

/** Books a skipped date where the plan has it, with the massage of the date before it, at what that costs now. */
export async function bookSkipped(viewer: Viewer, request: SkippedRequest, { now }: Clock): Promise<BookSkippedResult> {
  return transact<BookSkippedResult>((tx, undo) => bookSkippedWithin(tx, undo, viewer, request, now));
}

/** As `bookSkipped`, inside a transaction that does more. */
export async function bookSkippedWithin(
  tx: Db,
  undo: Undo,
  viewer: Viewer,
  request: SkippedRequest,
  now: number,
): Promise<BookSkippedResult> {
  const { seriesId, position, version } = request;
  const found = await findWholeSeries(tx, viewer, seriesId);
  const asked = found && skippedPlace(found, position);
  if (!found || !asked) return { ok: false, reason: 'not_found' };
  const { seriesRow: row } = found;
  if (version !== undefined && version !== row.version) return { ok: false, reason: 'conflict' };
  if (overlapsAnother(found, asked.places[0]!.startsAt, asked.like)) return { ok: false, reason: 'conflict' };
  if (!(await lockSeries(tx, row))) return { ok: false, reason: 'conflict' };
  const result = await addDates(tx, viewer, row, asked, now);
  if (!result.ok) return undo<BookSkippedResult>(result);
  await tx.delete(skips).where(and(eq(skips.seriesId, seriesId), eq(skips.position, position)));
  await notifyOfSeries(tx, await getPractice(tx), { kind: 'booked', seriesId, added: [position] }, now, {
    by: viewer,
  });
  await recordEvent(tx, {
    at: now,
    actor: actorOf(viewer),
    action: 'booked skipped',
    subject: `series:${seriesId}`,
    facts: { position, startsAt: result.dates[0]!.startsAt },
  });
  return result;
}

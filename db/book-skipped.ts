import { and, eq } from 'drizzle-orm';
import { overlaps } from '@/scheduling/interval';
import { type Added, addDates, findWholeSeries, takeTurn, tryDates, type WholeSeries } from './add-dates';
import type { Clock, Refusal } from './appointments';
import { reader, transact } from './client';
import { actorOf, recordEvent } from './history';
import { getPractice } from './practice';
import { skips } from './schema';
import { tell } from './telling';
import type { Viewer } from './viewer';

// A skipped date keeps its place in the series, and can be had again when its time frees up.

export interface SkippedRequest {
  seriesId: string;
  position: number;
  /** The version of the series that was looked at; when it has changed since, nothing is booked. */
  version?: number | undefined;
}

export type BookSkippedResult = Added | Refusal<'not_found' | 'conflict'>;

/** Books a skipped date where the plan has it, with the massage of the date before it, at what that costs now. */
export async function bookSkipped(viewer: Viewer, request: SkippedRequest, { now }: Clock): Promise<BookSkippedResult> {
  const { seriesId, position, version } = request;
  return transact<BookSkippedResult>(async (tx, undo) => {
    const found = await findWholeSeries(tx, viewer, seriesId);
    const asked = found && placeOf(found, position);
    if (!found || !asked) return { ok: false, reason: 'not_found' };
    const { of } = found;
    if (version !== undefined && version !== of.version) return { ok: false, reason: 'conflict' };
    if (!(await takeTurn(tx, of))) return { ok: false, reason: 'conflict' };
    if (meetsAnother(found, asked)) return undo({ ok: false, reason: 'conflict' });
    const result = await addDates(tx, viewer, of, asked, now);
    if (!result.ok) return undo(result);
    await tx.delete(skips).where(and(eq(skips.seriesId, seriesId), eq(skips.position, position)));
    await tell(tx, await getPractice(tx), { kind: 'booked', seriesId }, now);
    await recordEvent(tx, {
      at: now,
      actor: actorOf(viewer),
      action: 'booked skipped',
      subject: `series:${seriesId}`,
      facts: { position, startsAt: result.dates[0]!.startsAt },
    });
    return result;
  });
}

/** The skipped dates of a series that could be booked now, by position. */
export async function listFreedSkips(viewer: Viewer, seriesId: string, { now }: Clock): Promise<number[]> {
  const db = await reader();
  const found = await findWholeSeries(db, viewer, seriesId);
  if (!found) return [];
  const freed: number[] = [];
  for (const { position } of found.skipped) {
    const asked = placeOf(found, position);
    if (!asked || meetsAnother(found, asked)) continue;
    if ((await tryDates(db, viewer, found.of, asked, now)).ok) freed.push(position);
  }
  return freed;
}

type Asked = NonNullable<ReturnType<typeof placeOf>>;

function placeOf({ rows, skipped }: WholeSeries, position: number) {
  const skip = skipped.find((one) => one.position === position);
  const like = rows.findLast((row) => row.position < position) ?? rows[0];
  return skip && like ? { places: [{ position, startsAt: skip.nominalStartAt }], like } : null;
}

/** Another date of the series may have been moved onto it: nobody has two massages at once. */
function meetsAnother({ rows }: WholeSeries, { places: [place], like }: Asked): boolean {
  const wanted = { start: place!.startsAt, end: place!.startsAt + like.minutes * 60_000 };
  return rows.some(({ status, startAt, endAt }) => {
    return status === 'booked' && overlaps(wanted, { start: startAt, end: endAt });
  });
}

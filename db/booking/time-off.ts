import { and, asc, eq, gt } from 'drizzle-orm';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import type { Staff } from '@/db/access/viewer';
import { isPossibleId } from '@/db/access/viewer-conditions';
import { releaseCells, toAbsenceClaim } from '@/db/claims/claims';
import { reader, transact } from '@/db/connection/database-client';
import type { Clock, Refusal } from '@/db/results';
import { therapists, timeOff } from '@/db/schema';
import type { TimeOffKind } from './time-off-span';

// Time off that is taken: listed, and removed again.

export interface TimeOffView {
  id: string;
  therapist: { id: string; name: string };
  startsAt: number;
  endsAt: number;
  kind: TimeOffKind;
}

/** Time off that is not over yet, the next first: one's own, or everybody's for an owner. */
export async function listTimeOff(viewer: Staff, { now }: Clock): Promise<TimeOffView[]> {
  const db = await reader();
  return db
    .select({
      id: timeOff.id,
      therapist: { id: therapists.id, name: therapists.name },
      startsAt: timeOff.startAt,
      endsAt: timeOff.endAt,
      kind: timeOff.kind,
    })
    .from(timeOff)
    .innerJoin(therapists, eq(therapists.id, timeOff.therapistId))
    .where(and(gt(timeOff.endAt, now), ownTimeOff(viewer)))
    .orderBy(asc(timeOff.startAt), asc(therapists.position));
}

/** Removes time off, so that the time can be booked again. Time off that is over cannot be removed. */
export async function removeTimeOff(
  viewer: Staff,
  id: string,
  { now }: Clock,
): Promise<{ ok: true } | Refusal<'not_found'>> {
  if (!isPossibleId(id)) return { ok: false, reason: 'not_found' };
  return transact(async (tx) => {
    const [found] = await tx
      .select()
      .from(timeOff)
      .where(and(eq(timeOff.id, id), gt(timeOff.endAt, now), ownTimeOff(viewer)));
    if (!found) return { ok: false as const, reason: 'not_found' as const };
    await tx.delete(timeOff).where(eq(timeOff.id, id));
    await releaseCells(tx, [toAbsenceClaim('time_off', found)], now);
    const { therapistId, startAt: start, endAt: end } = found;
    const facts = { therapistId, start, end };
    await recordEvent(tx, {
      at: now,
      actor: getAuditActor(viewer),
      action: 'gave back time off',
      subject: `time_off:${id}`,
      facts,
    });
    return { ok: true as const };
  });
}

function ownTimeOff(viewer: Staff) {
  return viewer.role === 'therapist' ? eq(timeOff.therapistId, viewer.therapistId) : undefined;
}

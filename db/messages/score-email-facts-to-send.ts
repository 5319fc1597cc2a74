import { and, asc, eq, inArray } from 'drizzle-orm';
import { findCurrentScoreMoment, type ScoreEmail, type SessionToScore } from '@/care/score-moments';
import type { Db } from '@/db/connection/connection';
import { appointments, clients, scoreMailOptOuts, scores, series } from '@/db/schema';
import { toWallTime } from '@/scheduling/zone-conversion';

// The content of an e-mail that asks how the client is, read when it is sent, with nothing about anybody's health.

/** The sessions of a plan without those that were cancelled or missed. */
export async function listBookedOrCompletedSessions(db: Db, seriesId: string): Promise<SessionToScore[]> {
  return db
    .select({ id: appointments.id, startsAt: appointments.startAt, endsAt: appointments.endAt })
    .from(appointments)
    .where(and(eq(appointments.seriesId, seriesId), inArray(appointments.status, ['booked', 'completed'])))
    .orderBy(asc(appointments.startAt));
}

/**
 * The date that such an e-mail names; null where it should no longer be sent: the client has stopped these e-mails, was
 * erased or has recorded a score since, or the date has changed.
 */
export async function getDateForScoreEmail(
  db: Db,
  { seriesUid, ask, slot, toEmail }: { seriesUid: string; ask: ScoreEmail['kind']; slot: string; toEmail: string },
  { now, timeZone }: { now: number; timeZone: string },
): Promise<{ start: number } | null> {
  const [found] = await db
    .select({ email: clients.email, stoppedAt: scoreMailOptOuts.stoppedAt })
    .from(series)
    .innerJoin(clients, eq(clients.id, series.clientId))
    .leftJoin(scoreMailOptOuts, eq(scoreMailOptOuts.seriesId, series.id))
    .where(eq(series.id, seriesUid));
  if (!found || found.email !== toEmail || found.stoppedAt !== null) return null;
  const visits = await listBookedOrCompletedSessions(db, seriesUid);
  const moment = findCurrentScoreMoment(visits, now);
  if (moment?.kind !== (ask === 'check_in' ? 'after' : ask)) return null;
  if (moment.visitId !== null && moment.visitId !== slot) return null;
  const scoreKey = { kind: moment.kind, slot: moment.visitId ?? toWallTime(timeZone, now).on };
  const isNoted = and(eq(scores.seriesId, seriesUid), eq(scores.kind, scoreKey.kind), eq(scores.slot, scoreKey.slot));
  // The check-in asks for more than a score, so it is sent even if there is one.
  if (ask !== 'check_in' && (await db.select().from(scores).where(isNoted)).length > 0) return null;
  const visit = moment.visitId === null ? visits[0] : visits.find(({ id }) => id === slot);
  return visit ? { start: visit.startsAt } : null;
}

import { aliasedTable, and, asc, eq, gte, notExists } from 'drizzle-orm';
import { type AppointmentView, getSeriesUnchecked } from '@/db/appointments/series';
import type { Db } from '@/db/connection/connection';
import { outbox } from '@/db/schema';
import { listChangesToReport, mergeSeriesUpdates } from '@/scheduling/notification-changes';
import type { LastNotifiedAppointment, SeriesUpdate } from '@/scheduling/notification-types';
import { unleasedMessageCondition, waitingMessageCondition } from './outbox';

// Whoever moves a date to and fro, or books and cancels, would fill the outbox while nothing leaves it. Once so much waits
// for one address, what happens to a series goes into the message that waits for the same reader, and where that has
// nothing left to say, it is dropped. No fact is lost: each is in a message, or is no longer one.

/** So many messages each stand for themselves: four hours of what an address is sent. */
export const MAX_UNMERGED_WAITING_MESSAGES = 24;

interface News {
  seriesId: string;
  toEmail: string;
  notification: SeriesUpdate;
}

/** The id of the message that says it too; null where little waits, or none that can, and one must be written. */
export async function mergeIntoWaitingMessage(
  tx: Db,
  { seriesId, toEmail, notification }: News,
  now: number,
): Promise<string | null> {
  const isTheirs = and(eq(outbox.seriesId, seriesId), eq(outbox.toEmail, toEmail));
  const [last] = await tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(eq(outbox.toEmail, toEmail), waitingMessageCondition))
    .limit(1)
    .offset(MAX_UNMERGED_WAITING_MESSAGES - 1);
  if (!last) return null;
  const isFree = and(isTheirs, waitingMessageCondition, unleasedMessageCondition(now), eq(outbox.attempts, 0));
  const later = aliasedTable(outbox, 'later');
  // Of what its reader was told since, it knows nothing.
  const isLatest = notExists(
    tx
      .select({ id: later.id })
      .from(later)
      .where(and(eq(later.seriesId, seriesId), eq(later.toEmail, toEmail), gte(later.sentAt, outbox.createdAt))),
  );
  const waiting = await tx
    .select({ id: outbox.id, facts: outbox.facts, dueAt: outbox.dueAt })
    .from(outbox)
    .where(and(isFree, isLatest))
    .orderBy(asc(outbox.seriesVersion), asc(outbox.createdAt), asc(outbox.id));
  if (waiting.length === 0) return null;
  const { appointments } = await getSeriesUnchecked(tx, seriesId);
  for (const { id, facts, dueAt } of waiting) {
    if (!('was' in facts) || !isForSameReader(facts, notification)) continue;
    // What can still be undone stays by itself: undone, it is gone, and this is not.
    if (facts.heldUntil !== undefined && facts.heldUntil > now) continue;
    const merged = mergeSeriesUpdates([facts, notification]);
    const standing = new Map(
      appointments.map((appointment) => [appointment.uid, getAppointmentKnownToReader(merged, appointment)]),
    );
    const hasNews = listChangesToReport(merged, (uid) => standing.get(uid) ?? null, now).length > 0;
    // What has waited for too long goes by itself again: something new happened.
    const end = hasNews ? { dueAt: Math.max(dueAt, now) } : { droppedAt: now, leasedBy: null, leasedUntil: null };
    const written = await tx
      .update(outbox)
      .set({ facts: merged, ...end })
      .where(and(eq(outbox.id, id), isFree, isLatest))
      .returning({ id: outbox.id });
    if (written.length > 0) return id;
  }
  return null;
}

function isForSameReader(a: SeriesUpdate, b: SeriesUpdate): boolean {
  return a.audience === b.audience && a.therapistId === b.therapistId;
}

/** How an appointment stands for the reader of this news: a therapist has only their own. */
export function getAppointmentKnownToReader(
  { therapistId }: SeriesUpdate,
  appointment: AppointmentView,
): LastNotifiedAppointment {
  if (appointment.status === 'cancelled') return null;
  if (therapistId !== undefined && appointment.therapist.id !== therapistId) return null;
  return { start: appointment.startsAt, end: appointment.endsAt, therapistId: appointment.therapist.id };
}

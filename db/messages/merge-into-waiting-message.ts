import { aliasedTable, and, asc, eq, gte, notExists } from 'drizzle-orm';
import { type AppointmentView, getSeriesUnchecked } from '@/db/appointments/series';
import type { Db } from '@/db/connection/connection';
import { outbox } from '@/db/schema';
import { listChangesToReport, mergeSeriesUpdates } from '@/scheduling/notification-changes';
import type { LastNotifiedAppointment, SeriesUpdate } from '@/scheduling/notification-types';
import { unleasedMessageCondition, waitingMessageCondition } from './outbox';

// Somebody who moves a date to and fro, or books and cancels repeatedly, would fill the outbox while nothing can be
// sent. Once so many messages wait for one address, news of a series is merged into the waiting message for the same
// reader. If that message then has nothing left to say, it is dropped. No fact is lost: each is in a message, or no
// longer true.

/** This many messages may wait unmerged: four hours' worth for one address. */
export const MAX_UNMERGED_WAITING_MESSAGES = 24;

interface News {
  seriesId: string;
  toEmail: string;
  notification: SeriesUpdate;
}

/**
 * The id of the waiting message that takes the news; null where few messages wait, or none can take it, and a new one
 * must be written.
 */
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
  // An older message does not know what its reader was told since.
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
    // A message about a change that can still be undone is not merged into: undoing removes it, and this news must
    // stay.
    if (facts.heldUntil !== undefined && facts.heldUntil > now) continue;
    const merged = mergeSeriesUpdates([facts, notification]);
    const standing = new Map(
      appointments.map((appointment) => [appointment.uid, getAppointmentKnownToReader(merged, appointment)]),
    );
    const hasNews = listChangesToReport(merged, (uid) => standing.get(uid) ?? null, now).length > 0;
    // A message that had become stale is sent automatically again, because something new happened.
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

/** How an appointment stands for the reader of this message: a therapist sees only their own. */
export function getAppointmentKnownToReader(
  { therapistId }: SeriesUpdate,
  appointment: AppointmentView,
): LastNotifiedAppointment {
  if (appointment.status === 'cancelled') return null;
  if (therapistId !== undefined && appointment.therapist.id !== therapistId) return null;
  return { start: appointment.startsAt, end: appointment.endsAt, therapistId: appointment.therapist.id };
}

import { and, eq } from 'drizzle-orm';
import { actorOf, recordEvent } from '@/db/access/audit-trail';
import { isStaff, type Viewer } from '@/db/access/viewer';
import { findOwnAppointment } from '@/db/appointments/own-appointment';
import { transact } from '@/db/connection/client';
import type { Clock, Refusal } from '@/db/results';
import { appointments } from '@/db/schema';
import { raiseVersion } from './row-versions';

export type OutcomeResult = { ok: true } | Refusal<'not_found' | 'conflict'>;

/** `version`: the one that was looked at; when it has changed since, nothing is noted. */
type AsSeen = Clock & { version?: number | undefined };

/** The massage took place. */
export async function completeAppointment(viewer: Viewer, uid: string, seen: AsSeen): Promise<OutcomeResult> {
  return recordOutcome(viewer, uid, { status: 'completed', completedAt: seen.now }, seen);
}

/** The client did not come. */
export async function markNoShow(viewer: Viewer, uid: string, seen: AsSeen): Promise<OutcomeResult> {
  return recordOutcome(viewer, uid, { status: 'no_show', noShowAt: seen.now }, seen);
}

/** Undoes a mistaken press: the outcome is open again. The time was never released. */
export async function undoOutcome(viewer: Viewer, uid: string, seen: AsSeen): Promise<OutcomeResult> {
  return recordOutcome(viewer, uid, { status: 'booked', completedAt: null, noShowAt: null }, seen);
}

type Outcome =
  | { status: 'completed'; completedAt: number }
  | { status: 'no_show'; noShowAt: number }
  | { status: 'booked'; completedAt: null; noShowAt: null };

const ACTIONS = { completed: 'completed', no_show: 'marked no-show', booked: 'took back the outcome' };

async function recordOutcome(
  viewer: Viewer,
  uid: string,
  outcome: Outcome,
  { now, version }: AsSeen,
): Promise<OutcomeResult> {
  if (!isStaff(viewer)) return { ok: false, reason: 'not_found' };
  return transact(async (tx): Promise<OutcomeResult> => {
    const found = await findOwnAppointment(tx, viewer, uid);
    if (!found) return { ok: false, reason: 'not_found' };
    if (found.status === outcome.status) return { ok: true };
    if (version !== undefined && version !== found.version) return { ok: false, reason: 'conflict' };
    // How it went is not known before it began, and one outcome is taken back before another is noted.
    const isOpen = found.status === 'booked' && found.startAt <= now;
    const isNoted = found.status === 'completed' || found.status === 'no_show';
    if (outcome.status === 'booked' ? !isNoted : !isOpen) return { ok: false, reason: 'conflict' };
    const changed = await tx
      .update(appointments)
      .set({ ...outcome, version: raiseVersion.version })
      .where(
        and(eq(appointments.id, uid), eq(appointments.version, found.version), eq(appointments.status, found.status)),
      )
      .returning({ id: appointments.id });
    if (changed.length === 0) return { ok: false, reason: 'conflict' };
    await recordEvent(tx, {
      at: now,
      actor: actorOf(viewer),
      action: ACTIONS[outcome.status],
      subject: `appointment:${uid}`,
      facts: {},
    });
    return { ok: true };
  });
}

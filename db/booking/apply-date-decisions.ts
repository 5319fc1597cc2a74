import type { Staff } from '@/db/access/viewer';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import { releaseCells, toAppointmentClaims } from '@/db/claims/claims';
import type { Db, RollBack } from '@/db/connection/connection';
import { instantMsSchema } from '@/db/input/field-schemas';
import type { NotificationOptions } from '@/db/messages/series-notifications';
import type { Practice } from '@/db/practice/practice';
import { type ListSuitedTherapists, listPossiblyUnsuitedTherapists } from './allowed-therapists';
import { cancelRowsSilently, finishCancellation } from './cancel-appointments';
import { moveInTransaction } from './move-appointments';

// Applies decisions on several booked dates at once: each stays, moves or is cancelled, as decided by somebody who saw
// it.

/** The decision on one date, with the version that was seen. */
export type DateDecision = { uid: string; version: number } & (
  | { choice: 'keep' }
  | { choice: 'cancel' }
  | { choice: 'move'; startsAt: number; therapistId: string }
);

/** Nothing was changed: this date’s new time has been taken since, or was never possible. */
export interface NewTimeTaken {
  ok: false;
  reason: 'move_taken';
  uid: string;
}

/** Whether there is a decision for each of these dates at its current version, and for no other date. */
export function areAllDatesDecided(rows: AppointmentRow[], decisions: DateDecision[]): boolean {
  const decided = new Map(decisions.map((decision) => [decision.uid, decision]));
  return (
    decisions.length === rows.length &&
    decided.size === rows.length &&
    rows.every(({ id, version }) => decided.get(id)?.version === version)
  );
}

/**
 * Applies the decisions, or names the date whose decision cannot be applied. `between` runs after these dates release
 * their time and before any of them takes another.
 */
export async function applyDateDecisions(
  tx: Db,
  undo: RollBack,
  viewer: Staff,
  { rows, decisions, between }: { rows: AppointmentRow[]; decisions: DateDecision[]; between?: () => Promise<void> },
  how: {
    practice: Practice;
    now: number;
    scope: 'this' | 'time off' | 'hand over' | 'closed day' | 'hours';
    notify?: NotificationOptions;
    /** With it, no date goes to a therapist who may not suit its client. */
    listSuited?: ListSuitedTherapists | undefined;
  },
): Promise<{ kept: string[]; cancelled: string[]; moved: string[] }> {
  const { practice, now, scope, notify = {}, listSuited } = how;
  const decided = new Map(decisions.map((decision) => [decision.uid, decision]));
  const choosing = (choice: DateDecision['choice']) => rows.filter(({ id }) => decided.get(id)!.choice === choice);
  const [cancelled, moved] = [choosing('cancel'), choosing('move')];
  const giveUp = (uid: string) => undo<NewTimeTaken>({ ok: false, reason: 'move_taken', uid });

  if (cancelled.length > 0 && !(await cancelRowsSilently(tx, viewer, cancelled, now))) giveUp(cancelled[0]!.id);
  await releaseCells(tx, moved.flatMap(toAppointmentClaims), now);
  await between?.();
  for (const row of moved) {
    const { startsAt, therapistId } = decided.get(row.id) as Extract<DateDecision, { choice: 'move' }>;
    const isElsewhere = startsAt !== row.startAt || therapistId !== row.therapistId;
    if (!instantMsSchema.safeParse(startsAt).success || !isElsewhere) giveUp(row.id);
    if ((await listPossiblyUnsuitedTherapists(tx, [{ row, therapistId }], listSuited)).length > 0) giveUp(row.id);
    const request = { uid: row.id, version: row.version, startsAt, therapistId, scope: 'this' as const };
    if (!(await moveInTransaction(tx, () => giveUp(row.id), viewer, request, now, notify))) giveUp(row.id);
  }
  if (cancelled.length > 0) await finishCancellation(tx, viewer, practice, cancelled, { now, scope, notify });
  const idsOf = (some: AppointmentRow[]) => some.map(({ id }) => id);
  return { kept: idsOf(choosing('keep')), cancelled: idsOf(cancelled), moved: idsOf(moved) };
}

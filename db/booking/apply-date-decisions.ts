import type { Staff } from '@/db/access/viewer';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import { releaseCells, toAppointmentClaims } from '@/db/claims/claims';
import type { Db, RollBack } from '@/db/connection/connection';
import { instantMsSchema } from '@/db/input/field-schemas';
import type { NotificationOptions } from '@/db/messages/series-notifications';
import type { Practice } from '@/db/practice/practice';
import { type ListSuitedTherapists, listPossiblyUnsuitedTherapists } from './allowed-therapists';
import { cancelRowsSilently, notifyAndRecordCancelled } from './cancel-appointments';
import { moveInTransaction } from './move-appointments';

// What becomes of several booked dates at once, each as somebody decided who saw it: it stays, moves or is cancelled.

/** What becomes of one date, as it was seen. */
export type DateDecision = { uid: string; version: number } & (
  | { choice: 'keep' }
  | { choice: 'cancel' }
  | { choice: 'move'; startsAt: number; therapistId: string }
);

/** Nothing was changed: this date's new time is somebody else's by now, or was never one. */
export interface NewTimeTaken {
  ok: false;
  reason: 'move_taken';
  uid: string;
}

/** Is there a decision for each of these dates as it stands, and for no other? */
export function areAllDatesDecided(rows: AppointmentRow[], decisions: DateDecision[]): boolean {
  const decided = new Map(decisions.map((decision) => [decision.uid, decision]));
  return (
    decisions.length === rows.length &&
    decided.size === rows.length &&
    rows.every(({ id, version }) => decided.get(id)?.version === version)
  );
}

/**
 * Does what was decided, or names the date that cannot be as it was decided. `between`: what takes the time that these
 * dates release, before any of them takes another.
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
    /** With it, no date goes to somebody of whom whoever treats its client has to be asked first. */
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
  if (cancelled.length > 0) await notifyAndRecordCancelled(tx, viewer, practice, cancelled, { now, scope, notify });
  const idsOf = (some: AppointmentRow[]) => some.map(({ id }) => id);
  return { kept: idsOf(choosing('keep')), cancelled: idsOf(cancelled), moved: idsOf(moved) };
}

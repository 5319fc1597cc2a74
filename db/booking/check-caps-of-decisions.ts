import { inArray } from 'drizzle-orm';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { getPractice } from '@/db/practice/practice';
import { DEEP_PRESSURE } from '@/db/practice/services';
import { appointments, services } from '@/db/schema';
import type { MassageWorkload } from '@/scheduling/workload-caps';
import type { DateDecision } from './apply-date-decisions';
import { formatMoveOverCapsKey, type MoveOverCaps } from './over-caps-key';
import { makeWorkloadTally } from './workload-tally';

// Of dates that were decided on together, those that go to a therapist beyond their caps. Suggestions name theirs when
// they are made; this looks at what was chosen in the end.

/** Whether a date would go beyond a limit that staff have not seen; never where it is not said what they have seen. */
export async function hasUnseenMoveOverCaps(
  db: Db,
  rows: AppointmentRow[],
  decisions: DateDecision[],
  seen: readonly string[] | undefined,
): Promise<boolean> {
  if (seen === undefined) return false;
  const over = await findMovesOverCaps(db, rows, decisions);
  return !over.every((move) => seen.includes(formatMoveOverCapsKey(move)));
}

/** The chosen moves that exceed a cap of their therapist, for a form that is shown again. */
export async function listMovesOverCaps(dates: { uid: string }[], decisions: DateDecision[]): Promise<MoveOverCaps[]> {
  const uids = dates.map(({ uid }) => uid);
  if (uids.length === 0 || decisions.length === 0) return [];
  const db = await reader();
  const rows = await db.select().from(appointments).where(inArray(appointments.id, uids));
  return findMovesOverCaps(db, rows, decisions);
}

/** Each counted together with those before it, and without what moves away or is cancelled. */
async function findMovesOverCaps(db: Db, rows: AppointmentRow[], decisions: DateDecision[]): Promise<MoveOverCaps[]> {
  const known = new Map(rows.map((row) => [row.id, row]));
  const moves = decisions
    .flatMap((decision) => {
      const row = known.get(decision.uid);
      return decision.choice === 'move' && row ? [{ ...decision, row }] : [];
    })
    .sort((a, b) => a.startsAt - b.startsAt);
  if (moves.length === 0) return [];
  const pressures = await db.select({ id: services.id, pressure: services.pressure }).from(services);
  const deep = new Set(pressures.filter(({ pressure }) => pressure === DEEP_PRESSURE).map(({ id }) => id));
  const toMassage = ({ serviceId, minutes }: AppointmentRow, start: number): MassageWorkload => {
    return { start, durationMinutes: minutes, isDeep: deep.has(serviceId) };
  };
  const starts = moves.map(({ startsAt }) => startsAt);
  const tally = await makeWorkloadTally(db, {
    timeZone: (await getPractice(db)).timeZone,
    therapistIds: [...new Set(moves.map(({ therapistId }) => therapistId))],
    within: { start: Math.min(...starts), end: Math.max(...starts) },
  });
  for (const { uid, choice } of decisions) {
    const row = known.get(uid);
    if (choice !== 'keep' && row) tally.remove(row.therapistId, toMassage(row, row.startAt));
  }
  return moves.flatMap(({ row, uid, startsAt, therapistId }) => {
    const massage = toMassage(row, startsAt);
    const exceeds = tally.listExceeded(therapistId, massage);
    tally.add(therapistId, massage);
    return exceeds.length === 0 ? [] : [{ uid, startsAt, therapistId, exceeds }];
  });
}

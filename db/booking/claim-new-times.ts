import { and, eq } from 'drizzle-orm';
import { claimCells, releaseCells, toAppointmentClaims } from '@/db/claims/claims';
import type { Db } from '@/db/connection/connection';
import type { Practice } from '@/db/practice/practice';
import { type Invalid, invalid, type Refusal } from '@/db/results';
import { appointments } from '@/db/schema';
import type { ClashReason } from '@/scheduling/availability';
import { checkBookingWindow } from '@/scheduling/booking-policy';
import type { Interval } from '@/scheduling/interval-arithmetic';
import { type BookingRules, checkStartAndTherapists, getRulesForService } from '@/scheduling/plan-booking';
import { chooseTherapistsAndRooms } from './choose-resources';
import { hasLedgerEntry } from './has-ledger-entry';
import type { DateMove } from './plan-move';
import { recordCalendarDepartures } from './record-calendar-departures';
import { buildVersionIncrement, incrementedMovesByClient, incrementedVersions } from './row-versions';
import { buildMovedRow, getPaddedIntervalAt } from './write-move';

// Moves booked dates together: checks the rules first, then what is free.

export interface DateClash {
  move: DateMove;
  reason: ClashReason;
}

export interface NewTimeToClaim {
  move: DateMove;
  padded: Interval;
  therapistIds: string[];
  roomIds: string[];
}

/**
 * Splits the moves into those that the rules allow and those to closed times. A date in `named` at a closed time makes
 * the request invalid.
 */
export function checkMovesAgainstRules(
  moves: DateMove[],
  rules: BookingRules,
  named: string[],
): Invalid | { ok: true; newTimes: NewTimeToClaim[]; closed: DateClash[] } {
  const closed: DateClash[] = [];
  const newTimes: NewTimeToClaim[] = [];
  for (const move of moves) {
    const { row, minutes, therapistId: requestedTherapistId } = move;
    const service = rules.services.get(row.serviceId);
    const offering =
      service?.therapists.filter((id) => requestedTherapistId === 'any' || id === requestedTherapistId) ?? [];
    if (offering.length === 0) {
      return invalid([{ path: ['therapistId'], message: 'This therapist does not offer this massage.' }]);
    }
    if (minutes !== row.minutes && !service!.lengths.some((length) => length.minutes === minutes)) {
      return invalid([{ path: ['minutes'], message: 'This massage is not offered in this length.' }]);
    }
    const seenRules = getRulesForService(service!, rules);
    const working = checkStartAndTherapists(move.startsAt, minutes, offering, seenRules);
    if (!working.ok) {
      if (named.includes(row.id)) return invalid([{ path: ['startsAt'], message: working.message }]);
      const inWindow = checkBookingWindow({ ...seenRules, start: move.startsAt });
      closed.push({ move, reason: inWindow === 'ok' ? 'closed' : inWindow });
      continue;
    }
    const roomIds = [...new Set([row.roomId, ...service!.rooms])].filter((id) => service!.rooms.includes(id));
    newTimes.push({
      move,
      padded: getPaddedIntervalAt(row, move.startsAt, minutes),
      therapistIds: keepFirst(working.therapistIds, row.therapistId),
      roomIds,
    });
  }
  return { ok: true, newTimes, closed };
}

type MatchedTimes = { newTimes: NewTimeToClaim[]; closed: DateClash[] };
export type MovedRow = ReturnType<typeof buildMovedRow>;

/** `raced`: the time was free when it was chosen, and was taken before it was claimed. */
export interface NewTimesClash {
  ok: false;
  reason: 'refused' | 'raced';
  clashes: DateClash[];
  ownIntervals: Interval[];
}

export interface ChooseNewTimesOptions {
  practice: Practice;
  rules: BookingRules;
  isForStaff: boolean;
  /** Whether staff are held to the caps too, to be warned of them. */
  respectsCaps?: boolean | undefined;
  /** The decision is not carried out, so nobody has to wait for it. */
  isTrial?: boolean;
  /** Appointments that release their time besides those that move. */
  cancelled?: string[];
}

export interface ClaimNewTimesOptions {
  now: number;
  /** Whether these moves count against how often a client may move a date: only a client's own moves do. */
  isCounted: boolean;
  /** By how much each version rises. */
  raisedBy?: number | undefined;
}

/**
 * Chooses and claims the new times: all of them or none. On any result but `ok`, the caller must undo the transaction.
 */
export async function placeNewTimes(
  tx: Db,
  moves: DateMove[],
  matched: MatchedTimes,
  options: ChooseNewTimesOptions & ClaimNewTimesOptions,
): Promise<{ ok: true; changes: MovedRow[] } | NewTimesClash | Invalid | Refusal<'conflict'>> {
  const chosen = await chooseNewTimes(tx, moves, matched, options);
  if (!chosen.ok) return chosen;
  const claimed = await claimNewTimes(tx, moves, chosen.changes, options);
  return claimed.ok ? chosen : claimed;
}

/**
 * Chooses a therapist and a room for each date, as if the moving dates had already released their time. Writes nothing.
 */
export async function chooseNewTimes(
  db: Db,
  moves: DateMove[],
  { newTimes, closed }: MatchedTimes,
  options: ChooseNewTimesOptions,
): Promise<{ ok: true; changes: MovedRow[] } | NewTimesClash | Invalid> {
  const { practice, rules, isForStaff, respectsCaps = !isForStaff, isTrial = false, cancelled = [] } = options;
  const moving = [...moves.map(({ row }) => row.id), ...cancelled];
  const resized = moves.filter(({ row, minutes }) => minutes !== row.minutes).map(({ row }) => row.id);
  if (await hasLedgerEntry(db, resized)) return invalid([{ path: ['minutes'], message: BILLED }]);
  const dates = newTimes.map((date) => {
    const { startsAt, minutes, row } = date.move;
    return { ...date, startsAt, endsAt: startsAt + minutes * 60_000, serviceId: row.serviceId };
  });
  const chosen = await chooseTherapistsAndRooms(db, dates, rules, { isForStaff: !respectsCaps, isTrial, moving });
  const refused = chosen.ok ? [] : chosen.refused.map(({ at, reason }) => ({ move: newTimes[at]!.move, reason }));
  const clashes = [...closed, ...refused].sort((a, b) => a.move.row.position - b.move.row.position);
  const intervalsExcept = (excluded: DateMove[]) =>
    newTimes.filter(({ move }) => !excluded.includes(move)).map(({ padded }) => padded);
  if (!chosen.ok || clashes.length > 0)
    return { ok: false, reason: 'refused', clashes, ownIntervals: intervalsExcept(clashes.map(({ move }) => move)) };
  const changes = newTimes.map(({ move, padded }, at) =>
    buildMovedRow(move, padded, chosen.choices[at]!, rules.services.get(move.row.serviceId)!, practice),
  );
  return { ok: true, changes };
}

/**
 * Releases the time of all moving dates and claims what was chosen for them: all of it or none. On any result but `ok`,
 * the caller must undo the transaction.
 */
export async function claimNewTimes(
  tx: Db,
  moves: DateMove[],
  changes: MovedRow[],
  { now, isCounted, raisedBy = 1 }: ClaimNewTimesOptions,
): Promise<{ ok: true } | NewTimesClash | Refusal<'conflict'>> {
  await releaseCells(
    tx,
    moves.flatMap(({ row }) => toAppointmentClaims(row)),
    now,
  );
  if ((await claimCells(tx, changes.flatMap(toAppointmentClaims), now)).length > 0) {
    const clashes = moves.map((move) => ({ move, reason: 'booked' as const }));
    return { ok: false, reason: 'raced', clashes, ownIntervals: [] };
  }
  const raised = raisedBy === 1 ? incrementedVersions : buildVersionIncrement(raisedBy);
  const rowOf = new Map(moves.map(({ row }) => [row.id, row]));
  for (const { id, ...change } of changes) {
    const row = rowOf.get(id)!;
    const moved = await tx
      .update(appointments)
      .set({
        ...change,
        ...raised,
        ...(isCounted && incrementedMovesByClient),
        ...(change.startAt !== row.startAt && { movedAt: now }),
      })
      .where(and(eq(appointments.id, id), eq(appointments.version, row.version), eq(appointments.status, 'booked')))
      .returning({ id: appointments.id });
    if (moved.length === 0) return { ok: false, reason: 'conflict' };
  }
  await recordCalendarDepartures(
    tx,
    changes.map((after) => ({ before: rowOf.get(after.id)!, after })),
    now,
  );
  return { ok: true };
}

const BILLED = 'Something was entered of its payment already, so its length and price stay.';

function keepFirst(ids: string[], first: string): string[] {
  return ids.includes(first) ? [first, ...ids.filter((id) => id !== first)] : ids;
}

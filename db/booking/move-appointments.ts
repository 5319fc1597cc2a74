import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { actorOf, recordEvent } from '@/db/access/audit-trail';
import { isStaff, type Viewer } from '@/db/access/viewer';
import { findOwnAppointment } from '@/db/appointments/own-appointment';
import { type Conflict, describeConflict } from '@/db/availability/conflict';
import { claim, claimsOf, release } from '@/db/claims/claims';
import { reader, transact } from '@/db/connection/client';
import type { Db, Undo } from '@/db/connection/connection';
import { appointmentScope, identifier, instantMs, issuesOf } from '@/db/input/fields';
import { notifyOfSeries, type Telling } from '@/db/messages/notifications';
import { getPractice, listHolidays } from '@/db/practice/practice';
import { type Clock, type Invalid, invalid, type Refusal } from '@/db/results';
import { appointments, series } from '@/db/schema';
import type { ClashReason } from '@/scheduling/availability';
import { rulesFor, rulesOfPractice, therapistsWorkingAt } from '@/scheduling/booking';
import type { Interval } from '@/scheduling/interval';
import { isWithinWindow } from '@/scheduling/policy';
import { toWall } from '@/scheduling/zone';
import { gatherRules } from './booking-rules';
import { chooseFree } from './choose-resources';
import { freedTimeOf, notifyFreed } from './freed-skips';
import { type DateMove, type MoveTarget, planMove } from './plan-move';
import { countMove, raiseVersion } from './row-versions';
import { exceedsWeeklyCap, findCappedSender, lockForCapCount } from './unconfirmed-caps';
import { movedRow, paddedAt, writePlan } from './write-move';

export type MoveResult =
  | { ok: true; seriesId: string }
  | Invalid
  | Conflict
  | Refusal<'not_found' | 'cutoff' | 'moves_used' | 'conflict' | 'unconfirmed'>;

export interface MoveRequest extends MoveTarget {
  uid: string;
  /** The version that was looked at; when it has changed since, nothing is moved. */
  version?: number | undefined;
  /** As `version`, of the whole series: for a scope that reaches further than what is named. */
  seriesVersion?: number | undefined;
}

const moveTarget = z.object({ startsAt: instantMs, therapistId: identifier.optional(), scope: appointmentScope });

/** The dates that cannot move, and the intervals that alternatives must avoid. */
type MoveConflict = {
  ok: false;
  reason: 'refused' | 'raced';
  clashes: { move: DateMove; reason: ClashReason }[];
  /** Every date that was to be moved, and where those would be that could be. */
  moving: string[];
  kept: Interval[];
};
/** What a move would do: every date that moves, where to, and its conflict if it has one. */
interface MovePreview {
  ok: true;
  moves: { uid: string; position: number; startsAt: number; therapistId: string; clash: ClashReason | null }[];
}

export type MovePreviewResult =
  | MovePreview
  | Invalid
  | Refusal<'not_found' | 'cutoff' | 'moves_used' | 'conflict' | 'unconfirmed'>;

type Outcome = Exclude<MoveResult, Conflict> | MoveConflict | MovePreview;

const MOST_ATTEMPTS = 40;

/**
 * Releases the time of one appointment and claims another, in one step; with a wider scope the others of its series
 * follow to that weekday and hour, all of them or none. Price, length and padding stay as they were. A date moved by
 * hand before, and one past its cutoff, stays where it is.
 */
export async function moveAppointments(viewer: Viewer, request: MoveRequest, { now }: Clock): Promise<MoveResult> {
  const parsed = moveTarget.safeParse(request);
  if (!parsed.success) return invalid(issuesOf(parsed.error));
  // Seen before the transaction is waited for: of two changes asked for at once, the second finds another version.
  const seen = await findOwnAppointment(await reader(), viewer, request.uid);
  if (!seen) return { ok: false, reason: 'not_found' };
  const expected = { ...request, version: request.version ?? seen.version };
  for (let tries = 1; ; tries++) {
    const outcome = await transact<Outcome>((tx, undo) => move(tx, undo, viewer, expected, now));
    if ('moves' in outcome) throw new Error('A move was only tried.');
    if (!('clashes' in outcome)) return outcome;
    if (outcome.reason === 'refused' || tries === MOST_ATTEMPTS) return nameClashes(outcome, now);
  }
}

/** Plans a move without writing it, to show every date before anything is confirmed. */
export async function previewMove(viewer: Viewer, request: MoveRequest, { now }: Clock): Promise<MovePreviewResult> {
  const parsed = moveTarget.safeParse(request);
  if (!parsed.success) return invalid(issuesOf(parsed.error));
  const seen = await findOwnAppointment(await reader(), viewer, request.uid);
  if (!seen) return { ok: false, reason: 'not_found' };
  const outcome = await transact<Outcome>((tx, undo) =>
    move(tx, undo, viewer, { ...request, version: seen.version }, now, { isTrial: true }),
  );
  if ('clashes' in outcome) throw new Error('A preview lists its own clashes.');
  return 'seriesId' in outcome ? { ok: true, moves: [] } : outcome;
}

/** As `moveAppointments`, inside a transaction that does more; anything but `ok` has to undo it. */
export async function moveWithin(
  tx: Db,
  undo: Undo,
  viewer: Viewer,
  request: MoveRequest & { version: number },
  now: number,
  telling?: Telling,
): Promise<boolean> {
  return (await move(tx, undo, viewer, request, now, { telling })).ok;
}

async function move(
  tx: Db,
  undo: Undo,
  viewer: Viewer,
  request: MoveRequest,
  now: number,
  { isTrial = false, telling }: { isTrial?: boolean; telling?: Telling | undefined } = {},
): Promise<Outcome> {
  const { uid, startsAt, version, seriesVersion, scope } = request;
  const named = await findOwnAppointment(tx, viewer, uid);
  if (!named) return { ok: false, reason: 'not_found' };
  if (named.version !== version || named.status !== 'booked') return { ok: false, reason: 'conflict' };
  const { seriesId } = named;
  const [whole] = await tx.select({ version: series.version }).from(series).where(eq(series.id, seriesId));
  if (seriesVersion !== undefined && seriesVersion !== whole!.version) return { ok: false, reason: 'conflict' };
  const practice = await getPractice(tx);
  const plan = await planMove(tx, viewer, named, request, { practice, now });
  if (!plan.ok) return plan;
  if (plan.moves.length === 0) return { ok: true, seriesId };

  const { rules } = await gatherRules(tx, plan.moves, now);
  const isForStaff = isStaff(viewer);
  const general = isForStaff ? rulesOfPractice(rules) : rules;
  const closed: MoveConflict['clashes'] = [];
  const wanted: { move: DateMove; padded: Interval; therapistIds: string[]; roomIds: string[] }[] = [];
  for (const move of plan.moves) {
    const { row, therapistId: asked } = move;
    const service = general.services.get(row.serviceId);
    const offering = service?.therapists.filter((id) => asked === 'any' || id === asked) ?? [];
    if (offering.length === 0) {
      return invalid([{ path: ['therapistId'], message: 'This therapist does not offer this massage.' }]);
    }
    const seenRules = rulesFor(service!, general);
    const working = therapistsWorkingAt(move.startsAt, row.minutes, offering, seenRules);
    if (!working.ok) {
      if (row.id === uid) return invalid([{ path: ['startsAt'], message: working.message }]);
      const inWindow = isWithinWindow({ ...seenRules, start: move.startsAt });
      closed.push({ move, reason: inWindow === 'ok' ? 'closed' : inWindow });
      continue;
    }
    const { therapistIds } = working;
    const roomIds = [...new Set([row.roomId, ...service!.rooms])].filter((id) => service!.rooms.includes(id));
    wanted.push({
      move,
      padded: paddedAt(row, move.startsAt),
      therapistIds: keepFirst(therapistIds, row.therapistId),
      roomIds,
    });
  }
  const [alone] = wanted;
  if (scope === 'this' && alone && startsAt === named.startAt && alone.therapistIds[0] === named.therapistId) {
    return { ok: true, seriesId };
  }

  const isCapped = !isTrial && (await findCappedSender(tx, viewer, seriesId)) !== null;
  if (isCapped) await lockForCapCount(tx);
  const moving = plan.moves.map(({ row }) => row.id);
  await release(tx, moving);
  const dates = wanted.map((date) => {
    const { startsAt, row } = date.move;
    return { ...date, startsAt, endsAt: startsAt + row.minutes * 60_000, serviceId: row.serviceId };
  });
  const chosen = await chooseFree(tx, dates, rules, { isForStaff, isTrial, moving });
  const refused = chosen.ok ? [] : chosen.refused.map(({ at, reason }) => ({ move: wanted[at]!.move, reason }));
  const clashes = [...closed, ...refused].sort((a, b) => a.move.row.position - b.move.row.position);
  if (isTrial) {
    const moves = plan.moves.map((move) => ({
      uid: move.row.id,
      position: move.row.position,
      startsAt: move.startsAt,
      therapistId: move.therapistId,
      clash: clashes.find((clash) => clash.move === move)?.reason ?? null,
    }));
    return undo<MovePreview>({ ok: true, moves });
  }
  const keptBy = (lost: DateMove[]) => wanted.filter(({ move }) => !lost.includes(move)).map(({ padded }) => padded);
  if (!chosen.ok || clashes.length > 0) {
    return undo<MoveConflict>({
      ok: false,
      reason: 'refused',
      clashes,
      moving,
      kept: keptBy(clashes.map(({ move }) => move)),
    });
  }
  const changes = wanted.map(({ move, padded }, at) => movedRow(move, padded, chosen.choices[at]!, practice));
  const cells = await claim(tx, changes.flatMap(claimsOf), now);
  if (cells.length > 0) {
    const raced = plan.moves.map((move) => ({ move, reason: 'booked' as const }));
    return undo<MoveConflict>({ ok: false, reason: 'raced', clashes: raced, moving, kept: [] });
  }
  for (const [at, { id, ...change }] of changes.entries()) {
    const moved = await tx
      .update(appointments)
      .set({ ...change, ...raiseVersion, ...(!isForStaff && countMove) })
      .where(
        and(
          eq(appointments.id, id),
          eq(appointments.version, wanted[at]!.move.row.version),
          eq(appointments.status, 'booked'),
        ),
      )
      .returning({ id: appointments.id });
    if (moved.length === 0) return undo<Outcome>({ ok: false, reason: 'conflict' });
  }
  const sessions = changes.map(({ therapistId, startAt }) => ({ therapistId, startAt }));
  if (isCapped && (await exceedsWeeklyCap(tx, { practice, sessions, now })))
    return undo<Outcome>({ ok: false, reason: 'unconfirmed' });
  await writePlan(tx, seriesId, plan);
  const was = plan.moves.map(({ row }) => ({
    uid: row.id,
    startsAt: row.startAt,
    endsAt: row.endAt,
    therapistId: row.therapistId,
  }));
  await notifyOfSeries(tx, practice, { kind: 'moved', seriesId, was }, now, telling);
  await notifyFreed(
    tx,
    practice,
    plan.moves.map(({ row }) => freedTimeOf(row)),
    now,
  );
  const first = changes[0]!;
  const entry = { from: named.startAt, to: startsAt, therapistId: first.therapistId };
  await recordEvent(tx, {
    at: now,
    actor: actorOf(viewer),
    action: 'moved',
    subject: scope === 'this' ? `appointment:${uid}` : `series:${seriesId}`,
    facts: scope === 'this' ? entry : { ...entry, scope, moved: changes.map(({ id }) => id) },
  });
  return { ok: true, seriesId };
}

function keepFirst(ids: string[], first: string): string[] {
  return ids.includes(first) ? [first, ...ids.filter((id) => id !== first)] : ids;
}

async function nameClashes({ clashes, moving, kept }: MoveConflict, now: number): Promise<Conflict> {
  const db = await reader();
  const { timeZone } = await getPractice(db);
  const holidays = new Set((await listHolidays()).map(({ on }) => on));
  const others = await db
    .select({ id: appointments.id, start: appointments.paddedStartAt, end: appointments.paddedEndAt })
    .from(appointments)
    .where(and(eq(appointments.seriesId, clashes[0]!.move.row.seriesId), eq(appointments.status, 'booked')));
  const staying = others.filter(({ id }) => !moving.includes(id)).map(({ start, end }) => ({ start, end }));
  const named = clashes.map(({ move: { row, startsAt, therapistId }, reason }) => ({
    position: row.position,
    startsAt,
    therapistId,
    serviceId: row.serviceId,
    reason: reason === 'closed' && holidays.has(toWall(timeZone, startsAt).on) ? ('holiday' as const) : reason,
    minutes: row.minutes,
  }));
  return describeConflict(named, [...staying, ...kept], now);
}

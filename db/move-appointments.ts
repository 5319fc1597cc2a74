import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { chooseResources, whoWorksThen } from '@/scheduling/booking';
import type { Interval } from '@/scheduling/interval';
import { canMove } from '@/scheduling/policy';
import { toWall } from '@/scheduling/zone';
import { type AppointmentRow, type Clock, countChange, findOwnAppointment, type Refusal } from './appointments';
import { gatherRules, gatherTaken } from './booking-facts';
import { identifier, instantMs, issuesOf } from './booking-request';
import { claim, release } from './claims';
import { type Db, reader, transact, type Undo } from './client';
import { actorOf, recordEvent } from './history';
import { type Invalid, invalid } from './invalid';
import { appointments, series } from './schema';
import { refuseTaken, type Taken } from './taken';
import { tell } from './telling';
import { isStaff, type Viewer } from './viewer';
import { claimsOf } from './write-series';

export type MoveResult =
  | { ok: true; seriesId: string }
  | Invalid
  | Taken
  | Refusal<'not_found' | 'cutoff' | 'conflict'>;

export interface MoveRequest {
  uid: string;
  startsAt: number;
  /** Another therapist, or 'any'; the same one when left out. */
  therapistId?: string | undefined;
  scope: 'this';
  /** The version that was looked at; when it has changed since, nothing is moved. */
  version?: number | undefined;
}

const moveTarget = z.object({ startsAt: instantMs, therapistId: identifier.optional() });

type Lost = { ok: false; reason: 'refused' | 'raced'; clash: 'booked' | 'time_off' | 'room'; of: AppointmentRow };
type Outcome = Exclude<MoveResult, Taken> | Lost;

const TRIES = 40;

/** Gives back one appointment's time and takes another, in one step. Price, length and padding stay as they were. */
export async function moveAppointments(viewer: Viewer, request: MoveRequest, { now }: Clock): Promise<MoveResult> {
  const parsed = moveTarget.safeParse(request);
  if (!parsed.success) return invalid(issuesOf(parsed.error));
  // Seen before the transaction is waited for: of two changes asked for at once, the second finds another version.
  const seen = await findOwnAppointment(await reader(), viewer, request.uid);
  if (!seen) return { ok: false, reason: 'not_found' };
  const expected = { ...request, version: request.version ?? seen.version };
  for (let tries = 1; ; tries++) {
    const outcome = await transact<Outcome>((tx, undo) => move(tx, undo, viewer, expected, now));
    if (!('clash' in outcome)) return outcome;
    if (outcome.reason === 'refused' || tries === TRIES) return nameClash(expected, outcome, now);
  }
}

async function move(
  tx: Db,
  undo: Undo,
  viewer: Viewer,
  { uid, startsAt, therapistId, version }: MoveRequest,
  now: number,
): Promise<Outcome> {
  const found = await findOwnAppointment(tx, viewer, uid);
  if (!found) return { ok: false, reason: 'not_found' };
  if (found.version !== version || found.status !== 'booked') return { ok: false, reason: 'conflict' };
  const asked = therapistId ?? found.therapistId;
  const { practice, rules } = await gatherRules(tx, [{ startsAt, therapistId: asked }], now);
  const isInTime = canMove({ start: found.startAt, now, cutoffMinutes: practice.moveCutoffMinutes });
  if (!isStaff(viewer) && !isInTime) return { ok: false, reason: 'cutoff' };

  const service = rules.services.get(found.serviceId);
  const offering = service?.therapists.filter((id) => asked === 'any' || id === asked) ?? [];
  if (offering.length === 0) {
    return invalid([{ path: ['therapistId'], message: 'This therapist does not offer this massage.' }]);
  }
  const working = whoWorksThen(
    startsAt,
    found.minutes,
    offering,
    isStaff(viewer) ? { ...rules, noticeMinutes: 0 } : rules,
  );
  if (!working.ok) return invalid([{ path: ['startsAt'], message: working.message }]);
  if (startsAt === found.startAt && working.therapistIds.includes(found.therapistId)) {
    if (asked === 'any' || asked === found.therapistId) return { ok: true, seriesId: found.seriesId };
  }

  await release(tx, uid);
  const padded = paddedAt(found, startsAt);
  const roomIds = [...new Set([found.roomId, ...service!.rooms])].filter((id) => service!.rooms.includes(id));
  const wanted = { padded, roomIds, therapistIds: keepFirst(working.therapistIds, found.therapistId) };
  const chosen = chooseResources([wanted], await gatherTaken(tx, [wanted], now));
  if (!chosen.ok) return undo<Lost>({ ok: false, reason: 'refused', clash: chosen.refused[0]!.reason, of: found });
  const wall = toWall(practice.timeZone, startsAt);
  const changes = {
    ...chosen.choices[0]!,
    startAt: startsAt,
    endAt: startsAt + (found.endAt - found.startAt),
    paddedStartAt: padded.start,
    paddedEndAt: padded.end,
    localStart: `${wall.on}T${wall.time}`,
    timeZone: practice.timeZone,
  };
  const cells = await claim(tx, claimsOf({ id: uid, ...changes }), now);
  if (cells.length > 0) return undo<Lost>({ ok: false, reason: 'raced', clash: 'booked', of: found });
  const moved = await tx
    .update(appointments)
    .set({ ...changes, ...countChange })
    .where(and(eq(appointments.id, uid), eq(appointments.version, found.version), eq(appointments.status, 'booked')))
    .returning({ id: appointments.id });
  if (moved.length === 0) return undo<Outcome>({ ok: false, reason: 'conflict' });
  const { seriesId } = found;
  await tx
    .update(series)
    .set({ version: sql`${series.version} + 1` })
    .where(eq(series.id, seriesId));
  const was = [{ uid, startsAt: found.startAt, endsAt: found.endAt, therapistId: found.therapistId }];
  await tell(tx, practice, { kind: 'moved', seriesId, was }, now);
  const facts = { from: found.startAt, to: startsAt, therapistId: changes.therapistId };
  await recordEvent(tx, { at: now, actor: actorOf(viewer), action: 'moved', subject: `appointment:${uid}`, facts });
  return { ok: true, seriesId };
}

/** The padding it was booked with, whatever the service says now. */
function paddedAt(found: AppointmentRow, startsAt: number): Interval {
  const shift = startsAt - found.startAt;
  return { start: found.paddedStartAt + shift, end: found.paddedEndAt + shift };
}

function keepFirst(ids: string[], first: string): string[] {
  return ids.includes(first) ? [first, ...ids.filter((id) => id !== first)] : ids;
}

async function nameClash({ startsAt, therapistId }: MoveRequest, { clash, of }: Lost, now: number): Promise<Taken> {
  const db = await reader();
  const others = await db
    .select({ id: appointments.id, start: appointments.paddedStartAt, end: appointments.paddedEndAt })
    .from(appointments)
    .where(and(eq(appointments.seriesId, of.seriesId), eq(appointments.status, 'booked')));
  const kept = others.filter(({ id }) => id !== of.id).map(({ start, end }) => ({ start, end }));
  const { position, serviceId, minutes } = of;
  const named = { position, startsAt, therapistId: therapistId ?? of.therapistId, serviceId, reason: clash, minutes };
  return refuseTaken([named], kept, now);
}

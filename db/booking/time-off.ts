import { randomUUID } from 'node:crypto';
import { and, asc, eq, gt, inArray, lt } from 'drizzle-orm';
import { actorOf, recordEvent } from '@/db/access/audit-trail';
import { isId } from '@/db/access/ownership';
import type { Staff } from '@/db/access/viewer';
import { LONGEST_APPOINTMENT } from '@/db/appointments/longest-appointment';
import type { AppointmentRow } from '@/db/appointments/own-appointment';
import { claim, release, therapistResource } from '@/db/claims/claims';
import { reader, transact } from '@/db/connection/client';
import type { Db } from '@/db/connection/connection';
import { getPractice } from '@/db/practice/practice';
import type { Clock, Refusal } from '@/db/results';
import { type Invalid, invalid } from '@/db/results';
import { appointments, clients, services, therapists, timeOff } from '@/db/schema';
import { type Interval, subtract } from '@/scheduling/interval';
import { CELL_MS } from '@/scheduling/resources';
import { cancelRows, notifyCancelled } from './cancel-appointments';
import { notifyFreed } from './freed-skips';

// Leave, breaks and closures: time that a therapist does not give, claimed like a booking, so that neither can be put
// over the other. A therapist takes their own; an owner anybody's.

export type TimeOffKind = (typeof timeOff.$inferSelect)['kind'];

export interface TimeOffRequest {
  therapistIds: string[];
  /** Instants, half-open. */
  start: number;
  end: number;
  kind: TimeOffKind;
  /** The appointments in the way, as they were seen, which are cancelled in the same step. */
  cancelling?: { uid: string; version: number }[];
}

/** An appointment in the way of time off. */
export interface ConflictingAppointment {
  uid: string;
  version: number;
  startsAt: number;
  endsAt: number;
  therapistId: string;
  therapist: string;
  clientName: string;
  service: string;
}

export type AddTimeOffResult =
  | { ok: true; ids: string[]; cancelled: string[] }
  /** Nothing was changed: these are booked then, and were not among those to be cancelled. */
  | { ok: false; reason: 'booked'; appointments: ConflictingAppointment[] }
  /** Some of it is held by somebody who is booking just now. */
  | Refusal<'taken' | 'not_found'>
  | Invalid;

export interface TimeOffView {
  id: string;
  therapist: { id: string; name: string };
  startsAt: number;
  endsAt: number;
  kind: TimeOffKind;
}

const LONGEST = 366 * 86_400_000;

/** Takes it for all that are named or for nobody, over nothing that stays booked. */
export async function addTimeOff(viewer: Staff, request: TimeOffRequest, { now }: Clock): Promise<AddTimeOffResult> {
  const { kind, cancelling = [] } = request;
  const issue = issueOf(request, now);
  if (issue) return issue;
  // To whole cells, as it is claimed. What has passed was worked, and its claims stay as they are.
  const start = Math.floor(Math.max(request.start, now) / CELL_MS) * CELL_MS;
  const end = Math.ceil(request.end / CELL_MS) * CELL_MS;
  const therapistIds = [...new Set(request.therapistIds)];
  return transact<AddTimeOffResult>(async (tx, undo) => {
    if ((await listOwn(tx, viewer, therapistIds)).length < therapistIds.length)
      return { ok: false, reason: 'not_found' };
    const practice = await getPractice(tx);
    const rows = await findBooked(tx, therapistIds, { start, end });
    const agreed = new Map(cancelling.map(({ uid, version }) => [uid, version]));
    if (!rows.every(({ id, version }) => agreed.get(id) === version)) {
      return { ok: false, reason: 'booked', appointments: await listConflictingAppointments(tx, rows) };
    }
    if (rows.length > 0 && !(await cancelRows(tx, viewer, rows, now))) {
      return undo({ ok: false, reason: 'booked', appointments: await listConflictingAppointments(tx, rows) });
    }
    const taken = await listGaps(tx, therapistIds, { start, end });
    if (taken.length === 0) return undo(refuse('start', 'That is time off already.'));
    await tx.insert(timeOff).values(taken.map((entry) => ({ ...entry, kind, createdAt: now })));
    const wanted = taken.map(({ id, therapistId, startAt, endAt }) => {
      const common = { ownerUid: id, kind: 'time_off' as const, resourceId: therapistResource(therapistId) };
      return { ...common, start: startAt, end: endAt };
    });
    if ((await claim(tx, wanted, now)).length > 0) return undo({ ok: false, reason: 'taken' });
    if (rows.length > 0) await notifyCancelled(tx, viewer, practice, rows, { now, scope: 'time off' });
    for (const { id, ...facts } of taken) {
      await recordEvent(tx, {
        at: now,
        actor: actorOf(viewer),
        action: 'took time off',
        subject: `time_off:${id}`,
        facts,
      });
    }
    return { ok: true, ids: taken.map(({ id }) => id), cancelled: rows.map(({ id }) => id) };
  });
}

/** Works then after all: the time can be booked again. What is over is over. */
export async function removeTimeOff(
  viewer: Staff,
  id: string,
  { now }: Clock,
): Promise<{ ok: true } | Refusal<'not_found'>> {
  if (!isId(id)) return { ok: false, reason: 'not_found' };
  return transact(async (tx) => {
    const [found] = await tx
      .select()
      .from(timeOff)
      .where(and(eq(timeOff.id, id), gt(timeOff.endAt, now), ownTimeOff(viewer)));
    if (!found) return { ok: false as const, reason: 'not_found' as const };
    await tx.delete(timeOff).where(eq(timeOff.id, id));
    await release(tx, id);
    const { therapistId, startAt: start, endAt: end } = found;
    await notifyFreed(tx, await getPractice(tx), [{ therapistId, start, end }], now);
    const facts = { therapistId, start, end };
    await recordEvent(tx, {
      at: now,
      actor: actorOf(viewer),
      action: 'gave back time off',
      subject: `time_off:${id}`,
      facts,
    });
    return { ok: true as const };
  });
}

/** What is not over yet, the next first: one's own, or everybody's for an owner. */
export async function listTimeOff(viewer: Staff, { now }: Clock): Promise<TimeOffView[]> {
  const db = await reader();
  return db
    .select({
      id: timeOff.id,
      therapist: { id: therapists.id, name: therapists.name },
      startsAt: timeOff.startAt,
      endsAt: timeOff.endAt,
      kind: timeOff.kind,
    })
    .from(timeOff)
    .innerJoin(therapists, eq(therapists.id, timeOff.therapistId))
    .where(and(gt(timeOff.endAt, now), ownTimeOff(viewer)))
    .orderBy(asc(timeOff.startAt), asc(therapists.position));
}

/** What would be in the way. */
export async function listAppointmentsDuring(
  viewer: Staff,
  request: TimeOffRequest,
): Promise<ConflictingAppointment[]> {
  const db = await reader();
  const own = await listOwn(db, viewer, request.therapistIds);
  return listConflictingAppointments(db, await findBooked(db, own, request));
}

/** Those of them who work here, and whose time is the viewer's to take. */
async function listOwn(db: Db, viewer: Staff, therapistIds: string[]): Promise<string[]> {
  const theirs = viewer.role === 'therapist' ? eq(therapists.id, viewer.therapistId) : undefined;
  const found = await db
    .select({ id: therapists.id })
    .from(therapists)
    .where(and(inArray(therapists.id, therapistIds), eq(therapists.isActive, true), theirs));
  return found.map(({ id }) => id);
}

function ownTimeOff(viewer: Staff) {
  return viewer.role === 'therapist' ? eq(timeOff.therapistId, viewer.therapistId) : undefined;
}

async function findBooked(db: Db, therapistIds: string[], { start, end }: { start: number; end: number }) {
  return db
    .select()
    .from(appointments)
    .where(
      and(
        inArray(appointments.therapistId, therapistIds),
        gt(appointments.paddedStartAt, start - LONGEST_APPOINTMENT),
        lt(appointments.paddedStartAt, end),
        gt(appointments.paddedEndAt, start),
        eq(appointments.status, 'booked'),
      ),
    )
    .orderBy(asc(appointments.startAt));
}

async function listConflictingAppointments(db: Db, rows: AppointmentRow[]): Promise<ConflictingAppointment[]> {
  if (rows.length === 0) return [];
  return db
    .select({
      uid: appointments.id,
      version: appointments.version,
      startsAt: appointments.startAt,
      endsAt: appointments.endAt,
      therapistId: therapists.id,
      therapist: therapists.name,
      clientName: clients.name,
      service: services.name,
    })
    .from(appointments)
    .innerJoin(therapists, eq(therapists.id, appointments.therapistId))
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .innerJoin(services, eq(services.id, appointments.serviceId))
    .where(
      inArray(
        appointments.id,
        rows.map(({ id }) => id),
      ),
    )
    .orderBy(asc(appointments.startAt));
}

/** The parts of it that are not time off yet: a week's leave goes round the lunch that is in it. */
async function listGaps(tx: Db, therapistIds: string[], wanted: Interval) {
  const known = await tx
    .select({ therapistId: timeOff.therapistId, start: timeOff.startAt, end: timeOff.endAt })
    .from(timeOff)
    .where(
      and(inArray(timeOff.therapistId, therapistIds), lt(timeOff.startAt, wanted.end), gt(timeOff.endAt, wanted.start)),
    )
    .orderBy(asc(timeOff.startAt));
  return therapistIds.flatMap((therapistId) => {
    const off = known.filter((entry) => entry.therapistId === therapistId);
    return subtract([wanted], off).map(({ start, end }) => {
      return { id: randomUUID(), therapistId, startAt: start, endAt: end };
    });
  });
}

function issueOf({ therapistIds, start, end, kind }: TimeOffRequest, now: number): Invalid | null {
  if (therapistIds.length === 0) return refuse('therapistIds', 'Say whose time it is.');
  if (!['leave', 'break', 'closure'].includes(kind)) return refuse('kind', 'Leave, a break, or closed.');
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end)) return refuse('start', 'Say from when until when.');
  if (start >= end) return refuse('end', 'It must end after it begins.');
  if (end <= now) return refuse('end', 'That is over already.');
  if (end - start > LONGEST) return refuse('end', 'A year at most. Take longer leave in parts.');
  return null;
}

function refuse(field: string, message: string): Invalid {
  return invalid([{ path: [field], message }]);
}

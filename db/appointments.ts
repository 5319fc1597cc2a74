import type { ClashReason } from '@/scheduling/availability';
import type { Alternative } from '@/scheduling/standing-times';
import type { AppointmentScope, SeriesRequest } from './booking-request';
import { type Invalid, invalid } from './invalid';
import type { Viewer } from './viewer';

export type { AppointmentScope, SeriesRequest };

/** A time that could not be had, and what could stand in its place. */
export interface Clash {
  position: number;
  startsAt: number;
  therapistId: string;
  serviceId: string;
  reason: ClashReason;
  alternatives: Alternative[];
}

interface Clock {
  now: number;
}

type Refusal<Reason extends string> = { ok: false; reason: Reason };
export type Taken = { ok: false; reason: 'taken'; clashes: Clash[] };

export type BookResult =
  | { ok: true; replayed: boolean; seriesId: string; manageToken: string }
  | Invalid
  | Taken
  | Refusal<'idempotency_mismatch'>;

export type CancelResult =
  | { ok: true; seriesId: string; cancelled: string[] }
  | Refusal<'not_found' | 'cutoff' | 'conflict'>;

export type MoveResult =
  | { ok: true; seriesId: string }
  | Invalid
  | Taken
  | Refusal<'not_found' | 'cutoff' | 'conflict'>;

export type OutcomeResult = { ok: true } | Refusal<'not_found' | 'conflict'>;

const notYet = () => invalid([{ path: [], message: 'Nothing can be booked yet.' }]);

/** Books the whole series, or nothing of it. */
export async function bookSeries(_viewer: Viewer, _request: SeriesRequest, _clock: Clock): Promise<BookResult> {
  return notYet();
}

/** Gives back an appointment, it and all after it, or all of its series that are still to come. */
export async function cancelAppointments(
  _viewer: Viewer,
  _request: { uid: string; scope: AppointmentScope; version?: number },
  _clock: Clock,
): Promise<CancelResult> {
  return { ok: false, reason: 'not_found' };
}

/** Gives back one appointment's time and takes another, in one step. */
export async function moveAppointments(
  _viewer: Viewer,
  _request: { uid: string; startsAt: number; therapistId?: string; scope: 'this'; version?: number },
  _clock: Clock,
): Promise<MoveResult> {
  return { ok: false, reason: 'not_found' };
}

/** The massage took place. */
export async function completeAppointment(_viewer: Viewer, _uid: string, _clock: Clock): Promise<OutcomeResult> {
  return { ok: false, reason: 'not_found' };
}

/** The client did not come. */
export async function markNoShow(_viewer: Viewer, _uid: string, _clock: Clock): Promise<OutcomeResult> {
  return { ok: false, reason: 'not_found' };
}

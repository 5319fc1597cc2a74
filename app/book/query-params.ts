import { isDay } from '@/scheduling/day';
import { isTimeOfDay } from '@/scheduling/time-of-day';
import { removeRepeatMark } from '@/scheduling/zone-conversion';
import type { ReplacementDate } from './booking-choice';

// Single parameters of an address. Those that hold more than one value are written and read here.

export type QueryParams = Record<string, unknown>;

const MOVE = /^(\d{4}-\d\d-\d\d)T([^@]+)@([\w-]{1,64})(?:,([\w-]{1,64}))?$/;

/** The first value that an address gives for a name. */
export function readTextParam(value: unknown): string | undefined {
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first : undefined;
}

export function formatReplacement(pick: ReplacementDate): string {
  return pick.kind === 'skip' ? 'skip' : `${pick.on}T${pick.time}@${encodeTherapistsParam(pick)}`;
}

/** The therapist of a time, or both with a comma between them. */
export function encodeTherapistsParam({
  therapistId,
  besideId,
}: {
  therapistId: string;
  besideId?: string | undefined;
}): string {
  return besideId === undefined ? therapistId : `${therapistId},${besideId}`;
}

export function parseTherapistsParam(text: string): { therapistId: string; besideId?: string } {
  const [therapistId = '', besideId] = text.split(',', 2);
  return besideId === undefined ? { therapistId } : { therapistId, besideId };
}

export function parseReplacement(value: unknown): ReplacementDate | null {
  if (value === 'skip') return { kind: 'skip' };
  const [, on, time, therapistId, besideId] = MOVE.exec(readTextParam(value) ?? '') ?? [];
  if (!on || !time || !therapistId || !isDay(on) || !isTimeOfDay(removeRepeatMark(time))) return null;
  return { kind: 'move', on, time, therapistId, ...(besideId !== undefined && { besideId }) };
}

import { answeredState, readForm, readState, readText } from '@/app/form-data';
import { JOIN_FIELDS, type JoinField, type WaitState } from '@/components/waitlist/wait-state';
import type { JoinRequest } from '@/db/waitlist/join-request';
import type { JoinResult } from '@/db/waitlist/join-waitlist';
import { weekdayOf } from '@/scheduling/day';
import { dayPartBit, partOfDay, WAITLIST_PARTS } from '@/scheduling/waitlist';

const BITS = [0, 1, 2, 3, 4, 5, 6].flatMap((weekday) => WAITLIST_PARTS.map((part) => dayPartBit(weekday, part)));

/** The sum of the ticked bits, each counted once. */
export function readDayParts(form: FormData): number {
  const ticked = new Set(form.getAll('dayParts').map(String));
  return BITS.filter((bit) => ticked.has(String(bit))).reduce((sum, bit) => sum + bit, 0);
}

/** What a form for a request was sent with, and how it is answered. */
export function readJoinRequest(before: WaitState, given: FormData) {
  const form = readForm(given);
  const told = readState(answeredState, before);
  const typed = Object.fromEntries(JOIN_FIELDS.map((name) => [name, readText(form, name, 300)])) as Record<
    JoinField,
    string
  >;
  const dayParts = readDayParts(form);
  const [serviceId = '', minutes = ''] = typed.massage.split(' ');
  const cadence = typed.cadence as JoinRequest['cadence'];
  // "2026-12-01 18:00": that weekday at that time, and no other.
  const [on, time] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d)$/.exec(typed.only)?.slice(1) ?? [];
  const isOnly = on !== undefined && time !== undefined && !Number.isNaN(Date.parse(on));
  const request: JoinRequest = {
    serviceId,
    minutes: Number(minutes),
    therapistId: typed.therapist || 'any',
    cadence,
    sessions: cadence === 'once' ? 1 : Number(typed.sessions || Number.NaN),
    fromOn: typed.from,
    untilOn: typed.until,
    dayParts: isOnly ? dayPartBit(weekdayOf(on), partOfDay(time)) : dayParts,
    atTime: isOnly ? time : null,
    isUrgent: typed.urgent === 'yes',
  };
  const answer = (said: Partial<Pick<WaitState, 'errors' | 'problem' | 'done'>>): WaitState => {
    return { typed, dayParts, errors: {}, problem: null, done: null, ...said, answer: told.answer + 1 };
  };
  return { typed, request, answer };
}

const FIELD_OF: Record<string, JoinField | 'dayParts'> = {
  serviceId: 'massage',
  minutes: 'massage',
  therapistId: 'therapist',
  fromOn: 'from',
  untilOn: 'until',
  atTime: 'only',
  isUrgent: 'urgent',
};

/** Where the form shows what was wrong. */
export function errorsOf(result: Extract<JoinResult, { reason: 'invalid' }>): WaitState['errors'] {
  const errors: WaitState['errors'] = {};
  for (const { path, message } of result.issues) {
    const last = String(path.at(-1));
    const field = path[0] === 'client' ? (last === 'id' ? 'name' : last) : (FIELD_OF[last] ?? last);
    errors[field as JoinField] ??= message;
  }
  return errors;
}

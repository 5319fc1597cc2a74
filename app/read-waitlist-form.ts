import { answerCountSchema, parseFormState, readText, requireFormData } from '@/app/form-data';
import {
  WAITLIST_FORM_FIELDS,
  type WaitlistFormFieldName,
  type WaitlistFormState,
} from '@/components/waitlist/waitlist-form-state';
import type { JoinWaitlistRequest } from '@/db/waitlist/join-request-schema';
import type { JoinWaitlistResult } from '@/db/waitlist/join-waitlist';
import { isDay, weekdayOf } from '@/scheduling/day';
import { isTimeOfDay } from '@/scheduling/time-of-day';
import { getDayPartBit, getPartOfDay, PARTS_OF_DAY } from '@/scheduling/waitlist-matching';

const BITS = [0, 1, 2, 3, 4, 5, 6].flatMap((weekday) => PARTS_OF_DAY.map((part) => getDayPartBit(weekday, part)));

/** The sum of the ticked bits, each counted once. */
export function readDayParts(form: FormData): number {
  const ticked = new Set(form.getAll('dayParts').map(String));
  return BITS.filter((bit) => ticked.has(String(bit))).reduce((sum, bit) => sum + bit, 0);
}

/** The values of a waitlist form, the request they make, and a function that builds the answer. */
export function readWaitlistForm(before: WaitlistFormState, formData: FormData) {
  const form = requireFormData(formData);
  const previous = parseFormState(answerCountSchema, before);
  const values = Object.fromEntries(WAITLIST_FORM_FIELDS.map((name) => [name, readText(form, name, 300)])) as Record<
    WaitlistFormFieldName,
    string
  >;
  const dayParts = readDayParts(form);
  const [serviceId = '', minutes = ''] = values.massage.split(' ');
  const cadence = values.cadence as JoinWaitlistRequest['cadence'];
  // "2026-12-01 18:00" means the weekday of that date at that time, and no other time.
  const [on = '', time, ...rest] = values.only.split(' ');
  const isOnly = isDay(on) && isTimeOfDay(time) && rest.length === 0;
  const request: JoinWaitlistRequest = {
    serviceId,
    minutes: Number(minutes),
    therapistId: values.therapist || 'any',
    cadence,
    sessions: cadence === 'once' ? 1 : Number(values.sessions || Number.NaN),
    fromOn: values.from,
    untilOn: values.until,
    dayParts: isOnly ? getDayPartBit(weekdayOf(on), getPartOfDay(time)) : dayParts,
    atTime: isOnly ? time : null,
    isUrgent: values.urgent === 'yes',
  };
  const answer = (
    changes: Partial<Pick<WaitlistFormState, 'errors' | 'problem' | 'wait' | 'done'>>,
  ): WaitlistFormState => {
    return { values, dayParts, errors: {}, problem: null, done: null, ...changes, answer: previous.answer + 1 };
  };
  return { values, request, answer };
}

const FIELD_OF: Record<string, WaitlistFormFieldName | 'dayParts'> = {
  serviceId: 'massage',
  minutes: 'massage',
  therapistId: 'therapist',
  fromOn: 'from',
  untilOn: 'until',
  atTime: 'only',
  isUrgent: 'urgent',
  bookedBy: 'name',
};

/**
 * The field at which the form shows each problem. With `isForOther` the client's name is the name of the other person,
 * who comes.
 */
export function toWaitlistFormErrors(
  result: Extract<JoinWaitlistResult, { reason: 'invalid' }>,
  isForOther = false,
): WaitlistFormState['errors'] {
  const errors: WaitlistFormState['errors'] = {};
  for (const { path, message } of result.issues) {
    const last = String(path.at(-1));
    const ofClient = last === 'id' ? 'name' : last === 'name' && isForOther ? 'otherName' : last;
    const field = path[0] === 'client' ? ofClient : (FIELD_OF[last] ?? last);
    errors[field as WaitlistFormFieldName] ??= message;
  }
  return errors;
}

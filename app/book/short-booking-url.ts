import type { BookingChoice } from './booking-choice';
import { toBookingParams } from './booking-url';
import { type QueryParams, readTextParam } from './query-params';

// A page of times has hundreds of addresses that differ in the time alone, so they have a short form. In it, `p` is the
// plan, with its parts in the order below; `dates` or `you` is the time with the base of its key, under the name of the
// step it leads to. The short and the long form of an address mean the same.

const PLAN_PARTS = ['type', 'minutes', 'cadence', 'sessions', 'people', 'therapist', 'from', 'ladder'];
const CADENCE_CODES: Record<string, string> = { once: '1', weekly: 'w', biweekly: '2w' };
/** `2026-12-03T17:30@mira.0b54c1c6`; with two therapists `@mira,tom`. */
const PLACE = /^([^T]*)T([^@]*)@([^.]*)(?:\.([0-9a-f]{8}))?$/;

/** The start of all short addresses of this plan, on a page of /book. */
export function buildShortPlanHref(choice: BookingChoice): string {
  const params = new Map(toBookingParams({ ...choice, step: 'time', standing: null, picks: {}, day: null }));
  params.delete('step');
  const plan = PLAN_PARTS.map((name) => {
    const value = params.get(name) ?? '';
    params.delete(name);
    return encodeURIComponent(CADENCE_CODES[value] ?? value).replaceAll('%2C', ',');
  });
  const rest = [...params].map(([name, value]) => `&${name}=${encodeURIComponent(value)}`).join('');
  return `?p=${plan.join('.').replace(/\.+$/, '')}${rest}`;
}

/** The parameters by their long names. A long name in the address wins over the same value in the short form. */
export function expandShortParams(params: QueryParams): QueryParams {
  const plan = readTextParam(params.p);
  const step = (['dates', 'you'] as const).find((name) => readTextParam(params[name]) !== undefined);
  if (plan === undefined && step === undefined) return params;
  const parts = plan?.split('.', PLAN_PARTS.length) ?? [];
  const long: Record<string, string> = {};
  for (const [at, part] of parts.entries()) if (part) long[PLAN_PARTS[at]!] = part;
  long.cadence = Object.keys(CADENCE_CODES).find((name) => CADENCE_CODES[name] === long.cadence) ?? '';
  const [, on, time, givers, base] = PLACE.exec(readTextParam(step && params[step]) ?? '') ?? [];
  if (step && on && time && givers) {
    Object.assign(long, { on, time, with: givers, step, ...(base && { key: keyOfTime(base, on, time) }) });
  }
  return { ...long, ...params };
}

/**
 * Each time on a page of times is a plan of its own, and choosing the same time again goes on with the same plan. A
 * plan belongs to one browser (see browser-id-and-plan-key.ts), so eight digits are enough to tell one page of times
 * from the next. The key ends in the digits of day and hour, `202612031730`; for the second of two hours with the same
 * clock time they begin with an `f`.
 */
function keyOfTime(base: string, on: string, time: string): string {
  const [clock = '', second] = time.split('~');
  const digits = `${on}${clock}`.replace(/\D/g, '');
  return `${base}-0000-4000-8000-${second ? `f${digits.slice(1)}` : digits}`;
}

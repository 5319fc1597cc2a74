import { type BookingChoice, type QueryParams, readTextParam, toBookingParams } from './booking-url';

// A page of times has hundreds of addresses that differ in the time alone. In those, `p` is the plan, its parts in this
// order; `dates` or `you` is the time, named by the step it leads to, with what its key is made of. Which of the two ways
// an address is written makes no difference to what it means.

const PLAN_PARTS = ['type', 'minutes', 'cadence', 'sessions', 'people', 'therapist', 'from', 'ladder'];
const CADENCE_CODES: Record<string, string> = { once: '1', weekly: 'w', biweekly: '2w' };
/** `2026-12-03T17:30@mira.0b54c1c6`; with two therapists `@mira,tom`. */
const PLACE = /^([^T]*)T([^@]*)@([^.]*)(?:\.([0-9a-f]{8}))?$/;

/** What the short addresses of this plan begin with, on a page of /book. */
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

/** The same with its long names. What an address says itself comes before what its short names say. */
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
 * Each time of a page of times is a plan of its own, and who comes back and chooses the same one goes on with the same
 * plan. It is a plan of one browser (see browser-id-and-plan-key.ts), so that eight digits tell one page of times from the next. The
 * digits of day and hour end it, `202612031730`; the second of two such hours begins them with an `f`.
 */
function keyOfTime(base: string, on: string, time: string): string {
  const [clock = '', second] = time.split('~');
  const digits = `${on}${clock}`.replace(/\D/g, '');
  return `${base}-0000-4000-8000-${second ? `f${digits.slice(1)}` : digits}`;
}

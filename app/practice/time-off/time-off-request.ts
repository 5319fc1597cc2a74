import type { TimeOffKind, TimeOffRequest } from '@/db/booking/time-off';
import { addDays, isPlannableDay } from '@/scheduling/day';
import { toInstant } from '@/scheduling/zone';

// What somebody wants off, as the fields of a form and of an address say it. Days are local and both counted in; no
// time means from the first minute, or until the last.

export interface TimeOffFields {
  who: string;
  from: string;
  at: string;
  until: string;
  to: string;
  kind: TimeOffKind;
}

export const KINDS: Record<TimeOffKind, string> = { leave: 'Leave', break: 'A break', closure: 'Closed' };
export const EVERYONE = 'everyone';
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Reads an address or a form; nonsense falls back to what can be. */
export function fieldsOf(field: (name: string) => unknown, whose: string[]): TimeOffFields {
  const text = (name: string) => {
    const value = field(name);
    return typeof value === 'string' ? value : '';
  };
  const day = (name: string) => (isPlannableDay(text(name)) ? text(name) : '');
  const time = (name: string) => (TIME.test(text(name)) ? text(name) : '');
  const from = day('from');
  return {
    who: whose.includes(text('who')) ? text('who') : (whose[0] ?? ''),
    from,
    at: time('at'),
    until: day('until') || from,
    to: time('to'),
    kind: Object.hasOwn(KINDS, text('kind')) ? (text('kind') as TimeOffKind) : 'leave',
  };
}

/** Does a form name somebody whose time this is, and a kind there is? Only what was never asked may be left out. */
export function isAnswered(field: (name: string) => unknown, whose: string[]): boolean {
  const who = field('who');
  const isKnown = typeof who === 'string' ? whose.includes(who) : who === null && whose.length === 1;
  return isKnown && Object.hasOwn(KINDS, String(field('kind')));
}

/** Null as long as no day is named. */
export function requestOf(fields: TimeOffFields, timeZone: string, everyone: string[]): TimeOffRequest | null {
  const { who, from, at, until, to, kind } = fields;
  if (!from) return null;
  return {
    therapistIds: who === EVERYONE ? everyone : [who],
    start: toInstant(timeZone, from, at || '00:00'),
    end: to ? toInstant(timeZone, until, to) : toInstant(timeZone, addDays(until, 1), '00:00'),
    kind,
  };
}

export function hrefOf(fields: TimeOffFields, flash?: string): string {
  const query = new URLSearchParams(Object.entries(fields).filter(([, value]) => value !== ''));
  if (flash) query.set('flash', flash);
  return `/practice/time-off?${query}`;
}

import type { BookingChoice, BookingStepId } from './booking-choice';
import { encodeTherapistsParam, formatReplacement } from './query-params';

// The addresses of a choice. parse-booking-choice.ts reads them.

/** Every value of the choice as pairs of name and value, for an address or for hidden fields. */
export function toBookingParams(choice: BookingChoice): [name: string, value: string][] {
  const { standing } = choice;
  const all: [string, string | 0 | false | null | undefined][] = [
    ['type', choice.serviceId],
    ['minutes', String(choice.minutes)],
    ['cadence', choice.cadence],
    ['sessions', String(choice.sessions)],
    ['people', choice.isForTwo && '2'],
    ['other', choice.isForTwo && choice.second?.serviceId],
    ['otherMinutes', choice.isForTwo && choice.second?.minutes && String(choice.second.minutes)],
    ['therapist', choice.therapistId],
    ['from', choice.from],
    ['ladder', (choice.preset !== 'same' || choice.from) && choice.ladder.join(',')],
    ['week', choice.week],
    ['day', choice.step === 'time' && choice.day],
    ['part', choice.part !== 'all' && choice.part],
    ['starts', choice.everyStart && 'all'],
    ['on', standing?.on],
    ['time', standing?.time],
    ['with', standing && encodeTherapistsParam(standing)],
    ['step', choice.step],
  ];
  for (const [position, pick] of Object.entries(choice.picks)) all.push([`d${position}`, formatReplacement(pick)]);
  all.push(['key', choice.step !== 'massage' && choice.key], ['again', choice.again]);
  return all.filter((pair): pair is [string, string] => Boolean(pair[1]));
}

/** The address of a step, with `change` applied. Choosing another time drops the repairs made for the current one. */
export function bookingHref(choice: BookingChoice, step: BookingStepId, change: Partial<BookingChoice> = {}): string {
  const picks = change.standing === undefined ? choice.picks : {};
  // Characters that need no escaping in a query stay readable, because people look at addresses.
  const query = toBookingParams({ ...choice, picks, ...change, step })
    .map(([name, value]) => `${name}=${encodeURIComponent(value).replace(/%(2C|3A|40)/g, decodeURIComponent)}`)
    .join('&');
  return `/book?${query}`;
}

/** The page where somebody can wait for a time like this, or for this standing time. */
export function waitlistHref(choice: BookingChoice): string {
  return bookingHref({ ...choice, picks: {}, key: null, again: null }, 'time').replace('/book?', '/book/wait?');
}

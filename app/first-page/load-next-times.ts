import type { BookingChoice } from '@/app/book/booking-choice';
import { loadBookingContext } from '@/app/book/booking-context';
import { bookingHref } from '@/app/book/booking-url';
import { listNextBookableStarts } from '@/db/availability/next-bookable-starts';
import { listStandingTimes } from '@/db/availability/standing-times';
import { toWallTime, toWallTimeWithRepeatMark } from '@/scheduling/zone-conversion';

/** How many days from today are searched. */
const DAYS = 14;
/** How many days are shown: the soonest, and those after it. */
const NAMED_DAYS = 3;

export interface NextTime {
  /** The day and time in the practice's time zone. */
  on: string;
  time: string;
  therapistId: string;
  /** The massages to choose from; the link books the first. */
  serviceIds: string[];
  href: string;
}

/** What a visitor could book at once, before choosing anything. */
export interface NextTimes {
  today: string;
  minutes: number;
  /** The soonest start, then the first start of each day that follows, with another therapist where possible. */
  soonest: NextTime[];
  /** The soonest start of each therapist. */
  byTherapist: Map<string, NextTime>;
  /** The regular time with the most free dates; among equals the soonest. */
  regular: { on: string; time: string; therapistId: string; open: number; sessions: number; href: string } | null;
  /** The therapists' names as they are shown. */
  names: Record<string, string>;
}

export async function loadNextTimes(now: number): Promise<NextTimes> {
  const { practice, offer, choice, among, names } = await loadBookingContext({}, now);
  const { minutes, ladder, cadence } = choice;
  const { timeZone } = practice;
  const services = offer.services.filter(({ booking }) => booking !== 'known');
  const [openings, standing] = await Promise.all([
    listNextBookableStarts({ services, minutes, from: offer.today, days: DAYS }, now),
    listStandingTimes({ serviceIds: ladder, minutes, cadence, from: offer.today, among, limit: 1 }, now),
  ]);
  const times = openings.map(({ startsAt, therapistId, serviceIds }): NextTime => {
    const at = {
      on: toWallTime(timeZone, startsAt).on,
      time: toWallTimeWithRepeatMark(timeZone, startsAt),
      therapistId,
    };
    return { ...at, serviceIds, href: onceHref(choice, serviceIds[0]!, at) };
  });
  const byTherapist = new Map<string, NextTime>();
  for (const time of times) if (!byTherapist.has(time.therapistId)) byTherapist.set(time.therapistId, time);
  const [best] = standing.ok ? standing.standingTimes : [];
  const regular = best && { on: best.firstOn, time: best.time, therapistId: best.therapistId };
  return {
    today: offer.today,
    minutes,
    soonest: pickFirstTimeOfEachDay(times),
    byTherapist,
    regular: regular
      ? {
          ...regular,
          open: best.open,
          sessions: choice.sessions,
          href: bookingHref(choice, best.open === choice.sessions ? 'you' : 'dates', { standing: regular }),
        }
      : null,
    names,
  };
}

function onceHref(choice: BookingChoice, serviceId: string, standing: NonNullable<BookingChoice['standing']>): string {
  const once: Partial<BookingChoice> = { serviceId, cadence: 'once', sessions: 1, preset: 'same', ladder: [serviceId] };
  return bookingHref(choice, 'you', { ...once, standing });
}

/** One time for each day, with a therapist who has none of the earlier days, where there is one. */
export function pickFirstTimeOfEachDay(times: NextTime[]): NextTime[] {
  const days = [...new Set(times.map(({ on }) => on))].slice(0, NAMED_DAYS);
  const named: NextTime[] = [];
  for (const day of days) {
    const starts = times.filter(({ on }) => on === day);
    const isNew = ({ therapistId }: NextTime) => named.every((known) => known.therapistId !== therapistId);
    named.push((named.length > 0 && starts.find(isNew)) || starts[0]!);
  }
  return named;
}

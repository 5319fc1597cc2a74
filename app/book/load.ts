import { getPractice, type Practice } from '@/db/practice';
import { listServices, type ServiceOffer } from '@/db/services';
import { getPlan } from '@/db/standing-times';
import { listTherapists } from '@/db/therapists';
import { getQuestion, type Question } from '@/questions/library';
import { toWall } from '@/scheduling/zone';
import { type BookingChoice, type Offer, type Params, parse } from './address';
import { type DateRow, decideDates, type PlannedDate, type Trouble } from './dates';
import { shortNames } from './words';

/** What every step of a booking stands on. */
export interface Booking {
  practice: Practice;
  question: Question | null;
  offer: Offer<ServiceOffer>;
  /** Therapists as they are called, by id. */
  names: Record<string, string>;
  choice: BookingChoice;
  now: number;
}

export async function loadBooking(params: Params, now: number): Promise<Booking> {
  const [practice, services, therapists] = await Promise.all([getPractice(), listServices(), listTherapists()]);
  const slug = Array.isArray(params.from) ? params.from[0] : params.from;
  const question = typeof slug === 'string' ? getQuestion(slug) : null;
  const offer = {
    services,
    therapists: therapists.map(({ id, name }) => ({ id, name })),
    question: question && {
      slug: question.slug,
      minutes: question.plan.minutes,
      cadence: question.plan.cadence,
      ladder: question.plan.massages,
    },
    maxSessions: practice.maxSessions,
    today: toWall(practice.timeZone, now).on,
    windowDays: practice.windowDays,
  };
  return { practice, question, offer, names: shortNames(therapists), choice: parse(params, offer), now };
}

/** The dates of the chosen standing time as they are now, or null where it cannot be had at all. */
export async function loadDates(booking: Booking): Promise<DateRow[] | null> {
  const { choice, now } = booking;
  if (!choice.standing) return null;
  const { on, time, therapistId } = choice.standing;
  const plan = await getPlan(
    {
      serviceIds: choice.ladder,
      minutes: choice.minutes,
      cadence: choice.cadence,
      from: on,
      firstOn: on,
      time,
      therapistId,
    },
    now,
  );
  if (!plan.ok) return null;
  const troubles = plan.dates.flatMap(({ state, position, reason, reasonDetail, alternatives }) =>
    state === 'clash' ? [{ position, reason: reason ?? 'booked', detail: reasonDetail, alternatives } as const] : [],
  );
  return datesWith(booking, plan.dates, troubles);
}

export function datesWith(booking: Booking, planned: PlannedDate[], troubles: Trouble[]): DateRow[] {
  const { choice, practice, names, offer } = booking;
  const massages = Object.fromEntries(offer.services.map(({ id, name }) => [id, name]));
  return decideDates({ planned, troubles, picks: choice.picks, timeZone: practice.timeZone, names, massages });
}

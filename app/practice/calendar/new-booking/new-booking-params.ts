import type { BookingChoice, BookingOptions, OfferedService } from '@/app/book/booking-choice';
import { parseBookingChoice } from '@/app/book/parse-booking-choice';
import { canComeAsTwo, filterTherapistsGivingAll, getSecondPlan, hasOwnMassage } from '@/app/book/side-by-side';
import { isDayWithinSupportedYears } from '@/scheduling/day';
import { isTimeOfDay } from '@/scheduling/time-of-day';

// What has been chosen so far for a caller's booking. As on the public pages, it is kept in the address.

export interface NewBookingParams {
  /** The time that was pressed: `2026-12-01T11:30`. */
  at: string;
  therapistId: string;
  /** The therapist of a second person at the same time; null where one person comes. */
  besideId: string | null;
  /**
   * The therapist who was asked for the second person, but gives no massage that fits beside this one: nobody comes
   * with them.
   */
  lostBesideId: string | null;
  /** The id of a known client, `new`, or null as long as nobody was chosen. */
  client: string | null;
  /** The search text, with which the name of a new client begins. */
  name: string;
  /** The time is meant even where it is outside of the working hours. */
  isAnyHour: boolean;
  /** Nobody chose the massage, so a known client gets the one that they had last. */
  isUsual: boolean;
  /**
   * `standing` is null where the time cannot be booked: past, too far ahead, or a massage that the therapist does not
   * give.
   */
  plan: BookingChoice;
}

type Params = Record<string, unknown>;

/** The number of sessions of a series until somebody changes it. */
const USUAL_SESSIONS = '8';

/** `offer.therapists` are the therapists in whose calendar the viewer may book. Null where nothing is being booked. */
export function parseNewBookingParams<Service extends OfferedService>(
  params: Params,
  offer: BookingOptions<Service>,
): NewBookingParams | null {
  const value = (name: string) => (typeof params[name] === 'string' ? params[name] : undefined);
  const at = value('new') ?? '';
  const [on, time, ...rest] = at.split('T');
  if (!isTimeOfDay(time) || rest.length > 0 || !isDayWithinSupportedYears(on)) return null;
  const therapist = offer.therapists.find(({ id }) => id === value('with')) ?? offer.therapists[0];
  if (!therapist) return null;
  const offered = filterServicesByTherapist(offer.services, therapist.id);
  const own = offered.length > 0 ? offered : offer.services;
  if (own.length === 0) return null;
  const bookingParams = {
    cadence: value('cadence') ?? 'once',
    sessions: value('sessions') ?? USUAL_SESSIONS,
    type: value('type'),
    minutes: value('minutes'),
    ...picksIn(params),
    on,
    time,
    with: therapist.id,
  };
  const options = { ...offer, services: own, secondServices: offer.services };
  const forOne = parseBookingChoice(bookingParams, options);
  const requestedId = offer.therapists.find(({ id }) => id === value('beside') && id !== therapist.id)?.id ?? null;
  const massages = requestedId === null ? [] : listBesideMassages(forOne, requestedId, offer);
  const isTwo = massages.length > 0;
  // `sports.30`; an empty value is the same massage as the first person's.
  const second = massages.find((massage) => massage.value === (value('besideMassage') ?? '')) ?? massages[0];
  return {
    at,
    therapistId: therapist.id,
    besideId: isTwo ? requestedId : null,
    lostBesideId: isTwo ? null : requestedId,
    client: value('client') || null,
    name: (value('name') ?? '').slice(0, 120),
    isAnyHour: value('hours') === 'any',
    isUsual: value('type') === undefined || value('massage') === 'usual',
    plan: isTwo
      ? parseBookingChoice(
          { ...bookingParams, people: '2', ...second?.params, with: `${therapist.id},${requestedId}` },
          options,
        )
      : forOne,
  };
}

/** The therapists who could massage a second person at the same time; empty where there is no second room. */
export function listTherapistsForSecondPerson<Therapist extends { id: string }>(
  choice: Pick<BookingChoice, 'ladder' | 'minutes'>,
  therapistId: string,
  offer: { services: OfferedService[]; therapists: Therapist[] },
): Therapist[] {
  return offer.therapists.filter(({ id }) => id !== therapistId && listBesideMassages(choice, id, offer).length > 0);
}

/**
 * A massage that a second person could have with one therapist, as an option of a form, in the words of the booking
 * pages.
 */
export interface BesideMassage {
  /** `sports.30`; "" is the same as the first person's. */
  value: string;
  serviceId: string | null;
  minutes: number;
  params: { other: string; otherMinutes: string };
}

/**
 * What a therapist could give beside this plan: the same massage where they give it, then all others, those of the
 * same length first.
 */
export function listBesideMassages(
  { ladder, minutes }: Pick<BookingChoice, 'ladder' | 'minutes'>,
  besideId: string,
  offer: { services: OfferedService[]; therapists: { id: string }[] },
): BesideMassage[] {
  const canGive = (massages: string[]) =>
    filterTherapistsGivingAll(massages, offer).some(({ id }) => id === besideId) &&
    canComeAsTwo(ladder, offer, massages);
  const same = canGive(ladder)
    ? [{ value: '', serviceId: null, minutes, params: { other: '', otherMinutes: '' } }]
    : [];
  const others = offer.services
    .filter(({ id }) => canGive(ladder.map(() => id)))
    .flatMap(({ id, lengths }) => lengths.map((length) => ({ id, minutes: length.minutes })))
    .filter((massage) => massage.minutes !== minutes || ladder.some((id) => id !== massage.id))
    .map(({ id, minutes: length }) => {
      const params = { other: id, otherMinutes: String(length) };
      return { value: `${id}.${length}`, serviceId: id, minutes: length, params };
    });
  const isAlike = ({ minutes: length }: { minutes: number }) => length === minutes;
  return [...same, ...others.filter(isAlike), ...others.filter((massage) => !isAlike(massage))];
}

/** The massages that one therapist gives. */
export function filterServicesByTherapist<Service extends OfferedService>(
  services: Service[],
  therapistId: string,
): Service[] {
  return services.filter(({ therapists }) => therapists.includes(therapistId));
}

function formatSecond(plan: BookingChoice): string {
  const { ladder, minutes } = getSecondPlan(plan);
  return `${ladder[0]}.${minutes}`;
}

function picksIn(params: Params): Params {
  return Object.fromEntries(Object.entries(params).filter(([name]) => /^d\d{1,3}$/.test(name)));
}

/** The choice as names and values, without those that the calendar has itself. */
export function toNewBookingParamPairs({
  at,
  therapistId,
  besideId,
  client,
  name,
  isAnyHour,
  isUsual,
  plan,
}: NewBookingParams): [string, string][] {
  const all: [string, string | null | false][] = [
    ['new', at],
    ['with', therapistId],
    ['beside', besideId],
    ['besideMassage', besideId !== null && hasOwnMassage(plan) && formatSecond(plan)],
    ['client', client],
    ['name', name],
    ['type', plan.serviceId],
    ['minutes', String(plan.minutes)],
    ['massage', isUsual && 'usual'],
    ['cadence', plan.cadence],
    ['sessions', String(plan.wanted)],
    ['hours', isAnyHour && 'any'],
  ];
  return all.filter((pair): pair is [string, string] => Boolean(pair[1]));
}

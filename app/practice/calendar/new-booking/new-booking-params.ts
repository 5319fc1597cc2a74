import {
  type BookingChoice,
  type BookingOptions,
  canComeAsTwo,
  filterTherapistsGivingAll,
  type OfferedService,
  parseBookingChoice,
} from '@/app/book/booking-url';
import { isDayWithinSupportedYears } from '@/scheduling/day';
import { isTimeOfDay } from '@/scheduling/time-of-day';

// What whoever books for a caller has chosen so far. As on the public pages, it stands in the address.

export interface NewBookingParams {
  /** Where it was pressed: `2026-12-01T11:30`. */
  at: string;
  therapistId: string;
  /** Who massages a second person at the same time; null where one person comes. */
  besideId: string | null;
  /** Who was asked for and does not give this massage, or has no second room for it: nobody comes with them. */
  lostBesideId: string | null;
  /** The id of a known client, `new`, or null as long as nobody was chosen. */
  client: string | null;
  /** What was looked for, and the name that a new client begins with. */
  name: string;
  /** Outside of the hours, and meant. */
  isAnyHour: boolean;
  /** Nobody chose the massage: a known client brings what they had last. */
  isUsual: boolean;
  /** `standing` is null where that time can be nobody's: past, too far ahead, or a massage that they do not give. */
  plan: BookingChoice;
}

type Params = Record<string, unknown>;

/** A series is of so many until somebody says otherwise. */
const USUAL_SESSIONS = '8';

/** `offer.therapists` are those in whose calendar the viewer may book. Null where nothing is being booked. */
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
  const options = { ...offer, services: own };
  const forOne = parseBookingChoice(bookingParams, options);
  const requestedId = offer.therapists.find(({ id }) => id === value('beside') && id !== therapist.id)?.id ?? null;
  const isTwo =
    requestedId !== null && listBesideTherapists(forOne, therapist.id, options).some(({ id }) => id === requestedId);
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
      ? parseBookingChoice({ ...bookingParams, people: '2', with: `${therapist.id},${requestedId}` }, options)
      : forOne,
  };
}

/** Who could massage a second person at the same time: nobody where there is no second room. */
export function listBesideTherapists<Therapist extends { id: string }>(
  { ladder }: BookingChoice,
  therapistId: string,
  offer: { services: OfferedService[]; therapists: Therapist[] },
): Therapist[] {
  if (!canComeAsTwo(ladder, offer)) return [];
  return filterTherapistsGivingAll(ladder, offer).filter(({ id }) => id !== therapistId);
}

/** What one therapist gives. */
export function filterServicesByTherapist<Service extends OfferedService>(
  services: Service[],
  therapistId: string,
): Service[] {
  return services.filter(({ therapists }) => therapists.includes(therapistId));
}

function picksIn(params: Params): Params {
  return Object.fromEntries(Object.entries(params).filter(([name]) => /^d\d{1,3}$/.test(name)));
}

/** The choice as names and values, apart from those that the calendar itself has. */
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

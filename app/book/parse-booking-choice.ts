import {
  assignMassagesToSessions,
  listUsefulPressureProgressions,
  type PressureProgression,
} from '@/care/pressure-ladder';
import type { Cadence } from '@/scheduling/cadence';
import { daysBetween, isDay } from '@/scheduling/day';
import { isTimeOfDay } from '@/scheduling/time-of-day';
import { removeRepeatMark } from '@/scheduling/zone-conversion';
import {
  type BookingChoice,
  type BookingOptions,
  bookingSteps,
  dayParts,
  type OfferedService,
  type ReplacementDate,
} from './booking-choice';
import { parseReplacement, parseTherapistsParam, type QueryParams, readTextParam } from './query-params';
import { filterTherapistsGivingAll, getSecondPlan, readSecondMassage } from './side-by-side';

// The address is the only state of a booking. Whatever it contains, the result is a choice that can be shown. The form
// of the first step uses the same parameter names.

const KEY = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const AGAIN = /^[\w-]{43}$/;

/** Stands in where nothing can be booked online: the page is still drawn, and says so. */
const NOTHING: OfferedService = { id: '', name: '', pressure: 1, lengths: [], therapists: [] };

export function parseBookingChoice(params: QueryParams, offer: BookingOptions): BookingChoice {
  const value = (name: string) => readTextParam(params[name]);
  const question = offer.question && value('from') === offer.question.slug ? offer.question : null;

  const service =
    find(offer.services, value('type')) ?? find(offer.services, question?.ladder[0]) ?? offer.services[0] ?? NOTHING;
  const minutes = minutesOf(service, [wholeNumber(value('minutes')), question?.minutes]);
  const cadence = cadenceOf(value('cadence')) ?? question?.cadence ?? 'weekly';
  const sessionCount = sessionCountOf(params, offer.maxSessions, cadence, question?.ladder.length ?? 4);
  const sessions = cadence === 'once' ? 1 : sessionCount;
  const suggested = value('type') === undefined || value('type') === question?.ladder[0] ? question?.ladder : undefined;
  const { preset, ladder } = ladderFrom(params, { service, minutes, sessions, suggested, services: offer.services });

  const givers = filterTherapistsGivingAll(ladder, offer);
  const isGiver = (id: string | undefined) => givers.some((giver) => giver.id === id);
  const therapistId = value('therapist');
  const secondOffer = { ...offer, services: offer.secondServices ?? offer.services };
  const requestedSecond = { serviceId: value('other'), minutes: wholeNumber(value('otherMinutes')) };
  const second = value('people') === '2' ? readSecondMassage(requestedSecond, { ladder, minutes }, secondOffer) : null;
  const isForTwo = second !== null;
  const secondGivers = filterTherapistsGivingAll(getSecondPlan({ ladder, minutes, second }).ladder, secondOffer);
  const isBookable = (day: string | undefined): day is string =>
    isDay(day ?? '') &&
    daysBetween(offer.today, day as string) >= 0 &&
    daysBetween(offer.today, day as string) <= offer.windowDays;

  const [on, time, givenBy] = [value('on'), value('time'), parseTherapistsParam(value('with') ?? '')];
  const areGivers =
    isGiver(givenBy.therapistId) && (!isForTwo || secondGivers.some(({ id }) => id === givenBy.besideId));
  const isTwo = givenBy.besideId !== undefined && givenBy.besideId !== givenBy.therapistId;
  const standing =
    isBookable(on) && time && isTimeOfDay(removeRepeatMark(time)) && areGivers && isForTwo === isTwo
      ? { on, time: sessions === 1 ? time : removeRepeatMark(time), ...givenBy }
      : null;
  const requested = bookingSteps.find((step) => step === value('step')) ?? 'massage';
  const week = value('week');
  const day = value('day');

  return {
    step: standing || requested === 'massage' ? requested : 'time',
    serviceId: service.id,
    minutes,
    cadence,
    sessions,
    wanted: sessionCount,
    isForTwo,
    second,
    therapistId: therapistId && isGiver(therapistId) ? therapistId : null,
    from: question?.slug ?? null,
    preset,
    ladder,
    week: isBookable(week) ? week : null,
    day: isBookable(day) ? day : null,
    part: dayParts.find((part) => part === value('part')) ?? 'all',
    everyStart: value('starts') === 'all',
    standing,
    picks: standing ? picksFrom(params, { sessions, isForTwo }, offer) : {},
    key: KEY.test(value('key') ?? '') ? (value('key') as string) : null,
    again: AGAIN.test(value('again') ?? '') ? (value('again') as string) : null,
  };
}

function picksFrom(
  params: QueryParams,
  { sessions, isForTwo }: Pick<BookingChoice, 'sessions' | 'isForTwo'>,
  offer: BookingOptions,
): Record<number, ReplacementDate> {
  const isGiven = ({ therapistId, besideId }: { therapistId: string; besideId?: string }) =>
    find(offer.therapists, therapistId) &&
    (isForTwo ? find(offer.therapists, besideId) && besideId !== therapistId : besideId === undefined);
  const picks: Record<number, ReplacementDate> = {};
  for (let position = 1; position <= sessions; position += 1) {
    const pick = parseReplacement(params[`d${position}`]);
    if (pick && (pick.kind === 'skip' ? sessions > 1 : isGiven(pick))) picks[position] = pick;
  }
  return picks;
}

/**
 * The form sends radios (`l1`, `l2`, …), the preset, and in `was` the massage and preset it was drawn with: a changed
 * massage or preset wins over the radios. An address sends `ladder`; without it the ladder is the one that the question
 * suggests.
 */
function ladderFrom(
  params: QueryParams,
  plan: {
    service: OfferedService;
    minutes: number;
    sessions: number;
    suggested: string[] | undefined;
    services: OfferedService[];
  },
): { preset: PressureProgression | 'own'; ladder: string[] } {
  const { service, sessions } = plan;
  const rungs = plan.services.filter(({ lengths }) => lengths.some(({ minutes }) => minutes === plan.minutes));
  const offered = listUsefulPressureProgressions(service.id, sessions, rungs);
  const allSessions = (preset: PressureProgression) => ({
    preset,
    ladder: assignMassagesToSessions(preset, service.id, sessions, rungs),
  });

  // A single session has no progression: it gets the chosen massage.
  if (sessions === 1) return allSessions('same');

  const [wasType, wasPreset] = (readTextParam(params.was) ?? '').split('.');
  const gently = offered.find((preset) => preset === readTextParam(params.gently));
  if (wasType && wasType !== service.id) return allSessions(gently ?? 'same');
  if (wasType && gently && gently !== wasPreset) return allSessions(gently);

  const listed = wasType ? radiosOf(params) : (readTextParam(params.ladder)?.split(',') ?? plan.suggested ?? []);
  const known = listed.slice(0, 200).map((id) => find(rungs, id)?.id ?? service.id);
  // A ladder that equals a preset also follows that preset for another number of sessions.
  const followed = [...(gently ? [gently] : []), ...offered].find((preset) =>
    same(known, assignMassagesToSessions(preset, service.id, known.length, rungs)),
  );
  if (followed) return allSessions(followed);
  return {
    preset: 'own',
    ladder: Array.from({ length: sessions }, (_, index) => known[index] ?? known.at(-1) ?? service.id),
  };
}

function radiosOf(params: QueryParams): string[] {
  const radios: string[] = [];
  for (let position = 1; typeof params[`l${position}`] === 'string'; position += 1)
    radios.push(`${params[`l${position}`]}`);
  return radios;
}

function sessionCountOf(params: QueryParams, most: number, cadence: Cadence, usual: number): number {
  const value = readTextParam(params.sessions);
  const clamp = (sessions: number) => Math.min(Math.max(sessions, 1), most);
  const requested = value && /^\d+$/.test(value.trim()) ? clamp(Number(value)) : clamp(usual);
  const request = cadence === 'once' && requested === 1 ? clamp(usual) : requested;
  const more = readTextParam(params.more);
  return clamp(request + (more === '1' ? 1 : more === '-1' ? -1 : 0));
}

function minutesOf(service: OfferedService, preferred: (number | undefined)[]): number {
  const offered = service.lengths.map(({ minutes }) => minutes);
  const found = preferred.find((minutes) => minutes !== undefined && offered.includes(minutes));
  return found ?? (offered.includes(60) ? 60 : (offered[0] ?? 60));
}

function cadenceOf(value: string | undefined): Cadence | undefined {
  return value === 'once' || value === 'weekly' || value === 'biweekly' ? value : undefined;
}

function wholeNumber(value: string | undefined): number | undefined {
  return value && /^\d{1,4}$/.test(value) ? Number(value) : undefined;
}

function find<T extends { id: string }>(list: T[], id: string | undefined): T | undefined {
  return id === undefined ? undefined : list.find((item) => item.id === id);
}

function same(a: string[], b: string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}

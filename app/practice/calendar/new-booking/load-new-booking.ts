import { formatGiverNames, makeShortNames } from '@/app/book/booking-wording';
import { computeBookingTotals } from '@/app/book/dates/booking-totals';
import { buildDateRows, type DateRow } from '@/app/book/dates/date-rows';
import { parseReplacement, type QueryParams } from '@/app/book/query-params';
import { buildBesideQuery, filterTherapistsGivingAll, getSecondPlan } from '@/app/book/side-by-side';
import { managesAllCalendars, type Staff } from '@/db/access/viewer';
import { listPlanDates } from '@/db/availability/plan-dates';
import { findCallers, getCaller, type PhoneClient } from '@/db/people/find-callers';
import { getPractice, type Practice } from '@/db/practice/practice';
import { type ActiveService, listServices } from '@/db/practice/services';
import { listTherapists } from '@/db/practice/therapists';
import { formatDay, formatDayRange, formatWallTime, formatWeekdayPlural } from '@/scheduling/formatting';
import { toInstant, toWallTime } from '@/scheduling/zone-conversion';
import { filterServicesByTherapist, type NewBookingParams, parseNewBookingParams } from './new-booking-params';

export interface NewBookingData {
  choice: NewBookingParams;
  practice: Practice;
  /** The massages that the chosen therapist gives. */
  services: ActiveService[];
  /** The massages that any therapist gives: a second person may have any of them. */
  allServices: ActiveService[];
  /** The therapists in whose calendar the viewer may book. */
  therapists: { id: string; name: string }[];
  names: Record<string, string>;
  now: number;
  /** The usual length, where it does not fit and a shorter one was filled in. */
  tooLong?: number;
  /** The shorter length that would fit, where it was not filled in because a known client is used to their own. */
  wouldFit?: number;
}

/** The booking for a caller that the address describes; null where it describes none. */
export async function loadNewBooking(viewer: Staff, params: QueryParams, now: number): Promise<NewBookingData | null> {
  if (params.new === undefined) return null;
  const [practice, services, all] = await Promise.all([getPractice(), listServices(), listTherapists()]);
  const therapists = all
    .filter(({ id }) => managesAllCalendars(viewer) || id === viewer.therapistId)
    .map(({ id, name }) => ({ id, name }));
  const { maxSessions, windowDays } = practice;
  const today = toWallTime(practice.timeZone, now).on;
  const choice = parseNewBookingParams(params, { services, therapists, maxSessions, windowDays, today });
  if (!choice) return null;
  return {
    choice,
    practice,
    services: filterServicesByTherapist(services, choice.therapistId),
    allServices: services,
    therapists,
    names: makeShortNames(all),
    now,
  };
}

/** The chosen client; until one is chosen, the clients who match what was typed. */
export async function loadCallerOrMatches(
  viewer: Staff,
  { choice, now }: NewBookingData,
): Promise<{ caller: PhoneClient | null; found: PhoneClient[] }> {
  const { client, name } = choice;
  const caller = client && client !== 'new' ? await getCaller(viewer, client, { now }) : null;
  return { caller, found: caller || client === 'new' ? [] : await findCallers(viewer, name, { now }) };
}

/**
 * The same for drawing the page: as long as nobody chose a length, it fills in one that fits at the pressed time. A
 * known client keeps the length of their last visit, and is offered other times at once. A form that is sent books the
 * length that was shown, or nothing.
 */
export async function loadNewBookingFittingLength(
  viewer: Staff,
  params: QueryParams,
  now: number,
): Promise<NewBookingData | null> {
  const desk = await loadNewBooking(viewer, params, now);
  if (!desk?.choice.plan.standing) return desk;
  const usual = desk.choice.plan.minutes;
  const isUsual = params.minutes === undefined || params.massage === 'usual';
  const minutes = isUsual ? await findFittingLength(desk) : null;
  if (minutes === null || minutes === usual) return desk;
  if (desk.choice.client && desk.choice.client !== 'new') return { ...desk, wouldFit: minutes };
  const fitting = await loadNewBooking(viewer, { ...params, minutes: String(minutes) }, now);
  return fitting && { ...fitting, tooLong: usual };
}

/** The usual length, or else the longest shorter one that is free at that time; null where none is. */
async function findFittingLength({ choice, services, now }: NewBookingData): Promise<number | null> {
  const { serviceId, minutes: usual } = choice.plan;
  const lengths = services.find(({ id }) => id === serviceId)?.lengths.map(({ minutes }) => minutes) ?? [];
  const shorter = lengths.filter((minutes) => minutes < usual).sort((a, b) => b - a);
  for (const minutes of [usual, ...shorter]) {
    const found = await readPlan(choice, minutes, now);
    if (found.ok && found.dates[0]?.state === 'free') return minutes;
  }
  return null;
}

function readPlan({ at, plan, therapistId, besideId, isAnyHour }: NewBookingParams, minutes: number, now: number) {
  const [on = '', time = ''] = at.split('T');
  const { ladder: serviceIds, cadence } = plan;
  const beside = buildBesideQuery({ ...plan, minutes });
  const query = {
    serviceIds,
    minutes,
    cadence,
    from: on,
    firstOn: on,
    time,
    therapistId,
    isForStaff: true,
    isAnyHour,
    ...beside,
  };
  return listPlanDates({ ...query, ...(besideId !== null && { besideId }) }, now);
}

/** One date as the desk decides on it. The button names what Book would book in its place. */
export interface NewBookingDateRow extends DateRow {
  options: (DateRow['options'][number] & { books: string })[];
}

export interface NewBookingDates {
  rows: NewBookingDateRow[];
  /** '7 of 8 free', or for a single date 'Free'. */
  heading: string;
  /** 'Thursdays, 17 Dec to 4 Feb. €592 in total.' */
  summary: string;
  /** Why the length is not the usual one, or which length would fit. */
  shortened: string | null;
  /** Why nothing can be booked at that time at all. */
  problem: string | null;
  /** Somebody does not work then; the desk may book it all the same. */
  isOutside: boolean;
}

/** Every date of the chosen plan, as it would be booked now. */
export async function loadNewBookingDates(desk: NewBookingData): Promise<NewBookingDates> {
  const { choice, practice, services, allServices, therapists, names, now } = desk;
  const { plan } = choice;
  const { timeZone, locale } = practice;
  const shortened =
    desk.tooLong !== undefined
      ? `${desk.tooLong} min does not fit here.`
      : desk.wouldFit !== undefined
        ? `${desk.wouldFit} min would fit here.`
        : null;
  const nothing = { rows: [], heading: '', summary: '', shortened, isOutside: false };
  const [on = '', time = ''] = choice.at.split('T');
  if (services.length === 0) return { ...nothing, problem: `${names[choice.therapistId]} gives no massage yet.` };
  if (toInstant(timeZone, on, time) <= now) return { ...nothing, problem: 'That time is past. Choose a later one.' };
  if (!plan.standing)
    return { ...nothing, problem: `That is too far ahead: we book ${practice.windowDays} days ahead at most.` };
  const found = await readPlan(choice, plan.minutes, now);
  if (!found.ok) return { ...nothing, problem: found.issues[0]?.message ?? 'That cannot be booked.' };
  const giversOf = (ladder: string[]) =>
    new Set(filterTherapistsGivingAll(ladder, { services: allServices, therapists }).map(({ id }) => id));
  const [mayGive, mayGiveSecond] = [giversOf(plan.ladder), giversOf(getSecondPlan(plan).ladder)];
  const hasOwn = buildBesideQuery(plan).beside !== undefined;
  const rows = buildDateRows({
    planned: found.dates.map(({ besideServiceId, besideMinutes, ...date }) => {
      return hasOwn ? { ...date, besideServiceId, besideMinutes } : date;
    }),
    troubles: found.dates.flatMap(({ state, position, reason = 'booked', reasonDetail, isOfOther, alternatives }) => {
      if (state !== 'clash') return [];
      const own = alternatives.filter(
        ({ therapistId, besideId }) =>
          mayGive.has(therapistId) && (besideId === undefined || mayGiveSecond.has(besideId)),
      );
      return [{ position, reason, detail: reasonDetail, isOfOther, alternatives: own }];
    }),
    picks: {},
    refused: new Set<number>(),
    usual: { therapistId: choice.therapistId, besideId: choice.besideId ?? undefined },
    apartMinutes: Math.max(...allServices.map(({ setupMinutes, cleanupMinutes }) => setupMinutes + cleanupMinutes)),
    timeZone,
    locale,
    names,
    massages: Object.fromEntries(allServices.map(({ id, name }) => [id, name])),
  }).map((row): NewBookingDateRow => {
    const options = row.options.flatMap((option) => forDesk(option, plan.sessions));
    return {
      ...row,
      // The desk asks the caller first, so no other time is chosen by itself.
      pick: row.state === 'clash' ? null : row.pick,
      options: options.map((option) => ({ ...option, books: describeReplacement(option.value, on, desk) })),
    };
  });
  const isOutside = found.dates.some(({ reason }) => reason === 'closed' || reason === 'holiday');
  const free = rows.filter(({ state }) => state === 'free').length;
  const { count, sum, lastOn } = computeBookingTotals(rows, plan.minutes, allServices, practice);
  const forWhom = choice.besideId === null ? '' : ', for two';
  const span = `${formatWeekdayPlural(on)}, ${formatDayRange(on, lastOn ?? on, locale)}`;
  return {
    rows,
    heading: plan.sessions === 1 ? (free === 1 ? 'Free' : 'Not free') : `${free} of ${plan.sessions} free`,
    summary:
      plan.sessions === 1
        ? `${formatDay(on, 'long', locale)}${forWhom}${count === 0 ? '' : `, ${sum}`}.`
        : `${span}${forWhom}. ${sum} in total.`,
    shortened,
    problem: null,
    isOutside,
  };
}

/** '16:00', 'Fri 18 Dec, 16:00' or '16:00 with Jun': how another time differs from the requested one. */
function describeReplacement(value: string, requestedOn: string, { choice, names, practice }: NewBookingData): string {
  const pick = parseReplacement(value);
  if (pick?.kind !== 'move') return '';
  const { locale } = practice;
  const day = pick.on === requestedOn ? '' : `${formatDay(pick.on, 'short', locale)}, `;
  const isUsual = pick.therapistId === choice.therapistId && (pick.besideId ?? null) === choice.besideId;
  const who = isUsual ? '' : ` with ${formatGiverNames(pick, names)}`;
  return `${day}${formatWallTime(pick.time, locale)}${who}`;
}

/** At the desk, nobody is put on the waiting list for a date, and a single date cannot be skipped. */
function forDesk(option: DateRow['options'][number], sessions: number): DateRow['options'] {
  if (option.value !== 'skip') return [option];
  return sessions === 1 ? [] : [{ ...option, hint: 'the other dates stay' }];
}

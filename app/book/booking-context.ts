import { buildDateRows, type DateRow, type DateRowsInput } from '@/app/book/dates/date-rows';
import { getShownQuestion } from '@/app/questions/shown-questions';
import { listPlanDates } from '@/db/availability/plan-dates';
import { MAX_HELD_DATES, MAX_HELD_DATES_FOR_TWO } from '@/db/booking/holds';
import { findRebookingHoldByLink, type RebookingHold } from '@/db/booking/rebooking-holds';
import { filterServicesByHealthLimits } from '@/db/care/health-booking-limits';
import { browserWideHoldKey } from '@/db/claims/hold-names';
import { getPractice, type Practice } from '@/db/practice/practice';
import { type ActiveService, listServicesBookableOnline, mergeWidestServiceRules } from '@/db/practice/services';
import { listTherapists } from '@/db/practice/therapists';
import type { Question } from '@/questions/library';
import { isAllowedTherapist } from '@/scheduling/availability';
import { listRebookingHoldStarts, MAX_REBOOKING_HELD_DATES } from '@/scheduling/follow-ups';
import { toInstant, toWallTime } from '@/scheduling/zone-conversion';
import type { BookingChoice, BookingOptions } from './booking-choice';
import { makeShortNames } from './booking-wording';
import { getBrowserId, makePlanKey } from './browser-id-and-plan-key';
import { findHealthLimitsOfOwnPlans } from './own-plans-cookie';
import { parseBookingChoice } from './parse-booking-choice';
import type { QueryParams } from './query-params';
import { buildBesideQuery, getSecondPlan } from './side-by-side';

/** What every step of a booking needs. */
export interface BookingContext {
  practice: Practice;
  question: Question | null;
  offer: BookingOptions<ActiveService>;
  /** The therapists' names as they are shown, by id. */
  names: Record<string, string>;
  choice: BookingChoice;
  /** The key under which this browser holds and books this plan; null where it has no cookie or no plan yet. */
  planKey: string | null;
  /** The times that a link in an e-mail holds for its reader; null where none are held any more. */
  again: RebookingHold | null;
  /** How many of the first dates can be held for a reader. */
  heldDates: number;
  /** Whether choices are left out because of health answers in the plans that this browser came from. */
  isLimited: boolean;
  /** The only therapists who may then be booked; undefined where any may. */
  among: string[] | undefined;
  /** The id of this browser; null before its first plan. */
  browser: string | null;
  now: number;
}

export async function loadBookingContext(params: QueryParams, now: number): Promise<BookingContext> {
  const [general, all, team, limits] = await Promise.all([
    getPractice(),
    listServicesBookableOnline(),
    listTherapists(),
    findHealthLimitsOfOwnPlans(now),
  ]);
  const services = limits ? filterServicesByHealthLimits(all, limits) : all;
  // A new therapist whose massages are not set yet cannot be chosen.
  const therapists = team.filter(
    ({ id, services: offered }) => offered.length > 0 && isAllowedTherapist(limits?.trained?.therapistIds, id),
  );
  const slug = Array.isArray(params.from) ? params.from[0] : params.from;
  const question = typeof slug === 'string' ? await getShownQuestion(slug) : null;
  const offer = {
    services,
    therapists: therapists.map(({ id, name, about, portraitId }) => ({ id, name, about, portraitId })),
    question: question && {
      slug: question.slug,
      minutes: question.plan.minutes,
      cadence: question.plan.cadence,
      ladder: question.plan.massages,
    },
    maxSessions: general.maxSessions,
    today: toWallTime(general.timeZone, now).on,
    windowDays: mergeWidestServiceRules(general, services).windowDays,
  };
  const choice = parseBookingChoice(params, offer);
  const practice = mergeWidestServiceRules(
    general,
    services.filter(({ id }) => [...choice.ladder, ...getSecondPlan(choice).ladder].includes(id)),
  );
  const browser = await getBrowserId();
  const planKey = choice.key && browser ? makePlanKey(choice.key, browser) : null;
  const again = await findAgain(choice, general.timeZone, now);
  return {
    practice,
    question,
    offer,
    names: makeShortNames(therapists),
    choice,
    planKey,
    again,
    heldDates: again ? MAX_REBOOKING_HELD_DATES : choice.isForTwo ? MAX_HELD_DATES_FOR_TWO : MAX_HELD_DATES,
    isLimited: limits !== null,
    among: limits?.trained?.therapistIds,
    browser,
    now,
  };
}

async function findAgain(choice: BookingChoice, timeZone: string, now: number): Promise<RebookingHold | null> {
  const { again, standing, minutes, isForTwo } = choice;
  if (!again || !standing || isForTwo) return null;
  const starts = listRebookingHoldStarts(timeZone, standing, choice);
  const dates = starts.map((start) => ({ start, end: start + minutes * 60_000 }));
  return findRebookingHoldByLink(again, { therapistId: standing.therapistId, dates }, { now });
}

/** The current state of each date of the chosen standing time, or null where that time cannot be booked at all. */
export async function loadDateRows(booking: BookingContext): Promise<DateRow[] | null> {
  const { choice, now } = booking;
  if (!choice.standing) return null;
  const { on, time, therapistId, besideId } = choice.standing;
  const { timeZone } = booking.practice;
  const moves = Object.entries(choice.picks).flatMap(([position, pick]) =>
    pick.kind === 'move'
      ? [
          {
            position: Number(position),
            startsAt: toInstant(timeZone, pick.on, pick.time),
            therapistId: pick.therapistId,
            ...(pick.besideId !== undefined && { besideId: pick.besideId }),
          },
        ]
      : [],
  );
  const plan = await listPlanDates(
    {
      serviceIds: choice.ladder,
      minutes: choice.minutes,
      ...buildBesideQuery(choice),
      cadence: choice.cadence,
      from: on,
      firstOn: on,
      time,
      therapistId,
      ...(besideId !== undefined && { besideId }),
      moves,
      among: booking.among,
      ...getOwnHoldParam(booking),
    },
    now,
  );
  if (!plan.ok) return null;
  const troubles = plan.dates.flatMap(({ state, position, reason, reasonDetail, isOfOther, alternatives }) =>
    state === 'clash'
      ? [{ position, reason: reason ?? 'booked', detail: reasonDetail, isOfOther, alternatives } as const]
      : [],
  );
  const refused = plan.dates.filter(({ moveRefused }) => moveRefused).map(({ position }) => position);
  const hasBeside = buildBesideQuery(choice).beside !== undefined;
  return buildBookingDateRows(booking, {
    planned: plan.dates.map(({ besideServiceId, besideMinutes, ...date }) => {
      return hasBeside ? { ...date, besideServiceId, besideMinutes } : date;
    }),
    troubles,
    picks: choice.picks,
    refused: new Set(refused),
  });
}

/** Makes the times that this reader holds count as free for them. */
export function getOwnHoldParam({ browser, again }: BookingContext): { heldBy?: string } {
  const heldBy = again?.key ?? (browser ? browserWideHoldKey(browser) : null);
  return heldBy ? { heldBy } : {};
}

export function buildBookingDateRows(
  { choice, practice, names, offer }: BookingContext,
  found: Pick<DateRowsInput, 'planned' | 'troubles' | 'picks' | 'refused'>,
): DateRow[] {
  return buildDateRows({
    ...found,
    usual: choice.standing ?? undefined,
    apartMinutes: Math.max(...offer.services.map(({ setupMinutes, cleanupMinutes }) => setupMinutes + cleanupMinutes)),
    timeZone: practice.timeZone,
    locale: practice.locale,
    names,
    massages: Object.fromEntries(offer.services.map(({ id, name }) => [id, name])),
  });
}

/** The choice with only those repairs that are still valid. */
export function keepValidRepairs(choice: BookingChoice, rows: DateRow[]): BookingChoice {
  const holds = new Set(
    rows.filter(({ state }) => state === 'moved' || state === 'skipped').map((row) => row.position),
  );
  return {
    ...choice,
    picks: Object.fromEntries(Object.entries(choice.picks).filter(([position]) => holds.has(Number(position)))),
  };
}

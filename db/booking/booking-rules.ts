import type { Db } from '@/db/connection/connection';
import { sendTogether } from '@/db/connection/send-together';
import { lockOfferForBooking } from '@/db/practice/lock-offer';
import { getPractice, type Practice } from '@/db/practice/practice';
import { type ActiveService, listServices, listServicesOfBookedDates } from '@/db/practice/services';
import { getEffectiveHoursOfTherapists } from '@/db/practice/therapist-hours';
import { CLAIM_GRAIN_MS } from '@/scheduling/choose-resources';
import { addDays } from '@/scheduling/day';
import { type BookingRules, removeClientLimits } from '@/scheduling/plan-booking';
import { toWallTime } from '@/scheduling/zone-conversion';

/**
 * Gathers the rules that a request is checked against: what is offered now, and the working hours around its instants.
 * `extraMinutes` are kept free after each of the dates, on top of the clean-up, for this client.
 */
export async function gatherBookingRules(
  tx: Db,
  dates: { startsAt: number; therapistId: string }[],
  now: number,
  extraMinutes = 0,
): Promise<{ practice: Practice; services: ActiveService[]; rules: BookingRules }> {
  await lockOfferForBooking(tx);
  const [practice, offered] = await sendTogether([getPractice(tx), listServices(tx)]);
  return gatherRules(tx, { practice, offered }, { dates, now, extraMinutes });
}

/** The rules for new times of dates that are booked already: their massage may have been retired since. */
export async function gatherMoveRules(
  tx: Db,
  dates: { startsAt: number; therapistId: string }[],
  now: number,
): Promise<BookingRules> {
  await lockOfferForBooking(tx);
  const [practice, offered] = await sendTogether([getPractice(tx), listServicesOfBookedDates(tx)]);
  return (await gatherRules(tx, { practice, offered }, { dates, now, extraMinutes: 0 })).rules;
}

async function gatherRules(
  tx: Db,
  { practice, offered }: { practice: Practice; offered: ActiveService[] },
  {
    dates,
    now,
    extraMinutes,
  }: { dates: { startsAt: number; therapistId: string }[]; now: number; extraMinutes: number },
) {
  const services =
    extraMinutes === 0
      ? offered
      : offered.map((service) => ({ ...service, cleanupMinutes: service.cleanupMinutes + extraMinutes }));
  const offering = services.flatMap(({ therapists }) => therapists);
  const isRequested = (id: string) => dates.some(({ therapistId }) => therapistId === 'any' || therapistId === id);
  const therapistIds = [...new Set(offering)].filter(isRequested);
  const starts = dates.map(({ startsAt }) => startsAt);
  const dayOf = (instant: number) => toWallTime(practice.timeZone, instant).on;
  // Hours may cross midnight, so this reads a day more on both sides.
  const from = addDays(dayOf(Math.min(...starts)), -1);
  const to = addDays(dayOf(Math.max(...starts)), 3);
  const hours = await getEffectiveHoursOfTherapists(tx, therapistIds, from, to);
  const { timeZone, stepMinutes, noticeMinutes, windowDays, maxSessions } = practice;
  return {
    practice,
    services,
    rules: {
      timeZone,
      stepMinutes,
      noticeMinutes,
      windowDays,
      maxSessions,
      services: new Map(
        services.map((service) => [service.id, { ...service, isByPhone: service.booking === 'phone' }]),
      ),
      hours: hours.therapists,
      now,
    },
  };
}

/** Staff need no notice, and may begin at any five-minute cell; with `isAnyHour` also outside working hours. */
export function relaxRulesForStaff(rules: BookingRules, isAnyHour = false): BookingRules {
  return { ...removeClientLimits(rules), stepMinutes: CLAIM_GRAIN_MS / 60_000, isAnyHour };
}

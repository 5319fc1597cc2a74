import type { Staff } from '@/db/access/viewer';
import type { AppointmentFacts } from '@/db/appointments/appointment-facts';
import { listPossibleMoveTimes } from '@/db/availability/possible-move-times';
import { getPractice } from '@/db/practice/practice';
import { listServices } from '@/db/practice/services';
import { listTherapists } from '@/db/practice/therapists';
import { addDays, isDayWithinSupportedYears } from '@/scheduling/day';
import { formatMoney } from '@/scheduling/format-money';
import { getPricesByTherapist, getPriceWithTherapist } from '@/scheduling/plan-booking';
import { isTimeOfDay } from '@/scheduling/time-of-day';
import { toWallTime } from '@/scheduling/zone-conversion';
import type { MoveOptionsData } from './move-form';
import { parseMoveWarnings } from './move-warnings';

/** How many days after a full day are searched for a free time. */
const LOOK_AHEAD_DAYS = 28;

type Raw = Record<string, string | string[] | undefined>;

/**
 * Where an appointment could go: on the requested day, with the requested therapist and length, or else its present
 * ones.
 */
export async function loadMoveOptions(
  viewer: Staff,
  open: AppointmentFacts,
  raw: Raw,
  now: number,
): Promise<MoveOptionsData> {
  const [practice, services, everybody] = await Promise.all([getPractice(), listServices(), listTherapists()]);
  const today = toWallTime(open.timeZone, now).on;
  const planned = toWallTime(open.timeZone, open.startsAt).on;
  const requested = isDayWithinSupportedYears(raw.to) ? raw.to : planned;
  const on = requested < today ? today : requested;
  const therapists = everybody.filter(({ services }) => services.includes(open.service.id));
  const therapistId = therapists.find(({ id }) => id === raw.who)?.id ?? open.therapist.id;
  const service = services.find(({ id }) => id === open.service.id);
  const offered = service?.lengths ?? [];
  const minutes = offered.find((length) => String(length.minutes) === raw.for)?.minutes ?? open.minutes;
  const price = (length: number, priceCents: number) =>
    length === open.minutes
      ? open.priceCents
      : getPriceWithTherapist({ priceCents, ownPrices: getPricesByTherapist(service ?? {}, length) }, therapistId);
  const list = async (from: string, days: number) =>
    (await listPossibleMoveTimes(viewer, { uid: open.uid, from, days, therapistId, minutes }, now)) ?? [];
  const starts = await list(on, 1);
  const laterStarts = starts.length > 0 ? [] : await list(addDays(on, 1), LOOK_AHEAD_DAYS);
  return {
    on,
    today,
    therapistId,
    therapists: therapists.map(({ id, name }) => ({ id, name })),
    minutes,
    lengths: offered.map(({ minutes, priceCents }) => ({
      minutes,
      price: formatMoney(price(minutes, priceCents), open.currency, practice.locale),
    })),
    starts,
    nextFreeDay: laterStarts[0] === undefined ? null : toWallTime(open.timeZone, laterStarts[0]).on,
    at: isTimeOfDay(raw.at) ? raw.at : '',
    warnings: parseMoveWarnings(raw.warn),
    scope: raw.scope === 'following' || raw.scope === 'all' ? raw.scope : 'this',
    isAsked: raw.to !== undefined,
  };
}

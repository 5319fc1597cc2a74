import { randomUUID } from 'node:crypto';
import { type BookingContext, getOwnHoldParam } from '@/app/book/booking-context';
import { formatGiverNames } from '@/app/book/booking-wording';
import { getShownDays } from '@/app/book/get-shown-days';
import { encodeTherapistsParam, parseTherapistsParam } from '@/app/book/query-params';
import { buildBesideQuery } from '@/app/book/side-by-side';
import { listStandingTimes } from '@/db/availability/standing-times';
import { findSeriesByIdempotencyKey } from '@/db/booking/idempotency';
import { listPracticeHolidays } from '@/db/practice/practice';
import { filterByDayPart } from './day-parts';
import { buildTimeCellHrefBase } from './time-cell-labels';
import { buildTimesGrid, chooseInitialDay, listBestCells, type TimesGridDayData } from './times-grid';

/** The times that the step shows, and what is said of them. */
export type ShownTimes = Awaited<ReturnType<typeof loadTimes>>;

/** Finds the times of a choice in the days that are shown, and chooses what of them is shown first. */
export async function loadTimes(booking: BookingContext) {
  const { choice, practice, offer, names, now } = booking;
  const { cadence, minutes, therapistId } = choice;
  const window = getShownDays({ cadence, week: choice.week, today: offer.today, windowDays: practice.windowDays });
  const [found, holidays] = await Promise.all([
    listStandingTimes(
      {
        serviceIds: choice.ladder,
        minutes,
        cadence,
        from: window.from,
        among: booking.among,
        isForTwo: choice.isForTwo,
        ...buildBesideQuery(choice),
        ...(therapistId ? { therapistId } : {}),
        ...getOwnHoldParam(booking),
      },
      now,
    ),
    listPracticeHolidays(),
  ]);
  const offered = (found.ok ? found.standingTimes : []).map((standing) => {
    return { ...standing, therapistId: encodeTherapistsParam(standing) };
  });
  const grid = buildTimesGrid(offered, {
    from: window.from,
    until: window.until,
    notBefore: now + practice.noticeMinutes * 60_000,
    order: offer.therapists.map(({ id }) => id),
    everyStart: choice.everyStart,
  });
  const fitting = filterByDayPart(grid.days, choice.part);
  // Where no time fits the chosen part of the day, all times are shown.
  const part = hasCells(fitting) ? choice.part : 'all';
  const shownDays = part === 'all' ? grid.days : fitting;
  return {
    window,
    grid,
    part,
    fitting,
    shownDays,
    /** The day whose times are listed where a week does not fit. */
    day: chooseInitialDay(shownDays, [choice.day, choice.standing?.on]),
    best: listBestCells(grid.days, 1)[0],
    daysOff: holidays.map(({ on }) => on),
    names: namesOfGivers(offered, names),
    links: buildTimeCellHrefBase(
      (await isPlanBooked(booking)) ? { ...choice, key: null } : choice,
      randomUUID().slice(0, 8),
    ),
  };
}

async function isPlanBooked({ planKey }: BookingContext): Promise<boolean> {
  return planKey !== null && (await findSeriesByIdempotencyKey(planKey)) !== null;
}

/** The names of all who give one of these times; two who give it together are named together. */
function namesOfGivers(offered: { therapistId: string }[], names: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    offered.map(({ therapistId: id }) => [id, formatGiverNames(parseTherapistsParam(id), names)]),
  );
}

function hasCells(days: TimesGridDayData[]): boolean {
  return days.some(({ cells }) => cells.length > 0);
}

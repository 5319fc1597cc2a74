import { reader } from '@/db/connection/database-client';
import { type Invalid, type Issue, invalid } from '@/db/results';
import { freeStarts } from '@/scheduling/availability';
import { addDays } from '@/scheduling/day';
import { filterStartsWithRoom } from '@/scheduling/room-availability';
import { getDayInterval } from '@/scheduling/zone-conversion';
import { gatherAvailabilityContext, getFirstDayBeyondWindow, toDurationAndBuffers } from './availability-context';
import { checkFirstDay } from './check-first-day';
import { checkRequestedServices } from './requested-services';
import { getCachedSpansWithoutRoom } from './spans-without-room';
import { makeStartChecker } from './start-checker';

export interface BookableStartsQuery {
  serviceId: string;
  minutes: number;
  /** Local day. */
  from: string;
  /** 1 to 31. */
  days: number;
  therapistId?: string;
  /** Staff may book massages that clients may not, and with less notice. */
  isForStaff?: boolean;
}

interface Opening {
  startsAt: number;
  therapists: string[];
}

export type BookableStarts = { ok: true; timeZone: string; openings: Opening[] };

const MOST_DAYS = 31;

/**
 * Every start that a client may choose in the requested days, earliest first, with the therapists who are free then.
 */
export async function listBookableStarts(query: BookableStartsQuery, now: number): Promise<BookableStarts | Invalid> {
  const { minutes, from, days, therapistId, isForStaff = false } = query;
  const db = await reader();
  const offer = await checkRequestedServices(db, { serviceIds: [query.serviceId], minutes, therapistId, isForStaff });
  const issues: Issue[] = offer.ok ? checkFirstDay(offer.practice, from, now) : renamed(offer);
  if (!Number.isSafeInteger(days) || days < 1 || days > MOST_DAYS) {
    issues.push({ path: ['days'], message: `Ask for 1 to ${MOST_DAYS} days.` });
  }
  if (!offer.ok || issues.length > 0) return invalid(issues);

  const { practice, services } = offer;
  const { timeZone, stepMinutes } = practice;
  const service = services[0]!;
  const afterWindow = getFirstDayBeyondWindow(practice, now);
  const to = addDays(from, days) < afterWindow ? addDays(from, days) : afterWindow;
  const therapistIds = therapistId === undefined ? offer.therapistIds : [therapistId];
  const free = await gatherAvailabilityContext(db, {
    practice,
    therapistIds,
    roomIds: service.rooms,
    from,
    to,
    now,
    isForStaff,
  });
  const mayStart = makeStartChecker(free, service, minutes);
  const fit = { stepMinutes, ...toDurationAndBuffers(service, minutes) };
  const span = { from: getDayInterval(timeZone, from).start, to: getDayInterval(timeZone, to).start };
  const shut = getCachedSpansWithoutRoom(free, { service, minutes });
  const found = new Map<number, string[]>();
  for (const id of therapistIds) {
    const therapist = free.therapists.get(id)!;
    const query = { timeZone, ...therapist, ...fit, ...span, now, minNoticeMinutes: practice.noticeMinutes };
    for (const start of filterStartsWithRoom(freeStarts(query), shut)) {
      if (mayStart && !mayStart(start, id)) continue;
      const others = found.get(start);
      if (others) others.push(id);
      else found.set(start, [id]);
    }
  }
  const openings = [...found].sort(([a], [b]) => a - b).map(([startsAt, therapists]) => ({ startsAt, therapists }));
  return { ok: true, timeZone, openings };
}

/** This query has one massage, so its field is not an entry of a list. */
function renamed({ issues }: Invalid): Issue[] {
  return issues.map((issue) => (issue.path[0] === 'serviceIds' ? { ...issue, path: ['serviceId'] } : issue));
}

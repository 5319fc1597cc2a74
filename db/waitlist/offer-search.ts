import { and, eq, gt, inArray, isNull, lt } from 'drizzle-orm';
import {
  type AvailabilityContext,
  gatherAvailabilityContext,
  getBusyTimesOfSuitableRooms,
  getFirstDayBeyondWindow,
  listRoomIdsOfServices,
  toDurationAndBuffers,
} from '@/db/availability/availability-context';
import { makeStartChecker } from '@/db/availability/start-checker';
import type { FreedTime } from '@/db/claims/freed-times';
import type { Db } from '@/db/connection/connection';
import type { Practice } from '@/db/practice/practice';
import { type ActiveService, listServices } from '@/db/practice/services';
import { DAY_MS } from '@/db/retention';
import { appointments, waitlistEntries, waitlistOffers } from '@/db/schema';
import { listFreeStartsInRooms } from '@/scheduling/availability';
import { daysBetweenSessions } from '@/scheduling/cadence';
import { computePaddedInterval } from '@/scheduling/choose-resources';
import { addDays } from '@/scheduling/day';
import { type Interval, intervalsOverlap } from '@/scheduling/interval-arithmetic';
import { listPossibleOffers, type PossibleOffer, type TherapistFreeStarts } from '@/scheduling/waitlist-matching';
import { getDayInterval, toWallTime } from '@/scheduling/zone-conversion';
import type { WaitlistEntry } from './confirm-and-end-entries';
import { canJoinWaitlistFor } from './join-request-issues';

// Searches dates that could be offered to clients on the list: free time around what was freed, as offers of one or
// several dates.

const MINUTE = 60_000;
/** The same time is held at most this often for a client whose e-mail is not sent; then it is the others' turn. */
export const MAX_UNSENT_OFFERS_PER_TIME = 3;

interface OfferSearch {
  offersFor(entry: WaitlistEntry): PossibleOffer[];
  /**
   * Whether this offer may not be made to the client again. Nobody is offered a time again that they did not take, nor one within a
   * quarter of an hour of it. Offers whose e-mail was not sent are repeated, but not without end.
   */
  wasRefused(entry: WaitlistEntry, offer: PossibleOffer): boolean;
  /**
   * Whether the offer overlaps the client's own appointments: nobody can have two massages at once. The date to be
   * swapped does not count.
   */
  overlapsOwnDates(entry: WaitlistEntry, offer: PossibleOffer): boolean;
}

export async function createOfferSearch(
  db: Db,
  practice: Practice,
  freedTimes: FreedTime[],
  waiting: { entry: WaitlistEntry }[],
  now: number,
): Promise<OfferSearch> {
  const { timeZone } = practice;
  const [services, answeredOffers] = await Promise.all([listServices(db), listAnswered(db)]);
  const freed = withOthers(freedTimes, services);
  // A standing time may have dates before and after the freed time.
  const reach = Math.max(...waiting.map(({ entry }) => (entry.sessions - 1) * daysBetweenSessions(entry.cadence)));
  const dayOf = (instant: number) => toWallTime(timeZone, instant).on;
  const today = dayOf(now);
  const first = addDays(dayOf(Math.min(...freed.map(({ start }) => start))), -reach - 1);
  const from = first > today ? first : today;
  const last = addDays(dayOf(Math.max(...freed.map(({ end }) => end))), reach + 1);
  const closed = getFirstDayBeyondWindow(practice, now);
  const to = last < closed ? last : closed;
  const therapistIds = [...new Set(freed.map(({ therapistId }) => therapistId))];
  const offering = new Set(services.flatMap(({ therapists }) => therapists));
  const within = { start: getDayInterval(timeZone, from).start, end: getDayInterval(timeZone, to).start };
  const [free, own] = await Promise.all([
    gatherAvailabilityContext(db, {
      practice,
      therapistIds: therapistIds.filter((id) => offering.has(id)),
      roomIds: listRoomIdsOfServices(services),
      from,
      to,
      now,
    }),
    listOwn(db, within),
  ]);
  const starts = new Map<string, TherapistFreeStarts[]>();
  const offers = new Map<string, PossibleOffer[]>();
  return {
    offersFor({ serviceId, minutes, cadence, sessions }) {
      const service = services.find(({ id }) => id === serviceId);
      if (!service || !canJoinWaitlistFor(service) || service.lengths.every((length) => length.minutes !== minutes))
        return [];
      const key = `${serviceId} ${minutes}`;
      const found = starts.get(key) ?? freeStarts(free, service, minutes, freed, within);
      starts.set(key, found);
      const offerKey = `${key} ${cadence} ${sessions}`;
      const listed =
        offers.get(offerKey) ?? found.flatMap((ofOne) => listPossibleOffers(ofOne, { cadence, sessions, timeZone }));
      offers.set(offerKey, listed);
      return listed;
    },
    wasRefused({ id, minutes }, offer) {
      const ownAnswers = answeredOffers.filter(
        ({ entryId, therapistId }) => entryId === id && therapistId === offer.therapistId,
      );
      const unanswered = ownAnswers.filter(
        ({ answer, firstStartAt, createdAt }) =>
          answer === 'unsent' && firstStartAt === offer.starts[0] && createdAt > now - DAY_MS,
      );
      if (unanswered.length >= MAX_UNSENT_OFFERS_PER_TIME) return true;
      return ownAnswers.some((earlier) => {
        if (earlier.answer === 'unsent') return false;
        const refused = earlier.dates.map(({ startsAt: start }) => ({ start, end: start + earlier.minutes * MINUTE }));
        return offer.starts.every((start) =>
          refused.some((date) => intervalsOverlap(date, { start, end: start + minutes * MINUTE })),
        );
      });
    },
    overlapsOwnDates({ clientId, minutes, swapAppointmentId }, offer) {
      const ownDates = (own.get(clientId!) ?? []).filter(({ id }) => id !== swapAppointmentId);
      return ownDates.some((date) =>
        offer.starts.some((start) => intervalsOverlap(date, { start, end: start + minutes * MINUTE })),
      );
    },
  };
}

/** Where there are fewer rooms than therapists, time freed by one therapist may free a room for another. */
function withOthers(freed: FreedTime[], services: ActiveService[]): FreedTime[] {
  const rooms = new Set(services.flatMap((service) => service.rooms));
  const everybody = new Set(services.flatMap((service) => service.therapists));
  if (rooms.size >= everybody.size) return freed;
  return freed.flatMap((time) => [...everybody].map((therapistId) => ({ ...time, therapistId })));
}

/** Ended offers that were not accepted, for entries that still wait. */
function listAnswered(db: Db) {
  return db
    .select({
      entryId: waitlistOffers.entryId,
      therapistId: waitlistOffers.therapistId,
      answer: waitlistOffers.answer,
      firstStartAt: waitlistOffers.firstStartAt,
      createdAt: waitlistOffers.createdAt,
      dates: waitlistOffers.dates,
      minutes: waitlistOffers.minutes,
    })
    .from(waitlistOffers)
    .innerJoin(waitlistEntries, eq(waitlistEntries.id, waitlistOffers.entryId))
    .where(
      and(
        isNull(waitlistEntries.endedAt),
        inArray(waitlistOffers.answer, ['declined', 'expired', 'lost', 'taken_back', 'unsent']),
      ),
    );
}

/** The appointments of clients on the list, by client. */
async function listOwn(db: Db, within: Interval): Promise<Map<string, ({ id: string } & Interval)[]>> {
  const waits = db
    .select({ id: waitlistEntries.clientId })
    .from(waitlistEntries)
    .where(isNull(waitlistEntries.endedAt));
  const found = await db
    .select({
      id: appointments.id,
      clientId: appointments.clientId,
      start: appointments.startAt,
      end: appointments.endAt,
    })
    .from(appointments)
    .where(
      and(
        eq(appointments.status, 'booked'),
        gt(appointments.endAt, within.start),
        lt(appointments.startAt, within.end),
        inArray(appointments.clientId, waits),
      ),
    );
  const own = new Map<string, ({ id: string } & Interval)[]>();
  for (const { clientId, ...interval } of found) own.set(clientId, [...(own.get(clientId) ?? []), interval]);
  return own;
}

function freeStarts(
  free: AvailabilityContext,
  service: ActiveService,
  minutes: number,
  freed: FreedTime[],
  within: Interval,
): TherapistFreeStarts[] {
  const { practice, now } = free;
  const { timeZone, stepMinutes } = practice;
  const mayStart = makeStartChecker(free, service, minutes);
  const rooms = getBusyTimesOfSuitableRooms(free, [service]);
  return service.therapists.flatMap((id): TherapistFreeStarts[] => {
    const therapist = free.therapists.get(id);
    const spans = freed.filter(({ therapistId }) => therapistId === id);
    if (!therapist || spans.length === 0 || within.start >= within.end) return [];
    const found = listFreeStartsInRooms({
      ...{ timeZone, stepMinutes, now, rooms, minNoticeMinutes: service.noticeMinutes ?? practice.noticeMinutes },
      ...toDurationAndBuffers(service, minutes),
      ...{ weeklyHours: therapist.weeklyHours, overrides: therapist.overrides, busy: therapist.busy },
      ...{ from: within.start, to: within.end },
    });
    const starts = mayStart ? found.filter((start) => mayStart(start, id)) : found;
    const needsFreed = (start: number) => {
      const padded = computePaddedInterval(start, { ...service, minutes });
      return spans.some((span) => intervalsOverlap(span, padded));
    };
    return [
      {
        therapistId: id,
        all: new Set(starts),
        freed: starts.filter(needsFreed).map((start) => ({ start, ...toWallTime(timeZone, start) })),
      },
    ];
  });
}

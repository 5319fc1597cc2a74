import {
  aliasedTable,
  and,
  count,
  eq,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  ne,
  notExists,
  notInArray,
  or,
} from 'drizzle-orm';
import { LONGEST_APPOINTMENT_MS } from '@/db/appointments/longest-appointment-ms';
import { findWholeSeries } from '@/db/booking/add-dates';
import { findBookableSkippedDate, getSkippedDateToBook } from '@/db/booking/bookable-skipped-dates';
import type { FreedTime } from '@/db/claims/freed-times';
import type { Db } from '@/db/connection/connection';
import { getPractice, type Practice } from '@/db/practice/practice';
import { listServices } from '@/db/practice/services';
import { DAY_MS } from '@/db/retention';
import { appointments, bouncedAddresses, clients, series, skips, waitlistEntries, waitlistOffers } from '@/db/schema';
import { addDays } from '@/scheduling/day';
import { intervalsOverlap } from '@/scheduling/interval-arithmetic';
import {
  chooseOffer,
  compareWaitlistPriority,
  type PossibleOffer,
  type WaitlistRequest,
} from '@/scheduling/waitlist-matching';
import { getDayInterval, toWallTime } from '@/scheduling/zone-conversion';
import { type WaitlistEntry, waitingEntryCondition } from './confirm-and-end-entries';
import { continueOnError } from './continue-on-error';
import { mayMoveSooner } from './may-move-sooner';
import { getOfferDeadline } from './offer-deadline';
import { createOfferSearch, MAX_UNSENT_OFFERS_PER_TIME } from './offer-search';

// Who is offered freed time next, and which dates. This only reads: `makeOffer` checks again and claims the time.

/** A possible offer: its dates, and the entry or the skipped date it is for. */
export type OfferCandidate = { therapistId: string; starts: number[] } & (
  | { kind: 'entry'; entryId: string }
  | { kind: 'skip'; seriesId: string; position: number }
);

const MINUTE = 60_000;

export const formatCandidateKey = (found: OfferCandidate) =>
  `${found.kind === 'entry' ? found.entryId : `${found.seriesId} ${found.position}`} ${found.therapistId} ${found.starts[0]}`;

/** The first client on the list for some of this time, with the dates they could have; null where there is none. */
export async function findNextOfferCandidate(
  db: Db,
  freed: FreedTime[],
  { now, avoid }: { now: number; avoid: ReadonlySet<string> },
): Promise<OfferCandidate | null> {
  const ahead = freed
    .map((time) => ({ ...time, start: Math.max(time.start, now) }))
    .filter(({ start, end }) => end > start);
  if (ahead.length === 0) return null;
  return (await findSkip(db, ahead, { now, avoid })) ?? (await findEntry(db, ahead, { now, avoid }));
}

/** All that one entry could be offered now, of all free time, the earliest first. */
export async function listPossibleOffersOfEntryUnchecked(
  db: Db,
  entryId: string,
  now: number,
): Promise<PossibleOffer[]> {
  const practice = await getPractice(db);
  const waiting = (await listWaiting(db, practice, now)).find(({ entry }) => entry.id === entryId);
  if (!waiting) return [];
  const { entry, request } = waiting;
  const service = (await listServices(db)).find(({ id }) => id === entry.serviceId);
  const therapistIds = entry.therapistId === null ? (service?.therapists ?? []) : [entry.therapistId];
  const { start } = getDayInterval(practice.timeZone, request.fromOn);
  const { end } = getDayInterval(practice.timeZone, addDays(request.untilOn, 1));
  const wholeSpan = therapistIds.map((therapistId) => ({ therapistId, start: Math.max(start, now), end }));
  const search = await createOfferSearch(db, practice, wholeSpan, [waiting], now);
  const noticeMinutes = service?.noticeMinutes ?? null;
  const leavesTimeToAnswer = ({ starts }: PossibleOffer) =>
    getOfferDeadline(practice, { now, firstStart: starts[0]!, noticeMinutes, swaps: request.soonerThan }) !== null;
  return search
    .offersFor(entry)
    .filter((offer) => leavesTimeToAnswer(offer) && chooseOffer(request, [offer], () => false) !== null)
    .sort((a, b) => a.starts[0]! - b.starts[0]!);
}

/** A skipped date whose place in its plan is free again: its client comes before all others. */
async function findSkip(
  db: Db,
  freed: FreedTime[],
  { now, avoid }: { now: number; avoid: ReadonlySet<string> },
): Promise<OfferCandidate | null> {
  const offered = db
    .select({ id: waitlistOffers.id })
    .from(waitlistOffers)
    .where(
      and(
        eq(waitlistOffers.skipSeriesId, skips.seriesId),
        eq(waitlistOffers.skipPosition, skips.position),
        // A client who did not take this date is not offered it again. After a withdrawn offer they are, but not on the
        // same day.
        ne(waitlistOffers.answer, 'unsent'),
        or(ne(waitlistOffers.answer, 'withdrawn'), gt(waitlistOffers.createdAt, now - DAY_MS)),
      ),
    );
  const unnotified = db
    .select({ position: waitlistOffers.skipPosition })
    .from(waitlistOffers)
    .where(
      and(
        eq(waitlistOffers.skipSeriesId, skips.seriesId),
        eq(waitlistOffers.skipPosition, skips.position),
        eq(waitlistOffers.answer, 'unsent'),
        gt(waitlistOffers.createdAt, now - DAY_MS),
      ),
    )
    .groupBy(waitlistOffers.skipPosition)
    .having(gte(count(), MAX_UNSENT_OFFERS_PER_TIME));
  const open = db
    .select({ id: waitlistOffers.id })
    .from(waitlistOffers)
    .where(and(eq(waitlistOffers.skipSeriesId, skips.seriesId), isNull(waitlistOffers.answeredAt)));
  const candidates = await db
    .select({
      seriesId: skips.seriesId,
      position: skips.position,
      start: skips.nominalStartAt,
      therapistId: series.therapistId,
    })
    .from(skips)
    .innerJoin(series, eq(series.id, skips.seriesId))
    .innerJoin(clients, eq(clients.id, series.clientId))
    .where(
      and(
        ne(clients.email, ''),
        notExists(bouncedOf(db)),
        eq(clients.booking, 'online'),
        inArray(series.therapistId, [...new Set(freed.map(({ therapistId }) => therapistId))]),
        gt(skips.nominalStartAt, Math.max(now, Math.min(...freed.map(({ start }) => start)) - LONGEST_APPOINTMENT_MS)),
        lt(skips.nominalStartAt, Math.max(...freed.map(({ end }) => end))),
        notExists(offered),
        notExists(unnotified),
        notExists(open),
      ),
    )
    .orderBy(skips.createdAt, skips.seriesId, skips.position);
  for (const { seriesId, position, start, therapistId } of candidates) {
    const found: OfferCandidate = { kind: 'skip', seriesId, position, therapistId, starts: [start] };
    if (avoid.has(formatCandidateKey(found))) continue;
    const canOffer = await continueOnError(`whether to offer ${position} of ${seriesId}`, async () => {
      const foundSeries = await findWholeSeries(db, { role: 'link', seriesId }, seriesId);
      const like = foundSeries && getSkippedDateToBook(foundSeries, position)?.like;
      if (!like) return false;
      const isFreed = freed.some(
        (time) =>
          time.therapistId === therapistId && intervalsOverlap(time, { start, end: start + like.minutes * MINUTE }),
      );
      // A client who has cancelled the whole plan does not want a single date of it.
      const goesOn = foundSeries.rows.some(({ status, startAt }) => status === 'booked' && startAt > now);
      return (
        isFreed && goesOn && (await findBookableSkippedDate({ role: 'link', seriesId }, seriesId, position, { now }))
      );
    });
    if (canOffer) return found;
  }
  return null;
}

async function findEntry(
  db: Db,
  freed: FreedTime[],
  { now, avoid }: { now: number; avoid: ReadonlySet<string> },
): Promise<OfferCandidate | null> {
  const practice = await getPractice(db);
  const waiting = (await listWaiting(db, practice, now)).filter(({ isReached }) => isReached);
  if (waiting.length === 0) return null;
  const search = await createOfferSearch(db, practice, freed, waiting, now);
  waiting.sort((a, b) => compareWaitlistPriority(a.request, b.request));
  for (const { entry, request } of waiting) {
    if (avoid.has(entry.id)) continue;
    const isRefused = (offer: PossibleOffer) => {
      const key = formatCandidateKey({ kind: 'entry', entryId: entry.id, ...offer });
      return avoid.has(key) || search.wasRefused(entry, offer) || search.overlapsOwnDates(entry, offer);
    };
    const offer = await continueOnError(`what to offer for ${entry.id}`, () =>
      chooseOffer(request, search.offersFor(entry), isRefused),
    );
    if (offer) return { kind: 'entry', entryId: entry.id, therapistId: offer.therapistId, starts: offer.starts };
  }
  return null;
}

interface WaitingEntry {
  entry: WaitlistEntry;
  request: WaitlistRequest;
  /** Whether e-mail reaches the client, as far as is known. */
  isReached: boolean;
}

/** An entry gets at most this many offers in a day: a client who answers none has peace until the next day. */
const MOST_OFFERS_A_DAY = 3;

/** The client's address, if it is marked as undeliverable. */
function bouncedOf(db: Db) {
  return db
    .select({ email: bouncedAddresses.email })
    .from(bouncedAddresses)
    .where(eq(bouncedAddresses.email, clients.email));
}

/** Entries that can be offered something: confirmed, still waiting, and of a client without an open offer. */
async function listWaiting(db: Db, practice: Practice, now: number): Promise<WaitingEntry[]> {
  const others = aliasedTable(waitlistEntries, 'others');
  const open = db
    .select({ id: waitlistOffers.id })
    .from(waitlistOffers)
    .innerJoin(others, eq(others.id, waitlistOffers.entryId))
    .where(and(eq(others.clientId, waitlistEntries.clientId), isNull(waitlistOffers.answeredAt)));
  const tired = db
    .select({ id: waitlistOffers.entryId })
    .from(waitlistOffers)
    .where(
      and(
        isNotNull(waitlistOffers.entryId),
        gt(waitlistOffers.createdAt, now - DAY_MS),
        // Clients were not told of unsent offers, so these do not count.
        or(isNull(waitlistOffers.answer), ne(waitlistOffers.answer, 'unsent')),
      ),
    )
    .groupBy(waitlistOffers.entryId)
    .having(gte(count(), MOST_OFFERS_A_DAY));
  const waiting = db
    .select({ entry: waitlistEntries, email: clients.email, bounced: bouncedAddresses.email })
    .from(waitlistEntries)
    .innerJoin(clients, eq(clients.id, waitlistEntries.clientId))
    .leftJoin(bouncedAddresses, eq(bouncedAddresses.email, clients.email))
    .where(
      and(
        waitingEntryCondition(toWallTime(practice.timeZone, now).on),
        isNotNull(waitlistEntries.confirmedAt),
        eq(clients.booking, 'online'),
        notExists(open),
        notInArray(waitlistEntries.id, tired),
      ),
    );
  const [found, held] = await Promise.all([waiting, listDatesToSwap(db)]);
  return found.flatMap(({ entry, email, bounced }) => {
    const isSwap = entry.swapAppointmentId !== null;
    const date = isSwap ? held.get(entry.swapAppointmentId!) : undefined;
    // A date that can no longer be moved cannot be swapped either.
    if (isSwap && !(date && mayMoveSooner(date, practice, now))) return [];
    const soonerThan = date?.startAt ?? null;
    return [{ entry, request: { ...entry, soonerThan, isSkip: false }, isReached: email !== '' && bounced === null }];
  });
}

/**
 * The dates that clients would leave for a sooner one, by id. A query of its own, because joined to the entries it
 * makes PostgreSQL read every appointment.
 */
async function listDatesToSwap(db: Db) {
  const offered = db
    .select({ id: waitlistEntries.swapAppointmentId })
    .from(waitlistEntries)
    .where(and(isNull(waitlistEntries.endedAt), isNotNull(waitlistEntries.swapAppointmentId)));
  const { id, status, startAt, movesByClient: moves } = appointments;
  const found = await db.select({ id, status, startAt, moves }).from(appointments).where(inArray(id, offered));
  return new Map(found.map(({ id, ...date }) => [id, date]));
}

import { randomUUID } from 'node:crypto';
import { hashIp } from '@/db/access/hash-ip';
import { deriveManageToken, getManageToken } from '@/db/access/manage-tokens';
import { isStaff, type Viewer } from '@/db/access/viewer';
import type { TimesTakenRefusal } from '@/db/availability/find-conflict-alternatives';
import { claimCells, toAppointmentClaims } from '@/db/claims/claims';
import type { Db, RollBack } from '@/db/connection/connection';
import { transact } from '@/db/connection/database-client';
import { sendTogether } from '@/db/connection/send-together';
import { lockOfferAndGetVersion, lockOfferForBooking } from '@/db/practice/lock-offer';
import type { Clock, Refusal } from '@/db/results';
import { type Invalid, invalid } from '@/db/results';
import type { StoredBookingAnswer } from '@/db/schema';
import type { RefusedDate } from '@/scheduling/choose-resources';
import type { PlannedDate } from '@/scheduling/plan-booking';
import type { ListSuitedTherapists } from './allowed-therapists';
import type { SeriesRequest, StaffSeriesRequest } from './booking-request-schemas';
import { cacheRefusalUntilNextWrite } from './cached-refusal';
import { checkBookingRequest } from './check-booking-request';
import { type BookingTry, beginBookingTry } from './choices-under-way';
import { chooseTherapistsAndRooms } from './choose-resources';
import { findBookingConflictAlternatives } from './find-booking-conflict-alternatives';
import { gatherBookingFacts } from './gather-booking-facts';
import { releaseHold } from './holds';
import { claimIdempotencyKey, hashRequestBody, storeIdempotentAnswer } from './idempotency';
import { findClientIssue, findWhoMustAgree } from './may-book';
import { findPendingRequestByIdempotencyKey, type PendingBookingResult, storePendingRequest } from './pending-requests';
import { endRebookingHoldsOfClients } from './rebooking-holds';
import { gatherRequestedPeople, listMatchingClientIds } from './requested-client';
import { bookInTurn, type TurnEnd } from './same-dates-in-turn';
import {
  findUnacknowledgedBookingWarnings,
  type UnacknowledgedBookingWarnings,
} from './unacknowledged-booking-warnings';
import { areUnconfirmedCapsOn, exceedsUnconfirmedCaps, lockForCapCount } from './unconfirmed-caps';
import {
  type BookedPerson,
  buildRowsOfPeople,
  insertSeriesOfPeople,
  notifyOfBooking,
  recordBooking,
  toStoredAnswer,
} from './write-booking';

export type BookSeriesResult =
  | ({ ok: true; replayed: boolean } & BookedSeries)
  | Invalid
  | TimesTakenRefusal
  | PendingBookingResult
  | Refusal<'idempotency_mismatch'>
  | Refusal<'too_many'>;

export interface BookSeriesOptions extends Clock {
  /** The key of a plan: times held under it may be booked by this request. */
  heldBy?: string | undefined;
  /** The network address that the request came from, as app/client-ip.ts counts it. Without one no cap is counted. */
  sender?: string | undefined;
  /** Instead of `sender`, for a request that its client or the practice has confirmed. The series gets its id. */
  confirmed?: { id: string; sender: string } | undefined;
  /** The page of the plan, to return to when a date has been taken before the request is confirmed. */
  page?: string | undefined;
  /** Staff were warned that the time is outside working hours, and book it anyway. Taken time stays taken. */
  isAnyHour?: boolean | undefined;
  /**
   * For staff who want to be warned: the warnings that they have acknowledged. These are dates beyond a therapist’s
   * caps, by `formatDateOverWorkloadCapsKey`, and therapists of whom somebody has to be asked first, by
   * `buildAskFirstWarningKey`. A booking with any other warning is refused. Without this option there are no warnings.
   */
  acknowledged?: readonly string[] | undefined;
  /** For staff who want to be warned: lists the therapists who suit what the client said about their health. */
  listSuited?: ListSuitedTherapists | undefined;
}

/** The series, and that of a second person at the same time: each with the token of its own link. */
interface BookedSeries extends StoredBookingAnswer {
  seriesId: string;
  manageToken: string;
  beside?: NonNullable<StoredBookingAnswer['beside']> & { manageToken: string };
}

/** Why the dates could not be booked. `raced`: free when read, taken before the write, so that a retry may find others. */
type BookingConflict = {
  ok: false;
  reason: 'refused' | 'raced';
  refused: RefusedDate[];
  dates: PlannedDate[];
  /** Minutes kept free after each date for this client. */
  extraMinutes: number;
  /** Whether the answer is the same for anybody who books for themselves. */
  isForAnybody: boolean;
  /** A version that the refusal is at least as new as, where the engine gives one. */
  version: number | string | undefined;
};
type Booked = { ok: true; replayed: boolean; seriesId: string } & StoredBookingAnswer;
type Outcome =
  | Booked
  | Invalid
  | BookingConflict
  | PendingBookingResult
  | NeedsConfirmation
  | UnacknowledgedBookingWarnings
  | Refusal<'idempotency_mismatch'>;
type NeedsConfirmation = { ok: false; reason: 'must_wait'; waitsFor: 'confirm' | 'approve' };

// Each retry means that another booking won the race; after the last one the answer is `taken`.
const MOST_ATTEMPTS = 40;

/**
 * Books the whole series, or nothing of it. What its client has to confirm or the practice to approve first (`may-book`,
 * and an unconfirmed address beyond the caps) is stored as a pending request instead.
 */
export async function bookSeries(
  viewer: Viewer,
  request: SeriesRequest | StaffSeriesRequest,
  booking: BookSeriesOptions & { acknowledged?: undefined },
): Promise<BookSeriesResult>;
export async function bookSeries(
  viewer: Viewer,
  request: SeriesRequest | StaffSeriesRequest,
  booking: BookSeriesOptions,
): Promise<BookSeriesResult | UnacknowledgedBookingWarnings>;
export async function bookSeries(
  viewer: Viewer,
  request: SeriesRequest | StaffSeriesRequest,
  booking: BookSeriesOptions,
): Promise<BookSeriesResult | UnacknowledgedBookingWarnings> {
  const checked = await checkBookingRequest(viewer, request);
  if (!checked.ok) return checked;
  const parsedRequest = checked.request;
  const book = async (now: number) => tryToBook(viewer, parsedRequest, { ...booking, now });
  const isByClient = !isStaff(viewer) && !booking.heldBy && !booking.confirmed;
  if (isByClient) return bookInTurn(parsedRequest as SeriesRequest, booking.now, book);
  return (await book(booking.now)).result;
}

async function tryToBook(
  viewer: Viewer,
  request: SeriesRequest | StaffSeriesRequest,
  booking: BookSeriesOptions,
): Promise<{ result: BookSeriesResult | UnacknowledgedBookingWarnings; end: TurnEnd }> {
  const { now } = booking;
  for (let tries = 1; ; tries++) {
    const isRetry = tries > 1;
    const bookingTry = await beginBookingTry();
    const work = async (tx: Db, undo: RollBack) => {
      const version = await lockOfferAndGetVersion(tx);
      return book(tx, undo, viewer, request, booking, { isRetry, bookingTry, version });
    };
    const outcome = await transact<Outcome>(work, { leavesOffer: true }).finally(bookingTry.end);
    if (outcome.ok) return { result: await withManageTokens(outcome), end: 'booked' };
    if (outcome.reason === 'must_wait')
      return { result: await storePendingRequest(request as SeriesRequest, outcome.waitsFor, booking), end: 'other' };
    if (!('refused' in outcome)) return { result: outcome, end: 'other' };
    if (outcome.reason === 'raced' && tries < MOST_ATTEMPTS) continue;
    const refusal = await findBookingConflictAlternatives(request, outcome, now);
    if (!outcome.isForAnybody) return { result: refusal, end: 'other' };
    await cacheRefusalUntilNextWrite(request as SeriesRequest, refusal, { version: outcome.version, now });
    return { result: refusal, end: { refusal } };
  }
}

async function withManageTokens({ seriesId, replayed, beside, ...rest }: Booked): Promise<BookSeriesResult> {
  const tokenOf = (id: string) => (replayed ? getManageToken(id) : deriveManageToken(id));
  return {
    ...rest,
    ...{ replayed, seriesId, manageToken: await tokenOf(seriesId) },
    ...(beside && { beside: { ...beside, manageToken: await tokenOf(beside.seriesId) } }),
  };
}

/** As `bookSeries`, for a client whose identity is confirmed, inside a transaction that does more. */
export async function bookSeriesInTransaction(
  tx: Db,
  undo: RollBack,
  request: SeriesRequest | StaffSeriesRequest,
  booking: BookSeriesOptions & Required<Pick<BookSeriesOptions, 'confirmed'>>,
): Promise<boolean> {
  return (await book(tx, undo, { role: 'reader' }, request, booking)).ok;
}

interface Try {
  isRetry: boolean;
  bookingTry?: BookingTry;
  /** As `lockOfferAndGetVersion` gives it. */
  version?: number | string | undefined;
}

async function book(
  tx: Db,
  undo: RollBack,
  viewer: Viewer,
  request: SeriesRequest | StaffSeriesRequest,
  { now, heldBy, sender: address, confirmed, isAnyHour, acknowledged, listSuited }: BookSeriesOptions,
  { isRetry, bookingTry, version }: Try = { isRetry: false },
): Promise<Outcome> {
  await lockOfferForBooking(tx);
  const seriesId = confirmed?.id ?? randomUUID();
  const unproven = address === undefined ? null : hashIp(address);
  const repeated = await claimKey(tx, undo, request, { seriesId, mayWait: unproven !== null, now });
  if (repeated) return repeated;

  const isCapped = unproven !== null && areUnconfirmedCapsOn(viewer);
  if (isCapped) await lockForCapCount(tx);
  if (heldBy) await releaseHold(tx, heldBy);
  const gathered = await gatherBookingFacts(tx, viewer, request, { now, isAnyHour });
  if (!gathered.ok) return undo(gathered);
  const { isForStaff, practice, rules, plan, beside, dates, email, extraMinutes } = gathered;
  const issue = await findClientIssue(tx, gathered);
  if (issue) return undo(issue);
  const people = await gatherRequestedPeople(tx, request, gathered);
  if (!people.ok) return undo(people);
  // Staff may book what is held for the client; on the site that takes the link in the client’s e-mail.
  const knownIds = isForStaff ? await listMatchingClientIds(tx, request.client) : [];
  const otherIds = isForStaff && people.other ? await listMatchingClientIds(tx, people.other.client) : [];
  if (isForStaff) await endRebookingHoldsOfClients(tx, [...knownIds, ...otherIds], now);
  const chosen = await chooseTherapistsAndRooms(tx, dates, rules, {
    isForStaff,
    isRetry,
    ...(bookingTry && { bookingTry }),
  });
  if (!chosen.ok) {
    const isForAnybody = !isForStaff && !heldBy && !gathered.ways.has('known') && extraMinutes === 0;
    const { refused } = chosen;
    return undo<Outcome>({ ok: false, reason: 'refused', refused, dates, extraMinutes, isForAnybody, version });
  }
  const { choices } = chosen;

  if (isForStaff && acknowledged) {
    const suited = (await listSuited?.(tx, knownIds)) ?? null;
    const suitedOther = (await listSuited?.(tx, otherIds)) ?? null;
    const suitedFor = dates.map((_, at) => (at < plan.dates.length ? suited : suitedOther));
    const warnings = { rules, suitedFor, acknowledged };
    const unusual = await findUnacknowledgedBookingWarnings(tx, dates, choices, warnings);
    if (unusual) return undo(unusual);
  }
  const waitsFor = await findWhoMustAgree(tx, gathered, { isUnproven: unproven !== null });
  if (waitsFor) return undo<Outcome>({ ok: false, reason: 'must_wait', waitsFor });

  const booked: BookedPerson[] = [
    { seriesId, request: people.first, plan, choices: choices.slice(0, plan.dates.length) },
  ];
  if (beside && people.other) {
    const ofOther = { request: people.other, plan: beside, choices: choices.slice(plan.dates.length) };
    booked.push({ seriesId: randomUUID(), ...ofOther });
  }
  const written = await buildRowsOfPeople(tx, booked, { practice, now });
  if (!written) return undo(invalid([{ path: ['client', 'id'], message: CLIENT_GONE }]));
  const all = written.flatMap(({ rows }) => rows);
  if ((await claimCells(tx, all.flatMap(toAppointmentClaims), now)).length > 0) {
    const refused = dates.map((_, at) => ({ at, reason: 'booked' as const }));
    return undo<Outcome>({ ok: false, reason: 'raced', refused, dates, extraMinutes, isForAnybody: false, version });
  }
  const answer = toStoredAnswer(written);
  // Messages refer to the series: with two people, one of them could be written before its series.
  await insertSeriesOfPeople(tx, written, {
    ...{ pairId: beside ? seriesId : null, practice, unproven },
    confirmedSender: confirmed?.sender,
    source: isStaff(viewer) && !confirmed ? 'desk' : 'online',
    now,
  });
  const capQuery = { practice, email, sessions: all, now };
  if (isCapped && (await exceedsUnconfirmedCaps(tx, { ...capQuery, sender: unproven })))
    return undo<Outcome>({ ok: false, reason: 'must_wait', waitsFor: 'confirm' });
  await sendTogether([
    notifyOfBooking(tx, practice, written, { email, by: viewer, now }),
    recordBooking(tx, written, viewer, now),
    storeIdempotentAnswer(tx, request.idempotencyKey, answer),
  ]);
  return { ok: true, replayed: false, seriesId, ...answer };
}

const CLIENT_GONE = 'This client’s data was removed in the meantime. Book as for a new client.';

/** Takes the key of a request for this series; or returns the answer to give, where the key was used before. */
async function claimKey(
  tx: Db,
  undo: RollBack,
  { idempotencyKey: key, ...body }: SeriesRequest | StaffSeriesRequest,
  { seriesId, mayWait, now }: { seriesId: string; mayWait: boolean; now: number },
): Promise<Booked | Refusal<'idempotency_mismatch'> | null> {
  const bodyHash = hashRequestBody(body);
  const [claimed, waiting] = await sendTogether([
    claimIdempotencyKey(tx, { key, bodyHash, seriesId, now }),
    mayWait ? findPendingRequestByIdempotencyKey(tx, key, now) : null,
  ]);
  if (claimed.state === 'replay') return { ok: true, replayed: true, seriesId: claimed.seriesId, ...claimed.answer };
  const mismatch = { ok: false, reason: 'idempotency_mismatch' } as const;
  if (claimed.state === 'mismatch') return mismatch;
  // The key is with a pending request: that it was taken here, too, is undone.
  if (waiting) return undo<Outcome>(waiting.bodyHash === bodyHash ? waiting.answer : mismatch);
  return null;
}

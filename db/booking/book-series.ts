import { randomUUID } from 'node:crypto';
import { isConfirmedEmailAddress } from '@/db/access/confirmed-email-addresses';
import { hashIp } from '@/db/access/hash-ip';
import { deriveManageToken, getManageToken } from '@/db/access/manage-tokens';
import { isStaff, type Viewer } from '@/db/access/viewer';
import type { TimesTakenRefusal } from '@/db/availability/find-conflict-alternatives';
import { claimCells, toAppointmentClaims } from '@/db/claims/claims';
import type { Db, RollBack } from '@/db/connection/connection';
import { transact } from '@/db/connection/database-client';
import { sendTogether } from '@/db/connection/send-together';
import { lockOfferForBooking } from '@/db/practice/lock-offer';
import type { ActiveService } from '@/db/practice/services';
import type { Clock, Refusal } from '@/db/results';
import { type Invalid, invalid } from '@/db/results';
import type { StoredBookingAnswer } from '@/db/schema';
import type { RefusedDate } from '@/scheduling/choose-resources';
import type { PlannedDate } from '@/scheduling/plan-booking';
import type { ListSuitedTherapists } from './allowed-therapists';
import type { SeriesRequest, StaffSeriesRequest } from './booking-request-schemas';
import { gatherBookingRules, relaxRulesForStaff } from './booking-rules';
import { cacheRefusalUntilNextWrite, findCachedRefusal, getRefusalVersion } from './cached-refusal';
import { checkBookingRequest } from './check-booking-request';
import { chooseTherapistsAndRooms } from './choose-resources';
import { formatCannotBookOnline } from './client-booking-permission';
import { findExtraMinutesOfRequestedClient } from './client-extra-minutes';
import { findBookingConflictAlternatives } from './find-booking-conflict-alternatives';
import { releaseHold } from './holds';
import { claimIdempotencyKey, hashRequestBody, storeIdempotentAnswer } from './idempotency';
import { findPendingRequestByIdempotencyKey, type PendingBookingResult, storePendingRequest } from './pending-requests';
import { buildRequestOfOtherPerson, listRequestedDatesOfBoth, planBookingForOneOrTwo } from './plan-side-by-side';
import { endRebookingHoldsOfClients } from './rebooking-holds';
import {
  findBookerOf,
  findBookingPermission,
  getClientEmail,
  getClientName,
  listMatchingClientIds,
} from './requested-client';
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

const ONLY_KNOWN =
  'This massage is for clients who have come before. Give the e-mail address you booked with then, or call us.';
// Each retry means that another booking won the race; after the last one the answer is `taken`.
const MOST_ATTEMPTS = 40;

/**
 * Books the whole series, or nothing of it. A request from an unconfirmed address that exceeds the caps is stored as a
 * pending request instead.
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
  const isByClient = !isStaff(viewer) && !booking.heldBy && !booking.confirmed;
  const lastRefusal = isByClient ? await findCachedRefusal(parsedRequest as SeriesRequest, booking.now) : null;
  if (lastRefusal) return findBookingConflictAlternatives(parsedRequest, lastRefusal, booking.now);
  for (let tries = 1; ; tries++) {
    const version = await getRefusalVersion();
    const isRetry = tries > 1;
    const outcome = await transact<Outcome>((tx, undo) => book(tx, undo, viewer, parsedRequest, booking, { isRetry }));
    if (outcome.ok) {
      const { seriesId, replayed, beside, ...rest } = outcome;
      const tokenOf = (id: string) => (replayed ? getManageToken(id) : deriveManageToken(id));
      return {
        ...rest,
        ...{ replayed, seriesId, manageToken: await tokenOf(seriesId) },
        ...(beside && { beside: { ...beside, manageToken: await tokenOf(beside.seriesId) } }),
      };
    }
    if (outcome.reason === 'must_wait')
      return storePendingRequest(parsedRequest as SeriesRequest, outcome.waitsFor, booking);
    if (!('refused' in outcome)) return outcome;
    if (outcome.reason === 'raced' && tries < MOST_ATTEMPTS) continue;
    if (outcome.isForAnybody)
      await cacheRefusalUntilNextWrite(parsedRequest as SeriesRequest, outcome, { version, now: booking.now });
    return findBookingConflictAlternatives(parsedRequest, outcome, booking.now);
  }
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

async function book(
  tx: Db,
  undo: RollBack,
  viewer: Viewer,
  request: SeriesRequest | StaffSeriesRequest,
  { now, heldBy, sender: address, confirmed, isAnyHour, acknowledged, listSuited }: BookSeriesOptions,
  { isRetry }: { isRetry: boolean } = { isRetry: false },
): Promise<Outcome> {
  await lockOfferForBooking(tx);
  const { idempotencyKey: key, ...body } = request;
  const seriesId = confirmed?.id ?? randomUUID();
  const unproven = address === undefined ? null : hashIp(address);
  const [keyClaim, waiting] = await sendTogether([
    claimIdempotencyKey(tx, { key, bodyHash: hashRequestBody(body), seriesId, now }),
    unproven === null ? null : findPendingRequestByIdempotencyKey(tx, key, now),
  ]);
  if (keyClaim.state === 'mismatch') return { ok: false, reason: 'idempotency_mismatch' };
  if (keyClaim.state === 'replay') return { ok: true, replayed: true, seriesId: keyClaim.seriesId, ...keyClaim.answer };
  if (waiting)
    return undo(
      waiting.bodyHash === hashRequestBody(body) ? waiting.answer : { ok: false, reason: 'idempotency_mismatch' },
    );

  const isCapped = unproven !== null && areUnconfirmedCapsOn(viewer);
  if (isCapped) await lockForCapCount(tx);
  if (heldBy) await releaseHold(tx, heldBy);
  const isForStaff = isStaff(viewer);
  const email = await getClientEmail(tx, request.client);
  const [extraMinutes, rule] = await sendTogether([
    findExtraMinutesOfEither(tx, request, email),
    isForStaff ? 'online' : findBookingPermission(tx, request.client, email),
  ]);
  const { practice, rules, services } = await gatherBookingRules(
    tx,
    listRequestedDatesOfBoth(request),
    now,
    extraMinutes,
  );
  const planned = planBookingForOneOrTwo(request, isForStaff ? relaxRulesForStaff(rules, isAnyHour) : rules);
  if (!planned.ok) return undo(invalid(planned.issues));
  const { plan, beside } = planned;
  const dates = [...plan.dates, ...(beside?.dates ?? [])];
  const isNeeded = ({ id }: ActiveService) => dates.some(({ serviceId }) => serviceId === id);
  const ways = new Set(isForStaff ? [] : services.filter(isNeeded).map((service) => service.booking));
  // A client without an address was identified by staff.
  if (ways.has('known') && email !== '' && !(await isConfirmedEmailAddress(tx, email)))
    return undo(invalid([{ path: ['client', 'email'], message: ONLY_KNOWN }]));
  if (rule === 'blocked')
    return undo(invalid([{ path: ['client', 'email'], message: formatCannotBookOnline(practice) }]));
  // Staff may book what is held for the client; on the site that takes the link in the client’s e-mail.
  const name = await getClientName(tx, request.client);
  if (request.beside?.name === name) return undo(invalid([{ path: ['beside', 'name'], message: ONE_NAME }]));
  const bookedBy = request.bookedBy ?? (await findBookerOf(tx, request.client));
  const own = { ...request, ...(bookedBy !== undefined && { bookedBy }) };
  const other = beside && own.beside ? buildRequestOfOtherPerson(own, own.beside, { name, email }) : null;
  const knownIds = isForStaff ? await listMatchingClientIds(tx, request.client) : [];
  const otherIds = isForStaff && other ? await listMatchingClientIds(tx, other.client) : [];
  if (isForStaff) await endRebookingHoldsOfClients(tx, [...knownIds, ...otherIds], now);
  const chosen = await chooseTherapistsAndRooms(tx, dates, rules, { isForStaff, isRetry });
  if (!chosen.ok)
    return undo<BookingConflict>({
      ok: false,
      reason: 'refused',
      refused: chosen.refused,
      dates,
      extraMinutes,
      isForAnybody: !isForStaff && !heldBy && !ways.has('known') && extraMinutes === 0,
    });

  if (isForStaff && acknowledged) {
    const suited = (await listSuited?.(tx, knownIds)) ?? null;
    const suitedOther = (await listSuited?.(tx, otherIds)) ?? null;
    const suitedFor = dates.map((_, at) => (at < plan.dates.length ? suited : suitedOther));
    const unusual = await findUnacknowledgedBookingWarnings(tx, dates, chosen.choices, {
      rules,
      suitedFor,
      acknowledged,
    });
    if (unusual) return undo(unusual);
  }

  // Confirmed by the client alone: the practice has not approved it yet.
  if (ways.has('approval') || rule === 'approval')
    return undo<NeedsConfirmation>({ ok: false, reason: 'must_wait', waitsFor: 'approve' });
  const { newClients } = practice;
  if (unproven !== null && newClients !== 'book' && !(await isConfirmedEmailAddress(tx, email)))
    return undo<NeedsConfirmation>({ ok: false, reason: 'must_wait', waitsFor: newClients });

  const people: BookedPerson[] = [
    { seriesId, request: own, plan, choices: chosen.choices.slice(0, plan.dates.length) },
  ];
  if (beside && other) {
    const choices = chosen.choices.slice(plan.dates.length);
    people.push({ seriesId: randomUUID(), request: other, plan: beside, choices });
  }
  const written = await buildRowsOfPeople(tx, people, { practice, now });
  if (!written) return undo(invalid([{ path: ['client', 'id'], message: CLIENT_GONE }]));
  const all = written.flatMap(({ rows }) => rows);
  const cells = await claimCells(tx, all.flatMap(toAppointmentClaims), now);
  if (cells.length > 0) {
    const refused = dates.map((_, at) => ({ at, reason: 'booked' as const }));
    return undo<BookingConflict>({ ok: false, reason: 'raced', refused, dates, extraMinutes, isForAnybody: false });
  }
  await insertSeriesOfPeople(tx, written, {
    ...{ pairId: beside ? seriesId : null, practice, unproven },
    confirmedSender: confirmed?.sender,
    source: isStaff(viewer) && !confirmed ? 'desk' : 'online',
    now,
  });
  const capQuery = { practice, email, sessions: all, now };
  if (isCapped && (await exceedsUnconfirmedCaps(tx, { ...capQuery, sender: unproven })))
    return undo<NeedsConfirmation>({ ok: false, reason: 'must_wait', waitsFor: 'confirm' });
  const answer = toStoredAnswer(written);
  await sendTogether([
    notifyOfBooking(tx, practice, written, { email, by: viewer, now }),
    recordBooking(tx, written, viewer, now),
    storeIdempotentAnswer(tx, key, answer),
  ]);
  return { ok: true, replayed: false, seriesId, ...answer };
}

const ONE_NAME = 'Give each of the two their own name.';
const CLIENT_GONE = 'This client’s data was removed in the meantime. Book as for a new client.';

/** The larger extra time of the two: where two come at once, both rooms are kept as long as either needs. */
async function findExtraMinutesOfEither(
  tx: Db,
  { client, beside }: SeriesRequest | StaffSeriesRequest,
  email: string,
): Promise<number> {
  const own = await findExtraMinutesOfRequestedClient(tx, client);
  if (!beside) return own;
  return Math.max(own, await findExtraMinutesOfRequestedClient(tx, { name: beside.name, email }));
}

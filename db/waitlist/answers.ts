import { and, eq, gt, inArray, isNull, lte, or, type SQL } from 'drizzle-orm';
import { actorOf, recordEvent } from '@/db/access/audit-trail';
import { readOfferToken } from '@/db/access/confirm-tokens';
import { confirmAddress } from '@/db/access/confirmed-addresses';
import { getManageToken } from '@/db/access/manage-tokens';
import { isId } from '@/db/access/ownership';
import { isStaff, type Staff, type Viewer } from '@/db/access/viewer';
import { bookWithin } from '@/db/booking/book-series';
import { bookSkippedWithin } from '@/db/booking/book-skipped';
import { moveWithin } from '@/db/booking/move-appointments';
import { release } from '@/db/claims/claims';
import { endOffer, takeAnswer } from '@/db/claims/end-offers';
import { offerHold } from '@/db/claims/hold-names';
import { reader, transact } from '@/db/connection/client';
import type { Db, Undo } from '@/db/connection/connection';
import { getPractice } from '@/db/practice/practice';
import type { Clock, Refusal } from '@/db/results';
import { appointments, claims, clients, outbox, series, services, waitlistEntries, waitlistOffers } from '@/db/schema';
import { SETTLE_MS } from '@/scheduling/waitlist';
import { toWall } from '@/scheduling/zone';
import { answerUntil } from './answer-until';
import { lookForTime } from './look-for-time';
import { passOver } from './pass-over';

// How an offer ends. Its dates are held until then, so that they are there to be booked; whatever was not booked is free
// for the next who waits.

type Offer = typeof waitlistOffers.$inferSelect;

/** `gone`: it was answered, or its time is up. `lost`: its dates cannot be booked any more as they were offered. */
export type AcceptResult = { ok: true; seriesId: string; manageToken: string } | Refusal<'gone' | 'lost'>;

/** Two who take a room at the same moment wait for each other, and one of them looks for another room. */
const MOST_ATTEMPTS = 5;

type Accepted = { ok: true; seriesId: string } | Refusal<'gone' | 'lost'>;

/** By the link of the e-mail. */
export async function acceptOffer(token: string, clock: Clock): Promise<AcceptResult> {
  const id = readOfferToken(token);
  return id === null ? { ok: false, reason: 'gone' } : accept({ role: 'reader' }, id, clock);
}

/** Staff have heard it on the phone. */
export async function acceptForClient(viewer: Staff, offerId: string, clock: Clock): Promise<AcceptResult> {
  return isId(offerId) ? accept(viewer, offerId, clock) : { ok: false, reason: 'gone' };
}

export async function declineOffer(token: string, clock: Clock): Promise<{ ok: true } | Refusal<'gone'>> {
  const id = readOfferToken(token);
  return id === null ? { ok: false, reason: 'gone' } : decline({ role: 'reader' }, id, clock);
}

export async function declineForClient(
  viewer: Staff,
  offerId: string,
  clock: Clock,
): Promise<{ ok: true } | Refusal<'gone'>> {
  return isId(offerId) ? decline(viewer, offerId, clock) : { ok: false, reason: 'gone' };
}

async function accept(viewer: Viewer, offerId: string, { now }: Clock): Promise<AcceptResult> {
  let outcome: Accepted = { ok: false, reason: 'lost' };
  for (let tries = 1; tries <= MOST_ATTEMPTS; tries++) {
    outcome = await transact<Accepted>(async (tx, undo) => {
      const offer = await takeAnswer(tx, offerId, 'accepted', now);
      if (!offer) return { ok: false, reason: 'gone' };
      const lose = () => undo<Accepted>({ ok: false, reason: 'lost' });
      // Its own time, held for this: in the same transaction it is booked.
      await release(tx, offerHold(offerId), now);
      const seriesId = await takeUp(tx, lose, offer, { viewer, now });
      await tx.update(waitlistOffers).set({ seriesId }).where(eq(waitlistOffers.id, offerId));
      if (offer.entryId !== null)
        await tx
          .update(waitlistEntries)
          .set({ endedAt: now, endedAs: 'booked' })
          .where(and(eq(waitlistEntries.id, offer.entryId), isNull(waitlistEntries.endedAt)));
      await recordEvent(tx, {
        at: now,
        actor: actorOf(viewer),
        action: 'offer accepted',
        subject: `series:${seriesId}`,
        facts: { offer: offerId, startsAt: offer.firstStartAt, sessions: offer.sessions },
      });
      return { ok: true, seriesId };
    });
    if (outcome.ok || outcome.reason === 'gone') break;
  }
  if (outcome.ok) return { ...outcome, manageToken: await getManageToken(outcome.seriesId) };
  if (outcome.reason === 'lost') await transact((tx) => endOffer(tx, offerId, 'lost', now));
  return outcome;
}

/** Books the dates, or moves the date that they are in place of. */
async function takeUp(
  tx: Db,
  lose: () => never,
  offer: Offer,
  { viewer, now }: { viewer: Viewer; now: number },
): Promise<string> {
  const undo: Undo = () => lose();
  const client = await clientOf(tx, offer);
  const practice = await getPractice(tx);
  // The link was in an e-mail to them: who presses it reads that address. Where the practice approves each new client,
  // that alone makes nobody known.
  if (!isStaff(viewer) && client.email !== '' && practice.newClients !== 'approve')
    await confirmAddress(tx, client.email, 'link', now);
  if (offer.skipSeriesId !== null) {
    const seriesId = offer.skipSeriesId;
    const request = { seriesId, position: offer.skipPosition! };
    const booked = await bookSkippedWithin(tx, undo, { role: 'link', seriesId }, request, now);
    return booked.ok ? seriesId : lose();
  }
  const [found] = await tx.select().from(waitlistEntries).where(eq(waitlistEntries.id, offer.entryId!));
  const entry = found!;
  const { therapistId } = offer;
  if (entry.swapAppointmentId !== null) {
    const [held] = await tx.select().from(appointments).where(eq(appointments.id, entry.swapAppointmentId));
    if (!held) return lose();
    const { seriesId, version } = held;
    const request = { uid: held.id, version, startsAt: offer.firstStartAt, therapistId, scope: 'this' as const };
    return (await moveWithin(tx, undo, { role: 'link', seriesId }, request, now)) ? seriesId : lose();
  }
  const { on, time } = toWall(practice.timeZone, offer.firstStartAt);
  const request = {
    cadence: entry.cadence,
    minutes: entry.minutes,
    appointments: offer.dates.map(({ startsAt }) => ({ startsAt, therapistId, serviceId: entry.serviceId })),
    ...(entry.cadence !== 'once' && { standing: { firstOn: on, time, therapistId } }),
    client: { id: client.id },
    idempotencyKey: `offer-${offer.id}`,
  };
  const seriesId = offer.id;
  return (await bookWithin(tx, undo, request, { now, confirmed: { id: seriesId, sender: 'waitlist' } }))
    ? seriesId
    : lose();
}

/** Whose an offer is. */
async function clientOf(tx: Db, { entryId, skipSeriesId }: Offer): Promise<{ id: string; email: string }> {
  const own = { id: clients.id, email: clients.email };
  const [client] =
    entryId === null
      ? await tx
          .select(own)
          .from(clients)
          .innerJoin(series, eq(series.clientId, clients.id))
          .where(eq(series.id, skipSeriesId!))
      : await tx
          .select(own)
          .from(clients)
          .innerJoin(waitlistEntries, eq(waitlistEntries.clientId, clients.id))
          .where(eq(waitlistEntries.id, entryId));
  return client!;
}

async function decline(viewer: Viewer, offerId: string, { now }: Clock): Promise<{ ok: true } | Refusal<'gone'>> {
  return transact(async (tx) => {
    const offer = await endOffer(tx, offerId, 'declined', now);
    if (!offer) return { ok: false as const, reason: 'gone' as const };
    // While it was open nothing else was offered to them: what else is free is looked at now.
    await lookAgain(tx, offer, now);
    await recordEvent(tx, {
      at: now,
      actor: actorOf(viewer),
      action: 'offer declined',
      subject: await subjectOf(tx, offer),
      facts: { offer: offerId, startsAt: offer.firstStartAt },
    });
    return { ok: true as const };
  });
}

async function lookAgain(tx: Db, { entryId }: Offer, now: number): Promise<void> {
  if (entryId === null) return;
  const isWaiting = and(eq(waitlistEntries.id, entryId), isNull(waitlistEntries.endedAt));
  const [entry] = await tx.select().from(waitlistEntries).where(isWaiting);
  if (entry) await lookForTime(tx, entry, await getPractice(tx), now);
}

/** Of whom an offer is, as history names them. */
export async function subjectOf(tx: Db, { entryId, skipSeriesId }: Pick<Offer, 'entryId' | 'skipSeriesId'>) {
  if (entryId === null) return `series:${skipSeriesId}`;
  const [entry] = await tx
    .select({ clientId: waitlistEntries.clientId })
    .from(waitlistEntries)
    .where(eq(waitlistEntries.id, entryId));
  return `client:${entry?.clientId}`;
}

/** The practice wants the time itself, or has made a mistake: it is not offered to the same client again. */
export async function takeBackOffer(
  viewer: Staff,
  offerId: string,
  { now }: Clock,
): Promise<{ ok: true } | Refusal<'gone'>> {
  if (!isId(offerId)) return { ok: false, reason: 'gone' };
  return transact(async (tx) => {
    const isTheirs = viewer.role === 'therapist' ? eq(waitlistOffers.therapistId, viewer.therapistId) : undefined;
    const [own] = await tx
      .select({ id: waitlistOffers.id })
      .from(waitlistOffers)
      .where(and(eq(waitlistOffers.id, offerId), isTheirs));
    // Whoever takes it back has a moment to use it before the next is asked.
    const offer = own && (await endOffer(tx, offerId, 'taken_back', now, now + SETTLE_MS));
    if (!offer) return { ok: false as const, reason: 'gone' as const };
    await recordEvent(tx, {
      at: now,
      actor: actorOf(viewer),
      action: 'offer taken back',
      subject: await subjectOf(tx, offer),
      facts: { offer: offerId, startsAt: offer.firstStartAt },
    });
    return { ok: true as const };
  });
}

/**
 * Nobody answered: the time of these offers is free again. One whose e-mail never went is ended as such: whoever was not
 * asked may be asked again. Says how many there were.
 */
export async function expireOffers(now: number): Promise<number> {
  const isOver = and(isNull(waitlistOffers.answeredAt), lte(waitlistOffers.expiresAt, now));
  // Most of the time there is none, and looking takes no lock.
  const over = await (await reader())
    .select({ id: waitlistOffers.id })
    .from(waitlistOffers)
    .where(isOver)
    .orderBy(waitlistOffers.id);
  let ended = 0;
  for (const { id } of over) if (await passOver('an offer could not be ended', () => expireOffer(id, now))) ended++;
  return ended;
}

async function expireOffer(id: string, now: number): Promise<boolean> {
  return transact(async (tx) => {
    const [due] = await tx
      .select({ id: waitlistOffers.id, unsent: outbox.id })
      .from(waitlistOffers)
      // An e-mail that was given up reaches nobody by being written again.
      .leftJoin(outbox, and(eq(outbox.id, waitlistOffers.outboxId), isNull(outbox.sentAt), isNull(outbox.deadAt)))
      .where(and(eq(waitlistOffers.id, id), lte(waitlistOffers.expiresAt, now)));
    return due !== undefined && (await endOffer(tx, id, due.unsent === null ? 'expired' : 'unsent', now)) !== undefined;
  });
}

/**
 * The e-mail of an offer goes to the mail server now: the time to answer begins anew. Gives until when that is; null
 * where too little is left, or it is at an end.
 */
export async function beginAnswerTime(tx: Db, offerId: string, now: number): Promise<number | null> {
  const isOpen = and(eq(waitlistOffers.id, offerId), isNull(waitlistOffers.answeredAt));
  // Whoever answers at this moment goes first or waits.
  const [offer] = await tx
    .update(waitlistOffers)
    .set({ answeredAt: null })
    .where(and(isOpen, gt(waitlistOffers.expiresAt, now)))
    .returning();
  if (!offer) return null;
  const practice = await getPractice(tx);
  const [service] = await tx
    .select({ noticeMinutes: services.noticeMinutes })
    .from(services)
    .where(eq(services.id, offer.serviceId));
  const swaps = offer.entryId === null ? null : await startOfSwapped(tx, offer.entryId);
  const until = answerUntil(practice, {
    now,
    firstStart: offer.firstStartAt,
    noticeMinutes: service?.noticeMinutes ?? null,
    swaps,
  });
  if (until === null || until <= offer.expiresAt) return offer.expiresAt;
  await tx.update(waitlistOffers).set({ expiresAt: until }).where(eq(waitlistOffers.id, offerId));
  await tx
    .update(claims)
    .set({ expiresAt: until })
    .where(eq(claims.ownerUid, offerHold(offerId)));
  return until;
}

async function startOfSwapped(tx: Db, entryId: string): Promise<number | null> {
  const [found] = await tx
    .select({ startAt: appointments.startAt })
    .from(waitlistEntries)
    .innerJoin(appointments, eq(appointments.id, waitlistEntries.swapAppointmentId))
    .where(eq(waitlistEntries.id, entryId));
  return found?.startAt ?? null;
}

/** Ends these offers, whatever they were for. */
export async function closeOffers(tx: Db, offerIds: string[], answer: 'withdrawn', now: number): Promise<void> {
  for (const id of offerIds) await endOffer(tx, id, answer, now);
}

/** What is offered to a client just now is offered no more. */
export async function withdrawOffersTo(tx: Db, clientId: string, now: number): Promise<void> {
  const entries = tx
    .select({ id: waitlistEntries.id })
    .from(waitlistEntries)
    .where(eq(waitlistEntries.clientId, clientId));
  const plans = tx.select({ id: series.id }).from(series).where(eq(series.clientId, clientId));
  await withdraw(tx, or(inArray(waitlistOffers.entryId, entries), inArray(waitlistOffers.skipSeriesId, plans))!, now);
}

/** What was offered for these entries is offered no more: they are at an end. */
export async function withdrawOffers(tx: Db, entryIds: string[], now: number): Promise<void> {
  await withdraw(tx, inArray(waitlistOffers.entryId, entryIds), now);
}

async function withdraw(tx: Db, which: SQL, now: number): Promise<void> {
  const open = await tx
    .select({ id: waitlistOffers.id })
    .from(waitlistOffers)
    .where(and(isNull(waitlistOffers.answeredAt), which));
  await closeOffers(
    tx,
    open.map(({ id }) => id),
    'withdrawn',
    now,
  );
}

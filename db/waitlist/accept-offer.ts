import { and, eq, isNull } from 'drizzle-orm';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import { confirmEmailAddress } from '@/db/access/confirmed-email-addresses';
import { readOfferToken } from '@/db/access/emailed-link-tokens';
import { getManageToken } from '@/db/access/manage-tokens';
import { isStaff, type Staff, type Viewer } from '@/db/access/viewer';
import { isPossibleId } from '@/db/access/viewer-conditions';
import { bookSeriesInTransaction } from '@/db/booking/book-series';
import { bookSkippedInTransaction } from '@/db/booking/book-skipped';
import { moveInTransaction } from '@/db/booking/move-appointments';
import { releaseHolds } from '@/db/claims/claims';
import { endOffer, recordOfferAnswer, type WaitlistOfferRow } from '@/db/claims/end-waitlist-offers';
import { offerHoldName } from '@/db/claims/hold-names';
import type { Db, RollBack } from '@/db/connection/connection';
import { transact } from '@/db/connection/database-client';
import { lockOfferForBooking } from '@/db/practice/lock-offer';
import { getPractice } from '@/db/practice/practice';
import type { Clock, Refusal } from '@/db/results';
import { appointments, clients, series, waitlistEntries, waitlistOffers } from '@/db/schema';
import { toWallTime } from '@/scheduling/zone-conversion';

// Accepting an offer: its dates are booked, or a date is moved to them, in the transaction that releases the hold.

/** `gone`: the offer was answered or has expired. `lost`: its dates can no longer be booked as offered. */
export type AcceptResult = { ok: true; seriesId: string; manageToken: string } | Refusal<'gone' | 'lost'>;

/** Two clients who claim a room at once wait for each other, and one of them then looks for another room. */
const MOST_ATTEMPTS = 5;

type Accepted = { ok: true; seriesId: string } | Refusal<'gone' | 'lost'>;

/** Accepts an offer by the link in its e-mail. */
export async function acceptOffer(token: string, clock: Clock): Promise<AcceptResult> {
  const id = readOfferToken(token);
  return id === null ? { ok: false, reason: 'gone' } : accept({ role: 'reader' }, id, clock);
}

/** Accepts an offer for a client who told staff on the phone. */
export async function acceptOfferAsStaff(viewer: Staff, offerId: string, clock: Clock): Promise<AcceptResult> {
  return isPossibleId(offerId) ? accept(viewer, offerId, clock) : { ok: false, reason: 'gone' };
}

async function accept(viewer: Viewer, offerId: string, { now }: Clock): Promise<AcceptResult> {
  let outcome: Accepted = { ok: false, reason: 'lost' };
  for (let tries = 1; tries <= MOST_ATTEMPTS; tries++) {
    outcome = await transact<Accepted>(async (tx, undo) => {
      await lockOfferForBooking(tx);
      const offer = await recordOfferAnswer(tx, offerId, 'accepted', now);
      if (!offer) return { ok: false, reason: 'gone' };
      const reject = () => undo<Accepted>({ ok: false, reason: 'lost' });
      // The offer's own hold is released, and its time booked in the same transaction.
      await releaseHolds(tx, [offerHoldName(offerId)]);
      const seriesId = await takeUp(tx, reject, offer, { viewer, now });
      await tx.update(waitlistOffers).set({ seriesId }).where(eq(waitlistOffers.id, offerId));
      if (offer.entryId !== null)
        await tx
          .update(waitlistEntries)
          .set({ endedAt: now, endedAs: 'booked' })
          .where(and(eq(waitlistEntries.id, offer.entryId), isNull(waitlistEntries.endedAt)));
      await recordEvent(tx, {
        at: now,
        actor: getAuditActor(viewer),
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

/** Books the dates, or moves the date that they replace. */
async function takeUp(
  tx: Db,
  reject: () => never,
  offer: WaitlistOfferRow,
  { viewer, now }: { viewer: Viewer; now: number },
): Promise<string> {
  const undo: RollBack = () => reject();
  const client = await clientOf(tx, offer);
  const practice = await getPractice(tx);
  // Whoever opens the link of an e-mail can read that address. Where the practice approves each new client, that alone
  // does not confirm one.
  if (!isStaff(viewer) && client.email !== '' && practice.newClients !== 'approve')
    await confirmEmailAddress(tx, client.email, 'link', now);
  if (offer.skipSeriesId !== null) {
    const seriesId = offer.skipSeriesId;
    const request = { seriesId, position: offer.skipPosition! };
    const booked = await bookSkippedInTransaction(tx, undo, { role: 'link', seriesId }, request, now);
    return booked.ok ? seriesId : reject();
  }
  const [found] = await tx.select().from(waitlistEntries).where(eq(waitlistEntries.id, offer.entryId!));
  const entry = found!;
  const { therapistId } = offer;
  if (entry.swapAppointmentId !== null) {
    const [held] = await tx.select().from(appointments).where(eq(appointments.id, entry.swapAppointmentId));
    if (!held) return reject();
    const { seriesId, version } = held;
    const request = { uid: held.id, version, startsAt: offer.firstStartAt, therapistId, scope: 'this' as const };
    return (await moveInTransaction(tx, undo, { role: 'link', seriesId }, request, now)) ? seriesId : reject();
  }
  const { on, time } = toWallTime(practice.timeZone, offer.firstStartAt);
  const request = {
    cadence: entry.cadence,
    minutes: entry.minutes,
    appointments: offer.dates.map(({ startsAt }) => ({ startsAt, therapistId, serviceId: entry.serviceId })),
    ...(entry.cadence !== 'once' && { standing: { firstOn: on, time, therapistId } }),
    client: { id: client.id },
    ...(entry.bookedBy !== null && { bookedBy: entry.bookedBy }),
    idempotencyKey: `offer-${offer.id}`,
  };
  const seriesId = offer.id;
  return (await bookSeriesInTransaction(tx, undo, request, { now, confirmed: { id: seriesId, sender: 'waitlist' } }))
    ? seriesId
    : reject();
}

/** The client of an offer. */
async function clientOf(tx: Db, { entryId, skipSeriesId }: WaitlistOfferRow): Promise<{ id: string; email: string }> {
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

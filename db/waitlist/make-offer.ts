import { randomUUID } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import type { Viewer } from '@/db/access/viewer';
import { findWholeSeries, previewAddedDates } from '@/db/booking/add-dates';
import { getSkippedDateToBook, overlapsOtherDate } from '@/db/booking/bookable-skipped-dates';
import { gatherBookingRules } from '@/db/booking/booking-rules';
import { chooseTherapistsAndRooms } from '@/db/booking/choose-resources';
import { getClientExtraMinutes } from '@/db/booking/client-extra-minutes';
import { exceedsTherapistDayHoldLimit } from '@/db/booking/holds';
import { type ClaimRequest, claimCells, roomResourceName, therapistResourceName } from '@/db/claims/claims';
import { offerHoldName } from '@/db/claims/hold-names';
import type { Db } from '@/db/connection/connection';
import { transact } from '@/db/connection/database-client';
import { putInOutbox } from '@/db/messages/outbox';
import { lockOfferForBooking } from '@/db/practice/lock-offer';
import { type Practice, toNotificationPractice } from '@/db/practice/practice';
import type { Refusal } from '@/db/results';
import { appointments, clients, therapists, waitlistEntries, waitlistOffers } from '@/db/schema';
import { type BookingRules, type PlannedDate, planBooking } from '@/scheduling/plan-booking';
import { toWallTime } from '@/scheduling/zone-conversion';
import type { OfferCandidate } from './find-offer-candidate';
import { getOfferAuditSubject } from './offer-audit-subject';
import { getOfferDeadline } from './offer-deadline';

export type MakeOfferResult = { ok: true; offerId: string; expiresAt: number } | Refusal<'taken' | 'too_much_held'>;

/** What is to be held, and for which client. */
interface Placed {
  practice: Practice;
  rules: BookingRules;
  service: { id: string; name: string; noticeMinutes: number | null };
  minutes: number;
  dates: (Pick<PlannedDate, 'startsAt' | 'padded'> & { therapistId: string; roomId: string })[];
  toEmail: string;
  swaps: number | null;
}

/**
 * Holds the dates for a client on the list, and writes the e-mail. All rules are checked again as for a booking: an
 * offer that could not be accepted is not made. A client with an open offer gets no second one.
 */
export async function makeOffer(
  viewer: Viewer,
  found: OfferCandidate,
  { now, source }: { now: number; source: 'worker' | 'desk' },
): Promise<MakeOfferResult> {
  return transact<MakeOfferResult>(async (tx, undo) => {
    const giveUp = () => undo<MakeOfferResult>({ ok: false, reason: 'taken' });
    await lockOfferForBooking(tx);
    const placed = found.kind === 'entry' ? await placeEntry(tx, found, now) : await placeSkip(tx, found, now);
    if (!placed) return giveUp();
    const { practice, service, minutes, dates, toEmail, swaps } = placed;
    const firstStart = dates[0]!.startsAt;
    const expiresAt = getOfferDeadline(practice, { now, firstStart, noticeMinutes: service.noticeMinutes, swaps });
    if (expiresAt === null) return giveUp();
    const id = randomUUID();
    const hold = { ownerUid: offerHoldName(id), kind: 'hold' as const, expiresAt };
    const cells = dates.flatMap(({ padded, therapistId, roomId }): ClaimRequest[] => [
      { ...hold, ...padded, resourceId: therapistResourceName(therapistId) },
      { ...hold, ...padded, resourceId: roomResourceName(roomId) },
    ]);
    if ((await claimCells(tx, cells, now)).length > 0) return giveUp();
    // Counts towards the limit on visitors' holds: the list may not take a whole day from clients who book. Staff may
    // exceed it.
    const isCounted = source === 'worker' && process.env.RATE_LIMITS !== 'off';
    if (isCounted && (await exceedsTherapistDayHoldLimit(tx, cells, practice, placed.rules)))
      return undo<MakeOfferResult>({ ok: false, reason: 'too_much_held' });
    const holder =
      found.kind === 'entry'
        ? { entryId: found.entryId, skipSeriesId: null, skipPosition: null }
        : { entryId: null, skipSeriesId: found.seriesId, skipPosition: found.position };
    const [therapist] = await tx
      .select({ name: therapists.name })
      .from(therapists)
      .where(eq(therapists.id, found.therapistId));
    const notification = {
      ...({ kind: 'waitlist', state: 'offer', offerId: id, until: expiresAt, minutes } as const),
      practice: toNotificationPractice(practice),
      service: service.name,
      therapist: therapist!.name,
      starts: dates.map(({ startsAt }) => startsAt),
      ...(swaps !== null && { swaps }),
      ...(found.kind === 'skip' && { isSkipped: true as const }),
    };
    const [outboxId = null] = await putInOutbox(tx, { notification, toEmail, now });
    const written = await tx
      .insert(waitlistOffers)
      .values({
        id,
        ...holder,
        serviceId: service.id,
        minutes,
        therapistId: found.therapistId,
        dates: dates.map(({ startsAt, padded, roomId }) => {
          return { startsAt, paddedStartAt: padded.start, paddedEndAt: padded.end, roomId };
        }),
        firstStartAt: firstStart,
        sessions: dates.length,
        source,
        createdAt: now,
        expiresAt,
        outboxId,
      })
      .onConflictDoNothing()
      .returning({ id: waitlistOffers.id });
    if (written.length === 0) return giveUp();
    await recordEvent(tx, {
      at: now,
      actor: getAuditActor(viewer),
      action: 'offered',
      subject: await getOfferAuditSubject(tx, holder),
      facts: { offer: id, startsAt: firstStart, sessions: dates.length, until: expiresAt },
    });
    return { ok: true, offerId: id, expiresAt };
  });
}

async function placeEntry(
  tx: Db,
  { entryId, therapistId, starts }: Extract<OfferCandidate, { kind: 'entry' }>,
  now: number,
): Promise<Placed | null> {
  // Locks the entry: whoever ends it waits here, or has ended it already.
  const [entry] = await tx
    .update(waitlistEntries)
    .set({ endedAt: null })
    .where(and(eq(waitlistEntries.id, entryId), isNull(waitlistEntries.endedAt)))
    .returning();
  if (!entry || entry.clientId === null || entry.confirmedAt === null) return null;
  const [client] = await tx.select({ email: clients.email }).from(clients).where(eq(clients.id, entry.clientId));
  const held =
    entry.swapAppointmentId === null
      ? []
      : await tx.select().from(appointments).where(eq(appointments.id, entry.swapAppointmentId));
  const { serviceId, minutes, cadence } = entry;
  const dates = starts.map((startsAt) => ({ startsAt, therapistId, serviceId }));
  const extraMinutes = await getClientExtraMinutes(tx, entry.clientId);
  const { practice, services, rules } = await gatherBookingRules(tx, dates, now, extraMinutes);
  const service = services.find(({ id }) => id === serviceId);
  const { on, time } = toWallTime(practice.timeZone, starts[0]!);
  const standing = cadence === 'once' ? undefined : { firstOn: on, time, therapistId };
  const planned = planBooking({ cadence, minutes, appointments: dates, standing }, rules);
  if (!service || !planned.ok) return null;
  const chosen = await chooseTherapistsAndRooms(tx, planned.plan.dates, rules, { isForStaff: false });
  if (!chosen.ok) return null;
  return {
    practice,
    rules,
    service,
    minutes,
    dates: planned.plan.dates.map((date, at) => ({ ...date, ...chosen.choices[at]! })),
    toEmail: client!.email,
    swaps: held[0]?.startAt ?? null,
  };
}

async function placeSkip(
  tx: Db,
  { seriesId, position }: Extract<OfferCandidate, { kind: 'skip' }>,
  now: number,
): Promise<Placed | null> {
  const viewer = { role: 'link', seriesId } as const;
  const foundSeries = await findWholeSeries(tx, viewer, seriesId);
  const dateToBook = foundSeries && getSkippedDateToBook(foundSeries, position);
  if (!dateToBook || overlapsOtherDate(foundSeries, dateToBook.places[0]!.startsAt, dateToBook.like)) return null;
  const preview = await previewAddedDates(tx, viewer, foundSeries.seriesRow, dateToBook, now, false);
  if (!preview.ok) return null;
  const [client] = await tx
    .select({ email: clients.email })
    .from(clients)
    .where(eq(clients.id, foundSeries.seriesRow.clientId));
  return {
    practice: preview.practice,
    rules: preview.rules,
    service: preview.service,
    minutes: dateToBook.like.minutes,
    dates: preview.newDates.map((date, at) => ({ ...date, ...preview.choices[at]! })),
    toEmail: client!.email,
    swaps: null,
  };
}

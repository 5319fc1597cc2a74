import { randomUUID } from 'node:crypto';
import { desc, eq } from 'drizzle-orm';
import { isTimeForProgressCheckIn } from '@/care/score-moments';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import { findWholeSeries } from '@/db/booking/add-dates';
import type { MoveRepair } from '@/db/booking/apply-move-repairs';
import { cancelRemainingDates, toCancellationCandidates } from '@/db/booking/cancel-remaining-dates';
import { changeSeriesMassageOrTherapist } from '@/db/booking/change-series-massage-or-therapist';
import { type BiweeklyDate, changeToBiweekly, proposeBiweekly } from '@/db/booking/change-to-biweekly';
import { pauseInTransaction, type ShownPause } from '@/db/booking/pause-plan';
import type { Db, RollBack } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { listBookedOrCompletedSessions } from '@/db/messages/score-email-facts-to-send';
import { lockOfferForBooking } from '@/db/practice/lock-offer';
import { getPractice } from '@/db/practice/practice';
import { type ActiveService, listServicesBookableOnline } from '@/db/practice/services';
import type { Clock, Refusal } from '@/db/results';
import { progressCheckIns, scoreMailOptOuts, series, therapists } from '@/db/schema';
import { isAllowedTherapist } from '@/scheduling/availability';
import { listRemainingDatesToCancel, planPause } from '@/scheduling/plan-pause';
import { isClientUnder18 } from './consents';
import { findPrenatalTherapistsForClient, listPrenatalAllowedTherapists } from './prenatal-therapists';
import { listWithheldMassages } from './withheld-massages';

// After four sessions a client is asked how to go on: five options, none of which is preselected. The chosen one is
// carried out whole, in one transaction, by the same rules as every other change of a booking.

type CheckInChoice = typeof progressCheckIns.$inferSelect.choice;

const CHECK_IN_PAUSE_WEEKS = 2;

type LinkViewer = { role: 'link'; seriesId: string };

/** Another massage or therapist for the remaining dates, at the same times. */
export interface PlanChangeOption {
  serviceId: string;
  service: string;
  /** From 1, light, to 3, firm. */
  pressure: number;
  therapistId: string;
  therapist: string;
  priceCents: number;
}

/** What each option would do at this moment. */
export interface ProgressCheckInView {
  /** The version of the plan: if it has changed since, nothing is done. */
  version: number;
  sessionsOver: number;
  /** The remaining dates. */
  remaining: { startsAt: number; priceCents: number }[];
  /** How many dates stopping would cancel; the deadline has passed for the others. */
  freed: number;
  /**
   * The dates that a pause of two weeks would cancel, where it ends, and the first date after it, if any. Null if it
   * would cancel none.
   */
  pause: { startsAt: number[]; until: number; backAt: number | null } | null;
  /** Null if the plan is every 2 weeks already, or nothing can be moved. */
  spaced: { dates: BiweeklyDate[]; repairs: MoveRepair[] } | null;
  changes: PlanChangeOption[];
  /** A parent or guardian chooses for the client. */
  isUnder18: boolean;
  /** The latest choice. */
  chosen: { choice: CheckInChoice; at: number } | null;
}

/** Null before the end of the fourth session, or when no dates remain. */
export async function getProgressCheckIn(viewer: LinkViewer, { now }: Clock): Promise<ProgressCheckInView | null> {
  const db = await reader();
  const visits = await listBookedOrCompletedSessions(db, viewer.seriesId);
  const found = isTimeForProgressCheckIn(visits, now) ? await findWholeSeries(db, viewer, viewer.seriesId) : null;
  if (!found) return null;
  const practice = await getPractice(db);
  const remaining = found.rows.filter(({ status, startAt }) => status === 'booked' && startAt > now);
  const dates = toCancellationCandidates(found.rows);
  const cutoffMinutes = practice.cancelCutoffMinutes;
  const { timeZone } = practice;
  const pause = planPause(dates, CHECK_IN_PAUSE_WEEKS, { now, cutoffMinutes, timeZone });
  const spacing = await proposeBiweekly(viewer, viewer.seriesId, {
    now,
    listAllowed: (from) => listPrenatalAllowedTherapists(from, viewer, now),
  });
  const [last] = await db
    .select({ choice: progressCheckIns.choice, at: progressCheckIns.chosenAt })
    .from(progressCheckIns)
    .where(eq(progressCheckIns.seriesId, viewer.seriesId))
    .orderBy(desc(progressCheckIns.chosenAt))
    .limit(1);
  return {
    version: found.seriesRow.version,
    sessionsOver: visits.filter(({ endsAt }) => endsAt <= now).length,
    remaining: remaining.map(({ startAt: startsAt, priceCents }) => ({ startsAt, priceCents })),
    freed: listRemainingDatesToCancel(dates, { until: null, now, cutoffMinutes }).length,
    pause: pause && {
      startsAt: pause.paused.map(({ startAt }) => startAt),
      until: pause.until,
      backAt: pause.back?.startAt ?? null,
    },
    spaced:
      spacing.ok &&
      (await areTrained(
        db,
        viewer,
        spacing.dates.map((date) => date.therapistId),
        now,
      ))
        ? { dates: spacing.dates, repairs: spacing.repairs }
        : null,
    changes: await listChanges(db, viewer, { remaining, therapistId: found.seriesRow.therapistId }, now),
    isUnder18: await isClientUnder18(db, found.seriesRow.clientId),
    chosen: last ?? null,
  };
}

async function listChanges(
  db: Db,
  viewer: LinkViewer,
  { remaining, therapistId }: { remaining: AppointmentRow[]; therapistId: string },
  now: number,
): Promise<PlanChangeOption[]> {
  const next = remaining[0]!;
  const held = (await listWithheldMassages(viewer, { db, now })).map(({ serviceId }) => serviceId);
  const offers = (await listServicesBookableOnline()).filter(({ id, booking, lengths }) => {
    return (
      booking !== 'approval' &&
      !held.includes(id) &&
      remaining.every((row) => lengths.some(({ minutes }) => minutes === row.minutes))
    );
  });
  const names = new Map((await db.select().from(therapists)).map(({ id, name }) => [id, name]));
  const changeOf = (offer: ActiveService, id: string): PlanChangeOption => ({
    serviceId: offer.id,
    service: offer.name,
    pressure: offer.pressure,
    therapistId: id,
    therapist: names.get(id) ?? id,
    priceCents:
      offer.ownPrices.find((own) => own.therapistId === id && own.minutes === next.minutes)?.priceCents ??
      offer.lengths.find(({ minutes }) => minutes === next.minutes)!.priceCents,
  });
  const trained = await findPrenatalTherapistsForClient(viewer, { db, now });
  const mayBeWith = (id: string) => isAllowedTherapist(trained?.therapistIds, id);
  const others = offers.filter(
    ({ id, therapists: givers }) => id !== next.serviceId && givers.includes(therapistId) && mayBeWith(therapistId),
  );
  const same = offers.find(({ id }) => id === next.serviceId);
  return [
    ...others.map((offer) => changeOf(offer, therapistId)),
    ...(same?.therapists ?? []).flatMap((id) => (id === therapistId || !mayBeWith(id) ? [] : [changeOf(same!, id)])),
  ];
}

export interface ProgressCheckInRequest {
  choice: CheckInChoice;
  /** The version of the plan that the page showed. */
  version: number;
  /** For `space_out`: the repairs that the page proposed. */
  repairs?: MoveRepair[];
  /** For `pause`: the pause that the page proposed. */
  pause?: ShownPause;
  /** For `change`. */
  serviceId?: string;
  therapistId?: string;
}

export type ProgressCheckInResult =
  | { ok: true }
  | Refusal<'not_found' | 'not_now' | 'not_weekly' | 'nothing_left' | 'conflict' | 'taken' | 'unconfirmed' | 'paid'>;

/** Carries out the choice and records it: both or neither. */
export async function applyProgressCheckInChoice(
  viewer: LinkViewer,
  request: ProgressCheckInRequest,
  { now }: Clock,
): Promise<ProgressCheckInResult> {
  return transact<ProgressCheckInResult>(async (tx, undo) => {
    await lockOfferForBooking(tx);
    const [plan] = await tx.select({ version: series.version }).from(series).where(eq(series.id, viewer.seriesId));
    if (!plan) return { ok: false, reason: 'not_found' };
    if (plan.version !== request.version) return { ok: false, reason: 'conflict' };
    const visits = await listBookedOrCompletedSessions(tx, viewer.seriesId);
    if (!isTimeForProgressCheckIn(visits, now)) return { ok: false, reason: 'not_now' };
    const result = await applyDateDecisions(tx, undo, viewer, request, now);
    if (!result.ok) return undo<ProgressCheckInResult>({ ok: false, reason: result.reason });
    const { choice } = request;
    const sessions = visits.filter(({ endsAt }) => endsAt <= now).length;
    await tx
      .insert(progressCheckIns)
      .values({ id: randomUUID(), seriesId: viewer.seriesId, choice, sessions, chosenAt: now });
    const event = {
      at: now,
      actor: getAuditActor(viewer),
      subject: `series:${viewer.seriesId}`,
      facts: { choice, sessions },
    };
    await recordEvent(tx, { ...event, action: 'checked in' });
    return { ok: true };
  });
}

async function applyDateDecisions(
  tx: Db,
  undo: RollBack,
  viewer: LinkViewer,
  { choice, version, repairs = [], pause, serviceId = '', therapistId = '' }: ProgressCheckInRequest,
  now: number,
): Promise<ProgressCheckInResult> {
  const { seriesId } = viewer;
  switch (choice) {
    case 'continue':
      return { ok: true };
    case 'change':
      // Health answers may have come since the page was shown.
      if ((await listWithheldMassages(viewer, { db: tx, now })).some((held) => held.serviceId === serviceId))
        return { ok: false, reason: 'not_found' };
      if (!(await areTrained(tx, viewer, [therapistId], now))) return { ok: false, reason: 'not_found' };
      return changeSeriesMassageOrTherapist(tx, undo, viewer, { seriesId, version, serviceId, therapistId }, now);
    case 'space_out':
      if (!(await areTrained(tx, viewer, await listGivers(tx, viewer, repairs, now), now)))
        return { ok: false, reason: 'not_found' };
      return changeToBiweekly(tx, undo, viewer, { seriesId, version, repairs }, now);
    case 'pause':
      return pause
        ? pauseInTransaction(tx, undo, viewer, { version, ...pause }, now)
        : { ok: false, reason: 'conflict' };
    case 'stop': {
      const result = await cancelRemainingDates(tx, undo, viewer, { version, until: null }, now);
      // A client who has stopped gets no more e-mails that ask for scores.
      if (result.ok) await tx.insert(scoreMailOptOuts).values({ seriesId, stoppedAt: now }).onConflictDoNothing();
      return result;
    }
  }
}

/** Whether the client may choose all of these therapists, given their health answers. */
async function areTrained(db: Db, viewer: LinkViewer, therapistIds: string[], now: number): Promise<boolean> {
  const trained = await findPrenatalTherapistsForClient(viewer, { db, now });
  return therapistIds.every((id) => isAllowedTherapist(trained?.therapistIds, id));
}

/** The therapists of the dates: the current ones, and those to whom some dates would move. */
async function listGivers(db: Db, viewer: LinkViewer, repairs: MoveRepair[], now: number): Promise<string[]> {
  const dates = (await findWholeSeries(db, viewer, viewer.seriesId))?.rows ?? [];
  const booked = dates.filter(({ status, startAt }) => status === 'booked' && startAt > now);
  const moved = repairs.flatMap((repair) => (repair.choice === 'move' ? [repair] : []));
  const unmoved = booked.filter(({ position }) => !moved.some((repair) => repair.position === position));
  return [...unmoved, ...moved].map(({ therapistId }) => therapistId);
}

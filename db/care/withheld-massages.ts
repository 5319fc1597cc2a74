import { and, desc, eq } from 'drizzle-orm';
import type { SafetyAnswers, SafetyVerdict } from '@/care/safety';
import type { Viewer } from '@/db/access/viewer';
import { type BookSkippedRequest, type BookSkippedResult, bookSkipped } from '@/db/booking/book-skipped';
import type { MoveRequest } from '@/db/booking/decide-move';
import { type ExtendRequest, type ExtendResult, extendSeries } from '@/db/booking/extend-series';
import { type MoveResult, moveAppointments } from '@/db/booking/move-appointments';
import { type ExtensionProposal, proposeExtension } from '@/db/booking/propose-extension';
import { type MoveProposalResult, proposeMove } from '@/db/booking/propose-move';
import { type RestoreRequest, type RestoreResult, restoreCancelledDate } from '@/db/booking/restore-cancelled-date';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { listServices } from '@/db/practice/services';
import type { Clock, Refusal } from '@/db/results';
import { appointments, series } from '@/db/schema';
import { isAllowedTherapist } from '@/scheduling/availability';
import { type CareViewer, findHealthAccess, listSeriesIdsOfClient } from './health-access';
import { listHealthAnswersForBookingUnchecked } from './health-answers-for-booking';
import { screenIntakeAnswers } from './intake';
import {
  findPrenatalTherapistsForClient,
  findPrenatalTherapistsOfSeries,
  formatPrenatalReason,
  listPrenatalAllowedTherapists,
  type PrenatalQuery,
} from './prenatal-therapists';

// The massages that clients cannot add themselves because of their health answers. Existing bookings stay: those who
// treat the client read the answers and decide.

type LinkViewer = Extract<CareViewer, { role: 'link' }>;

/** A withheld massage, and the first reason for it, in the words of the safety questions. */
export interface WithheldMassage {
  serviceId: string;
  why: string;
}

/**
 * Empty if the client has not answered, if nothing rules a massage out, or once somebody has discussed it with them. An
 * unfinished form counts too, and so does the check before the next session.
 */
export async function listWithheldMassages(viewer: CareViewer, query: PrenatalQuery): Promise<WithheldMassage[]> {
  const from = query.db ?? (await reader());
  const access = await findHealthAccess(from, viewer, query.clientId);
  return access ? listOfSeries(from, access.seriesIds, query.now) : [];
}

/** Whether a client may not have a massage with this therapist, when the system makes an offer. */
export async function isMassageWithheldFrom(
  { clientId, serviceId, therapistId }: { clientId: string; serviceId: string; therapistId: string },
  { now }: Clock,
): Promise<boolean> {
  const db = await reader();
  const seriesIds = await listSeriesIdsOfClient(db, clientId);
  const held = await listOfSeries(db, seriesIds, now);
  if (held.some((massage) => massage.serviceId === serviceId)) return true;
  const trained = await findPrenatalTherapistsOfSeries(db, seriesIds, now);
  return !isAllowedTherapist(trained?.therapistIds, therapistId);
}

async function listOfSeries(from: Db, seriesIds: string[], now: number): Promise<WithheldMassage[]> {
  const healthAnswers = (await listHealthAnswersForBookingUnchecked(from, seriesIds, now)).filter(
    ({ isSettled }) => !isSettled,
  );
  const verdicts = await Promise.all(healthAnswers.map(({ answers }) => judge(from, answers)));
  return [...new Map(verdicts.flat().map((held) => [held.serviceId, held])).values()];
}

/** Answers that cannot be decrypted rule out the firmest massages. */
async function judge(db: Db, answers: SafetyAnswers | null): Promise<WithheldMassage[]> {
  if (answers === null) {
    const firm = (await listServices(db)).filter(({ pressure }) => pressure === 3);
    return firm.map(({ id }) => ({ serviceId: id, why: 'we cannot open what you said at the moment.' }));
  }
  // A fever passes, and affects only the next date.
  const { infection: _, ...lasting } = answers;
  const verdict = await screenIntakeAnswers(db, lasting);
  return Object.entries(verdict.services)
    .filter(([, state]) => state === 'not_offered')
    .map(([serviceId]) => ({ serviceId, why: whyOf(verdict, lasting) }));
}

/** A question that was not answered rules out nothing, and so is no reason. */
function whyOf(verdict: SafetyVerdict, answers: object): string {
  const stated = verdict.reasons.filter(({ question }) => question in answers);
  return (stated.find(({ say }) => say.includes('deep tissue')) ?? stated[0])?.say ?? '';
}

/** Like `extendSeries`, for a client who extends a plan themselves: not with a withheld massage. */
export async function extendSeriesUnlessWithheld(
  viewer: LinkViewer,
  request: ExtendRequest,
  clock: Clock,
): Promise<ExtendResult | Refusal<'held_back'>> {
  if (await findWithheldMassageOfPlan(viewer, clock)) return { ok: false, reason: 'held_back' };
  const allowed = await listPrenatalAllowedTherapists(await reader(), viewer, clock.now);
  if (request.repairs?.some(({ therapistId }) => !isAllowedTherapist(allowed ?? undefined, therapistId)))
    return { ok: false, reason: 'held_back' };
  return extendSeries(viewer, request, clock);
}

/** Like `proposeExtension`: for a date that is not free, only times with therapists whom the client may have. */
export async function proposeExtensionToAllowedTherapists(
  viewer: LinkViewer,
  request: ExtendRequest,
  { now }: Clock,
): Promise<ExtensionProposal> {
  return proposeExtension(viewer, request, {
    now,
    listAllowed: (db) => listPrenatalAllowedTherapists(db, viewer, now),
  });
}

/** Like `bookSkipped`: a client cannot book a skipped date with a withheld massage or therapist. */
export async function bookSkippedUnlessWithheld(
  viewer: LinkViewer,
  request: BookSkippedRequest,
  clock: Clock,
): Promise<BookSkippedResult | Refusal<'held_back'>> {
  if (await findWithheldMassageOfSkipped(viewer, request.position, clock)) return { ok: false, reason: 'held_back' };
  return bookSkipped(viewer, request, clock);
}

/** Like `restoreCancelledDate`: a client cannot book a date again with a withheld massage or therapist. */
export async function restoreCancelledUnlessWithheld(
  viewer: LinkViewer,
  request: RestoreRequest,
  clock: Clock,
): Promise<RestoreResult | Refusal<'held_back'>> {
  if (await isCancelledDateWithheld(viewer, request.uid, clock)) return { ok: false, reason: 'held_back' };
  return restoreCancelledDate(viewer, request, clock);
}

/** Like `moveAppointments`: if a client needs trained therapists, they can move dates to no others. Staff can. */
export async function moveToAllowedTherapists(
  viewer: Viewer,
  request: MoveRequest,
  { now }: Clock,
): Promise<MoveResult> {
  if (viewer.role !== 'link') return moveAppointments(viewer, request, { now });
  return moveAppointments(viewer, request, {
    now,
    listAllowed: (db) => listPrenatalAllowedTherapists(db, viewer, now),
  });
}

/** Like `proposeMove`: for a date that clashes, a client is proposed only times with therapists they may have. */
export async function proposeMoveToAllowedTherapists(
  viewer: LinkViewer,
  request: Parameters<typeof proposeMove>[1],
  { now }: Clock,
): Promise<MoveProposalResult> {
  return proposeMove(viewer, request, { now, listAllowed: (db) => listPrenatalAllowedTherapists(db, viewer, now) });
}

/** Whether more dates of a plan, which would copy its last date, are withheld, and why. */
export async function findWithheldMassageOfPlan(viewer: LinkViewer, clock: Clock): Promise<WithheldMassage | null> {
  return findHeldBackOf(viewer, await findMassageLike(await reader(), viewer), clock);
}

/** Like `findWithheldMassageOfPlan`, for a skipped date, which copies the date before it. */
export async function findWithheldMassageOfSkipped(
  viewer: LinkViewer,
  position: number,
  clock: Clock,
): Promise<WithheldMassage | null> {
  return findHeldBackOf(viewer, await findMassageLike(await reader(), viewer, position), clock);
}

/** Whether the massage of a cancelled date, or its therapist, is withheld from its client. */
export async function isCancelledDateWithheld(viewer: LinkViewer, uid: string, clock: Clock): Promise<boolean> {
  const [row] = await (await reader())
    .select({
      clientId: appointments.clientId,
      serviceId: appointments.serviceId,
      therapistId: appointments.therapistId,
    })
    .from(appointments)
    .where(and(eq(appointments.id, uid), eq(appointments.seriesId, viewer.seriesId)));
  return row !== undefined && isMassageWithheldFrom(row, clock);
}

/** The massage of a plan's last date, or of the date before a given position. */
async function findMassageLike(db: Db, viewer: LinkViewer, position?: number): Promise<string | undefined> {
  const rows = await db
    .select({ serviceId: appointments.serviceId, position: appointments.position })
    .from(appointments)
    .where(eq(appointments.seriesId, viewer.seriesId))
    .orderBy(desc(appointments.position));
  if (position === undefined) return rows[0]?.serviceId;
  return (rows.find((row) => row.position < position) ?? rows.at(-1))?.serviceId;
}

async function findHeldBackOf(
  viewer: LinkViewer,
  serviceId: string | undefined,
  { now }: Clock,
): Promise<WithheldMassage | null> {
  const db = await reader();
  const held = (await listWithheldMassages(viewer, { db, now })).find((massage) => massage.serviceId === serviceId);
  if (held || serviceId === undefined) return held ?? null;
  const trained = await findPrenatalTherapistsForClient(viewer, { db, now });
  const [plan] = await db.select({ with: series.therapistId }).from(series).where(eq(series.id, viewer.seriesId));
  return plan && trained && !isAllowedTherapist(trained.therapistIds, plan.with)
    ? { serviceId, why: formatPrenatalReason(trained) }
    : null;
}

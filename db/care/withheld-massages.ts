import { desc, eq } from 'drizzle-orm';
import type { SafetyAnswers, SafetyVerdict } from '@/care/safety';
import type { Viewer } from '@/db/access/viewer';
import { type BookSkippedRequest, type BookSkippedResult, bookSkipped } from '@/db/booking/book-skipped';
import { type ExtendRequest, type ExtendResult, extendSeries } from '@/db/booking/extend-series';
import { type MoveRequest, type MoveResult, moveAppointments } from '@/db/booking/move-appointments';
import { type MoveProposalResult, proposeMove } from '@/db/booking/propose-move';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { listServices } from '@/db/practice/services';
import type { Clock, Refusal } from '@/db/results';
import { appointments, series } from '@/db/schema';
import { isAllowedTherapist } from '@/scheduling/availability';
import { listCurrentHealthAnswers } from './current-health-answers';
import { type CareViewer, findHealthAccess, listSeriesIdsOfClient } from './health-access';
import { screenIntakeAnswers } from './intake';
import {
  findPrenatalTherapistsForClient,
  findPrenatalTherapistsOfSeries,
  formatPrenatalReason,
  listPrenatalAllowedTherapists,
  type PrenatalQuery,
} from './prenatal-therapists';

// Which massages a client cannot add by themselves, after what they said about their health. Nothing that is booked is
// touched: whoever treats them reads the answers, and decides.

type LinkViewer = Extract<CareViewer, { role: 'link' }>;

/** A massage that is held back, and the first reason for it, in the words of the safety questions. */
export interface WithheldMassage {
  serviceId: string;
  why: string;
}

/**
 * None where they have not answered, where nothing stands against any, or since somebody has talked it over with them. A
 * form that was only begun counts too, and what was said before the next session.
 */
export async function listWithheldMassages(viewer: CareViewer, query: PrenatalQuery): Promise<WithheldMassage[]> {
  const from = query.db ?? (await reader());
  const access = await findHealthAccess(from, viewer, query.clientId);
  return access ? listOfSeries(from, access.seriesIds, query.now) : [];
}

/** Whether a massage by somebody is held back from a client, for what is offered to them by itself. */
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
  const healthAnswers = (await listCurrentHealthAnswers(from, seriesIds, now)).filter(({ isSettled }) => !isSettled);
  const verdicts = await Promise.all(healthAnswers.map(({ answers }) => judge(from, answers)));
  return [...new Map(verdicts.flat().map((held) => [held.serviceId, held])).values()];
}

/** Answers that cannot be read here hold the firmest massages back. */
async function judge(db: Db, answers: SafetyAnswers | null): Promise<WithheldMassage[]> {
  if (answers === null) {
    const firm = (await listServices(db)).filter(({ pressure }) => pressure === 3);
    return firm.map(({ id }) => ({ serviceId: id, why: 'we cannot open what you said at the moment.' }));
  }
  // A fever passes, and moves only the date that is near.
  const { infection: _, ...lasting } = answers;
  const verdict = await screenIntakeAnswers(db, lasting);
  return Object.entries(verdict.services)
    .filter(([, state]) => state === 'not_offered')
    .map(([serviceId]) => ({ serviceId, why: whyOf(verdict, lasting) }));
}

/** What was not answered holds nothing back, and so is no reason. */
function whyOf(verdict: SafetyVerdict, answers: object): string {
  const stated = verdict.reasons.filter(({ question }) => question in answers);
  return (stated.find(({ say }) => say.includes('deep tissue')) ?? stated[0])?.say ?? '';
}

/** As `extendSeries`, for a client who goes on by themselves: not with a massage that is held back. */
export async function extendSeriesUnlessWithheld(
  viewer: LinkViewer,
  request: ExtendRequest,
  clock: Clock,
): Promise<ExtendResult | Refusal<'held_back'>> {
  if (await findWithheldMassageOfPlan(viewer, clock)) return { ok: false, reason: 'held_back' };
  return extendSeries(viewer, request, clock);
}

/** As `bookSkipped`: a client books no date that was skipped with a massage, or somebody, that is held back. */
export async function bookSkippedUnlessWithheld(
  viewer: LinkViewer,
  request: BookSkippedRequest,
  clock: Clock,
): Promise<BookSkippedResult | Refusal<'held_back'>> {
  if (await findWithheldMassageOfSkipped(viewer, request.position, clock)) return { ok: false, reason: 'held_back' };
  return bookSkipped(viewer, request, clock);
}

/** As `moveAppointments`: where only the trained will do, a client moves dates to nobody else. Staff may. */
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

/** As `proposeMove`: for a date that clashes, a client is named no time with anybody else than those who will do. */
export async function proposeMoveToAllowedTherapists(
  viewer: LinkViewer,
  request: Parameters<typeof proposeMove>[1],
  { now }: Clock,
): Promise<MoveProposalResult> {
  return proposeMove(viewer, request, { now, listAllowed: (db) => listPrenatalAllowedTherapists(db, viewer, now) });
}

/** Whether more dates of a plan, which are like its last, are held back, and why. */
export async function findWithheldMassageOfPlan(viewer: LinkViewer, clock: Clock): Promise<WithheldMassage | null> {
  return findHeldBackOf(viewer, await findMassageLike(await reader(), viewer), clock);
}

/** As `findWithheldMassageOfPlan`, of a date that was skipped: it is like the one before it. */
export async function findWithheldMassageOfSkipped(
  viewer: LinkViewer,
  position: number,
  clock: Clock,
): Promise<WithheldMassage | null> {
  return findHeldBackOf(viewer, await findMassageLike(await reader(), viewer, position), clock);
}

/** The massage of the last date of a plan, or of the one before a place of it. */
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

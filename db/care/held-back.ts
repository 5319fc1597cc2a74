import { and, desc, eq, inArray } from 'drizzle-orm';
import type { SafetyAnswers, SafetyVerdict } from '@/care/safety';
import { type ExtendRequest, type ExtendResult, extendSeries } from '@/db/booking/extend-series';
import { reader } from '@/db/connection/client';
import type { Db } from '@/db/connection/connection';
import { listServices } from '@/db/practice/services';
import type { Clock, Refusal } from '@/db/results';
import { appointments, beforeLines } from '@/db/schema';
import { type CareViewer, findHealthAccess, listSeriesIdsOfClient } from './health-access';
import { listIntakes, verdictOf } from './intake';
import { openIntake, openSessionCheck } from './sealed-answers';

// Which massages a client cannot add by themselves, after what they told of their health. Nothing that is booked is
// touched: whoever treats them reads the answers, and decides.

/** A massage that is held back, and the first reason for it, in the words of the safety questions. */
export interface HeldBack {
  serviceId: string;
  why: string;
}

/**
 * None where they have not answered, where nothing stands against any, or since somebody has talked it over with them. A
 * form that was only begun counts too, and what was said before the next session.
 */
export async function listHeldBack(viewer: CareViewer, clientId?: string, db?: Db): Promise<HeldBack[]> {
  const from = db ?? (await reader());
  const access = await findHealthAccess(from, viewer, clientId);
  return access ? listOfSeries(from, access.seriesIds) : [];
}

/** Whether a massage is held back from a client, for what is offered to them by itself. */
export async function isHeldBackFrom({
  clientId,
  serviceId,
}: {
  clientId: string;
  serviceId: string;
}): Promise<boolean> {
  const db = await reader();
  const held = await listOfSeries(db, await listSeriesIdsOfClient(db, clientId));
  return held.some((one) => one.serviceId === serviceId);
}

async function listOfSeries(from: Db, seriesIds: string[]): Promise<HeldBack[]> {
  const rows = await listIntakes(from, seriesIds);
  const latest = rows.find(({ finishedAt }) => finishedAt !== null);
  const open = rows.filter((row) => row.settledAt === null && (row === latest || row.finishedAt === null));
  const told = [
    ...open.map(({ sealedIntake }) => openIntake(sealedIntake)?.answers ?? null),
    ...(await listSaid(from, seriesIds)),
  ];
  const verdicts = await Promise.all(told.map((answers) => judge(from, answers)));
  return [...new Map(verdicts.flat().map((held) => [held.serviceId, held])).values()];
}

/** Answers that cannot be read here hold the firmest massages back. */
async function judge(db: Db, answers: SafetyAnswers | null): Promise<HeldBack[]> {
  if (answers === null) {
    const firm = (await listServices(db)).filter(({ pressure }) => pressure === 3);
    return firm.map(({ id }) => ({ serviceId: id, why: 'We cannot open your health answers at the moment.' }));
  }
  // A fever passes, and moves only the date that is near.
  const { infection: _, ...lasting } = answers;
  const verdict = await verdictOf(db, lasting);
  return Object.entries(verdict.services)
    .filter(([, state]) => state === 'not_offered')
    .map(([serviceId]) => ({ serviceId, why: whyOf(verdict, lasting) }));
}

/** What was said before the sessions that are still to come. */
async function listSaid(db: Db, seriesIds: string[]): Promise<(SafetyAnswers | null)[]> {
  const found = await db
    .select({ sealedBefore: beforeLines.sealedBefore })
    .from(beforeLines)
    .innerJoin(
      appointments,
      and(eq(appointments.id, beforeLines.appointmentId), eq(appointments.startAt, beforeLines.startAt)),
    )
    .where(and(inArray(appointments.seriesId, seriesIds), eq(appointments.status, 'booked')));
  return found.map(({ sealedBefore }) => openSessionCheck(sealedBefore)?.answers ?? null);
}

/** What was not answered holds nothing back, and so is no reason. */
function whyOf(verdict: SafetyVerdict, answers: object): string {
  const given = verdict.reasons.filter(({ question }) => question in answers);
  return (given.find(({ say }) => say.includes('deep tissue')) ?? given[0])?.say ?? '';
}

/** As `extendSeries`, for a client who goes on by themselves: not with a massage that is held back. */
export async function addMoreDates(
  viewer: Extract<CareViewer, { role: 'link' }>,
  request: ExtendRequest,
  clock: Clock,
): Promise<ExtendResult | Refusal<'held_back'>> {
  if (await findHeldBack(viewer)) return { ok: false, reason: 'held_back' };
  return extendSeries(viewer, request, clock);
}

/** Whether the massage that more dates of a plan would have, which is the last date's, is held back, and why. */
export async function findHeldBack(viewer: Extract<CareViewer, { role: 'link' }>): Promise<HeldBack | null> {
  const db = await reader();
  const [last] = await db
    .select({ serviceId: appointments.serviceId })
    .from(appointments)
    .where(eq(appointments.seriesId, viewer.seriesId))
    .orderBy(desc(appointments.position))
    .limit(1);
  return (await listHeldBack(viewer, undefined, db)).find(({ serviceId }) => serviceId === last?.serviceId) ?? null;
}

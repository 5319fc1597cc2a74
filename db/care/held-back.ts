import { desc, eq } from 'drizzle-orm';
import type { SafetyVerdict } from '@/care/safety';
import { type ExtendRequest, type ExtendResult, extendSeries } from '@/db/booking/extend-series';
import { reader } from '@/db/connection/client';
import type { Db } from '@/db/connection/connection';
import type { Clock, Refusal } from '@/db/results';
import { appointments } from '@/db/schema';
import { listIntakes, verdictOf } from './intake';
import { type CareViewer, findReach } from './reach';
import { openIntake } from './sealed-answers';

// Which massages a client cannot add by themselves, after what they told of their health. Nothing that is booked is
// touched: whoever treats them reads the answers, and decides.

/** A massage that is held back, and the first reason for it, in the words of the safety questions. */
export interface HeldBack {
  serviceId: string;
  why: string;
}

/** None where they have not answered, where nothing stands against any, or since somebody has talked it over with them. */
export async function listHeldBack(viewer: CareViewer, clientId?: string, db?: Db): Promise<HeldBack[]> {
  const from = db ?? (await reader());
  const reach = await findReach(from, viewer, clientId);
  const rows = reach ? await listIntakes(from, reach.seriesIds) : [];
  const latest = rows.find(({ finishedAt }) => finishedAt !== null);
  const answers = latest && latest.settledAt === null ? openIntake(latest.sealedIntake)?.answers : undefined;
  if (!answers) return [];
  const verdict = await verdictOf(from, answers);
  return Object.entries(verdict.services)
    .filter(([, state]) => state === 'not_offered')
    .map(([serviceId]) => ({ serviceId, why: whyOf(verdict, answers) }));
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

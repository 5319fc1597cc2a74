import { and, asc, eq, inArray, lt } from 'drizzle-orm';
import {
  advisePressureFromFeedback,
  findAdjacentPressureMassage,
  type PressureFeedback,
  type PressureStepAdvice,
} from '@/care/pressure-ladder';
import type { TherapistOrOwner } from '@/db/access/viewer';
import { clientsWithVisibleHealthCondition, isPossibleId } from '@/db/access/viewer-conditions';
import { reader } from '@/db/connection/database-client';
import { listServices } from '@/db/practice/services';
import type { Clock } from '@/db/results';
import { appointments, clients, scores } from '@/db/schema';
import { decryptScore } from './pain-score-encryption';
import { getSessionCheckAnswer } from './session-check-answers';
import { listWithheldMassages } from './withheld-massages';

// Clients' feedback on the pressure of their sessions, and the advice it gives for the next one.

export interface PressureAdvice {
  /** The latest feedback, and its session. */
  last: PressureFeedback & { sessionAt: number };
  advice: PressureStepAdvice;
  /** The massage one step up or down, as the advice says; null if the therapist gives none. */
  massage: string | null;
}

/**
 * The advice from the feedback on a client's earlier sessions; null if there is none, and for a viewer who may not
 * know.
 */
export async function getPressureAdviceFromFeedback(
  viewer: TherapistOrOwner,
  uid: string,
  { now }: Clock,
): Promise<PressureAdvice | null> {
  if (!isPossibleId(uid)) return null;
  const db = await reader();
  const [found] = await db
    .select({ appointment: appointments })
    .from(appointments)
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .where(and(eq(appointments.id, uid), clientsWithVisibleHealthCondition(db, viewer)));
  if (!found) return null;
  const { clientId, startAt, therapistId } = found.appointment;
  const earlier = await db
    .select({ id: appointments.id, sessionAt: appointments.startAt, serviceId: appointments.serviceId })
    .from(appointments)
    .where(and(eq(appointments.clientId, clientId), lt(appointments.startAt, startAt)))
    .orderBy(asc(appointments.startAt));
  const slots = earlier.map(({ id }) => id);
  const rows = await db
    .select({ slot: scores.slot, sealedScore: scores.sealedScore })
    .from(scores)
    .where(and(eq(scores.kind, 'after'), inArray(scores.slot, slots)));
  const answersOf = new Map(rows.map(({ slot, sealedScore }) => [slot, decryptScore(sealedScore)]));
  const feedback = earlier.flatMap(({ id, ...session }) => {
    const answers = answersOf.get(id);
    const hasFeedback = answers && (answers.pressure !== null || answers.isSore !== null);
    return hasFeedback ? [{ ...session, pressure: answers.pressure, isSore: answers.isSore }] : [];
  });
  const last = feedback.at(-1);
  if (!last) return null;
  const before = await getSessionCheckAnswer(db, found.appointment);
  const advised = advisePressureFromFeedback(feedback, before?.answers?.isNew ?? false);
  const held = (await listWithheldMassages(viewer, { clientId, db, now })).map(({ serviceId }) => serviceId);
  const offered = (await listServices(db)).filter(({ therapists }) => therapists.includes(therapistId));
  const way = advised === 'offer_next' ? 'up' : 'down';
  // A massage that the health answers rule out is no next step; the current massage stays, because steps count from it.
  const steps = offered.filter(({ id }) => id === last.serviceId || !held.includes(id));
  const nextServiceId = advised === 'stay' ? null : findAdjacentPressureMassage(last.serviceId, way, steps);
  const isHeld =
    way === 'up' && nextServiceId === null && findAdjacentPressureMassage(last.serviceId, way, offered) !== null;
  const advice = advised === 'offer_next' && isHeld ? 'stay' : advised;
  const { pressure, isSore, sessionAt } = last;
  return {
    last: { pressure, isSore, sessionAt },
    advice,
    massage: offered.find(({ id }) => id === nextServiceId)?.name ?? null,
  };
}

import { and, eq, gt, inArray } from 'drizzle-orm';
import type { SafetyAnswers, SafetyVerdict } from '@/care/safety';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import type { Db } from '@/db/connection/connection';
import { appointments, sessionChecks } from '@/db/schema';
import { decryptSessionCheck, type SessionCheckAnswers } from './health-answer-encryption';
import { screenIntakeAnswers } from './intake';

// What was answered before a session, read and judged. Who may read it is for the caller to know.

/** What was said before a session. */
export interface SessionCheckAssessment {
  at: number;
  answers: SessionCheckAnswers | null;
  /** Of what is new; null where nothing is, and for the front desk. */
  verdict: SafetyVerdict | null;
  /** What everybody who works here has to know of it. */
  urgency: 'help_now' | 'talk_first' | null;
}

/** What was said before a session, whole: for those who treat the client. */
export async function getSessionCheckAnswer(
  db: Db,
  row: Pick<AppointmentRow, 'id' | 'startAt'>,
): Promise<SessionCheckAssessment | null> {
  const stored = await findStoredSessionCheck(db, row);
  return stored && decryptStoredAnswer(db, stored);
}

/** What is stored, in the clear, with what follows from it. */
export async function decryptStoredAnswer(
  db: Db,
  { saidAt, sealedBefore }: typeof sessionChecks.$inferSelect,
): Promise<SessionCheckAssessment> {
  const answers = decryptSessionCheck(sealedBefore);
  const verdict = answers?.isNew ? await screenIntakeAnswers(db, answers.answers) : null;
  // What cannot be read may be the worst of it.
  return { ...{ at: saidAt, answers, verdict }, urgency: answers === null ? 'talk_first' : getUrgency(verdict) };
}

/** What everybody who works there has to know of a verdict. */
export function getUrgency(verdict: SafetyVerdict | null): SessionCheckAssessment['urgency'] {
  if (verdict === null || verdict.tier === 'adapt' || verdict.tier === 'fine') return null;
  return verdict.tier === 'emergency' ? 'help_now' : 'talk_first';
}

/** As it is stored; of a session that has been moved since, what was said is not said. */
export async function findStoredSessionCheck(db: Db, { id, startAt }: Pick<AppointmentRow, 'id' | 'startAt'>) {
  const [found] = await db
    .select()
    .from(sessionChecks)
    .where(and(eq(sessionChecks.appointmentId, id), eq(sessionChecks.startAt, startAt)));
  return found ?? null;
}

/** What was said before the sessions that are not over: one that staff never marked says nothing of what is to come. */
export async function listSessionCheckAnswers(
  db: Db,
  seriesIds: string[],
  now: number,
): Promise<(SafetyAnswers | null)[]> {
  const found = await db
    .select({ sealedBefore: sessionChecks.sealedBefore })
    .from(sessionChecks)
    .innerJoin(
      appointments,
      and(eq(appointments.id, sessionChecks.appointmentId), eq(appointments.startAt, sessionChecks.startAt)),
    )
    .where(
      and(inArray(appointments.seriesId, seriesIds), eq(appointments.status, 'booked'), gt(appointments.endAt, now)),
    );
  return found.map(({ sealedBefore }) => decryptSessionCheck(sealedBefore)?.answers ?? null);
}

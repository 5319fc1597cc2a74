import { and, eq, gt, inArray } from 'drizzle-orm';
import type { SafetyAnswers, SafetyVerdict } from '@/care/safety';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import type { Db } from '@/db/connection/connection';
import { appointments, sessionChecks } from '@/db/schema';
import { decryptSessionCheck, type SessionCheckAnswers } from './health-answer-encryption';
import { screenIntakeAnswers } from './intake';

// Reads and judges the answers given before a session. The caller decides who may read them.

/** The answers given before a session. */
export interface SessionCheckAssessment {
  at: number;
  answers: SessionCheckAnswers | null;
  /** The verdict on what is new; null if nothing is new, and for the front desk. */
  verdict: SafetyVerdict | null;
  /** What every member of staff has to know of it. */
  urgency: 'help_now' | 'talk_first' | null;
}

/** All answers given before a session: for those who treat the client. */
export async function getSessionCheckAnswer(
  db: Db,
  row: Pick<AppointmentRow, 'id' | 'startAt'>,
): Promise<SessionCheckAssessment | null> {
  const stored = await findStoredSessionCheck(db, row);
  return stored && decryptStoredAnswer(db, stored);
}

/** The stored answers, decrypted, with the verdict on them. */
export async function decryptStoredAnswer(
  db: Db,
  { saidAt, sealedBefore }: typeof sessionChecks.$inferSelect,
): Promise<SessionCheckAssessment> {
  const answers = decryptSessionCheck(sealedBefore);
  const verdict = answers?.isNew ? await screenIntakeAnswers(db, answers.answers) : null;
  // Answers that cannot be decrypted may be the worst ones.
  return { ...{ at: saidAt, answers, verdict }, urgency: answers === null ? 'talk_first' : getUrgency(verdict) };
}

/** What every member of staff has to know of a verdict. */
export function getUrgency(verdict: SafetyVerdict | null): SessionCheckAssessment['urgency'] {
  if (verdict === null || verdict.tier === 'adapt' || verdict.tier === 'fine') return null;
  return verdict.tier === 'emergency' ? 'help_now' : 'talk_first';
}

/** The stored check of a session. If the session was moved since, its earlier check does not count. */
export async function findStoredSessionCheck(db: Db, { id, startAt }: Pick<AppointmentRow, 'id' | 'startAt'>) {
  const [found] = await db
    .select()
    .from(sessionChecks)
    .where(and(eq(sessionChecks.appointmentId, id), eq(sessionChecks.startAt, startAt)));
  return found ?? null;
}

/**
 * The answers given before sessions that are not over. A session that staff never marked is over too once its end has
 * passed.
 */
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

import { and, asc, eq, gt, lte } from 'drizzle-orm';
import { listHealthAlerts, UNDER_18_ALERT } from '@/care/health-alerts';
import { type SafetyVerdict, screenSafety, type Tier } from '@/care/safety';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import type { Staff, TherapistOrOwner } from '@/db/access/viewer';
import { isPossibleId, maySeeHealthOfClient, visibleClientsCondition } from '@/db/access/viewer-conditions';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import type { Clock, Refusal } from '@/db/results';
import { appointments, clients, intakes } from '@/db/schema';
import { type CareConsentStates, isClientUnder18, readConsentStates } from './consents';
import { findHealthAccess, listSeriesIdsOfClient } from './health-access';
import { decryptIntake, type IntakeAnswers } from './health-answer-encryption';
import {
  getReasonFromBooking,
  getReasonToAskAgain,
  type IntakeRow,
  type IntakeView,
  isIntakeAnsweredAgain,
  listIntakes,
  screenIntakeAnswers,
} from './intake';
import { SESSION_CHECK_OPENS_MS } from './pre-session-check';
import { type DatesWithUntrainedTherapist, findDatesWithUntrainedTherapist } from './prenatal-therapists';
import { getSessionCheckAnswer, type SessionCheckAssessment } from './session-check-answers';

/** How far a client is with the questions, as everybody who works here may know it. */
export type IntakeStatus = 'not_yet' | 'answered' | 'needs_call';

/** What those who treat a client may read of their answers. */
export interface HealthSummary {
  consents: CareConsentStates;
  /** The latest round that is whole. */
  submitted: {
    at: number;
    answers: IntakeAnswers | null;
    verdict: SafetyVerdict | null;
    settledAt: number | null;
  } | null;
  why: IntakeView['why'];
  /** What follows from the latest round for the hands of whoever treats them, a line each. */
  alerts: string[];
  /** Somebody began a round, and has not finished it. */
  isBegun: boolean;
  /** The next session, where it has begun to be asked about, and what was said. */
  next: { uid: string; startsAt: number; answer: SessionCheckAssessment | null } | null;
  /** Where only a therapist who is trained for pregnancy will do: the dates that are with another. */
  untrained: DatesWithUntrainedTherapist | null;
  /** Earlier rounds, and what each asked for: the latest counts, and nothing else is lost from sight. */
  earlier: { at: number; tier: Tier | null }[];
}

/** What a member of staff may know; `sheet` is null for whoever may only know the level. Null for nobody of theirs. */
export async function getClientHealthStatus(
  viewer: Staff,
  clientId: string,
  { now }: Clock,
): Promise<{ level: IntakeStatus; sheet: HealthSummary | null } | null> {
  const db = await reader();
  if (!isPossibleId(clientId) || !(await isOwn(db, viewer, clientId))) return null;
  const seriesIds = await listSeriesIdsOfClient(db, clientId);
  const rows = await listIntakes(db, seriesIds);
  const consents = await readConsentStates(db, seriesIds);
  const finished = rows.filter(({ finishedAt }) => finishedAt !== null);
  const [latest, ...earlier] = finished;
  const answers = latest ? decryptIntake(latest.sealedIntake) : null;
  const verdict = answers && (await screenIntakeAnswers(db, answers.answers));
  const why = latest
    ? getReasonToAskAgain(latest, { now, reason: await getReasonFromBooking(db, seriesIds[0]!) })
    : null;
  const next = await findNext(db, clientId, now);
  const answer = next && (await getSessionCheckAnswer(db, next));
  const isCalled =
    consents.treated === 'withdrawn' || (answer?.urgency ?? null) !== null || rows.some((row) => wantsCall(row, rows));
  const level = isCalled ? 'needs_call' : latest && why === null ? 'answered' : 'not_yet';
  if (!(await maySeeHealthOfClient(db, viewer, clientId))) return { level, sheet: null };
  const untrained =
    viewer.role === 'front_desk' ? null : await findDatesWithUntrainedTherapist(viewer, clientId, { now });
  const submitted = latest ? { at: latest.finishedAt!, answers, verdict, settledAt: latest.settledAt } : null;
  const alerts = [
    ...((await isClientUnder18(db, clientId)) ? [UNDER_18_ALERT] : []),
    ...(answers ? listHealthAlerts(answers.answers, answers.about) : []),
  ];
  return {
    level,
    sheet: {
      ...{ consents, submitted, why, untrained, alerts, isBegun: rows.length > finished.length },
      next: next && { uid: next.id, startsAt: next.startAt, answer },
      earlier: await Promise.all(earlier.map((row) => tierOf(db, row))),
    },
  };
}

async function isOwn(db: Db, viewer: Staff, clientId: string): Promise<boolean> {
  const [found] = await db
    .select({ id: clients.id })
    .from(clients)
    .where(and(eq(clients.id, clientId), visibleClientsCondition(db, viewer)));
  return found !== undefined;
}

async function findNext(db: Db, clientId: string, now: number) {
  const [next] = await db
    .select({ id: appointments.id, startAt: appointments.startAt })
    .from(appointments)
    .where(
      and(
        eq(appointments.clientId, clientId),
        eq(appointments.status, 'booked'),
        gt(appointments.endAt, now),
        lte(appointments.startAt, now + SESSION_CHECK_OPENS_MS),
      ),
    )
    .orderBy(asc(appointments.startAt), asc(appointments.id))
    .limit(1);
  return next ?? null;
}

const TIERS_TO_CALL: Tier[] = ['emergency', 'doctor_first', 'not_today', 'ask_first'];

/** Until it was talked over, or answered anew. What is not answered yet is nothing to call about. */
function wantsCall(row: IntakeRow, rows: IntakeRow[]): boolean {
  if (row.settledAt !== null) return false;
  if (isIntakeAnsweredAgain(row, rows)) return false;
  const opened = decryptIntake(row.sealedIntake);
  // What cannot be read may be the worst of it.
  if (!opened) return true;
  const { answers } = opened;
  const { reasons } = screenSafety(answers, []);
  return reasons.some(({ question, tier }) => answers[question] !== undefined && TIERS_TO_CALL.includes(tier));
}

async function tierOf(db: Db, row: IntakeRow): Promise<{ at: number; tier: Tier | null }> {
  const answers = decryptIntake(row.sealedIntake);
  return { at: row.finishedAt!, tier: answers ? (await screenIntakeAnswers(db, answers.answers)).tier : null };
}

/**
 * Somebody who treats them has talked the latest answers over with them, and they may come. `at` is when those were given:
 * what has been answered since is not settled.
 */
export async function markAnswersDiscussed(
  viewer: TherapistOrOwner,
  { clientId, at }: { clientId: string; at: number },
  { now }: Clock,
): Promise<{ ok: true } | Refusal<'not_found' | 'conflict'>> {
  return transact(async (tx): Promise<{ ok: true } | Refusal<'not_found' | 'conflict'>> => {
    const access = await findHealthAccess(tx, viewer, clientId);
    if (!access) return { ok: false, reason: 'not_found' };
    const latest = (await listIntakes(tx, access.seriesIds)).find(({ finishedAt }) => finishedAt !== null);
    if (latest?.finishedAt !== at) return { ok: false, reason: 'conflict' };
    await tx.update(intakes).set({ settledAt: now }).where(eq(intakes.id, latest.id));
    const event = { at: now, actor: getAuditActor(viewer), subject: `client:${clientId}`, facts: {} };
    await recordEvent(tx, { ...event, action: 'health answers talked over' });
    return { ok: true };
  });
}

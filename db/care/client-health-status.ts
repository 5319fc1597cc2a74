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

/** How far a client is with the health form: every member of staff may know this. */
export type IntakeStatus = 'not_yet' | 'answered' | 'needs_call';

/** What those who treat a client may read of their answers. */
export interface HealthSummary {
  consents: CareConsentStates;
  /** The latest complete form. */
  submitted: {
    at: number;
    answers: IntakeAnswers | null;
    verdict: SafetyVerdict | null;
    settledAt: number | null;
  } | null;
  why: IntakeView['why'];
  /** What the therapist has to keep in mind because of the latest form, one line each. */
  alerts: string[];
  /** The client has begun another form and not finished it. */
  isBegun: boolean;
  /** The next session, once its check is open, and the answer to that check. */
  next: { uid: string; startsAt: number; answer: SessionCheckAssessment | null } | null;
  /** Set if the client needs a therapist trained for pregnancy: their dates with a therapist who is not. */
  untrained: DatesWithUntrainedTherapist | null;
  /** Earlier forms and their results, so that nothing is lost from sight; only the latest counts. */
  earlier: { at: number; tier: Tier | null }[];
}

/**
 * What a member of staff may know of a client. `sheet` is null for those who may know only how far the client is. Null
 * for a client whom the viewer may not see.
 */
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

/**
 * The practice should call until the answers were discussed, or given again. A question without an answer is no reason
 * to call.
 */
function wantsCall(row: IntakeRow, rows: IntakeRow[]): boolean {
  if (row.settledAt !== null) return false;
  if (isIntakeAnsweredAgain(row, rows)) return false;
  const opened = decryptIntake(row.sealedIntake);
  // An answer that cannot be decrypted may be the worst one.
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
 * Records that somebody who treats the client has discussed the latest answers with them, and that they may come. `at`
 * is when those answers were given: later answers are not settled by this.
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

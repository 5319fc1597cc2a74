import { and, asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { COMPARISON_ANSWERS } from '@/care/describe-progress';
import { judgeProgress, type Progress, type Score } from '@/care/progress';
import { findCurrentScoreMoment, type ScoreMoment, type SessionToScore } from '@/care/score-moments';
import { decryptStartScore } from '@/db/appointments/booking-health-encryption';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { cleanLine, hasAtMostLetters } from '@/db/input/clean-text';
import { listBookedOrCompletedSessions } from '@/db/messages/score-email-facts-to-send';
import { getPractice } from '@/db/practice/practice';
import { type Clock, type Invalid, invalid, type Refusal } from '@/db/results';
import { scoreGoals, scores, series, startScores } from '@/db/schema';
import { toWallTime } from '@/scheduling/zone-conversion';
import { isClientUnder18, lockHealthAnswersOfSeries, readConsentStates, recordGivenConsents } from './consents';
import { type CareViewer, findHealthAccess } from './health-access';
import {
  decryptGoal,
  decryptScore,
  encryptGoal,
  encryptScore,
  NO_SCORE_ANSWERS,
  type ScoreAnswers,
} from './pain-score-encryption';

// Scores that a client notes through the link of their booking. They belong to one series, because progress is judged
// for one plan.

/** The scores of one time; `answers` is null if they cannot be decrypted. */
interface NotedScore {
  kind: 'before' | 'session' | 'after';
  notedAt: number;
  answers: ScoreAnswers | null;
  /** The number of the session they belong to, from 1; null before the first. */
  session: number | null;
}

/** The progress of one plan. */
export interface ProgressView {
  seriesId: string;
  scores: NotedScore[];
  /** The one activity the client wants to do again; null if they named none or it cannot be decrypted. */
  goal: string | null;
  /** The score given while reading, before anything was booked. */
  reading: number | null;
  progress: Progress;
  /** The first session has begun. */
  hasBegun: boolean;
  /** How many sessions are over. */
  sessionsOver: number;
}

/** What a link may note now. */
export interface ScorePageData {
  moment: ScoreMoment | null;
  /** What was noted for this time already. */
  answers: ScoreAnswers;
  goal: string | null;
  hasConsent: boolean;
  /** A parent or guardian has to consent, on the health form. */
  isUnder18: boolean;
  visits: SessionToScore[];
  hasBegun: boolean;
}

export const MAX_GOAL_LENGTH = 120;

const point = z.int().min(0).max(10);
const scoreFields = z
  .object({
    usual: point,
    worst: point,
    task: point,
    compared: z.enum(COMPARISON_ANSWERS),
    pressure: z.enum(['too_light', 'right', 'too_hard']),
    isSore: z.boolean(),
  })
  .partial()
  .strict();

export interface ScoreRequest {
  answers: z.input<typeof scoreFields>;
  /** The one activity they want to do again, in their own words. */
  goal?: string;
  /** Consent to store their health answers. */
  consent?: boolean;
}

/** `kind` is that of the noted score; null if there was none. */
type ScoreSaved =
  | { ok: true; kind: NotedScore['kind'] | null }
  | Invalid
  | Refusal<'not_found' | 'consent' | 'guardian' | 'not_now' | 'unreadable'>;

/** What a link may note at this time. */
export async function getScorePageData(
  viewer: Extract<CareViewer, { role: 'link' }>,
  { now }: Clock,
): Promise<ScorePageData | null> {
  const db = await reader();
  const access = await findHealthAccess(db, viewer);
  if (!access) return null;
  const visits = await listBookedOrCompletedSessions(db, viewer.seriesId);
  const moment = findCurrentScoreMoment(visits, now);
  const row = moment && (await findScore(db, viewer.seriesId, await slotOf(db, moment, now)));
  return {
    moment,
    answers: (row && decryptScore(row.sealedScore)) || NO_SCORE_ANSWERS,
    goal: await readGoal(db, viewer.seriesId),
    hasConsent: (await readConsentStates(db, access.seriesIds)).health_kept === 'given',
    isUnder18: await isClientUnder18(db, access.clientId),
    visits,
    hasBegun: visits.some(({ startsAt }) => startsAt <= now),
  };
}

/**
 * Saves the answers, and adds them to earlier answers for the same time. Nothing about somebody's health is stored
 * before they have consented.
 */
export async function saveScore(
  viewer: Extract<CareViewer, { role: 'link' }>,
  request: ScoreRequest,
  { now }: Clock,
): Promise<ScoreSaved> {
  const parsed = scoreFields.safeParse(request.answers);
  if (!parsed.success) return invalid([{ path: ['score'], message: 'Choose a number from 0 to 10.' }]);
  const goal = cleanLine(request.goal ?? '');
  if (!hasAtMostLetters(goal, MAX_GOAL_LENGTH))
    return invalid([{ path: ['goal'], message: `Please keep this to ${MAX_GOAL_LENGTH} characters.` }]);
  return transact(async (tx): Promise<ScoreSaved> => {
    const access = await findHealthAccess(tx, viewer);
    if (!access) return { ok: false, reason: 'not_found' };
    const { seriesId } = viewer;
    // Two taps that are sent at once are saved one after the other, so that neither overwrites the other.
    await lockHealthAnswersOfSeries(tx, [seriesId]);
    const hasConsent = (await readConsentStates(tx, access.seriesIds)).health_kept === 'given';
    if (!hasConsent && !request.consent) return { ok: false, reason: 'consent' };
    if (!hasConsent && (await isClientUnder18(tx, access.clientId))) return { ok: false, reason: 'guardian' };
    if (!hasConsent) await recordGivenConsents(tx, access, ['health_kept'], { signer: 'adult', now });
    if (goal !== '' && !(await writeGoal(tx, seriesId, goal, now))) return { ok: false, reason: 'unreadable' };
    if (Object.keys(parsed.data).length === 0) return { ok: true, kind: null };
    const moment = findCurrentScoreMoment(await listBookedOrCompletedSessions(tx, seriesId), now);
    if (!moment) return { ok: false, reason: 'not_now' };
    if (!(await writeScore(tx, seriesId, await slotOf(tx, moment, now), parsed.data, now)))
      return { ok: false, reason: 'unreadable' };
    return { ok: true, kind: moment.kind };
  });
}

/** The progress of one plan, for its link, the owner and the therapist who treats; null for all other viewers. */
export async function getProgress(viewer: CareViewer, seriesId: string, { now }: Clock): Promise<ProgressView | null> {
  const db = await reader();
  const [found] = await db.select({ clientId: series.clientId }).from(series).where(eq(series.id, seriesId));
  if (!found || (viewer.role === 'link' && viewer.seriesId !== seriesId)) return null;
  const access = await findHealthAccess(db, viewer, found.clientId);
  return access?.seriesIds.includes(seriesId) ? readProgress(db, seriesId, now) : null;
}

/** The plans of a client that have scores, latest first; null if the viewer may not see them. */
export async function listProgress(
  viewer: Exclude<CareViewer, { role: 'link' }>,
  clientId: string,
  { now }: Clock,
): Promise<ProgressView[] | null> {
  const db = await reader();
  const access = await findHealthAccess(db, viewer, clientId);
  if (!access) return null;
  const views: ProgressView[] = [];
  for (const seriesId of access.seriesIds) views.push(await readProgress(db, seriesId, now));
  return views.filter((view) => view.scores.length > 0);
}

async function readProgress(db: Db, seriesId: string, now: number): Promise<ProgressView> {
  const visits = await listBookedOrCompletedSessions(db, seriesId);
  const rows = await db.select().from(scores).where(eq(scores.seriesId, seriesId)).orderBy(asc(scores.notedAt));
  const [start] = await db.select().from(startScores).where(eq(startScores.seriesId, seriesId));
  const reading = start ? decryptStartScore(start.sealedScore) : null;
  const sessionOf = new Map(visits.map(({ id }, at) => [id, at + 1]));
  // The score of a session that was cancelled, or to which nobody came, does not count.
  const counted = rows.filter(({ kind, slot }) => kind === 'before' || sessionOf.has(slot));
  const noted = counted.map(({ kind, slot, notedAt, sealedScore }): NotedScore => {
    return { kind, notedAt, answers: decryptScore(sealedScore), session: sessionOf.get(slot) ?? null };
  });
  return {
    seriesId,
    scores: noted,
    goal: await readGoal(db, seriesId),
    reading,
    progress: judgeProgress(
      extractUsualPainScores(noted, start && reading !== null ? { at: start.createdAt, value: reading } : undefined),
    ),
    hasBegun: visits.some(({ startsAt }) => startsAt <= now),
    sessionsOver: visits.filter(({ endsAt }) => endsAt <= now).length,
  };
}

/**
 * The scores that are judged: usual pain this week. Others are shown beside the result but do not count. The worst pain
 * of a week depends on one bad hour, so it varies most by chance. The activity to do again differs for each client, and
 * many name none. "Compared with before" relies on memory, which is coloured by how the client feels today. CARE 4;
 * Salaffi 2004.
 */
export function extractUsualPainScores(
  noted: Pick<NotedScore, 'kind' | 'notedAt' | 'answers'>[],
  reading?: { at: number; value: number },
): Score[] {
  const usual = noted.flatMap(({ kind, notedAt: at, answers }): Score[] =>
    answers && answers.usual !== null ? [{ at, kind, value: answers.usual }] : [],
  );
  return reading ? [{ ...reading, kind: 'reading' }, ...usual] : usual;
}

type Slot = Pick<typeof scores.$inferSelect, 'kind' | 'slot'>;

/** Before the first session there is one score a day: a second score on a day replaces the first. */
async function slotOf(db: Db, { kind, visitId }: ScoreMoment, now: number): Promise<Slot> {
  if (visitId !== null) return { kind, slot: visitId };
  return { kind, slot: toWallTime((await getPractice(db)).timeZone, now).on };
}

async function findScore(db: Db, seriesId: string, { kind, slot }: Slot) {
  const [row] = await db
    .select()
    .from(scores)
    .where(and(eq(scores.seriesId, seriesId), eq(scores.kind, kind), eq(scores.slot, slot)));
  return row;
}

async function writeScore(
  tx: Db,
  seriesId: string,
  slot: Slot,
  answers: z.output<typeof scoreFields>,
  now: number,
): Promise<boolean> {
  const row = await findScore(tx, seriesId, slot);
  const before = row ? decryptScore(row.sealedScore) : NO_SCORE_ANSWERS;
  // A score that cannot be decrypted is not overwritten: it is readable again once its key is back.
  if (!before) return false;
  const changes = Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== undefined));
  const sealedScore = encryptScore({ ...before, ...changes });
  await tx
    .insert(scores)
    .values({ seriesId, ...slot, notedAt: now, sealedScore })
    // The time of the first answer stays, because later answers belong to the same moment.
    .onConflictDoUpdate({ target: [scores.seriesId, scores.kind, scores.slot], set: { sealedScore } });
  return true;
}

async function readGoal(db: Db, seriesId: string): Promise<string | null> {
  const [row] = await db.select().from(scoreGoals).where(eq(scoreGoals.seriesId, seriesId));
  return row ? decryptGoal(row.sealedGoal) : null;
}

async function writeGoal(tx: Db, seriesId: string, words: string, now: number): Promise<boolean> {
  const [before] = await tx.select().from(scoreGoals).where(eq(scoreGoals.seriesId, seriesId));
  if (before && decryptGoal(before.sealedGoal) === null) return false;
  const goal = { sealedGoal: encryptGoal(words), namedAt: now };
  await tx
    .insert(scoreGoals)
    .values({ seriesId, ...goal })
    .onConflictDoUpdate({ target: scoreGoals.seriesId, set: goal });
  return true;
}

import { desc, eq, inArray } from 'drizzle-orm';
import {
  getFollowUpQuestion,
  getReasonToAskIntakeAgain,
  INTAKE_VERSION,
  type IntakeScreenId,
  intakeScreens,
  safetyQuestionsByScreen,
  type WarningSignScreenId,
} from '@/care/intake-questions';
import type { PracticeFormQuestion } from '@/care/practice-questions';
import { type SafetyVerdict, screenSafety } from '@/care/safety';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { listServices } from '@/db/practice/services';
import type { Clock } from '@/db/results';
import { appointments, intakes, seriesQuestionPages } from '@/db/schema';
import { type CareConsentStates, isClientUnder18, readConsentStates } from './consents';
import { type CareViewer, findHealthAccess, type HealthAccess, listSeriesIdsOfClient } from './health-access';
import { decryptIntake, type IntakeAnswers } from './health-answer-encryption';
import { listPracticeQuestions } from './practice-questions';

export type IntakeRow = typeof intakes.$inferSelect;

/** A round of questions as it stands. */
export interface IntakeView {
  clientId: string;
  consents: CareConsentStates;
  /** What was saved so far and is not finished yet; null where nothing is begun. */
  draft: IntakeAnswers | null;
  /** Who spoke for a client under 18 on the latest round; null for nobody, and where it cannot be read here. */
  guardian: IntakeAnswers['guardian'];
  /** Their parent or guardian agreed for them last. */
  isUnder18: boolean;
  /** What counts now; `answers` is null where it cannot be read here. */
  submitted: {
    at: number;
    answers: IntakeAnswers | null;
    verdict: SafetyVerdict | null;
    /** Somebody who treats them has talked it over with them, and they may come. */
    isSettled: boolean;
  } | null;
  /** Why what was given does not count any more. */
  why: 'old' | 'version' | 'reason' | null;
  /** It was answered by another link, or to staff: what was said is not shown. */
  isGivenElsewhere: boolean;
  /** Where to go on. */
  next: IntakeScreenId;
  /** What was saved so far and means help now. */
  stop: SafetyVerdict | null;
  /** The screen on which that was said. */
  stopScreen: IntakeScreenId;
  /** What the practice asks beside our questions. */
  ownQuestions: PracticeFormQuestion[];
}

/** The questions as they stand for a link, or for a client whom a practitioner treats; null where it is not the viewer's. */
export async function getIntake(viewer: CareViewer, { now }: Clock, clientId?: string): Promise<IntakeView | null> {
  const db = await reader();
  const access = await findHealthAccess(db, viewer, clientId);
  if (!access) return null;
  const rows = (await listIntakes(db, access.seriesIds)).filter((row) => isShownTo(row, access));
  const reason = await getReasonFromBooking(db, access.seriesId);
  const draft = pickIntakeDraft(rows, access);
  const [latest] = rows.filter(({ finishedAt }) => finishedAt !== null);
  const answers = latest ? decryptIntake(latest.sealedIntake) : null;
  const submitted = latest
    ? {
        ...{ at: latest.finishedAt!, answers, isSettled: latest.settledAt !== null },
        verdict: answers && (await screenIntakeAnswers(db, answers.answers)),
      }
    : null;
  const why = latest ? getReasonToAskAgain(latest, { now, reason }) : null;
  const draftAnswers = draft ? decryptIntake(draft.sealedIntake) : null;
  const elsewhere = latest ? [] : await listIntakes(db, await listSeriesIdsOfClient(db, access.clientId));
  return {
    clientId: access.clientId,
    consents: await readConsentStates(db, access.seriesIds),
    ...{ draft: draftAnswers, submitted, why },
    guardian: (draftAnswers ?? answers)?.guardian ?? null,
    isUnder18: await isClientUnder18(db, access.clientId),
    isGivenElsewhere: elsewhere.some(
      (row) => row.finishedAt !== null && getReasonToAskAgain(row, { now, reason }) === null,
    ),
    next: intakeScreens.find((screen) => !draftAnswers?.saved.includes(screen)) ?? 'hopes',
    ...stopOf(draftAnswers),
    ownQuestions: await listPracticeQuestions(db),
  };
}

/** Why a finished round does not count any more; where it cannot be read, its reason is taken to be the same. */
export function getReasonToAskAgain(
  row: IntakeRow,
  { now, reason }: { now: number; reason: string },
): IntakeView['why'] {
  const submitted = { at: row.finishedAt!, version: row.questionsVersion };
  const answers = decryptIntake(row.sealedIntake);
  return getReasonToAskIntakeAgain(
    { ...submitted, reason: answers?.reason ?? reason },
    { now, version: INTAKE_VERSION, reason },
  );
}

/** The latest finished first, and what is not finished before it. */
export async function listIntakes(db: Db, seriesIds: string[]): Promise<IntakeRow[]> {
  const found = await db
    .select()
    .from(intakes)
    .where(inArray(intakes.seriesId, seriesIds))
    .orderBy(desc(intakes.savedAt), desc(intakes.id));
  return [...found.filter((row) => row.finishedAt === null), ...found.filter((row) => row.finishedAt !== null)];
}

/** What was told to staff on the spot is not read by a link, which somebody else may have booked. */
function isShownTo(row: IntakeRow, { way }: HealthAccess): boolean {
  return way === 'staff' || row.way === 'link';
}

/**
 * What was begun for the same series and may be gone on with: what was begun the same way, before any other. What cannot be
 * read here is left as it is, and another is begun.
 */
export function pickIntakeDraft(rows: IntakeRow[], access: HealthAccess): IntakeRow | undefined {
  const begun = rows.filter(
    (row) => row.finishedAt === null && row.seriesId === access.seriesId && decryptIntake(row.sealedIntake) !== null,
  );
  return begun.find(({ way }) => way === access.way) ?? begun.find((row) => isShownTo(row, access));
}

/** Whether the same link, or staff, have finished a round since: somebody else who books by that name answers for nobody. */
export function isIntakeAnsweredAgain(row: IntakeRow, rows: IntakeRow[]): boolean {
  return rows.some(
    ({ finishedAt, savedAt, seriesId, way }) =>
      finishedAt !== null && savedAt > row.savedAt && (seriesId === row.seriesId || way === 'staff'),
  );
}

/** Why somebody comes, as one text: the question page and the massages of a series. */
export async function getReasonFromBooking(db: Db, seriesId: string): Promise<string> {
  const [question] = await db
    .select({ slug: seriesQuestionPages.questionSlug })
    .from(seriesQuestionPages)
    .where(eq(seriesQuestionPages.seriesId, seriesId));
  const massages = await db
    .selectDistinct({ id: appointments.serviceId })
    .from(appointments)
    .where(eq(appointments.seriesId, seriesId));
  return [question?.slug ?? '', ...massages.map(({ id }) => id).sort()].join(' ');
}

export async function screenIntakeAnswers(db: Db, answers: IntakeAnswers['answers']): Promise<SafetyVerdict> {
  const offer = (await listServices(db)).map(({ id, pressure }) => ({ id, pressure: pressure as 1 | 2 | 3 }));
  return screenSafety(answers, offer);
}

function stopOf(draft: IntakeAnswers | null): Pick<IntakeView, 'stop' | 'stopScreen'> {
  const verdict = draft && hasEmergencyAnswer(draft.answers) ? screenSafety(draft.answers, []) : null;
  const urgent = verdict?.reasons.filter(({ tier }) => tier === 'emergency').map(({ question }) => question) ?? [];
  const isOn = (screen: WarningSignScreenId) =>
    urgent.some((id) =>
      safetyQuestionsByScreen[screen].some((questionId) => questionId === id || getFollowUpQuestion(questionId) === id),
    );
  return { stop: verdict, stopScreen: signScreens.find(isOn) ?? 'now' };
}

const signScreens = ['now', 'lately', 'health'] as const;

/** Of what was answered so far: what is missing is no reason to stop anybody. */
export function hasEmergencyAnswer(answers: IntakeAnswers['answers']): boolean {
  return screenSafety(answers, []).tier === 'emergency';
}

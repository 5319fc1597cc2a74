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

/** The state of a client's health form. */
export interface IntakeView {
  clientId: string;
  consents: CareConsentStates;
  /** What was saved but not finished; null if nothing was begun. */
  draft: IntakeAnswers | null;
  /** The guardian of a client under 18 on the latest form; null if there is none or it cannot be decrypted. */
  guardian: IntakeAnswers['guardian'];
  /** The latest consent was given by a parent or guardian. */
  isUnder18: boolean;
  /** The form that counts now; `answers` is null if it cannot be decrypted. */
  submitted: {
    at: number;
    answers: IntakeAnswers | null;
    verdict: SafetyVerdict | null;
    /** Somebody who treats the client has discussed it with them, and they may come. */
    isSettled: boolean;
  } | null;
  /** Why a finished form no longer counts. */
  why: 'old' | 'version' | 'reason' | null;
  /** It was answered through another link, or to staff, so its answers are not shown here. */
  isGivenElsewhere: boolean;
  /** The screen to continue with. */
  next: IntakeScreenId;
  /** Set if a saved answer means an emergency. */
  stop: SafetyVerdict | null;
  /** The screen with that answer. */
  stopScreen: IntakeScreenId;
  /** The practice's own questions. */
  ownQuestions: PracticeFormQuestion[];
}

/** The health form for a link, or for a client whom the viewer treats; null if the viewer may not see it. */
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

/** Why a finished form no longer counts. If its reason for the visit cannot be decrypted, it is taken as unchanged. */
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

/** Unfinished forms first, then the latest finished. */
export async function listIntakes(db: Db, seriesIds: string[]): Promise<IntakeRow[]> {
  const found = await db
    .select()
    .from(intakes)
    .where(inArray(intakes.seriesId, seriesIds))
    .orderBy(desc(intakes.savedAt), desc(intakes.id));
  return [...found.filter((row) => row.finishedAt === null), ...found.filter((row) => row.finishedAt !== null)];
}

/** Answers given to staff in person are not shown to a link, because somebody else may have booked it. */
function isShownTo(row: IntakeRow, { way }: HealthAccess): boolean {
  return way === 'staff' || row.way === 'link';
}

/**
 * The unfinished form of the same series that can be continued; one that was begun the same way comes first. A form that
 * cannot be decrypted is left alone, and a new one is begun.
 */
export function pickIntakeDraft(rows: IntakeRow[], access: HealthAccess): IntakeRow | undefined {
  const begun = rows.filter(
    (row) => row.finishedAt === null && row.seriesId === access.seriesId && decryptIntake(row.sealedIntake) !== null,
  );
  return begun.find(({ way }) => way === access.way) ?? begun.find((row) => isShownTo(row, access));
}

/**
 * Whether the same link, or staff, have finished a form since. A form by somebody else who books with that name does
 * not count.
 */
export function isIntakeAnsweredAgain(row: IntakeRow, rows: IntakeRow[]): boolean {
  return rows.some(
    ({ finishedAt, savedAt, seriesId, way }) =>
      finishedAt !== null && savedAt > row.savedAt && (seriesId === row.seriesId || way === 'staff'),
  );
}

/** Why a client comes, as one text: the question page and the massages of a series. */
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

/** Judges the answers so far: a missing answer is no emergency. */
export function hasEmergencyAnswer(answers: IntakeAnswers['answers']): boolean {
  return screenSafety(answers, []).tier === 'emergency';
}

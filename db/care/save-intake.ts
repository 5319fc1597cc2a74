import { randomUUID } from 'node:crypto';
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import {
  getFollowUpQuestion,
  INTAKE_VERSION,
  type IntakeScreenId,
  intakeScreens,
  parseWarningSigns,
  safetyQuestionsByScreen,
  type WarningSignScreenId,
  type WarningSignsInput,
} from '@/care/intake-questions';
import type { SafetyQuestionId } from '@/care/safety';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import { exemptFromMoveLimits } from '@/db/booking/move-limit-exemptions';
import type { Db } from '@/db/connection/connection';
import { transact } from '@/db/connection/database-client';
import { cleanLine } from '@/db/input/clean-text';
import { type Clock, type Invalid, type Issue, invalid, type Refusal } from '@/db/results';
import { appointments, intakes } from '@/db/schema';
import { lockHealthAnswersOfSeries, readConsentStates, recordGivenConsents } from './consents';
import { cleanFreeText, isFreeTextShortEnough } from './free-text';
import { type CareViewer, findHealthAccess, type HealthAccess } from './health-access';
import { decryptIntake, encryptIntake, type IntakeAnswers } from './health-answer-encryption';
import { getReasonFromBooking, hasEmergencyAnswer, type IntakeRow, listIntakes, pickIntakeDraft } from './intake';
import { parseSubmittedPracticeAnswers } from './practice-questions';

// Saves the health form, one screen after the other.

/** What the form of one screen sent. */
export type IntakeScreenValues =
  | {
      screen: 'agree';
      treated: boolean;
      healthKept: boolean;
      writtenTo: boolean;
      isMinor: boolean;
      guardianName: string;
      guardianIsPresent: boolean;
    }
  | ({ screen: WarningSignScreenId; about: Record<string, string> } & WarningSignsInput)
  /** `own`: the answer to each of the practice's own questions on the screen, by its id. */
  | { screen: 'hopes'; hopes: string; touch: boolean; aboutTouch: string; own: Record<string, string> };

export type SaveIntakeResult =
  /** `stop`: an answer means an emergency, whatever else has to be corrected. */
  | { ok: true; next: IntakeScreenId | 'done'; stop: boolean }
  | Invalid
  | Refusal<'not_found' | 'consent' | 'incomplete'>;

/**
 * Saves one screen. The first stores the consents, without which no health data is stored; the last finishes the form.
 * A new form begins empty: earlier answers are asked for again.
 */
export async function saveIntakeScreen(
  viewer: CareViewer,
  values: IntakeScreenValues,
  { now }: Clock,
  clientId?: string,
): Promise<SaveIntakeResult> {
  const issues = issuesOfScreen(values);
  if (issues.length > 0) return invalid(issues);
  return transact(async (tx): Promise<SaveIntakeResult> => {
    const access = await findHealthAccess(tx, viewer, clientId);
    if (!access) return { ok: false, reason: 'not_found' };
    // Two devices save one after the other, so neither overwrites the other.
    await lockHealthAnswersOfSeries(tx, [access.seriesId]);
    if (values.screen === 'agree') {
      const kinds = ['treated', 'health_kept', ...(values.writtenTo ? ['written_to' as const] : [])] as const;
      await recordGivenConsents(tx, access, [...kinds], { signer: values.isMinor ? 'guardian' : 'adult', now });
    } else if ((await readConsentStates(tx, access.seriesIds)).health_kept !== 'given') {
      return { ok: false, reason: 'consent' };
    }
    const row = pickIntakeDraft(await listIntakes(tx, access.seriesIds), access);
    if (!row && values.screen === 'agree') await closeUnreadableDraft(tx, access);
    const before = row ? decryptIntake(row.sealedIntake) : null;
    // Each form begins with the first screen: sending the last one twice begins no new form.
    if (!before && values.screen !== 'agree') return { ok: false, reason: 'incomplete' };
    const own =
      values.screen === 'hopes' ? await parseSubmittedPracticeAnswers(tx, values.own, before?.own ?? []) : null;
    if (own && !own.ok) return invalid(own.issues);
    const answers = { ...withScreen(before ?? emptyAnswers(), values), ...(own && { own: own.answers }) };
    answers.reason = await getReasonFromBooking(tx, access.seriesId);
    const missing = intakeScreens.find((screen) => !answers.saved.includes(screen));
    const isDone = values.screen === 'hopes' && missing === undefined;
    await store(tx, access, row, { answers, isDone, now });
    if (isDone) {
      const event = {
        at: now,
        actor: getAuditActor(viewer),
        subject: `series:${access.seriesId}`,
        facts: { way: access.way },
      };
      await recordEvent(tx, { ...event, action: 'health form answered' });
    }
    if (values.screen === 'lately' && answers.answers.infection === 'yes')
      await exemptFromMoveLimits(tx, await listNextDates(tx, access.seriesId, now), now);
    const stop = hasEmergencyAnswer(answers.answers);
    if (isDone) return { ok: true, next: 'done', stop };
    return { ok: true, next: missing ?? 'hopes', stop };
  });
}

/**
 * An unfinished form that cannot be decrypted is stored as an earlier form. Until the next one is complete, it may hold
 * the worst answers.
 */
async function closeUnreadableDraft(tx: Db, { seriesId, way }: HealthAccess): Promise<void> {
  await tx
    .update(intakes)
    .set({ finishedAt: sql`${intakes.savedAt}` })
    .where(and(eq(intakes.seriesId, seriesId), eq(intakes.way, way), isNull(intakes.finishedAt)));
}

/** A client who is ill may move near dates free of charge. */
async function listNextDates(tx: Db, seriesId: string, now: number) {
  return tx
    .select({ id: appointments.id, startAt: appointments.startAt })
    .from(appointments)
    .where(and(eq(appointments.seriesId, seriesId), eq(appointments.status, 'booked'), gt(appointments.startAt, now)));
}

function emptyAnswers(): IntakeAnswers {
  return { answers: {}, about: {}, hopes: '', guardian: null, reason: '', saved: [] };
}

function issuesOfScreen(values: IntakeScreenValues): Issue[] {
  if (values.screen === 'agree') return issuesOfAgreeing(values);
  if (values.screen === 'hopes')
    return [...tooLong('hopes', values.hopes), ...tooLong('about-touch', values.aboutTouch)];
  const read = parseWarningSigns(safetyQuestionsByScreen[values.screen], values);
  const long = Object.entries(values.about).flatMap(([id, words]) => tooLong(`about-${id}`, words));
  if (read.ok) return long;
  const message =
    read.problem === 'nothing'
      ? 'Tick what applies, or “None of these”.'
      : 'You ticked “None of these” and something else. Leave one of them.';
  return [{ path: ['signs'], message }, ...long];
}

function tooLong(field: string, words: string): Issue[] {
  return isFreeTextShortEnough(words) ? [] : [{ path: [field], message: 'Please keep it to 500 letters.' }];
}

function issuesOfAgreeing(values: Extract<IntakeScreenValues, { screen: 'agree' }>): Issue[] {
  const name = cleanLine(values.guardianName);
  return [
    ...(values.treated ? [] : [{ path: ['treated'], message: 'Please tick this, or call us instead.' }]),
    ...(values.healthKept
      ? []
      : [{ path: ['healthKept'], message: 'Without this we cannot keep your answers. Call us instead.' }]),
    ...(values.isMinor && (name === '' || name.length > 100)
      ? [{ path: ['guardianName'], message: 'Please give the name of a parent or guardian.' }]
      : []),
    ...(values.isMinor && !values.guardianIsPresent
      ? [{ path: ['guardianIsPresent'], message: 'A parent or guardian has to be there.' }]
      : []),
  ];
}

function withScreen(before: IntakeAnswers, values: IntakeScreenValues): IntakeAnswers {
  const saved = intakeScreens.filter((screen) => before.saved.includes(screen) || screen === values.screen);
  if (values.screen === 'agree') {
    const guardian = { name: cleanLine(values.guardianName), isPresent: values.guardianIsPresent };
    return { ...before, saved, guardian: values.isMinor ? guardian : null };
  }
  if (values.screen === 'hopes') {
    const touch = values.touch ? 'yes' : 'no';
    const about = wordsOf({ touch: values.touch ? values.aboutTouch : '' }, ['touch']);
    return {
      ...before,
      ...{ saved, hopes: cleanFreeText(values.hopes) },
      answers: { ...before.answers, touch },
      about: { ...before.about, touch: undefined, ...about },
    };
  }
  const questionIds = safetyQuestionsByScreen[values.screen];
  const read = parseWarningSigns(questionIds, values);
  if (!read.ok) throw new Error('A list of signs was not read before it was saved.');
  const screenIds: string[] = questionIds.flatMap((id) => [id, getFollowUpQuestion(id) ?? id]);
  const ofOthers = <Value>(previous: Partial<Record<SafetyQuestionId, Value>>) =>
    Object.fromEntries(Object.entries(previous).filter(([id]) => !screenIds.includes(id)));
  const applying = questionIds.filter((id) => read.answers[id] !== 'no');
  return {
    ...before,
    saved,
    answers: { ...ofOthers(before.answers), ...read.answers },
    about: { ...ofOthers(before.about), ...wordsOf(values.about, applying) },
  };
}

function wordsOf(about: Record<string, string>, ids: readonly SafetyQuestionId[]) {
  const entries = ids.map((id) => [id, cleanFreeText(about[id] ?? '')] as const);
  return Object.fromEntries(entries.filter(([, words]) => words !== ''));
}

async function store(
  tx: Db,
  { seriesId, way }: HealthAccess,
  row: IntakeRow | undefined,
  { answers, isDone, now }: { answers: IntakeAnswers; isDone: boolean; now: number },
): Promise<void> {
  const saved = { savedAt: now, finishedAt: isDone ? now : null, way, sealedIntake: encryptIntake(answers) };
  if (row) {
    await tx
      .update(intakes)
      .set({ ...saved, questionsVersion: INTAKE_VERSION, version: row.version + 1 })
      .where(eq(intakes.id, row.id));
    return;
  }
  const begun = { id: randomUUID(), seriesId, questionsVersion: INTAKE_VERSION, startedAt: now };
  await tx.insert(intakes).values({ ...begun, ...saved });
}

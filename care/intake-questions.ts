// What is asked before the first visit, screen by screen, and when it is asked again. The questions are those of the
// screening, by name; what a form sent becomes answers here, so that every way in reads it alike.

import { type SafetyQuestion, type SafetyQuestionId, safetyQuestionIds, safetyQuestions } from './safety-questions';

/** The screens, in their order: who agrees, what is happening now, what came up lately, health, and what is hoped for. */
export const intakeScreens = ['agree', 'now', 'lately', 'health', 'hopes'] as const;

/** One screen of the questions before the first visit. */
export type IntakeScreenId = (typeof intakeScreens)[number];

/** A screen that asks of signs. */
export type WarningSignScreenId = 'now' | 'lately' | 'health';

/** The local day on which a question or a screen last changed: answers to another version are asked for again. */
export const INTAKE_VERSION = '2026-11-28';

/** How long answers count. */
export const INTAKE_VALID_DAYS = 365;

const onTheirOwn = safetyQuestionIds.filter((id) => {
  const question: SafetyQuestion = safetyQuestions[id];
  return question.after === undefined && question.optional === undefined;
});
const isLate = (id: SafetyQuestionId) => ['doctor_first', 'not_today'].includes(safetyQuestions[id].tier);

/** Which questions each screen asks; one that follows another stands with it, and is not listed. */
export const safetyQuestionsByScreen: Record<WarningSignScreenId, SafetyQuestionId[]> = {
  now: onTheirOwn.filter((id) => safetyQuestions[id].tier === 'emergency'),
  lately: onTheirOwn.filter(isLate),
  health: onTheirOwn.filter((id) => safetyQuestions[id].tier !== 'emergency' && !isLate(id)),
};

/**
 * The question that is asked beside another, once that one applies.
 *
 * @example
 * getFollowUpQuestion('pregnant') //=> 'pregnant_emergency'
 */
export function getFollowUpQuestion(id: SafetyQuestionId): SafetyQuestionId | undefined {
  return safetyQuestionIds.find((other) => (safetyQuestions[other] as SafetyQuestion).after === id);
}

/** What a list of signs sent: the ids that were ticked, those of them somebody is not sure about, and "none of these". */
export interface WarningSignsInput {
  yes: string[];
  unsure: string[];
  none: boolean;
}

/** What is wrong with a list: nothing was ticked, or "none of these" and something else. */
export type WarningSignsProblem = 'nothing' | 'both';

type AnswersByQuestion = Partial<Record<SafetyQuestionId, 'yes' | 'no' | 'unsure'>>;

/**
 * Makes answers of a list of signs. What was left open counts as no, once something was ticked: the list says so. A
 * question that follows another is answered only where that other applies. Ids that the list does not ask are left out.
 *
 * @example
 * parseWarningSigns(['thinner'], { yes: [], unsure: [], none: true }) //=> { ok: true, answers: { thinner: 'no' } }
 */
export function parseWarningSigns(
  questionIds: readonly SafetyQuestionId[],
  sent: WarningSignsInput,
): { ok: true; answers: AnswersByQuestion } | { ok: false; problem: WarningSignsProblem } {
  const ticked = questionIds.filter((id) => sent.yes.includes(id));
  if (ticked.length === 0 && !sent.none) return { ok: false, problem: 'nothing' };
  if (ticked.length > 0 && sent.none) return { ok: false, problem: 'both' };
  const answers: AnswersByQuestion = {};
  for (const id of questionIds) {
    const applies = ticked.includes(id);
    answers[id] = applies ? (sent.unsure.includes(id) ? 'unsure' : 'yes') : 'no';
    const next = applies ? getFollowUpQuestion(id) : undefined;
    if (next) answers[next] = sent.yes.includes(next) ? 'yes' : 'no';
  }
  return { ok: true, answers };
}

/** What answers were given to, and when. */
export interface IntakeSubmission {
  at: number;
  version: string;
  /** Why they came: the massages and the question page, as one text. */
  reason: string;
}

const DAY_MS = 86_400_000;

/**
 * Says why answers do not count any more, and are asked for again in full; null while they do. `now` and `at` are
 * instants. Answers count for 365 days, to the millisecond.
 *
 * @example
 * getReasonToAskIntakeAgain({ at: 0, version: '1', reason: 'swedish' }, { now: 0, version: '1', reason: 'sports' }) //=> 'reason'
 */
export function getReasonToAskIntakeAgain(
  context: IntakeSubmission,
  { now, version, reason }: { now: number; version: string; reason: string },
): 'old' | 'version' | 'reason' | null {
  if (now - context.at >= INTAKE_VALID_DAYS * DAY_MS) return 'old';
  if (context.version !== version) return 'version';
  return context.reason === reason ? null : 'reason';
}

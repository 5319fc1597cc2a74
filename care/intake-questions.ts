// What is asked before the first visit, screen by screen, and when is it asked again? The questions are those of the
// safety screening, by id. What a form sent becomes answers here, so every form is read the same way.

import { type SafetyQuestion, type SafetyQuestionId, safetyQuestionIds, safetyQuestions } from './safety-questions';

/** The screens in order: consents, what is happening now, what came up lately, health, and hopes for the massage. */
export const intakeScreens = ['agree', 'now', 'lately', 'health', 'hopes'] as const;

/** One screen of the questions before the first visit. */
export type IntakeScreenId = (typeof intakeScreens)[number];

/** A screen that asks about warning signs. */
export type WarningSignScreenId = 'now' | 'lately' | 'health';

/** The local day on which a question or a screen last changed. Answers to another version are asked for again. */
export const INTAKE_VERSION = '2026-11-28';

/** How long answers stay valid. */
export const INTAKE_VALID_DAYS = 365;

const onTheirOwn = safetyQuestionIds.filter((id) => {
  const question: SafetyQuestion = safetyQuestions[id];
  return question.after === undefined && question.optional === undefined;
});
const isLate = (id: SafetyQuestionId) => ['doctor_first', 'not_today'].includes(safetyQuestions[id].tier);

/** Which questions each screen asks. A follow-up question is shown with its first question and not listed here. */
export const safetyQuestionsByScreen: Record<WarningSignScreenId, SafetyQuestionId[]> = {
  now: onTheirOwn.filter((id) => safetyQuestions[id].tier === 'emergency'),
  lately: onTheirOwn.filter(isLate),
  health: onTheirOwn.filter((id) => safetyQuestions[id].tier !== 'emergency' && !isLate(id)),
};

/**
 * The follow-up question of a question, asked beside it once it applies.
 *
 * @example
 * getFollowUpQuestion('pregnant') //=> 'pregnant_emergency'
 */
export function getFollowUpQuestion(id: SafetyQuestionId): SafetyQuestionId | undefined {
  return safetyQuestionIds.find((other) => (safetyQuestions[other] as SafetyQuestion).after === id);
}

/**
 * What a form sent for a list of signs: the ids that were ticked, the ids among them that the client is not sure about,
 * and "none of these".
 */
export interface WarningSignsInput {
  yes: string[];
  unsure: string[];
  none: boolean;
}

/** What is wrong with a list: nothing was ticked, or "none of these" was ticked together with a sign. */
export type WarningSignsProblem = 'nothing' | 'both';

type AnswersByQuestion = Partial<Record<SafetyQuestionId, 'yes' | 'no' | 'unsure'>>;

/**
 * Turns a submitted list of signs into answers. Once something is ticked, every sign left open counts as no, as the
 * list says. A follow-up question is answered only where its first question applies. Ids that the list does not ask are
 * left out.
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

/** When answers were given, and for which version and reason. */
export interface IntakeSubmission {
  at: number;
  version: string;
  /** Why the client came: the massages and the question page, as one text. */
  reason: string;
}

const DAY_MS = 86_400_000;

/**
 * Returns why answers no longer count and must be asked for again in full; null while they count. `now` and `at` are
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

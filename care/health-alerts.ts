// What must a therapist see while they massage a client and write the note? How firmly to press, what to avoid, and the
// client's own words about it.

import type { SafetyAnswers } from './safety';
import { type SafetyQuestion, type SafetyQuestionId, safetyQuestionIds, safetyQuestions } from './safety-questions';

/** What to bear in mind with a client under 18. */
export const UNDER_18_ALERT = 'Under 18: begin only when a parent or guardian is there';

/**
 * Lists what a therapist must heed because of the answers, one line each; empty if all answers are no. "Not sure"
 * counts as yes. Tiers are left out: `screenSafety` decides whether the client may come at all.
 *
 * @example
 * listHealthAlerts({ allergy: 'yes' }, { allergy: 'Nut oils' }) //=> ['Avoid oils, scents or latex that cause a reaction: Nut oils']
 */
export function listHealthAlerts(answers: SafetyAnswers, about: Partial<Record<SafetyQuestionId, string>>): string[] {
  const lines = safetyQuestionIds
    .filter((id) => answers[id] === 'yes' || answers[id] === 'unsure')
    .flatMap((id) => {
      const { lightOnly, avoid }: SafetyQuestion = safetyQuestions[id];
      const words = about[id] ? `: ${about[id]}` : '';
      if (avoid) return [...(lightOnly ? ['Press lightly'] : []), `Avoid ${avoid}${words}`];
      if (lightOnly) return [`Press lightly${words}`];
      return words ? [`They wrote${words}`] : [];
    });
  return [...new Set(lines)];
}

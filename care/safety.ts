// May this person be massaged, today, and how? Takes answers and returns a verdict. It never says what illness somebody
// has: it says what to do, in the words of the red flags, with their sources and the day on which those were read.

import { checkArray, checkObject, checkOneOf, malformedFieldError } from '@/scheduling/input-checks';
import { type RedFlag, redFlags } from './red-flags';
import {
  type SafetyQuestion,
  type SafetyQuestionId,
  safetyQuestionIds,
  safetyQuestions,
  safetyTiers,
  type Tier,
} from './safety-questions';

export type { SafetyQuestionId, Tier };

/** The answers. A missing question was not answered, which is not a "no". */
export type SafetyAnswers = Partial<Record<SafetyQuestionId, 'yes' | 'no' | 'unsure'>>;

/** The verdict that follows from the answers. */
export interface SafetyVerdict {
  tier: Tier;
  /** The reasons, the most urgent first. A missing answer is also a reason, as something to ask. */
  reasons: { question: SafetyQuestionId; tier: Tier; say: string; source: string }[];
  /** Each massage of the offer, by id. */
  services: Record<string, 'offered' | 'light_only' | 'not_offered'>;
  /** What the therapist avoids, in words. */
  avoid: string[];
}

const WORDS = ['yes', 'no', 'unsure'] as const;

/**
 * Judges the answers to the safety questions. The highest tier wins, and every yes keeps its own reason.
 *
 * - `unsure` counts as a yes one tier lower, but never lower than `ask_first`: a yes to "skin" is something to adapt to,
 *   but a client who is not sure must be asked before anybody can adapt, so `adapt` goes up to `ask_first`. In all else
 *   `unsure` has the effect of a yes.
 * - Unanswered questions are asked first, except `touch`. A follow-up question is missing only when its first question
 *   is answered yes: not when that is unsure, although a form may still show it. A follow-up answer always counts.
 * - From `not_today` up, no massage is offered. Where pressure must be light, a massage of pressure 3 is not offered,
 *   and the others are light only. An unanswered question takes no massage away: its tier makes somebody ask first.
 *
 * Throws a RangeError that names the malformed field: an unknown question, an invalid answer or an invalid pressure.
 *
 * @example
 * screenSafety({ saddle: 'yes' }, []).tier //=> 'emergency'
 */
export function screenSafety(answers: SafetyAnswers, offer: { id: string; pressure: 1 | 2 | 3 }[]): SafetyVerdict {
  checkAnswers(answers);
  checkOffer(offer);
  const reasons = safetyQuestionIds
    .flatMap((id) => reasonOf(id, answers) ?? [])
    .sort((a, b) => safetyTiers.indexOf(a.tier) - safetyTiers.indexOf(b.tier));
  const tier = reasons[0]?.tier ?? 'fine';
  const met: SafetyQuestion[] = safetyQuestionIds
    .filter((id) => answers[id] === 'yes' || answers[id] === 'unsure')
    .map((id) => safetyQuestions[id]);
  const isLight = met.some(({ lightOnly }) => lightOnly);
  const allows = (pressure: number) => {
    if (safetyTiers.indexOf(tier) <= safetyTiers.indexOf('not_today') || (isLight && pressure === 3))
      return 'not_offered';
    return isLight ? 'light_only' : 'offered';
  };
  return {
    tier,
    reasons,
    services: Object.fromEntries(offer.map(({ id, pressure }) => [id, allows(pressure)])),
    avoid: met.flatMap(({ avoid }) => avoid ?? []),
  };
}

/**
 * Whether a client may be massaged only by a therapist who is trained for pregnancy: they are pregnant, gave birth in
 * the last 3 months, or are not sure. Also true for null answers, which stand for answers that cannot be read.
 *
 * @example
 * needsPrenatalTraining({ pregnant: 'unsure' }) //=> true
 */
export function needsPrenatalTraining(answers: SafetyAnswers | null): boolean {
  if (answers === null) return true;
  const { pregnant, pregnant_emergency: urgent } = answers;
  return [pregnant, urgent].some((answer) => answer === 'yes' || answer === 'unsure');
}

function reasonOf(id: SafetyQuestionId, answers: SafetyAnswers): SafetyVerdict['reasons'][number] | null {
  const question: SafetyQuestion = safetyQuestions[id];
  const answer = answers[id];
  const source = sourceOf(question);
  const { sign, action: ofSign }: RedFlag = redFlags[question.signs[0]];
  const action = question.action ?? ofSign;
  if (answer === 'yes') return { question: id, tier: question.tier, say: describeYes(question, action), source };
  if (answer === 'unsure') {
    const tier = oneLower(question.tier);
    return {
      question: id,
      tier,
      say: `You were not sure about this: ${sign}. ${UNSURE_ANSWERS[tier]} If it does apply to you: ${action}`,
      source,
    };
  }
  if (answer === 'no' || question.optional || (question.after && answers[question.after as SafetyQuestionId] !== 'yes'))
    return null;
  return { question: id, tier: 'ask_first', say: `Not answered yet: ${sign}. We ask before we begin.`, source };
}

const UNSURE_ANSWERS: Partial<Record<Tier, string>> = {
  doctor_first: 'See a doctor first.',
  not_today: 'Please ask a doctor before your session.',
  ask_first: 'Call us before you come.',
};

function oneLower(tier: Exclude<Tier, 'fine'>): Tier {
  return safetyTiers[Math.min(safetyTiers.indexOf(tier) + 1, safetyTiers.indexOf('ask_first'))]!;
}

function describeYes({ tier, lightOnly }: SafetyQuestion, action: string): string {
  if (tier === 'not_today') return `${action} You can move your date free of charge.`;
  return lightOnly ? `${action} We press lightly, so deep tissue massage is not offered.` : action;
}

/**
 * The sources of the reason's words, as ids in `questions/citations.json`, and the last day on which one of them was
 * read.
 */
function sourceOf({ signs, graver }: SafetyQuestion): string {
  const flags = [...signs, ...(graver ? [graver] : [])].map((id): RedFlag => redFlags[id]);
  const ids = [...new Set(flags.flatMap(({ sources }) => sources))];
  const days = flags.map(({ checkedOn }) => checkedOn).sort();
  return `${ids.join(', ')}, read on ${days.at(-1)}`;
}

function checkAnswers(answers: SafetyAnswers): void {
  checkObject('answers', answers);
  for (const [id, answer] of Object.entries(answers)) {
    if (!Object.hasOwn(safetyQuestions, id))
      throw malformedFieldError(`answers.${id.slice(0, 40)}`, 'a question we ask', answer);
    if (answer !== undefined) checkOneOf(`answers.${id}`, answer, WORDS);
  }
}

function checkOffer(offer: { id: string; pressure: number }[]): void {
  checkArray('offer', offer);
  for (const [i, service] of offer.entries()) {
    checkObject(`offer[${i}]`, service);
    if (typeof service.id !== 'string') throw malformedFieldError(`offer[${i}].id`, 'text', service.id);
    if (![1, 2, 3].includes(service.pressure))
      throw malformedFieldError(`offer[${i}].pressure`, '1, 2 or 3', service.pressure);
  }
}

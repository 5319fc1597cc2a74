// What is asked before a massage, and what does each yes mean? The words are those of the red flags. A question
// consists of its signs, and a yes means any one of them, so pages, the booking and the screening cannot contradict
// each other. No clinician has reviewed the tiers yet.

import { type RedFlag, type RedFlagId, redFlags } from './red-flags';

/** The tier of a verdict, the most urgent first; `fine` asks for nothing. */
export const safetyTiers = ['emergency', 'doctor_first', 'not_today', 'ask_first', 'adapt', 'fine'] as const;

/** Tiers in order of how much they stand in the way of a massage. */
export type Tier = (typeof safetyTiers)[number];

/** What a yes changes where a massage may still be given. */
interface Effect {
  /** Light pressure alone: the firmest massages are not offered. */
  lightOnly?: true;
  /** What the therapist avoids. */
  avoid?: string;
}

/** One question of the screening. */
export interface SafetyQuestion extends Effect {
  tier: Exclude<Tier, 'fine'>;
  /** The signs that it asks about. */
  signs: readonly [RedFlagId, ...RedFlagId[]];
  /**
   * What to do after a yes; it must fit every sign of the question. Without it, the action of the first sign is shown.
   */
  action?: string;
  /** A more serious sign that `action` also covers, for those it concerns; its sources count as the question's own. */
  graver?: RedFlagId;
  /** The question that must be answered yes before this one is asked. */
  after?: string;
  /** Whether it may be left blank. */
  optional?: true;
}

/** Every question, by id, in the order in which it is asked. */
export const safetyQuestions = {
  saddle: { tier: 'emergency', signs: ['saddle', 'bladder_bowel', 'sex_change', 'both_legs'] },
  chest: { tier: 'emergency', signs: ['lung_clot', 'heart'], action: 'Call now. Do not wait to see if it passes.' },
  stroke: {
    tier: 'emergency',
    signs: ['stroke', 'worst_headache', 'stiff_neck_fever', 'head_knock'],
    action: 'Call now. Do not wait to see if it passes.',
  },
  clot: {
    tier: 'doctor_first',
    signs: ['leg_clot', 'past_clot'],
    action: 'See a doctor today.',
    avoid: 'the legs, until a doctor has cleared them',
  },
  temporal: { tier: 'doctor_first', signs: ['temporal'], avoid: 'the head, until a doctor has checked it' },
  sight_lost: { tier: 'emergency', signs: ['sight_lost'], after: 'temporal' },
  infection: {
    tier: 'not_today',
    signs: ['ill'],
    action: `${redFlags.ill.action} If you are treated for cancer: ${redFlags.chemo_fever.action}`,
    graver: 'chemo_fever',
  },
  cancer_sign: {
    tier: 'doctor_first',
    signs: ['cancer_sign', 'night_pain', 'lump'],
    action: 'See a doctor before any massage.',
  },
  injury: {
    tier: 'doctor_first',
    signs: ['fresh_injury', 'pop'],
    action: 'Have it looked at before any massage.',
    avoid: 'the injured place',
  },
  hot_joint: { tier: 'doctor_first', signs: ['hot_joint'], avoid: 'the hot joint' },
  joint_fever: { tier: 'emergency', signs: ['hot_joint_fever'], after: 'hot_joint' },
  tendon_antibiotic: { tier: 'doctor_first', signs: ['antibiotic'], avoid: 'the tendon that hurts' },
  thinner: { tier: 'ask_first', signs: ['thinner'], lightOnly: true },
  pregnant: { tier: 'ask_first', signs: ['pregnant'], avoid: 'deep work on the legs' },
  pregnant_emergency: { tier: 'emergency', signs: ['pregnant_emergency', 'preeclampsia'], after: 'pregnant' },
  surgery: { tier: 'ask_first', signs: ['surgery'] },
  cancer_care: {
    tier: 'ask_first',
    signs: ['cancer_care', 'port_nodes'],
    lightOnly: true,
    avoid: 'where cancer is treated, a port, and the side where lymph nodes were taken out',
  },
  heart: {
    tier: 'ask_first',
    signs: ['heart_trouble', 'kidneys'],
    action: 'Ask your doctor before your first session.',
    lightOnly: true,
  },
  bones: { tier: 'adapt', signs: ['thin_bones'], lightOnly: true },
  skin: { tier: 'adapt', signs: ['skin'], avoid: 'the skin that is hurt or fragile' },
  injection: { tier: 'adapt', signs: ['injection'], avoid: 'the place of the injection' },
  numb: { tier: 'adapt', signs: ['nerve_damage', 'diabetes_feet'], avoid: 'firm pressure where the skin is numb' },
  allergy: { tier: 'adapt', signs: ['allergy'], avoid: 'oils, scents or latex that cause a reaction' },
  touch: { tier: 'adapt', signs: ['touch'], avoid: 'the places marked as not to be touched', optional: true },
} as const satisfies Record<string, SafetyQuestion>;

/** The id of a question in answers. */
export type SafetyQuestionId = keyof typeof safetyQuestions;

/** The ids, in the order in which they are asked. */
export const safetyQuestionIds = Object.keys(safetyQuestions) as SafetyQuestionId[];

/**
 * Lists the signs that stop a booking, the most urgent first: those of every question with an emergency or doctor-first
 * tier, and those that the page of one question (`ofPage`) counts as that urgent. Each sign appears once.
 *
 * @example
 * groupBlockingSignsByUrgency(['dark_urine', 'climbs']).now.includes('dark_urine') //=> true
 */
export function groupBlockingSignsByUrgency(ofPage: readonly RedFlagId[]): { now: RedFlagId[]; doctor: RedFlagId[] } {
  const questionsOfTier = (tier: Tier) =>
    safetyQuestionIds.flatMap((id): RedFlagId[] => {
      const question: SafetyQuestion = safetyQuestions[id];
      return question.tier === tier ? [...question.signs] : [];
    });
  const shown = (tier: RedFlag['tier']) => ofPage.filter((id) => redFlags[id].tier === tier);
  const now = [...new Set([...shown('emergency'), ...questionsOfTier('emergency')])];
  return { now, doctor: [...new Set([...shown('doctor_today'), ...questionsOfTier('doctor_first')])] };
}

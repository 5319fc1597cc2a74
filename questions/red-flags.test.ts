import { describe, expect, it } from 'vitest';
import { type RedFlagId, redFlags } from '@/care/red-flags';
import { getQuestion, listQuestions } from './library';
import { plain } from './markdown';
import { findQuestions } from './search';

// Which part of the body needs which warning. A page that works there and leaves one out fails here.
const LEG: RedFlagId[] = ['lung_clot', 'leg_clot'];
const SPINE: RedFlagId[] = ['saddle', 'bladder_bowel', 'sex_change', 'both_legs', 'serious_accident'];
const SERIOUS_BACK: RedFlagId[] = ['fever_back', 'cancer_sign', 'night_pain'];
const JOINT: RedFlagId[] = ['hot_joint_fever', 'hot_joint'];

const needed: Record<string, RedFlagId[]> = {
  'hamstring-tendinopathy': [
    ...LEG,
    'saddle',
    'bladder_bowel',
    'bone_stress',
    'antibiotic',
    'cancer_sign',
    'nerve_leg',
  ],
  'it-band-runners-knee': [...LEG, ...JOINT, 'bone_stress'],
  'knee-osteoarthritis': [...LEG, ...JOINT],
  'muscle-soreness-after-marathon': [...LEG, 'dark_urine', 'collapse'],
  'plantar-fasciitis': [...LEG, 'diabetic_foot', 'heel_bone'],
  'swedish-deep-tissue-or-sports': [...LEG, 'thinner', 'pregnant', 'past_clot'],
  'low-back-pain': [...SPINE, ...SERIOUS_BACK, 'back_and_chest', 'one_leg', 'lump_shape', 'morning_stiff'],
  sciatica: [...SPINE, ...SERIOUS_BACK, 'one_leg'],
  'neck-pain': [
    'heart',
    'neck_artery',
    'stroke',
    'stiff_neck_fever',
    'clumsy',
    'cancer_sign',
    'night_pain',
    'neck_joints',
  ],
  'desk-shoulder-tightness': ['heart', ...JOINT, 'clumsy', 'both_shoulders'],
  'tension-headache': [
    'worst_headache',
    'stroke',
    'sight_speech',
    'temporal',
    'sight_lost',
    'stiff_neck_fever',
    'head_knock',
    'headache_over_50',
  ],
  'stress-anxiety-sleep': ['suicide', 'first_panic'],
  'how-often-massage': ['after_session', 'safety_page'],
  'is-massage-safe': [
    ...LEG,
    'saddle',
    'bladder_bowel',
    'sex_change',
    'worst_headache',
    'stroke',
    'pregnant_emergency',
    'pregnant',
    'surgery',
    'past_clot',
    'thinner',
    'thin_bones',
    'cancer_care',
    'nerve_damage',
    'skin',
    'allergy',
    'touch',
  ],
};

describe('the warnings of a page', () => {
  it('are in the table for every page there is', () => {
    expect(
      listQuestions()
        .map(({ slug }) => slug)
        .sort(),
    ).toEqual(Object.keys(needed).sort());
  });

  it.each(Object.entries(needed))('%s shows every one that its part of the body needs', (slug, ids) => {
    const question = getQuestion(slug)!;
    for (const id of ids) expect(question.redFlags, id).toContain(id);
    const shown = question.sections['See a doctor first'].flatMap((block) =>
      block.kind === 'rows' ? block.rows.map(({ label }) => plain(label)) : [],
    );
    expect(shown).toHaveLength(question.redFlags.length);
    for (const id of ids) expect(shown).toContain(redFlags[id].sign.replaceAll("'", '’'));
  });

  it('stand under the most urgent heading first', () => {
    const headings = getQuestion('low-back-pain')!.sections['See a doctor first'].flatMap((block) =>
      block.kind === 'heading' ? [block.title] : [],
    );
    expect(headings).toEqual([
      'Call your emergency number, or go to hospital, now',
      'Today, before anything else',
      'Before you book',
    ]);
  });
});

it.each(['varicose veins', 'chemo', 'nerve damage', 'allergic to oil'])(
  'a search for "%s" finds the page that names it',
  (typed) => {
    expect(findQuestions(typed).map(({ slug }) => slug)).toContain('is-massage-safe');
  },
);

it('no page promises a question or a rule that the booking does not have', () => {
  for (const question of listQuestions()) {
    const words = JSON.stringify(question.sections);
    expect(words, question.slug).not.toMatch(/after the safety questions|do not start older people/);
  }
});

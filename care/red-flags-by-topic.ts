// Which warnings does a page need? That follows from the page's subject and from how firmly we would press, and is
// decided only here: a page names its topics and gets every warning of each. So no page can leave out a warning that
// another page on the same topic shows.

import type { BodyAreaName } from './body-areas';
import type { RedFlagId } from './red-flags';

const clot = ['lung_clot', 'leg_clot'] as const;
const spine = ['saddle', 'bladder_bowel', 'sex_change', 'both_legs', 'one_leg'] as const;
const joint = ['hot_joint_fever', 'hot_joint', 'fever_joint'] as const;
/** Pain anywhere may have a cause that rules out a massage. */
const pain = ['cancer_sign', 'past_cancer', 'night_pain'] as const;
const pregnancy = ['pregnant_emergency', 'preeclampsia', 'pregnant'] as const;

/** The red flags of each topic, in the order in which they are shown. */
export const redFlagsByTopic = {
  back: [
    ...spine,
    'back_and_chest',
    'serious_accident',
    'fever_back',
    ...pain,
    'lump_shape',
    'small_fall',
    'morning_stiff',
  ],
  /** Pain down the leg: a painful leg alone does not show whether it is a clot. */
  leg_pain: ['lung_clot', 'calf_clot'],
  neck: [
    'heart',
    'neck_artery',
    'stroke',
    'stiff_neck_fever',
    'serious_accident',
    'fall',
    'clumsy',
    'new_weakness',
    ...pain,
    'lump',
    'nerve_arm',
    'neck_joints',
  ],
  head: [
    'worst_headache',
    'stroke',
    'sight_speech',
    'stiff_neck_fever',
    'drowsy',
    'head_knock',
    'sight_lost',
    'neck_artery',
    'preeclampsia',
    'pregnant_emergency',
    'temporal',
    'head_knock_mild',
    'headache_pregnant',
    'headache_cancer',
    'red_eye',
    'headache_strain',
    'headache_worse',
    'painkillers',
  ],
  shoulder: [
    'heart',
    ...joint,
    'temporal',
    'clumsy',
    'new_weakness',
    'arm_will_not_lift',
    ...pain,
    'lump',
    'both_shoulders',
    'nerve_arm',
  ],
  thigh: [...clot, ...spine, ...pain, 'lump', 'nerve_leg'],
  knee: [...clot, ...joint, 'no_weight', 'knee_locks', ...pain, 'lump'],
  arthritis: ['knee_unknown'],
  foot: [
    ...clot,
    'heel_bone',
    'hot_foot',
    'diabetic_foot',
    ...pain,
    'lump',
    'foot_numb',
    'diabetes_feet',
    'both_heels',
  ],
  elbow: ['hot_joint_fever', 'hot_joint', 'fall', 'new_weakness', ...pain, 'lump', 'nerve_arm'],
  jaw: ['heart', 'stroke', 'sight_lost', 'temporal', 'fall', ...pain, 'lump'],
  calf: [...clot, ...pain, 'lump', 'nerve_leg'],
  /** Pain all over: it may have a cause that should be found, and often comes with low mood. */
  widespread: ['suicide', 'hot_joint', 'new_weakness', ...pain, 'both_shoulders', 'lump', 'low_mood', 'bad_sleep'],
  tendon: ['pop', 'antibiotic', 'still_climbs'],
  running: ['bone_stress'],
  race: ['dark_urine', ...clot, 'collapse', 'pop', 'bone_stress', 'sore_after_week'],
  mind: ['suicide', 'first_panic', 'low_mood', 'cannot_work', 'snoring', 'bad_sleep'],
  /** A course of sessions: what one of them may cause. */
  course: ['after_session', 'climbs'],
  /** A first visit by somebody who knows of no health problem. */
  first: [...clot, ...pregnancy, 'ill', 'past_clot', 'thinner', 'surgery', 'heart_trouble', 'skin', 'allergy', 'touch'],
  /** What a session may have caused. */
  after: ['dark_urine', ...clot, 'after_session', 'thinner', 'sore_after_week', 'climbs'],
  pregnancy: [...clot, ...pregnancy, 'headache_pregnant', 'past_clot', 'surgery'],
  /** Blood pressure, diabetes, veins. */
  conditions: [
    ...clot,
    'heart',
    'stroke',
    'worst_headache',
    'diabetic_foot',
    'diabetes_feet',
    'heart_trouble',
    'kidneys',
    'past_clot',
    'thinner',
    'nerve_damage',
    'skin',
  ],
  surgery: [
    ...clot,
    ...pregnancy,
    'heart',
    'ill',
    'past_clot',
    'thinner',
    'surgery',
    'injection',
    'thin_bones',
    'skin',
  ],
  cancer: [
    ...clot,
    ...spine,
    'chemo_fever',
    'headache_cancer',
    ...pain,
    'cancer_care',
    'port_nodes',
    'ill',
    'past_clot',
    'thinner',
    'thin_bones',
    'nerve_damage',
    'skin',
    'lump',
  ],
  /** Firm pressure, as in sports and deep tissue massage. */
  firm: [...clot, ...pregnancy, 'past_clot', 'thinner', 'thin_bones', 'surgery'],
  /** Any massage at all, on the page that asks if it is safe. */
  safety: [
    ...clot,
    'heart',
    ...spine,
    'worst_headache',
    'stroke',
    'stiff_neck_fever',
    'head_knock',
    'sight_lost',
    'hot_joint_fever',
    'chemo_fever',
    ...pregnancy,
    'temporal',
    'hot_joint',
    ...pain,
    'antibiotic',
    'new_weakness',
    'new_pain',
    'fall',
    'after_session',
    'ill',
    'past_clot',
    'thinner',
    'surgery',
    'injection',
    'thin_bones',
    'cancer_care',
    'port_nodes',
    'heart_trouble',
    'kidneys',
    'lump',
    'nerve_arm',
    'nerve_damage',
    'diabetes_feet',
    'fresh_injury',
    'skin',
    'allergy',
    'touch',
  ],
  /** Any massage at all, on every other page: a link to the page on safety. */
  elsewhere: ['safety_page'],
} as const satisfies Record<string, readonly RedFlagId[]>;

/** A topic of a page, as far as its warnings go. */
export type RedFlagTopic = keyof typeof redFlagsByTopic;

const foot = [...clot, 'diabetic_foot'] as const;
const neck = ['neck_artery', 'stroke', 'stiff_neck_fever'] as const;

/** What must be ruled out before an area is worked on, whatever the page is about. */
const redFlagsOfArea: Partial<Record<BodyAreaName, readonly RedFlagId[]>> = {
  'front of thigh': clot,
  'inner thigh': clot,
  'back of thigh': clot,
  'back of knee': clot,
  calf: clot,
  shin: clot,
  heel: foot,
  foot,
  'lower back': [...spine, 'serious_accident'],
  'back of neck': neck,
  'front of neck': neck,
  'back of head': [...neck, 'head_knock', 'sight_lost', 'temporal'],
  face: ['stroke', 'sight_lost', 'temporal'],
};

/**
 * Collects the red flags of several topics, and of the areas that would be worked on, each once. A flag stands where
 * the first topic that names it puts it.
 *
 * @example
 * listRedFlagsForTopics(['running', 'course']) //=> ['bone_stress', 'after_session', 'climbs']
 */
export function listRedFlagsForTopics(
  kinds: readonly RedFlagTopic[],
  worked: readonly BodyAreaName[] = [],
): RedFlagId[] {
  const ofKinds = kinds.flatMap((kind): readonly RedFlagId[] => redFlagsByTopic[kind]);
  return [...new Set([...ofKinds, ...worked.flatMap((area) => redFlagsOfArea[area] ?? [])])];
}

// When should somebody see a doctor before a massage, or instead of one? One list for the question pages and the
// booking: each takes its part by id. Nobody clinical has reviewed it yet, and the pages say so. It never names an
// illness the reader has; it says what to do.

/** How urgent it is, the most urgent first: call or go to hospital; a doctor today; ask before booking. */
export type RedFlagTier = 'emergency' | 'doctor_today' | 'ask_first';

/** One warning sign, as a question page and the booking show it. */
export interface RedFlag {
  /** What the reader would notice, said to them. */
  sign: string;
  tier: RedFlagTier;
  /** What to do about it. */
  action: string;
  /** Whether somebody to talk to is named beside it: who, depends on the country. */
  namesCrisisLine?: boolean;
  /** Ids of `questions/citations.json`; none where it rests on general clinical knowledge. */
  sources: readonly string[];
  /** The local day on which the words were last read against their source; null where there is none to read. */
  checkedOn: string | null;
}

const flag = (tier: RedFlagTier, sign: string, action: string, ...sources: string[]): RedFlag => {
  return { sign, tier, action, sources, checkedOn: sources.length > 0 ? '2026-11-27' : null };
};
const SPINE = 'The nerves at the base of your spine may be squeezed. Go to hospital now.';

/** Every red flag, by id. */
export const redFlags = {
  // Emergencies
  lung_clot: flag(
    'emergency',
    'You are all at once short of breath, have chest pain, or cough up blood',
    'A clot may have reached your lungs. Call now.',
    'hse-dvt',
    'dvt-glos',
  ),
  heart: flag(
    'emergency',
    'Your chest is tight, or your shoulder, arm or jaw hurts and you sweat or are short of breath',
    'It could be your heart. Call now.',
  ),
  saddle: flag('emergency', 'You are numb between the legs or where you would sit on a saddle', SPINE, 'ces-card'),
  bladder_bowel: flag(
    'emergency',
    'You have new trouble passing or holding urine, or with your bowel',
    SPINE,
    'ces-card',
  ),
  sex_change: flag('emergency', 'Sex feels different or no longer works, and that is new', SPINE, 'ces-card'),
  both_legs: flag('emergency', 'Both legs hurt, tingle, go numb or go weak', SPINE, 'ces-card'),
  back_and_chest: flag(
    'emergency',
    'Your back hurts, with pain in the chest, or a tearing pain in the belly',
    'Call now. Do not wait to see if it passes.',
  ),
  serious_accident: flag(
    'emergency',
    'It began with a serious accident, such as a crash or a fall from a height',
    'Call now, and keep still.',
  ),
  worst_headache: flag('emergency', 'You have a sudden headache, the worst of your life', 'Call now.', 'do-2019'),
  stroke: flag('emergency', 'Your face droops, an arm is weak, you see double, or your speech is slurred', 'Call now.'),
  sight_speech: flag('emergency', 'You have trouble seeing or speaking', 'Call now.', 'do-2019'),
  stiff_neck_fever: flag(
    'emergency',
    'You have a stiff neck, and a fever, a rash, or eyes that light hurts',
    'Call now.',
  ),
  drowsy: flag(
    'emergency',
    'You have a headache and a fever, are drowsy or confused, or feel weak',
    'Call now.',
    'do-2019',
  ),
  head_knock: flag(
    'emergency',
    'You knocked your head, and you vomit, are drowsy, or take blood thinners',
    'Go to hospital now.',
  ),
  sight_lost: flag('emergency', 'You lost your sight, in one eye or both, even for a moment', 'Go to hospital now.'),
  neck_artery: flag(
    'emergency',
    'You have a sudden, bad neck pain or headache and are dizzy, see double or slur your words',
    'Call now.',
  ),
  dark_urine: flag(
    'emergency',
    'Your urine is dark like tea, and muscles hurt or go weak',
    'Muscle may be breaking down. Call now.',
    'rhabdo-symptoms',
  ),
  collapse: flag('emergency', 'You are confused after the race, or you collapsed', 'Call now.'),
  hot_joint_fever: flag(
    'emergency',
    'A joint is hot and swollen, and you have a fever or feel ill',
    'It could be an infection. Go to the emergency department now.',
  ),
  suicide: {
    ...flag('emergency', 'You think of ending your life, or of hurting yourself', 'Call now.'),
    namesCrisisLine: true,
  },
  first_panic: flag(
    'emergency',
    'You panic for the first time, with chest pain or short breath',
    'Call now. It could be your heart.',
  ),
  pregnant_emergency: flag(
    'emergency',
    'You are pregnant and you bleed, have a bad headache with blurred sight, or feel your baby move less',
    'Call your maternity unit or go to hospital now.',
  ),

  // A doctor today, or within a day
  leg_clot: flag(
    'doctor_today',
    'One leg is swollen or painful, or it is warm, or has a new colour: any one of these',
    'It could be a clot. Get medical help today. No massage until it is ruled out.',
    'hse-dvt',
    'dvt-glos',
  ),
  temporal: flag(
    'doctor_today',
    'You are over 50, and have a new headache, a sore scalp, jaw pain when you chew, or blurred sight',
    'See a doctor today. An artery in the head may be sore. No massage of the head until then.',
  ),
  fever_back: flag('doctor_today', 'You have a fever or feel ill with the pain', 'See a doctor within a day.'),
  cancer_sign: flag(
    'doctor_today',
    'You lose weight and cannot say why, or you have had cancer',
    'See a doctor within a day. No massage until then.',
  ),
  night_pain: flag(
    'doctor_today',
    'It hurts all night, however you lie',
    'See a doctor within a day. No massage until then.',
  ),
  one_leg: flag(
    'doctor_today',
    'One leg is weak or numb, or your foot drops or drags',
    'See a doctor today.',
    'ces-card',
  ),
  lump_shape: flag(
    'doctor_today',
    'You found a lump, or your back has changed its shape',
    'See a doctor within a day.',
  ),
  small_fall: flag(
    'doctor_today',
    'It began with a small fall, and your bones are thin or you take steroids',
    'A bone may have cracked. See a doctor today.',
  ),
  fall: flag('doctor_today', 'It began with a crash or a fall', 'Have it looked at today. No massage until then.'),
  clumsy: flag(
    'doctor_today',
    'Your hands turn clumsy or weak, or you are unsteady when you walk',
    'See a doctor today.',
  ),
  both_shoulders: flag(
    'doctor_today',
    'You are over 50, and both shoulders ache and are stiff in the morning',
    'See a doctor within a day or two. It can be treated.',
  ),
  pop: flag(
    'doctor_today',
    'You felt a sudden pop, see a large bruise or a dent, or the leg lost strength',
    'It could be a tear. Have it looked at today.',
  ),
  antibiotic: flag(
    'doctor_today',
    'A tendon hurts, and you take ciprofloxacin or another “-floxacin”',
    'Stop the tablets and call a doctor today. No massage until then.',
    'mhra-fluoroquinolones',
  ),
  hot_joint: flag(
    'doctor_today',
    'A joint is hot, red or very swollen',
    'It could be an infection. See a doctor today.',
  ),
  fever_joint: flag('doctor_today', 'You have a fever', 'See a doctor today.'),
  no_weight: flag('doctor_today', 'The leg will not take your weight, or swelled up fast', 'Have it looked at today.'),
  knee_locks: flag('doctor_today', 'The knee locks or gives way', 'Have it looked at today.'),
  heel_bone: flag(
    'doctor_today',
    'The heel hurts when it is squeezed from both sides, or will not take your weight',
    'The bone may have cracked. Have it looked at today.',
  ),
  hot_foot: flag(
    'doctor_today',
    'The foot is hot and red, or you have a fever',
    'It could be an infection. See a doctor today.',
  ),
  diabetic_foot: flag(
    'doctor_today',
    'You have diabetes and any pain or wound in the foot',
    'See a doctor today. No massage of the foot until then.',
    'nhs-heel-pain',
  ),
  arm_will_not_lift: flag('doctor_today', 'You fell, and now the arm will not lift', 'Have it looked at today.'),
  head_knock_mild: flag(
    'doctor_today',
    'The headache began after a knock on the head',
    'See a doctor today.',
    'do-2019',
  ),
  headache_pregnant: flag(
    'doctor_today',
    'The headache is new, and you are pregnant or gave birth not long ago',
    'See a doctor today.',
    'do-2019',
  ),
  headache_cancer: flag(
    'doctor_today',
    'The headache is new, and you have cancer or a weak immune system',
    'See a doctor today.',
    'do-2019',
  ),
  red_eye: flag('doctor_today', 'One eye is red and hurts', 'See a doctor today.', 'do-2019'),
  new_weakness: flag('doctor_today', 'You have new weakness or numbness', 'See a doctor today.'),
  new_pain: flag('doctor_today', 'You have a new, bad pain and do not know why', 'See a doctor today.'),
  after_session: flag(
    'doctor_today',
    'You have new numbness or weakness after a session',
    'Stop, and see a doctor today.',
  ),

  // Ask before you book
  nerve_leg: flag(
    'ask_first',
    'Numbness, tingling or weakness runs down the leg',
    'Ask a doctor. A nerve may be the cause.',
  ),
  nerve_arm: flag(
    'ask_first',
    'Your hand is numb or weak, or pain shoots down an arm',
    'Ask a doctor. A nerve may be the cause.',
  ),
  bone_stress: flag(
    'ask_first',
    'It hurts to hop, or it hurts in the groin or on one spot of bone',
    'Ask a doctor. The bone may have a crack.',
  ),
  still_climbs: flag(
    'ask_first',
    'Pain still climbs after 6 to 12 weeks of sensible strength work',
    'Go back to your doctor or physiotherapist.',
  ),
  knee_locks_later: flag('ask_first', 'The knee locks, or gives way', 'Ask a doctor or physiotherapist first.'),
  knee_unknown: flag(
    'ask_first',
    'Nobody has told you yet what is wrong with the knee',
    'Ask your doctor what it is first.',
  ),
  sore_after_week: flag('ask_first', 'It is still very sore after a week', 'Ask a doctor or physiotherapist.'),
  foot_numb: flag('ask_first', 'The foot is numb or tingles', 'Ask a doctor. A nerve may be the cause.'),
  both_heels: flag(
    'ask_first',
    'Both heels hurt, with a stiff back in the morning, other swollen joints, or sore red eyes',
    'Ask a doctor first.',
  ),
  headache_over_50: flag('ask_first', 'The headache is new, and you are over 50', 'Ask a doctor first.', 'do-2019'),
  headache_strain: flag(
    'ask_first',
    'A cough, a sneeze or sport brings the headache on, or it changes when you lie down',
    'Ask a doctor first.',
    'do-2019',
  ),
  headache_worse: flag('ask_first', 'The headache gets worse and worse', 'Ask a doctor first.', 'do-2019'),
  painkillers: flag('ask_first', 'You take painkillers on most days', 'Ask a doctor first.', 'do-2019'),
  morning_stiff: flag(
    'ask_first',
    'You are under 45, and your back is stiff for over half an hour each morning and better when you move',
    'See a doctor first. It can be treated.',
  ),
  neck_joints: flag(
    'ask_first',
    'You have rheumatoid arthritis or thin bones',
    'Ask your doctor before anybody works on your neck.',
  ),
  lump_night: flag('ask_first', 'You found a lump, or it hurts all night', 'Ask a doctor before any massage.'),
  low_mood: flag(
    'ask_first',
    'You have been anxious or low on most days for two weeks or more',
    'Ask your doctor what can be done.',
  ),
  cannot_work: flag('ask_first', 'It stops you from working, or from seeing people', 'Ask your doctor.'),
  snoring: flag('ask_first', 'You snore loudly and stop breathing at times', 'Ask your doctor.'),
  bad_sleep: flag(
    'ask_first',
    'You have slept badly three nights a week for three months',
    'Ask your doctor about CBT-I, a course for sleep.',
  ),
  ill: flag(
    'ask_first',
    'You have a fever, feel ill, or could pass something on',
    'Wait until you are well.',
    'nccam-page',
  ),
  past_clot: flag(
    'ask_first',
    'You once had a clot, or had a long flight or bed rest not long ago',
    'Ask your doctor first.',
    'hse-dvt',
  ),
  thinner: flag(
    'ask_first',
    'You take a blood thinner, or bruise or bleed with ease',
    'Ask your doctor. Then light pressure, or none.',
    'nccam-page',
  ),
  pregnant: flag(
    'ask_first',
    'You are pregnant, or gave birth in the last 3 months',
    'Ask your midwife or doctor if a clot has been ruled out. No deep work on the legs.',
    'dvt-pregnancy-2020',
  ),
  surgery: flag(
    'ask_first',
    'You had surgery or a hospital stay in the last 3 months',
    'Ask the team that looked after you.',
    'hse-dvt',
  ),
  injection: flag(
    'ask_first',
    'You had an injection in the sore place in the last 2 weeks',
    'Ask whoever gave it. Leave that place alone.',
    'alberta-injection',
  ),
  thin_bones: flag(
    'ask_first',
    'Your bones are thin, one broke not long ago, or you have taken steroids for long',
    'Ask your doctor. Then light pressure, or none.',
    'nccam-page',
  ),
  cancer_heart: flag(
    'ask_first',
    'You have heart trouble, or blood pressure that is not under control',
    'Ask your doctor.',
  ),
  cancer_care: flag(
    'ask_first',
    'You have cancer, or are treated for it with chemo or radiation',
    'Ask your cancer team. Then light pressure, and not where it is treated.',
    'nccam-page',
  ),
  nerve_damage: flag(
    'ask_first',
    'You have nerve damage, or skin that feels little',
    'Tell us before we begin. Light pressure there, or none.',
  ),
  fresh_injury: flag(
    'ask_first',
    'The injury is less than 3 days old',
    'Wait, and have it looked at if it may be a tear or a break.',
  ),
  skin: flag(
    'ask_first',
    'You have a wound, rash, burn, infected or fragile skin, or varicose veins',
    'Tell us. We keep off it.',
    'nccam-page',
  ),
  allergy: flag('ask_first', 'Oils, scents or latex give you a reaction', 'Tell us before we begin.'),
  touch: flag(
    'ask_first',
    'Touch is hard for you, or there is a place you do not want touched',
    'Tell us as much as you like. You need give no reason.',
  ),
  safety_page: flag(
    'ask_first',
    'Any sign on the safety page fits you',
    'Read [Is massage safe for me?](/questions/is-massage-safe) first.',
  ),
  climbs: flag('ask_first', 'The pain climbs after each session', 'Stop, and ask a doctor before the next one.'),
} as const satisfies Record<string, RedFlag>;

/** What a page's front matter and the booking call a red flag by. */
export type RedFlagId = keyof typeof redFlags;

/** The ids, as they are listed. */
export const redFlagIds = Object.keys(redFlags) as RedFlagId[];

const TIERS: readonly RedFlagTier[] = ['emergency', 'doctor_today', 'ask_first'];

/**
 * Groups red flags by how urgent they are, the most urgent first. Within a tier the given order stays; a tier without
 * any is left out.
 *
 * @example
 * groupRedFlags(['climbs', 'saddle']).map(({ tier }) => tier) //=> ['emergency', 'ask_first']
 */
export function groupRedFlags(ids: readonly RedFlagId[]): { tier: RedFlagTier; flags: RedFlag[] }[] {
  const flags = ids.map((id): RedFlag => redFlags[id]);
  return TIERS.map((tier) => ({ tier, flags: flags.filter((one) => one.tier === tier) })).filter(
    (group) => group.flags.length > 0,
  );
}

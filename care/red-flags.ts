// When should somebody see a doctor before a massage, or instead of one? Question pages and the booking share one list,
// and each picks its flags by id. No clinician has reviewed it yet, and the pages say so. It never names an illness
// that the reader has; it says what to do.

/** How urgent it is, the most urgent first: call or go to hospital; a doctor today; ask before booking. */
export type RedFlagTier = 'emergency' | 'doctor_today' | 'ask_first';

/** One warning sign, as a question page and the booking show it. */
export interface RedFlag {
  /** What the reader would notice, addressed to them. */
  sign: string;
  tier: RedFlagTier;
  /** What to do about it. */
  action: string;
  /** Whether a crisis line is named beside it; which one depends on the country. */
  namesCrisisLine?: boolean;
  /** Ids in `questions/citations.json`; empty where the flag only links to another page. */
  sources: readonly string[];
  /** The local day on which the words were last read against their sources; null where there are no sources. */
  checkedOn: string | null;
}

const flag = (tier: RedFlagTier, sign: string, action: string, ...sources: string[]): RedFlag => {
  return { sign, tier, action, sources, checkedOn: sources.length > 0 ? '2026-11-27' : null };
};
/** A red flag whose sources were read later than those of the first list. */
const readOn = (checkedOn: string, redFlag: RedFlag): RedFlag => ({ ...redFlag, checkedOn });
const SPINE = 'The nerves at the base of your spine may be squeezed. Go to hospital now.';

/** Every red flag, by id. */
export const redFlags = {
  // Emergencies
  lung_clot: flag(
    'emergency',
    'You are all at once short of breath, have chest pain, cough up blood, or faint',
    'A clot may have reached your lungs. Call now.',
    'ni-lung-clot',
    'nhsinform-dvt',
  ),
  heart: flag(
    'emergency',
    'Your chest hurts or is tight, also into an arm or the jaw, or your shoulder, arm or jaw hurts and you sweat or are short of breath',
    'It could be your heart. Call now.',
    'nz-heart',
  ),
  saddle: flag(
    'emergency',
    'You are numb between the legs or where you would sit on a saddle',
    SPINE,
    'ces-card',
    'msk-back',
  ),
  bladder_bowel: flag(
    'emergency',
    'You have new trouble passing or holding urine, or with your bowel',
    SPINE,
    'ces-card',
    'msk-back',
  ),
  sex_change: flag(
    'emergency',
    'Sex feels different or no longer works, and that is new',
    SPINE,
    'ces-card',
    'sheffield-back',
  ),
  both_legs: flag(
    'emergency',
    'Both legs tingle, go numb or go weak, or pain runs from your back down both legs',
    SPINE,
    'northern-trust-back',
    'ces-healthify',
  ),
  back_and_chest: flag(
    'emergency',
    'Your back hurts, with pain in the chest, or a very bad pain in the belly',
    'Call now. Do not wait to see if it passes.',
    'sheffield-back',
    'jersey-emergency',
  ),
  serious_accident: flag(
    'emergency',
    'It began with a crash or other serious accident in the last 3 days',
    'Call now. Keep still. If earlier and not checked, see a doctor today.',
    'sheffield-back',
    'jersey-emergency',
  ),
  worst_headache: flag('emergency', 'You have a sudden headache, the worst of your life', 'Call now.', 'do-2019'),
  stroke: flag(
    'emergency',
    'All at once your face droops, an arm or leg goes weak or numb, your speech slurs, or your sight blurs or doubles',
    'It could be a stroke. Call now, also if it has passed.',
    'bcuhb-stroke',
  ),
  sight_speech: flag(
    'emergency',
    'With the headache you have trouble seeing or speaking',
    'Call now.',
    'do-2019',
    'bcuhb-stroke',
  ),
  stiff_neck_fever: readOn(
    '2026-11-29',
    flag(
      'emergency',
      'You have a stiff neck, and a fever, a rash, or eyes that light hurts',
      'Call now, rash or not.',
      'hackney-meningitis',
      'uhsm-emergency',
    ),
  ),
  drowsy: readOn(
    '2026-11-29',
    flag(
      'emergency',
      'You have a headache with a fever, or with feeling drowsy, confused or weak',
      'Call now.',
      'do-2019',
      'hackney-meningitis',
    ),
  ),
  head_knock: flag(
    'emergency',
    'You knocked your head, and were knocked out, vomit, are drowsy or confused, or take blood thinners',
    'Go to hospital now. If you cannot stay awake, call.',
    'wales-head-knock',
  ),
  sight_lost: flag(
    'emergency',
    'You lost your sight, in one eye or both, even for a moment',
    'Call, or go to hospital now.',
    'bcuhb-stroke',
    'cht-pmr',
  ),
  neck_artery: flag(
    'emergency',
    'You have a sudden, bad neck pain or headache and are dizzy, see double or slur your words',
    'Call now.',
    'rcem-neck-artery',
    'bcuhb-stroke',
  ),
  clumsy: flag(
    'emergency',
    'You have become unsteady on your feet, your hands have turned clumsy, or you lose control of bladder or bowel',
    'The nerves in your neck may be squeezed. Call, or go to hospital now.',
    'wales-neck',
    'royal-free-neck',
  ),
  dark_urine: readOn(
    '2026-11-29',
    flag(
      'emergency',
      'Your urine is dark like tea, and muscles hurt or go weak',
      'Muscle may be breaking down. Call now.',
      'cdc-rhabdo',
    ),
  ),
  collapse: flag(
    'emergency',
    'After the effort you are confused, have a fit, or pass out',
    'It could be heatstroke. Somebody with you should call now, and cool you.',
    'ni-heat',
  ),
  hot_joint_fever: flag(
    'emergency',
    'A joint is hot and swollen, and you have a fever or feel ill',
    'It could be an infection. Go to the emergency department now.',
    'versus-septic',
  ),
  suicide: {
    ...flag('emergency', 'You are thinking of ending your life, or of hurting yourself', 'Call now.', 'nwbh-crisis'),
    namesCrisisLine: true,
  },
  first_panic: flag(
    'emergency',
    'You have what feels like your first panic attack, and your chest hurts or you are short of breath',
    'Call now. It could be your heart.',
    'patient-panic',
  ),
  pregnant_emergency: flag(
    'emergency',
    'You are pregnant, and you bleed, your waters leak, your belly keeps hurting, or your baby moves less',
    'Call your maternity unit now, day or night. If you bleed a lot, call an ambulance.',
    'uhb-midwife',
  ),
  preeclampsia: flag(
    'emergency',
    'You are pregnant or have just given birth, and have a bad headache, blurred sight, pain under the ribs, or a face or hands that swell',
    'Call your maternity unit now, day or night.',
    'uhb-midwife',
    'action-preeclampsia',
  ),
  chemo_fever: readOn(
    '2026-11-30',
    flag(
      'emergency',
      'You are treated for cancer, and have a fever, shiver, or feel ill',
      'It could be an infection that cannot wait. Call your cancer team now, day or night. If you do not reach them, go to hospital now.',
      'cruk-infection',
      'blood-cancer-infection',
    ),
  ),

  // A doctor today
  leg_clot: flag(
    'doctor_today',
    'One leg is swollen or warm, has a new colour, or hurts in a way that is new to you: any one of these',
    'It could be a clot. Get medical help today. No massage until it is ruled out.',
    'nhsinform-dvt',
    'dvt-glos',
  ),
  calf_clot: flag(
    'doctor_today',
    'One calf is swollen or warm, or has a new colour',
    'It could be a clot, and not the nerve. Get medical help today. No massage until it is ruled out.',
    'nhsinform-dvt',
    'dvt-glos',
  ),
  temporal: flag(
    'doctor_today',
    'You are over 50, and have a new headache, a sore scalp, jaw pain when you chew, or blurred sight',
    'See a doctor today. If your sight is blurred, go to hospital. An artery in the head may be sore. No massage of the head until then.',
    'ni-gca',
    'wales-gca',
    'do-2019',
  ),
  fever_back: flag(
    'doctor_today',
    'You have a fever or feel ill with the pain',
    'See a doctor today. No massage until then.',
    'sheffield-back',
  ),
  cancer_sign: flag(
    'doctor_today',
    'You are losing weight without trying',
    'See a doctor today. No massage until then.',
    'sheffield-back',
    'glos-knee',
  ),
  past_cancer: flag(
    'doctor_today',
    'You have or had cancer, and this pain is new or gets worse',
    'Call your cancer team or a doctor today. No massage until then.',
    'rnoh-spine',
  ),
  night_pain: flag(
    'doctor_today',
    'It hurts all night, however you lie',
    'See a doctor today. No massage until then.',
    'sheffield-back',
    'glos-knee',
  ),
  one_leg: flag(
    'doctor_today',
    'One leg is weak or numb, or your foot drops or drags',
    'See a doctor today.',
    'rjah-back',
  ),
  lump_shape: flag(
    'doctor_today',
    'You found a lump in your back, or your back has changed its shape',
    'See a doctor today.',
    'sheffield-back',
  ),
  small_fall: flag(
    'doctor_today',
    'It began with a small fall, and your bones are thin or you take steroids',
    'A bone may have cracked. See a doctor today.',
    'ros-spine',
  ),
  fall: flag(
    'doctor_today',
    'It began with a fall or a blow',
    'See a doctor today. No massage until then.',
    'msk-back',
  ),
  pop: flag(
    'doctor_today',
    'You felt a sudden pop, see a large bruise or a dent, or the leg lost strength',
    'It could be a tear. Have it looked at today.',
    'ni-hamstring',
  ),
  antibiotic: flag(
    'doctor_today',
    'A tendon hurts, and you take, or took in the last few months, ciprofloxacin or another “-floxacin”',
    'Stop the tablets and call a doctor today. No massage until then.',
    'glos-fluoroquinolones',
  ),
  hot_joint: flag(
    'doctor_today',
    'A joint is hot, red or very swollen',
    'It could be an infection. See a doctor today.',
    'versus-septic',
  ),
  fever_joint: flag('doctor_today', 'The joint hurts, and you have a fever', 'See a doctor today.', 'versus-septic'),
  no_weight: flag(
    'doctor_today',
    'The leg will not take your weight, or swelled up fast',
    'Have it looked at today.',
    'glos-knee',
  ),
  knee_locks: flag(
    'doctor_today',
    'The knee locks or gives way',
    'Have it looked at today. If it stays stuck, go to the emergency department.',
    'glos-knee',
    'cora-knee',
  ),
  heel_bone: flag(
    'doctor_today',
    'The heel hurts when it is squeezed from both sides, or will not take your weight',
    'The bone may have cracked. Have it looked at today.',
    'fpn-heel',
  ),
  hot_foot: flag(
    'doctor_today',
    'The foot is hot, red or swollen, or it hurts and you have a fever',
    'It could be an infection. See a doctor today. If it is hot and you have a fever, go to hospital.',
    'legs-matter-infection',
  ),
  diabetic_foot: flag(
    'doctor_today',
    'You have diabetes and any pain or wound in the foot',
    'Call your doctor or foot team today. No massage of the foot until then.',
    'diabetes-uk-foot',
  ),
  arm_will_not_lift: flag(
    'doctor_today',
    'You fell, and now the arm will not lift',
    'Have it looked at today.',
    'elht-shoulder',
  ),
  head_knock_mild: flag(
    'doctor_today',
    'The headache began after a knock on the head',
    'See a doctor today. If painkillers do not help, go to hospital.',
    'do-2019',
    'wales-head-knock',
  ),
  headache_pregnant: flag(
    'doctor_today',
    'The headache is new, and you are pregnant or gave birth not long ago',
    'Call your maternity unit or a doctor today.',
    'do-2019',
  ),
  headache_cancer: flag(
    'doctor_today',
    'The headache is new, and you have cancer or a weak immune system',
    'See a doctor today.',
    'do-2019',
  ),
  red_eye: flag('doctor_today', 'One eye is red and hurts', 'See a doctor today.', 'do-2019'),
  new_weakness: flag(
    'doctor_today',
    'An arm or leg slowly turns weak or numb',
    'See a doctor today.',
    'wales-neck',
    'rjah-back',
  ),
  new_pain: readOn(
    '2026-11-29',
    flag(
      'doctor_today',
      'You have a new, bad pain and do not know why',
      'See a doctor today. If it came all at once and is too bad to bear, go to hospital.',
      'concord-emergency',
    ),
  ),
  after_session: readOn(
    '2026-11-29',
    flag(
      'doctor_today',
      'You have new numbness or weakness after a session',
      'Stop, and see a doctor today.',
      'aksoy-2009',
    ),
  ),

  // Ask before you book
  both_shoulders: flag(
    'ask_first',
    'You are over 50, and both shoulders ache and are stiff in the morning',
    'See a doctor first, this week if you can. It can be treated.',
    'cht-pmr',
  ),
  nerve_leg: flag(
    'ask_first',
    'Tingling, or pain that shoots, runs down the leg',
    'Ask a doctor. A nerve may be the cause.',
    'mersey-sciatica',
  ),
  nerve_arm: flag(
    'ask_first',
    'Tingling, or pain that shoots, runs down an arm',
    'Ask a doctor. A nerve may be the cause.',
    'aafp-neck-nerve',
  ),
  bone_stress: flag(
    'ask_first',
    'It hurts to hop, or it hurts in the groin or on one spot of bone',
    'Stop running, and ask a doctor. The bone may have a crack.',
    'london-marathon-hip',
    'fpn-heel',
  ),
  still_climbs: readOn(
    '2026-11-29',
    flag(
      'ask_first',
      'The pain still gets worse after 6 to 12 weeks of sensible strength work',
      'Go back to your doctor or physiotherapist.',
      'cht-hamstring',
    ),
  ),
  knee_unknown: readOn(
    '2026-11-29',
    flag(
      'ask_first',
      'Nobody has told you yet what is wrong with the knee',
      'Ask your doctor what it is first.',
      'nhsinform-knee',
    ),
  ),
  sore_after_week: flag(
    'ask_first',
    'It is still very sore after a week',
    'Ask a doctor or physiotherapist.',
    'cotswold-soreness',
  ),
  foot_numb: flag(
    'ask_first',
    'The foot is numb or tingles',
    'Ask a doctor. A nerve may be the cause.',
    'ni-neuropathy',
  ),
  both_heels: flag(
    'ask_first',
    'Both heels hurt, with a stiff back in the morning, other swollen joints, or sore red eyes',
    'Ask a doctor first.',
    'royal-devon-as',
  ),
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
    'pure-spine',
    'royal-devon-as',
  ),
  neck_joints: readOn(
    '2026-11-29',
    flag(
      'ask_first',
      'You have rheumatoid arthritis or thin bones',
      'Ask your doctor before anybody works on your neck.',
      'slater-2013',
      'parkinsons-uk-massage',
    ),
  ),
  lump: flag('ask_first', 'You found a new lump', 'Ask a doctor first.', 'cruk-sarcoma'),
  low_mood: flag(
    'ask_first',
    'You have been low on most days for two weeks or more',
    'Ask your doctor what can be done.',
    'hse-depression',
  ),
  cannot_work: flag(
    'ask_first',
    'Your mood or worry stops you from working, or from seeing people',
    'Ask your doctor what can be done.',
    'hse-depression',
  ),
  snoring: readOn(
    '2026-11-29',
    flag('ask_first', 'You snore loudly and stop breathing at times', 'Ask your doctor.', 'bdct-apnoea'),
  ),
  bad_sleep: flag(
    'ask_first',
    'You have slept badly for over a month, and your days suffer',
    'Ask your doctor about CBT-I, a course for sleep.',
    'ip-insomnia',
  ),
  ill: readOn(
    '2026-11-29',
    flag(
      'ask_first',
      'You have a fever, feel ill, or could pass something on',
      'Wait until you are well.',
      'abmp-colds',
      'amta-illness',
    ),
  ),
  past_clot: flag(
    'ask_first',
    'You had a clot, or were in hospital or flat in bed in the last 3 months',
    'Ask a doctor first.',
    'nhsinform-dvt',
    'cuh-clots',
  ),
  thinner: readOn(
    '2026-11-29',
    flag(
      'ask_first',
      'You take a blood thinner, or bruise or bleed easily',
      'Ask your doctor. Then light pressure, or none.',
      'bhf-massage',
    ),
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
    'cuh-clots',
  ),
  injection: flag(
    'ask_first',
    'You had an injection in the sore place in the last 2 weeks',
    'Ask who gave it. Leave that place alone.',
    'alberta-injection',
  ),
  thin_bones: readOn(
    '2026-11-29',
    flag(
      'ask_first',
      'Your bones are thin, one broke not long ago, or you have taken steroids for a long time',
      'Ask your doctor. Then light pressure, or none.',
      'parkinsons-uk-massage',
      'ros-complementary',
      'ros-steroids',
    ),
  ),
  heart_trouble: flag(
    'ask_first',
    'You have heart trouble, such as an uneven beat or a weak heart, or high blood pressure not under control',
    'Ask your doctor or heart nurse.',
    'bhf-massage',
  ),
  cancer_care: readOn(
    '2026-11-29',
    flag(
      'ask_first',
      'You have cancer, or are treated for it with chemo or radiation',
      'Ask your cancer team. Then light pressure, and not where it is treated.',
      'macmillan-massage',
      'cancer-council-pressure',
      'cancer-council-therapist',
    ),
  ),
  port_nodes: flag(
    'ask_first',
    'You have a port, or lymph nodes were taken out',
    'Ask your cancer team. Then light pressure, and not near it.',
    'integrative-oncology',
  ),
  kidneys: readOn(
    '2026-11-29',
    flag(
      'ask_first',
      'Your kidneys do not work well',
      'Ask your doctor. Then light pressure, or none.',
      'werner-kidneys',
    ),
  ),
  nerve_damage: flag(
    'ask_first',
    'You have nerve damage, or skin that feels little',
    'Tell us before we begin. Light pressure there, or none.',
    'msu-massage',
  ),
  diabetes_feet: flag(
    'ask_first',
    'You have diabetes, and your feet feel little or heal badly',
    'Tell us before we begin. Light pressure there, or none.',
    'diabetes-uk-foot',
  ),
  fresh_injury: readOn(
    '2026-11-29',
    flag(
      'ask_first',
      'The injury is less than 3 days old, or may be a tear or a break',
      'Wait, and have it looked at.',
      'nca-soft-tissue',
    ),
  ),
  skin: readOn(
    '2026-11-29',
    flag(
      'ask_first',
      'You have a wound, rash, burn, infected or fragile skin, or varicose veins',
      'Tell us. We keep off it.',
      'msu-massage',
    ),
  ),
  allergy: flag('ask_first', 'You react to oils, scents or latex', 'Tell us before we begin.', 'mayo-visit'),
  touch: readOn(
    '2026-11-29',
    flag(
      'ask_first',
      'Touch is hard for you, perhaps after abuse, or you do not want a place touched',
      'Tell us as much as you like. You need not say why.',
      'canada-sensitive-practice',
    ),
  ),
  // No source: it only links to the page where each warning has its own.
  safety_page: flag(
    'ask_first',
    'You are under a doctor’s care, take medicine, or are not sure about anything here',
    'Read [Is massage safe for me?](/questions/is-massage-safe) first.',
  ),
  climbs: readOn(
    '2026-11-29',
    flag(
      'ask_first',
      'The pain gets worse after each session',
      'Stop, and ask a doctor before the next one.',
      'prohealth-worse',
    ),
  ),
} as const satisfies Record<string, RedFlag>;

/** The name of a red flag in the booking and in a page's front matter. */
export type RedFlagId = keyof typeof redFlags;

const TIERS: readonly RedFlagTier[] = ['emergency', 'doctor_today', 'ask_first'];

/**
 * Groups red flags by urgency, the most urgent first. Flags keep the given order within a tier; empty tiers are left
 * out.
 *
 * @example
 * groupRedFlags(['climbs', 'saddle']).map(({ tier }) => tier) //=> ['emergency', 'ask_first']
 */
export function groupRedFlags(ids: readonly RedFlagId[]): { tier: RedFlagTier; flags: RedFlag[] }[] {
  const flags = ids.map((id): RedFlag => redFlags[id]);
  return TIERS.map((tier) => ({ tier, flags: flags.filter((flag) => flag.tier === tier) })).filter(
    (group) => group.flags.length > 0,
  );
}

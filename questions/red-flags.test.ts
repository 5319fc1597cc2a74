import { describe, expect, it } from 'vitest';
import { type RedFlagId, redFlags } from '@/care/red-flags';
import { type RedFlagTopic, redFlagsByTopic } from '@/care/red-flags-by-topic';
import { getQuestion, listQuestions, type Question } from './library';
import { type Block, inlineToText } from './markdown';
import { findQuestions } from './search';

const redFlagIds = Object.keys(redFlags) as RedFlagId[];

const questions = listQuestions();
const named = questions.map((question) => [question.slug, question] as const);

/** The signs of the warnings on a page. */
function shownOn(question: Question): string[] {
  return question.sections['See a doctor first'].flatMap((block) =>
    block.kind === 'rows' ? block.rows.map(({ label }) => inlineToText(label)) : [],
  );
}

const wordsOf = (blocks: Block[]) => JSON.stringify(blocks);

describe('the warnings of a page', () => {
  it.each(named)('%s shows every warning of its topics, and of firm pressure if it plans any', (_, question) => {
    const isFirm = question.plan.massages.some((massage) => massage !== 'swedish');
    const kinds: RedFlagTopic[] = [...question.warnFor, ...(isFirm ? (['firm'] as const) : [])];
    const needed = kinds.flatMap((kind): readonly RedFlagId[] => redFlagsByTopic[kind]);
    const shown = shownOn(question);
    for (const id of needed) expect(shown, id).toContain(redFlags[id].sign.replaceAll("'", '’'));
    expect(shown).toHaveLength(question.redFlags.length);
    expect(new Set(shown).size).toBe(shown.length);
  });

  it('are each shown on some page', () => {
    const shown = new Set(questions.flatMap((question) => question.redFlags));
    expect(redFlagIds.filter((id) => !shown.has(id))).toEqual([]);
  });

  it('belong only to topics that some page has', () => {
    const used = new Set(questions.flatMap(({ warnFor }) => warnFor));
    const derived: RedFlagTopic[] = ['elsewhere'];
    const kinds = Object.keys(redFlagsByTopic) as RedFlagTopic[];
    expect(kinds.filter((kind) => !used.has(kind) && !derived.includes(kind))).toEqual([]);
  });

  // Every other page sends unsure readers to the page on safety.
  it('are on the safety page too if three topics or more need them', () => {
    const others = Object.entries(redFlagsByTopic).filter(([kind]) => kind !== 'safety');
    const shared = redFlagIds.filter((id) => others.filter(([, ids]) => ids.some((flag) => flag === id)).length >= 3);
    expect(shared).toEqual(expect.arrayContaining(['leg_clot', 'night_pain', 'lump']));
    expect(getQuestion('is-massage-safe')!.redFlags).toEqual(expect.arrayContaining(shared));
  });

  it('are grouped by urgency, the most urgent first', () => {
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

// Compares a page's own text with the topics that it names: a page must not leave out a topic.
describe('a page', () => {
  const byTitle: [RegExp, RedFlagTopic][] = [
    [/\bback\b|sciatica/i, 'back'],
    [/sciatica/i, 'leg_pain'],
    [/\bneck\b/i, 'neck'],
    [/headache/i, 'head'],
    [/shoulder/i, 'shoulder'],
    [/hamstring|thigh/i, 'thigh'],
    [/knee|IT band/i, 'knee'],
    [/heel|plantar|foot/i, 'foot'],
    [/arthritis/i, 'arthritis'],
    [/tend(?:on|in)/i, 'tendon'],
    [/marathon/i, 'race'],
    [/anxiety|stress|sleep/i, 'mind'],
    [/deep tissue|sports massage/i, 'firm'],
    [/how often/i, 'course'],
    [/\bis massage safe for me/i, 'safety'],
    [/migraine/i, 'head'],
    [/jaw/i, 'jaw'],
    [/whiplash/i, 'neck'],
    [/elbow/i, 'elbow'],
    [/achilles/i, 'calf'],
    [/achilles|elbow/i, 'tendon'],
    [/fibromyalgia/i, 'widespread'],
    [/cancer/i, 'cancer'],
    [/pregnan/i, 'pregnancy'],
    [/surgery|blood clot/i, 'surgery'],
    [/blood pressure|diabetes|veins/i, 'conditions'],
    [/\brace\b/i, 'race'],
    [/massage gun|knots/i, 'firm'],
    [/sore or bruised/i, 'after'],
    [/first massage/i, 'first'],
  ];

  it.each(named)('%s names the topics that its question is about', (_, question) => {
    const expectedKinds = byTitle.filter(([words]) => words.test(question.question)).map(([, kind]) => kind);
    expect(expectedKinds.length).toBeGreaterThan(0);
    expect(question.warnFor).toEqual(expect.arrayContaining(expectedKinds));
  });

  // The areas to be touched, by the page's words and by its drawing, and what must be ruled out before that.
  const byTouch: [RegExp, RedFlagId[]][] = [
    [/calf|calves|thigh|\bsole\b|whole body|heel|foot|shin|back of knee/i, ['lung_clot', 'leg_clot']],
    [/lower back/i, ['saddle', 'bladder_bowel', 'sex_change', 'both_legs', 'one_leg', 'serious_accident']],
    [/\bneck\b|scalp|back of head/i, ['neck_artery', 'stroke', 'stiff_neck_fever']],
    [/scalp|back of head/i, ['temporal', 'sight_lost', 'head_knock']],
    [/\bface\b/i, ['temporal', 'sight_lost', 'stroke']],
    [/heel|foot/i, ['diabetic_foot']],
  ];

  it.each(named)('%s warns of what must be ruled out before its areas are worked on', (_, question) => {
    const rows = question.sections['Which massage, how often'].flatMap((block) =>
      block.kind === 'rows' ? block.rows : [],
    );
    const type = rows.find(({ label }) => inlineToText(label) === 'Type');
    const how = [question.plan.said, type ? inlineToText(type.matter) : '', ...question.where.worked].join(', ');
    for (const [words, ids] of byTouch) {
      if (words.test(how)) expect(question.redFlags, String(words)).toEqual(expect.arrayContaining(ids));
    }
  });

  // What each body part needs, listed a second time, independently of the list that pages are built from. A warning
  // that is lost there is noticed here.
  const clot: RedFlagId[] = ['lung_clot', 'leg_clot'];
  const spine: RedFlagId[] = ['saddle', 'bladder_bowel', 'sex_change', 'both_legs'];
  const pain: RedFlagId[] = ['cancer_sign', 'past_cancer', 'night_pain'];
  const pregnancy: RedFlagId[] = ['pregnant_emergency', 'preeclampsia', 'pregnant'];
  const byBodyPart: [part: string, pages: string[], needed: RedFlagId[]][] = [
    [
      'thigh',
      ['hamstring-tendinopathy'],
      [...clot, ...spine, ...pain, 'pop', 'antibiotic', 'bone_stress', 'lump', 'nerve_leg', 'still_climbs'],
    ],
    [
      'lower back',
      ['low-back-pain', 'sciatica'],
      [
        ...spine,
        ...pain,
        'back_and_chest',
        'serious_accident',
        'fever_back',
        'one_leg',
        'lump_shape',
        'small_fall',
        'morning_stiff',
      ],
    ],
    ['leg pain from the back', ['sciatica'], ['lung_clot', 'calf_clot']],
    [
      'neck',
      ['neck-pain', 'whiplash'],
      [
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
    ],
    [
      'head',
      ['tension-headache', 'migraine'],
      [
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
        'headache_worse',
        'painkillers',
      ],
    ],
    [
      'shoulder',
      ['desk-shoulder-tightness', 'frozen-shoulder'],
      [
        'heart',
        'hot_joint_fever',
        'hot_joint',
        'clumsy',
        'new_weakness',
        'arm_will_not_lift',
        'both_shoulders',
        'temporal',
        ...pain,
        'lump',
        'nerve_arm',
      ],
    ],
    [
      'knee',
      ['knee-osteoarthritis', 'it-band-runners-knee'],
      [...clot, 'hot_joint_fever', 'hot_joint', 'no_weight', 'knee_locks', ...pain, 'lump'],
    ],
    [
      'foot',
      ['plantar-fasciitis'],
      [...clot, 'heel_bone', 'hot_foot', 'diabetic_foot', ...pain, 'lump', 'foot_numb', 'both_heels'],
    ],
    ['calf', ['achilles'], [...clot, ...pain, 'pop', 'antibiotic', 'bone_stress', 'lump', 'nerve_leg']],
    [
      'elbow',
      ['tennis-elbow'],
      ['hot_joint_fever', 'hot_joint', 'fall', 'new_weakness', 'antibiotic', ...pain, 'lump', 'nerve_arm'],
    ],
    ['jaw', ['jaw-pain'], ['heart', 'stroke', 'sight_lost', 'temporal', 'fall', ...pain, 'lump']],
    [
      'the legs of a runner',
      ['muscle-soreness-after-marathon', 'before-or-after-a-race'],
      [...clot, 'dark_urine', 'collapse', 'pop', 'bone_stress'],
    ],
    ['all over', ['fibromyalgia'], ['suicide', 'hot_joint', 'new_weakness', ...pain, 'both_shoulders', 'low_mood']],
    ['mood', ['stress-anxiety-sleep'], ['suicide', 'first_panic', 'low_mood', 'cannot_work', 'bad_sleep']],
    [
      'firm pressure',
      ['swedish-deep-tissue-or-sports', 'massage-gun-or-foam-roller', 'knots-and-pressure'],
      [...clot, ...pregnancy, 'past_clot', 'thinner', 'thin_bones', 'surgery'],
    ],
    ['a course', ['how-often-massage'], [...clot, ...spine, 'after_session', 'climbs']],
    [
      'a first visit',
      ['first-massage'],
      [
        ...clot,
        ...spine,
        ...pregnancy,
        'ill',
        'past_clot',
        'thinner',
        'surgery',
        'heart_trouble',
        'skin',
        'allergy',
        'touch',
      ],
    ],
    ['after a session', ['sore-after-massage'], [...clot, ...spine, 'dark_urine', 'after_session', 'thinner']],
    ['pregnancy', ['pregnancy-massage'], [...clot, ...pregnancy, 'headache_pregnant', 'past_clot', 'surgery']],
    [
      'surgery and clots',
      ['after-surgery-or-clot'],
      [...clot, ...pregnancy, 'heart', 'ill', 'past_clot', 'thinner', 'surgery', 'injection', 'thin_bones', 'skin'],
    ],
    [
      'blood pressure, diabetes, veins',
      ['blood-pressure-diabetes-veins'],
      [
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
    ],
    [
      'cancer',
      ['living-with-cancer'],
      [
        ...clot,
        ...spine,
        ...pain,
        'chemo_fever',
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
    ],
    [
      'any massage',
      ['is-massage-safe'],
      [
        ...clot,
        ...spine,
        ...pain,
        ...pregnancy,
        'heart',
        'worst_headache',
        'stroke',
        'stiff_neck_fever',
        'head_knock',
        'sight_lost',
        'temporal',
        'hot_joint_fever',
        'hot_joint',
        'antibiotic',
        'new_weakness',
        'ill',
        'past_clot',
        'thinner',
        'surgery',
        'injection',
        'thin_bones',
        'chemo_fever',
        'cancer_care',
        'port_nodes',
        'heart_trouble',
        'kidneys',
        'lump',
        'nerve_damage',
        'diabetes_feet',
        'fresh_injury',
        'skin',
        'allergy',
        'touch',
      ],
    ],
  ];

  it.each(byBodyPart)('about %s shows the warnings for it', (_, pages, needed) => {
    for (const slug of pages) expect(getQuestion(slug)?.redFlags, slug).toEqual(expect.arrayContaining(needed));
  });

  it('is listed under some body part or other matter', () => {
    const linkedPages = byBodyPart.flatMap(([, pages]) => pages);
    expect(questions.map(({ slug }) => slug).filter((slug) => !linkedPages.includes(slug))).toEqual([]);
  });

  it.each(named)('%s names the emergencies of pregnancy if it mentions pregnancy', (_, question) => {
    const words = [question.shortAnswer, ...question.symptoms, wordsOf(Object.values(question.sections).flat())].join();
    if (!/pregnan|gave birth/i.test(words)) return;
    expect(question.redFlags).toEqual(expect.arrayContaining(['pregnant_emergency', 'preeclampsia']));
  });

  it.each(['pregnancy-massage', 'is-massage-safe'])(
    '%s reports the harm done by massage over an unknown clot',
    (slug) => {
      const words = wordsOf(Object.values(getQuestion(slug)!.sections).flat());
      expect(words).toContain('She did not wake from her coma.');
      expect(words).toContain('no massage of this kind in pregnancy unless a clot has been ruled out');
    },
  );

  it('warns of emergencies in pregnancy on other pages than the one on safety', () => {
    const warned = questions.filter(({ redFlags: ids }) => ids.includes('pregnant_emergency')).map(({ slug }) => slug);
    expect(warned).toEqual(expect.arrayContaining(['is-massage-safe', 'tension-headache', 'plantar-fasciitis']));
  });

  it.each(named)('%s links to the page on safety, unless it is that page', (_, question) => {
    expect(question.redFlags.includes('safety_page')).toBe(question.slug !== 'is-massage-safe');
  });
});

// The same sign must not mean "today" on one page and "before you book" on the next.
it('every page gives the same action for the same sign', () => {
  const actions = new Map<string, string>();
  for (const { slug, sections } of questions) {
    const rows = sections['See a doctor first'].flatMap((block) => (block.kind === 'rows' ? block.rows : []));
    for (const { label, matter } of rows) {
      const [sign, action] = [inlineToText(label), inlineToText(matter)];
      expect(actions.get(sign) ?? action, `${slug}: ${sign}`).toBe(action);
      actions.set(sign, action);
    }
  }
});

it.each([
  ['varicose veins', 'blood-pressure-diabetes-veins'],
  ['chemo', 'living-with-cancer'],
  ['nerve damage', 'is-massage-safe'],
  ['allergic to oil', 'is-massage-safe'],
])('a search for "%s" finds the page that mentions it', (query, slug) => {
  expect(findQuestions(query).map((found) => found.slug)).toContain(slug);
});

it('no page promises a question or a rule that does not exist', () => {
  for (const question of questions) {
    const words = JSON.stringify(question.sections);
    expect(words, question.slug).not.toMatch(/after the safety questions|do not start older people|we ask again/);
  }
});

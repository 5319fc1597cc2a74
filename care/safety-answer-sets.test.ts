import { describe, expect, it } from 'vitest';
import citations from '@/questions/citations.json' with { type: 'json' };
import { type SafetyAnswers, type SafetyQuestionId, screenSafety } from './safety';
import { safetyQuestionIds } from './safety-questions';

// Sets of answers and their verdicts, written by hand from the rules rather than from what the code returns. Questions
// that a row does not name are answered no. Each row ends with its reason; the sources of each question are listed once
// below.

const offer = [
  { id: 'swedish', pressure: 1 as const },
  { id: 'sports', pressure: 2 as const },
  { id: 'deep-tissue', pressure: 3 as const },
];
const WORDS = { all: 'offered', light: 'light_only', '-': 'not_offered' } as const;

/** The sources of each question, as ids in `questions/citations.json`. */
const SOURCES: Record<SafetyQuestionId, string> = {
  saddle: 'ces-card, msk-back, sheffield-back, northern-trust-back, ces-healthify',
  chest: 'ni-lung-clot, nhsinform-dvt, nz-heart',
  stroke: 'bcuhb-stroke, do-2019, hackney-meningitis, uhsm-emergency, wales-head-knock',
  clot: 'nhsinform-dvt, dvt-glos, cuh-clots',
  temporal: 'ni-gca, wales-gca, do-2019',
  sight_lost: 'bcuhb-stroke, cht-pmr',
  infection: 'abmp-colds, amta-illness, cruk-infection, blood-cancer-infection',
  cancer_sign: 'sheffield-back, glos-knee, cruk-sarcoma',
  injury: 'nca-soft-tissue, ni-hamstring',
  hot_joint: 'versus-septic',
  joint_fever: 'versus-septic',
  tendon_antibiotic: 'glos-fluoroquinolones',
  thinner: 'bhf-massage',
  pregnant: 'dvt-pregnancy-2020',
  pregnant_emergency: 'uhb-midwife, action-preeclampsia',
  surgery: 'cuh-clots',
  cancer_care: 'macmillan-massage, cancer-council-pressure, cancer-council-therapist, integrative-oncology',
  heart: 'bhf-massage, werner-kidneys',
  bones: 'parkinsons-uk-massage, ros-complementary, ros-steroids',
  skin: 'msu-massage',
  injection: 'alberta-injection',
  numb: 'msu-massage, diabetes-uk-foot',
  allergy: 'mayo-visit',
  touch: 'canada-sensitive-practice',
};

// Columns: answers | tier | questions that give a reason, each with its tier | Swedish, sports, deep tissue | why
const TABLE = `
all no | fine | none | all all all | nothing stands in the way
saddle yes | emergency | saddle emergency | - - - | a yes has the tier of its question
chest yes | emergency | chest emergency | - - - | a yes has the tier of its question
stroke yes | emergency | stroke emergency | - - - | a yes has the tier of its question
clot yes | doctor_first | clot doctor_first | - - - | a yes has the tier of its question
temporal yes | doctor_first | temporal doctor_first | - - - | a yes has the tier of its question
sight_lost yes | emergency | sight_lost emergency | - - - | a yes has the tier of its question
infection yes | not_today | infection not_today | - - - | a yes has the tier of its question
cancer_sign yes | doctor_first | cancer_sign doctor_first | - - - | a yes has the tier of its question
injury yes | doctor_first | injury doctor_first | - - - | a yes has the tier of its question
hot_joint yes | doctor_first | hot_joint doctor_first | - - - | a yes has the tier of its question
joint_fever yes | emergency | joint_fever emergency | - - - | a yes has the tier of its question
tendon_antibiotic yes | doctor_first | tendon_antibiotic doctor_first | - - - | a yes has the tier of its question
thinner yes | ask_first | thinner ask_first | light light - | a yes has the tier of its question
pregnant yes | ask_first | pregnant ask_first | all all all | a yes has the tier of its question
pregnant_emergency yes | emergency | pregnant_emergency emergency | - - - | a yes has the tier of its question
surgery yes | ask_first | surgery ask_first | all all all | a yes has the tier of its question
cancer_care yes | ask_first | cancer_care ask_first | light light - | a yes has the tier of its question
heart yes | ask_first | heart ask_first | light light - | a yes has the tier of its question
bones yes | adapt | bones adapt | light light - | a yes has the tier of its question
skin yes | adapt | skin adapt | all all all | a yes has the tier of its question
injection yes | adapt | injection adapt | all all all | a yes has the tier of its question
numb yes | adapt | numb adapt | all all all | a yes has the tier of its question
allergy yes | adapt | allergy adapt | all all all | a yes has the tier of its question
touch yes | adapt | touch adapt | all all all | a yes has the tier of its question
saddle unsure | doctor_first | saddle doctor_first | - - - | not sure is one tier lower
chest unsure | doctor_first | chest doctor_first | - - - | not sure is one tier lower
stroke unsure | doctor_first | stroke doctor_first | - - - | not sure is one tier lower
clot unsure | not_today | clot not_today | - - - | not sure is one tier lower
temporal unsure | not_today | temporal not_today | - - - | not sure is one tier lower
sight_lost unsure | doctor_first | sight_lost doctor_first | - - - | not sure is one tier lower
infection unsure | ask_first | infection ask_first | all all all | not sure is one tier lower
cancer_sign unsure | not_today | cancer_sign not_today | - - - | not sure is one tier lower
injury unsure | not_today | injury not_today | - - - | not sure is one tier lower
hot_joint unsure | not_today | hot_joint not_today | - - - | not sure is one tier lower
joint_fever unsure | doctor_first | joint_fever doctor_first | - - - | not sure is one tier lower
tendon_antibiotic unsure | not_today | tendon_antibiotic not_today | - - - | not sure is one tier lower
thinner unsure | ask_first | thinner ask_first | light light - | not sure is never lower than to ask
pregnant unsure | ask_first | pregnant ask_first | all all all | not sure is never lower than to ask
pregnant_emergency unsure | doctor_first | pregnant_emergency doctor_first | - - - | not sure is one tier lower
surgery unsure | ask_first | surgery ask_first | all all all | not sure is never lower than to ask
cancer_care unsure | ask_first | cancer_care ask_first | light light - | not sure is never lower than to ask
heart unsure | ask_first | heart ask_first | light light - | not sure is never lower than to ask
bones unsure | ask_first | bones ask_first | light light - | not sure is asked before anybody can adapt
skin unsure | ask_first | skin ask_first | all all all | not sure is asked before anybody can adapt
injection unsure | ask_first | injection ask_first | all all all | not sure is asked before anybody can adapt
numb unsure | ask_first | numb ask_first | all all all | not sure is asked before anybody can adapt
allergy unsure | ask_first | allergy ask_first | all all all | not sure is asked before anybody can adapt
touch unsure | ask_first | touch ask_first | all all all | not sure is asked before anybody can adapt
saddle blank | ask_first | saddle ask_first | all all all | no answer is no “no”
chest blank | ask_first | chest ask_first | all all all | no answer is no “no”
stroke blank | ask_first | stroke ask_first | all all all | no answer is no “no”
clot blank | ask_first | clot ask_first | all all all | no answer is no “no”
temporal blank | ask_first | temporal ask_first | all all all | no answer is no “no”
sight_lost blank | fine | none | all all all | not asked, since what it follows is no
infection blank | ask_first | infection ask_first | all all all | no answer is no “no”
cancer_sign blank | ask_first | cancer_sign ask_first | all all all | no answer is no “no”
injury blank | ask_first | injury ask_first | all all all | no answer is no “no”
hot_joint blank | ask_first | hot_joint ask_first | all all all | no answer is no “no”
joint_fever blank | fine | none | all all all | not asked, since what it follows is no
tendon_antibiotic blank | ask_first | tendon_antibiotic ask_first | all all all | no answer is no “no”
thinner blank | ask_first | thinner ask_first | all all all | no answer is no “no”
pregnant blank | ask_first | pregnant ask_first | all all all | no answer is no “no”
pregnant_emergency blank | fine | none | all all all | not asked, since what it follows is no
surgery blank | ask_first | surgery ask_first | all all all | no answer is no “no”
cancer_care blank | ask_first | cancer_care ask_first | all all all | no answer is no “no”
heart blank | ask_first | heart ask_first | all all all | no answer is no “no”
bones blank | ask_first | bones ask_first | all all all | no answer is no “no”
skin blank | ask_first | skin ask_first | all all all | no answer is no “no”
injection blank | ask_first | injection ask_first | all all all | no answer is no “no”
numb blank | ask_first | numb ask_first | all all all | no answer is no “no”
allergy blank | ask_first | allergy ask_first | all all all | no answer is no “no”
touch blank | fine | none | all all all | may be left blank
temporal yes, sight_lost yes | emergency | sight_lost emergency, temporal doctor_first | - - - | what follows is the more urgent
temporal yes, sight_lost unsure | doctor_first | temporal doctor_first, sight_lost doctor_first | - - - | not sure of what follows
temporal yes, sight_lost blank | doctor_first | temporal doctor_first, sight_lost ask_first | - - - | asked, and not answered
temporal unsure, sight_lost yes | emergency | sight_lost emergency, temporal not_today | - - - | what follows is the more urgent
temporal unsure, sight_lost unsure | doctor_first | sight_lost doctor_first, temporal not_today | - - - | not sure of what follows
temporal unsure, sight_lost blank | not_today | temporal not_today | - - - | not asked of who is not sure
hot_joint yes, joint_fever yes | emergency | joint_fever emergency, hot_joint doctor_first | - - - | what follows is the more urgent
hot_joint yes, joint_fever unsure | doctor_first | hot_joint doctor_first, joint_fever doctor_first | - - - | not sure of what follows
hot_joint yes, joint_fever blank | doctor_first | hot_joint doctor_first, joint_fever ask_first | - - - | asked, and not answered
hot_joint unsure, joint_fever yes | emergency | joint_fever emergency, hot_joint not_today | - - - | what follows is the more urgent
hot_joint unsure, joint_fever unsure | doctor_first | joint_fever doctor_first, hot_joint not_today | - - - | not sure of what follows
hot_joint unsure, joint_fever blank | not_today | hot_joint not_today | - - - | not asked of who is not sure
pregnant yes, pregnant_emergency yes | emergency | pregnant_emergency emergency, pregnant ask_first | - - - | what follows is the more urgent
pregnant yes, pregnant_emergency unsure | doctor_first | pregnant_emergency doctor_first, pregnant ask_first | - - - | not sure of what follows
pregnant yes, pregnant_emergency blank | ask_first | pregnant ask_first, pregnant_emergency ask_first | all all all | asked, and not answered
pregnant unsure, pregnant_emergency yes | emergency | pregnant_emergency emergency, pregnant ask_first | - - - | what follows is the more urgent
pregnant unsure, pregnant_emergency unsure | doctor_first | pregnant_emergency doctor_first, pregnant ask_first | - - - | not sure of what follows
pregnant unsure, pregnant_emergency blank | ask_first | pregnant ask_first | all all all | not asked of who is not sure
saddle yes, chest yes | emergency | saddle emergency, chest emergency | - - - | two of one tier, in the order they are asked
chest yes, stroke yes | emergency | chest emergency, stroke emergency | - - - | two of one tier, in the order they are asked
saddle yes, temporal yes | emergency | saddle emergency, temporal doctor_first | - - - | the more urgent of two, and both keep their reason
chest yes, cancer_sign yes | emergency | chest emergency, cancer_sign doctor_first | - - - | the more urgent of two, and both keep their reason
saddle yes, infection yes | emergency | saddle emergency, infection not_today | - - - | the more urgent of two, and both keep their reason
chest yes, infection yes | emergency | chest emergency, infection not_today | - - - | the more urgent of two, and both keep their reason
saddle yes, pregnant yes | emergency | saddle emergency, pregnant ask_first | - - - | the more urgent of two, and both keep their reason
chest yes, surgery yes | emergency | chest emergency, surgery ask_first | - - - | the more urgent of two, and both keep their reason
saddle yes, skin yes | emergency | saddle emergency, skin adapt | - - - | the more urgent of two, and both keep their reason
chest yes, injection yes | emergency | chest emergency, injection adapt | - - - | the more urgent of two, and both keep their reason
clot yes, temporal yes | doctor_first | clot doctor_first, temporal doctor_first | - - - | two of one tier, in the order they are asked
temporal yes, cancer_sign yes | doctor_first | temporal doctor_first, cancer_sign doctor_first | - - - | two of one tier, in the order they are asked
clot yes, infection yes | doctor_first | clot doctor_first, infection not_today | - - - | the more urgent of two, and both keep their reason
temporal yes, infection yes | doctor_first | temporal doctor_first, infection not_today | - - - | the more urgent of two, and both keep their reason
clot yes, pregnant yes | doctor_first | clot doctor_first, pregnant ask_first | - - - | the more urgent of two, and both keep their reason
temporal yes, surgery yes | doctor_first | temporal doctor_first, surgery ask_first | - - - | the more urgent of two, and both keep their reason
clot yes, skin yes | doctor_first | clot doctor_first, skin adapt | - - - | the more urgent of two, and both keep their reason
temporal yes, injection yes | doctor_first | temporal doctor_first, injection adapt | - - - | the more urgent of two, and both keep their reason
infection yes, pregnant yes | not_today | infection not_today, pregnant ask_first | - - - | the more urgent of two, and both keep their reason
infection yes, surgery yes | not_today | infection not_today, surgery ask_first | - - - | the more urgent of two, and both keep their reason
infection yes, skin yes | not_today | infection not_today, skin adapt | - - - | the more urgent of two, and both keep their reason
infection yes, injection yes | not_today | infection not_today, injection adapt | - - - | the more urgent of two, and both keep their reason
thinner yes, pregnant yes | ask_first | thinner ask_first, pregnant ask_first | light light - | two of one tier, in the order they are asked
pregnant yes, surgery yes | ask_first | pregnant ask_first, surgery ask_first | all all all | two of one tier, in the order they are asked
thinner yes, skin yes | ask_first | thinner ask_first, skin adapt | light light - | the more urgent of two, and both keep their reason
pregnant yes, injection yes | ask_first | pregnant ask_first, injection adapt | all all all | the more urgent of two, and both keep their reason
bones yes, skin yes | adapt | bones adapt, skin adapt | light light - | two of one tier, in the order they are asked
skin yes, injection yes | adapt | skin adapt, injection adapt | all all all | two of one tier, in the order they are asked
saddle unsure, thinner yes | doctor_first | saddle doctor_first, thinner ask_first | - - - | not sure of one, yes to another
saddle yes, thinner unsure | emergency | saddle emergency, thinner ask_first | - - - | yes to one, not sure of another
saddle unsure, thinner unsure | doctor_first | saddle doctor_first, thinner ask_first | - - - | not sure of both
infection unsure, bones yes | ask_first | infection ask_first, bones adapt | light light - | not sure of one, yes to another
infection yes, bones unsure | not_today | infection not_today, bones ask_first | - - - | yes to one, not sure of another
infection unsure, bones unsure | ask_first | infection ask_first, bones ask_first | light light - | not sure of both
skin unsure, thinner yes | ask_first | thinner ask_first, skin ask_first | light light - | not sure of one, yes to another
skin yes, thinner unsure | ask_first | thinner ask_first, skin adapt | light light - | yes to one, not sure of another
skin unsure, thinner unsure | ask_first | thinner ask_first, skin ask_first | light light - | not sure of both
touch unsure, heart yes | ask_first | heart ask_first, touch ask_first | light light - | not sure of one, yes to another
touch yes, heart unsure | ask_first | heart ask_first, touch adapt | light light - | yes to one, not sure of another
touch unsure, heart unsure | ask_first | heart ask_first, touch ask_first | light light - | not sure of both
chest unsure, touch yes | doctor_first | chest doctor_first, touch adapt | - - - | not sure of one, yes to another
chest yes, touch unsure | emergency | chest emergency, touch ask_first | - - - | yes to one, not sure of another
chest unsure, touch unsure | doctor_first | chest doctor_first, touch ask_first | - - - | not sure of both
clot unsure, skin yes | not_today | clot not_today, skin adapt | - - - | not sure of one, yes to another
clot yes, skin unsure | doctor_first | clot doctor_first, skin ask_first | - - - | yes to one, not sure of another
clot unsure, skin unsure | not_today | clot not_today, skin ask_first | - - - | not sure of both
injury unsure, allergy yes | not_today | injury not_today, allergy adapt | - - - | not sure of one, yes to another
injury yes, allergy unsure | doctor_first | injury doctor_first, allergy ask_first | - - - | yes to one, not sure of another
injury unsure, allergy unsure | not_today | injury not_today, allergy ask_first | - - - | not sure of both
pregnant unsure, cancer_care yes | ask_first | pregnant ask_first, cancer_care ask_first | light light - | not sure of one, yes to another
pregnant yes, cancer_care unsure | ask_first | pregnant ask_first, cancer_care ask_first | light light - | yes to one, not sure of another
pregnant unsure, cancer_care unsure | ask_first | pregnant ask_first, cancer_care ask_first | light light - | not sure of both
skin yes, allergy yes, touch yes | adapt | skin adapt, allergy adapt, touch adapt | all all all | three to adapt to
bones yes, heart yes, pregnant yes | ask_first | pregnant ask_first, heart ask_first, bones adapt | light light - | light only, whatever else is asked first
thinner yes, infection yes, saddle yes | emergency | saddle emergency, infection not_today, thinner ask_first | - - - | the most urgent of three
saddle blank, chest blank, stroke blank, clot blank, temporal blank, sight_lost blank, infection blank, cancer_sign blank, injury blank, hot_joint blank, joint_fever blank, tendon_antibiotic blank, thinner blank, pregnant blank, pregnant_emergency blank, surgery blank, cancer_care blank, heart blank, bones blank, skin blank, injection blank, numb blank, allergy blank, touch blank | ask_first | saddle ask_first, chest ask_first, stroke ask_first, clot ask_first, temporal ask_first, infection ask_first, cancer_sign ask_first, injury ask_first, hot_joint ask_first, tendon_antibiotic ask_first, thinner ask_first, pregnant ask_first, surgery ask_first, cancer_care ask_first, heart ask_first, bones ask_first, skin ask_first, injection ask_first, numb ask_first, allergy ask_first | all all all | nothing answered
saddle yes, chest yes, stroke yes, clot yes, temporal yes, sight_lost yes, infection yes, cancer_sign yes, injury yes, hot_joint yes, joint_fever yes, tendon_antibiotic yes, thinner yes, pregnant yes, pregnant_emergency yes, surgery yes, cancer_care yes, heart yes, bones yes, skin yes, injection yes, numb yes, allergy yes, touch yes | emergency | saddle emergency, chest emergency, stroke emergency, sight_lost emergency, joint_fever emergency, pregnant_emergency emergency, clot doctor_first, temporal doctor_first, cancer_sign doctor_first, injury doctor_first, hot_joint doctor_first, tendon_antibiotic doctor_first, infection not_today, thinner ask_first, pregnant ask_first, surgery ask_first, cancer_care ask_first, heart ask_first, bones adapt, skin adapt, injection adapt, numb adapt, allergy adapt, touch adapt | - - - | all of it
saddle unsure, chest unsure, stroke unsure, clot unsure, temporal unsure, sight_lost unsure, infection unsure, cancer_sign unsure, injury unsure, hot_joint unsure, joint_fever unsure, tendon_antibiotic unsure, thinner unsure, pregnant unsure, pregnant_emergency unsure, surgery unsure, cancer_care unsure, heart unsure, bones unsure, skin unsure, injection unsure, numb unsure, allergy unsure, touch unsure | doctor_first | saddle doctor_first, chest doctor_first, stroke doctor_first, sight_lost doctor_first, joint_fever doctor_first, pregnant_emergency doctor_first, clot not_today, temporal not_today, cancer_sign not_today, injury not_today, hot_joint not_today, tendon_antibiotic not_today, infection ask_first, thinner ask_first, pregnant ask_first, surgery ask_first, cancer_care ask_first, heart ask_first, bones ask_first, skin ask_first, injection ask_first, numb ask_first, allergy ask_first, touch ask_first | - - - | not sure of anything
`;

const rows = TABLE.trim()
  .split('\n')
  .map((line) => line.split(' | ') as [string, string, string, string, string]);

describe('sets of answers', () => {
  it('number at least 120, and are unique, with a reason for each', () => {
    expect(rows.length).toBeGreaterThanOrEqual(120);
    expect(new Set(rows.map(([answers]) => answers)).size).toBe(rows.length);
    expect(rows.every(([, , , , why]) => why.length > 5)).toBe(true);
  });

  it.each(rows)('%s: %s', (answers, tier, reasons, services) => {
    const verdict = screenSafety(parseAnswers(answers), offer);
    expect(verdict.tier).toBe(tier);
    const found = verdict.reasons.map((reason) => `${reason.question} ${reason.tier}`).join(', ');
    expect(found || 'none').toBe(reasons);
    const expected = services.split(' ').map((word) => WORDS[word as keyof typeof WORDS]);
    expect(Object.values(verdict.services)).toEqual(expected);
    for (const { question, say, source } of verdict.reasons) {
      expect(source).toMatch(/, read on 20\d\d-\d\d-\d\d$/);
      expect(source.replace(/, read on .*$/, '')).toBe(SOURCES[question]);
      expect(say).toMatch(/\.$/);
    }
  });

  it('name only sources that the library has', () => {
    const known = JSON.stringify(citations);
    for (const id of Object.values(SOURCES).flatMap((ids) => ids.split(', '))) expect(known).toContain(`"${id}"`);
  });
});

function parseAnswers(text: string): SafetyAnswers {
  const answers: Record<string, string | undefined> = Object.fromEntries(safetyQuestionIds.map((id) => [id, 'no']));
  if (text === 'all no') return answers as SafetyAnswers;
  for (const [id = '', answer] of text.split(', ').map((pair) => pair.split(' ')))
    answers[id] = answer === 'blank' ? undefined : answer;
  return answers as SafetyAnswers;
}

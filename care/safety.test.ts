import { describe, expect, it } from 'vitest';
import fc, { getPropertyTestRuns } from '@/testing/property-tests';
import { type RedFlagId, redFlags } from './red-flags';
import { needsPrenatalTraining, type SafetyAnswers, type SafetyQuestionId, screenSafety, type Tier } from './safety';
import { groupBlockingSignsByUrgency, safetyQuestionIds, safetyQuestions, safetyTiers } from './safety-questions';

const offer = [
  { id: 'swedish', pressure: 1 as const },
  { id: 'sports', pressure: 2 as const },
  { id: 'deep-tissue', pressure: 3 as const },
];
const allNo = Object.fromEntries(safetyQuestionIds.map((id) => [id, 'no'])) as SafetyAnswers;
const rank = (tier: Tier) => safetyTiers.indexOf(tier);
const light = ['light_only', 'light_only', 'not_offered'];
const all = ['offered', 'offered', 'offered'];
const none = ['not_offered', 'not_offered', 'not_offered'];

// Each question alone, with all others answered no: the tier of a yes, the tier of "not sure", and what a yes leaves of
// the three massages.
const table: [SafetyQuestionId, Tier, Tier, string[]][] = [
  ['saddle', 'emergency', 'doctor_first', none],
  ['chest', 'emergency', 'doctor_first', none],
  ['stroke', 'emergency', 'doctor_first', none],
  ['clot', 'doctor_first', 'not_today', none],
  ['temporal', 'doctor_first', 'not_today', none],
  ['sight_lost', 'emergency', 'doctor_first', none],
  ['infection', 'not_today', 'ask_first', none],
  ['cancer_sign', 'doctor_first', 'not_today', none],
  ['injury', 'doctor_first', 'not_today', none],
  ['hot_joint', 'doctor_first', 'not_today', none],
  ['joint_fever', 'emergency', 'doctor_first', none],
  ['tendon_antibiotic', 'doctor_first', 'not_today', none],
  ['thinner', 'ask_first', 'ask_first', light],
  ['pregnant', 'ask_first', 'ask_first', all],
  ['pregnant_emergency', 'emergency', 'doctor_first', none],
  ['surgery', 'ask_first', 'ask_first', all],
  ['cancer_care', 'ask_first', 'ask_first', light],
  ['heart', 'ask_first', 'ask_first', light],
  ['bones', 'adapt', 'ask_first', light],
  ['skin', 'adapt', 'ask_first', all],
  ['injection', 'adapt', 'ask_first', all],
  ['numb', 'adapt', 'ask_first', all],
  ['allergy', 'adapt', 'ask_first', all],
  ['touch', 'adapt', 'ask_first', all],
];

describe('one answer alone', () => {
  it('has a row in the table for every question', () => expect(table.map(([id]) => id)).toEqual(safetyQuestionIds));

  it.each(table)('%s: yes is %s, unsure %s', (id, onYes, onUnsure, services) => {
    const yes = screenSafety({ ...allNo, [id]: 'yes' }, offer);
    expect([yes.tier, Object.values(yes.services)]).toEqual([onYes, services]);
    expect(yes.reasons[0]).toMatchObject({ question: id, tier: onYes });
    const unsure = screenSafety({ ...allNo, [id]: 'unsure' }, offer);
    expect(unsure.tier).toBe(onUnsure);
    expect(unsure.reasons).toHaveLength(1);
    expect(unsure.avoid).toEqual(yes.avoid);
    for (const { say, source } of [...yes.reasons, ...unsure.reasons]) {
      expect(say).toMatch(/\.$/);
      expect(source).toMatch(/^[a-z0-9-]+(?:, [a-z0-9-]+)*, read on 20\d\d-\d\d-\d\d$/);
    }
  });

  it('sends everybody with a doctor-first sign to a doctor, whichever sign it is', () => {
    for (const id of safetyQuestionIds.filter((id) => safetyQuestions[id].tier === 'doctor_first'))
      expect(screenSafety({ ...allNo, [id]: 'yes' }, offer).reasons[0]!.say, id).toMatch(
        /doctor|medical help|looked at/i,
      );
  });

  it('says what to do now in an emergency, and why deep tissue is not offered', () => {
    expect(screenSafety({ saddle: 'yes' }, offer).reasons[0]!.say).toContain('Go to hospital now');
    expect(screenSafety({ ...allNo, thinner: 'yes' }, offer).reasons[0]!.say).toContain(
      'deep tissue massage is not offered',
    );
    expect(screenSafety({ ...allNo, infection: 'yes' }, offer).reasons[0]!.say).toContain('free of charge');
  });

  it('sends people who are treated for cancer and may have an infection to their cancer team now, whether sure or not', () => {
    for (const answer of ['yes', 'unsure'] as const) {
      const [reason] = screenSafety({ ...allNo, infection: answer, cancer_care: 'no' }, offer).reasons;
      expect(reason!.say).toContain(`If you are treated for cancer: ${redFlags.chemo_fever.action}`);
      expect(reason!.say).toContain('Call your cancer team now');
      expect(reason!.source).toContain('cruk-infection');
    }
  });

  it('names no illness that the reader has', () => {
    for (const id of safetyQuestionIds) {
      const { reasons } = screenSafety({ ...allNo, [id]: 'yes' }, offer);
      expect(reasons[0]!.say).not.toMatch(/\byou have\b/i);
    }
  });
});

describe('several answers', () => {
  const oneOf = new Map(table.map(([id, tier]) => [tier, id]));
  const pairs = [...oneOf].flatMap(([a, first]) => [...oneOf].map(([b, second]) => [a, b, first, second] as const));
  it.each(pairs)('with %s and %s take the more urgent tier', (a, b, first, second) => {
    const { tier, reasons } = screenSafety({ ...allNo, [first]: 'yes', [second]: 'yes' }, offer);
    expect(tier).toBe(rank(a) <= rank(b) ? a : b);
    expect(reasons.map(({ question }) => question)).toEqual(expect.arrayContaining([first, second]));
  });

  it('are fine when all are no', () => {
    expect(screenSafety(allNo, offer)).toEqual({
      tier: 'fine',
      reasons: [],
      services: { swedish: 'offered', sports: 'offered', 'deep-tissue': 'offered' },
      avoid: [],
    });
  });

  it('are asked first where they are missing, except touch and follow-up questions', () => {
    const { tier, reasons } = screenSafety({}, offer);
    expect(tier).toBe('ask_first');
    const notAsked = ['touch', 'sight_lost', 'joint_fever', 'pregnant_emergency'];
    expect(reasons.map(({ question }) => question)).toEqual(safetyQuestionIds.filter((id) => !notAsked.includes(id)));
    expect(reasons[0]!.say).toMatch(/^Not answered yet: /);
    const { touch: _, ...rest } = allNo;
    expect(screenSafety(rest, offer).tier).toBe('fine');
  });

  it.each([
    ['temporal', 'sight_lost'],
    ['hot_joint', 'joint_fever'],
    ['pregnant', 'pregnant_emergency'],
  ] as const)('a yes to %s needs an answer to %s; unsure or no does not', (parent, follow) => {
    const blank = { ...allNo, [follow]: undefined };
    const isFollowUpAsked = (answer: 'yes' | 'no' | 'unsure') =>
      screenSafety({ ...blank, [parent]: answer }, offer).reasons.some(({ question }) => question === follow);
    expect([isFollowUpAsked('yes'), isFollowUpAsked('unsure'), isFollowUpAsked('no')]).toEqual([true, false, false]);
    // A follow-up answer counts whatever the first question's answer is.
    expect(screenSafety({ ...allNo, [follow]: 'yes' }, offer).tier).toBe('emergency');
  });

  it('follow the rules for any answers', () => {
    const answer = fc.constantFrom('yes', 'no', 'unsure', undefined);
    const answers = fc.record(
      Object.fromEntries(safetyQuestionIds.map((id) => [id, answer])),
    ) as fc.Arbitrary<SafetyAnswers>;
    fc.assert(
      fc.property(answers, fc.constantFrom(...safetyQuestionIds), (someAnswers, changed) => {
        const verdict = screenSafety(someAnswers, offer);
        const ranks = verdict.reasons.map(({ tier }) => rank(tier));
        expect(rank(verdict.tier)).toBe(Math.min(rank('fine'), ...ranks));
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
        for (const id of safetyQuestionIds.filter((question) => someAnswers[question] === 'yes'))
          expect(verdict.reasons).toContainEqual(
            expect.objectContaining({ question: id, tier: safetyQuestions[id].tier }),
          );
        // A yes in place of a no never makes the verdict less urgent, and never offers more massages.
        const worse = screenSafety({ ...someAnswers, [changed]: 'yes' }, offer);
        const calmer = screenSafety({ ...someAnswers, [changed]: 'no' }, offer);
        expect(rank(worse.tier)).toBeLessThanOrEqual(rank(calmer.tier));
        for (const { id } of offer)
          if (calmer.services[id] === 'not_offered') expect(worse.services[id]).toBe('not_offered');
      }),
      { numRuns: getPropertyTestRuns(500) },
    );
  });

  it.each([
    [null, offer, 'answers'],
    [{ sadle: 'yes' }, offer, 'answers.sadle'],
    [{ saddle: 'maybe' }, offer, 'answers.saddle'],
    [{}, 'all', 'offer'],
    [{}, [null], 'offer[0]'],
    [{}, [{ id: 7, pressure: 1 }], 'offer[0].id'],
    [{}, [{ id: 'x', pressure: 4 }], 'offer[0].pressure'],
  ])('%j for %j is refused by the name of %3$s', (answers, offered, field) => {
    const screen = () => screenSafety(answers as SafetyAnswers, offered as typeof offer);
    expect(screen).toThrow(RangeError);
    expect(screen).toThrow(`${field} must be`);
  });
});

describe('the questions and the red flags', () => {
  it('are one list: no sign is asked about twice', () => {
    const signs = safetyQuestionIds.flatMap((id): readonly RedFlagId[] => safetyQuestions[id].signs);
    expect(new Set(signs).size).toBe(signs.length);
  });
  it('agree on what is an emergency', () => {
    for (const id of safetyQuestionIds)
      for (const sign of safetyQuestions[id].signs)
        expect(redFlags[sign].tier === 'emergency', sign).toBe(safetyQuestions[id].tier === 'emergency');
  });
  it('stop a booking for the page’s own signs first, each once, and not for signs that only need care', () => {
    const { now, doctor } = groupBlockingSignsByUrgency(['dark_urine', 'lung_clot', 'pop', 'thinner']);
    expect(now.slice(0, 3)).toEqual(['dark_urine', 'lung_clot', 'saddle']);
    expect(doctor.slice(0, 2)).toEqual(['pop', 'leg_clot']);
    expect(new Set([...now, ...doctor]).size).toBe(now.length + doctor.length);
    expect([...now, ...doctor]).not.toContain('thinner');
  });
});

describe('a therapist who is trained for pregnancy', () => {
  it.each([
    ['a yes', { pregnant: 'yes' }, true],
    ['being unsure', { pregnant: 'unsure' }, true],
    ['a yes to a warning sign of pregnancy', { pregnant_emergency: 'yes' }, true],
    ['a no', { pregnant: 'no', pregnant_emergency: 'no' }, false],
    ['no answer', {}, false],
    ['answers that cannot be read', null, true],
  ] as const)('is needed or not after %s', (_what, answers, isNeeded) => {
    expect(needsPrenatalTraining(answers)).toBe(isNeeded);
  });
});

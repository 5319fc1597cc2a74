import { describe, expect, it } from 'vitest';
import fc from '@/testing/property-tests';
import {
  getReasonToAskIntakeAgain,
  INTAKE_VALID_DAYS,
  intakeScreens,
  parseWarningSigns,
  safetyQuestionsByScreen,
} from './intake-questions';
import { screenSafety } from './safety';
import { type SafetyQuestion, type SafetyQuestionId, safetyQuestionIds, safetyQuestions } from './safety-questions';
import { listSensitiveAreasOfQuestionPage, sensitiveAreaNames } from './sensitive-areas';

const allQuestions = [
  ...safetyQuestionsByScreen.now,
  ...safetyQuestionsByScreen.lately,
  ...safetyQuestionsByScreen.health,
];
const none = { yes: [], unsure: [], none: true };

describe('the screens', () => {
  it('are five, and ask each question exactly once', () => {
    expect(intakeScreens).toHaveLength(5);
    expect(new Set(allQuestions).size).toBe(allQuestions.length);
    const others = safetyQuestionIds.filter((id) => !allQuestions.includes(id));
    expect(others).toEqual(['sight_lost', 'joint_fever', 'pregnant_emergency', 'touch']);
  });

  it('ask first what cannot wait', () => {
    expect(safetyQuestionsByScreen.now).toEqual(['saddle', 'chest', 'stroke']);
    expect(safetyQuestionsByScreen.lately).toContain('infection');
    expect(safetyQuestionsByScreen.health).toContain('allergy');
  });

  it('are complete for a client to whom nothing applies', () => {
    const answers = Object.assign(
      {},
      ...Object.values(safetyQuestionsByScreen).map((ids) => {
        const read = parseWarningSigns(ids, none);
        return read.ok ? read.answers : {};
      }),
    );
    expect(screenSafety(answers, []).tier).toBe('fine');
  });
});

describe('a list of warning signs', () => {
  it('needs a tick, or "none of these"', () => {
    expect(parseWarningSigns(['thinner'], { yes: [], unsure: [], none: false })).toEqual({
      ok: false,
      problem: 'nothing',
    });
    expect(parseWarningSigns(['thinner'], { yes: ['thinner'], unsure: [], none: true })).toEqual({
      ok: false,
      problem: 'both',
    });
  });

  it('counts signs that were not ticked as no', () => {
    const read = parseWarningSigns(['thinner', 'pregnant'], { yes: ['thinner'], unsure: [], none: false });
    expect(read).toEqual({ ok: true, answers: { thinner: 'yes', pregnant: 'no' } });
  });

  it('records "not sure"', () => {
    const read = parseWarningSigns(['thinner'], { yes: ['thinner'], unsure: ['thinner'], none: false });
    expect(read).toEqual({ ok: true, answers: { thinner: 'unsure' } });
  });

  it('asks a follow-up question only where its first question applies', () => {
    expect(parseWarningSigns(['pregnant'], none)).toEqual({ ok: true, answers: { pregnant: 'no' } });
    const yes = { yes: ['pregnant', 'pregnant_emergency'], unsure: [], none: false };
    expect(parseWarningSigns(['pregnant'], yes)).toEqual({
      ok: true,
      answers: { pregnant: 'yes', pregnant_emergency: 'yes' },
    });
    const calm = { yes: ['pregnant'], unsure: [], none: false };
    expect(parseWarningSigns(['pregnant'], calm)).toEqual({
      ok: true,
      answers: { pregnant: 'yes', pregnant_emergency: 'no' },
    });
    // A follow-up answer without a yes to its first question answers nothing.
    const alone = { yes: ['pregnant_emergency'], unsure: [], none: false };
    expect(parseWarningSigns(['pregnant'], alone)).toEqual({ ok: false, problem: 'nothing' });
  });

  it('never loses a tick: the verdict is as urgent as the most urgent ticked sign', () => {
    const ids = fc.subarray([...allQuestions], { minLength: 1 });
    fc.assert(
      fc.property(ids, (yes) => {
        const read = parseWarningSigns(allQuestions, { yes, unsure: [], none: false });
        if (!read.ok) return false;
        const tiers = yes.map((id: SafetyQuestionId) => (safetyQuestions[id] as SafetyQuestion).tier);
        const order = ['emergency', 'doctor_first', 'not_today', 'ask_first', 'adapt'];
        const worst = order.find((tier) => (tiers as string[]).includes(tier));
        return screenSafety(read.answers, []).tier === worst;
      }),
    );
  });
});

describe('asking for the answers again', () => {
  const input = { at: 1000, version: '1', reason: 'swedish' };
  const today = { now: 1000, version: '1', reason: 'swedish' };
  const year = INTAKE_VALID_DAYS * 86_400_000;

  it.each([
    ['is not, the same day', today, null],
    ['is not, a moment before a year is over', { ...today, now: 1000 + year - 1 }, null],
    ['is, after a year', { ...today, now: 1000 + year }, 'old'],
    ['is, when the questions changed', { ...today, version: '2' }, 'version'],
    ['is, when they come for something else', { ...today, reason: 'sports' }, 'reason'],
  ] as const)('%s', (_, at, why) => {
    expect(getReasonToAskIntakeAgain(input, at)).toBe(why);
  });
});

describe('the question about a sensitive area', () => {
  it('is asked where the question page involves work near one', () => {
    expect(listSensitiveAreasOfQuestionPage('hamstring-tendinopathy')).toEqual(['buttock', 'inner_thigh']);
    expect(listSensitiveAreasOfQuestionPage('tension-headache')).toEqual([]);
    expect(listSensitiveAreasOfQuestionPage('constructor')).toEqual([]);
    expect(listSensitiveAreasOfQuestionPage(null)).toEqual([]);
    expect(Object.keys(sensitiveAreaNames)).toEqual(['buttock', 'inner_thigh', 'chest', 'abdomen']);
  });
});

import { describe, expect, it } from 'vitest';
import { type IntakeScreenId, intakeScreens } from '@/care/intake-questions';
import { getInitialScreenValues } from './health-form';
import { readScreenFormValues } from './screen-form-data';

const saved = {
  answers: { chest: 'yes', infection: 'unsure', thinner: 'yes', touch: 'yes' },
  about: { thinner: 'Quillaja tablets', touch: 'not the feet' },
  hopes: 'Run ten miles',
  guardian: { name: 'Bea Lane', isPresent: true },
  saved: [...intakeScreens],
} as const;
const consents = { treated: 'given', health_kept: 'given', written_to: 'never' } as const;

const minor = { isUnder18: true, guardian: saved.guardian };

/** The answers that appear in the initial values of a screen. */
function wordsOn(screen: IntakeScreenId): string[] {
  const { about, ...values } = getInitialScreenValues(screen, { ...saved, saved: [...saved.saved] }, consents, minor);
  const found = JSON.stringify([values, Object.values(about)]);
  return ['chest', 'infection', 'Quillaja tablets', 'Run ten miles', 'not the feet', 'Bea Lane'].filter((word) =>
    found.includes(word),
  );
}

describe('a screen of the health form', () => {
  it.each([
    ['agree', ['Bea Lane']],
    ['now', ['chest']],
    ['lately', ['infection']],
    ['health', ['Quillaja tablets']],
    ['hopes', ['Run ten miles', 'not the feet']],
  ] as const)('%s begins with its own answers only', (screen, own) => {
    expect(wordsOn(screen)).toEqual(own);
  });

  it('ticks "none" where it was saved without any other tick', () => {
    const none = getInitialScreenValues(
      'health',
      { ...saved, answers: {}, about: {}, saved: ['health'] },
      consents,
      minor,
    );
    expect(none.none).toBe(true);
    const other = getInitialScreenValues(
      'health',
      { ...saved, answers: {}, about: {}, saved: ['now'] },
      consents,
      minor,
    );
    expect(other.none).toBe(false);
  });
});

describe('the consents ticked on the first screen', () => {
  const read = (...names: string[]) => {
    const form = new FormData();
    for (const name of names) form.set(name, 'yes');
    const { treated, healthKept, writtenTo } = readScreenFormValues(form);
    return [treated, healthKept, writtenTo];
  };

  it('count only for the signer whose words were ticked', () => {
    const byAdult = ['adult-treated', 'adult-healthKept'];
    expect(read(...byAdult)).toEqual([true, true, false]);
    expect(read(...byAdult, 'isMinor')).toEqual([false, false, false]);
    expect(read(...byAdult, 'isMinor', 'guardian-treated', 'guardian-writtenTo')).toEqual([true, false, true]);
    expect(read('guardian-treated')).toEqual([false, false, false]);
  });
});

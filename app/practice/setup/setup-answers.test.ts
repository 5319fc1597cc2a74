import { expect, it } from 'vitest';
import { checkNewPractice } from '@/db/practice/setup';
import fc, { getPropertyTestRuns } from '@/testing/property-tests';
import {
  addDefaultSetupAnswers,
  checkSetupAnswers,
  copyDayHours,
  filterErrorsOfScreen,
  readSetupAnswers,
  splitChangedSetupAnswers,
  toNewPractice,
} from './setup-answers';
import { SETUP_FIELD_NAMES_BY_SCREEN, SETUP_SCREENS } from './setup-screens';

const now = Date.UTC(2026, 10, 28, 9);
const needed = {
  name: 'Harbour Massage',
  country: 'IE',
  timeZone: 'Europe/Dublin',
  ownerName: 'Ruth Keane',
  ownerEmail: 'ruth@harbour.example',
};
const answersWith = (more: Record<string, string> = {}) => addDefaultSetupAnswers({ ...needed, ...more });

it('is complete with five answers: the rest has defaults', () => {
  expect(checkSetupAnswers(answersWith(), now)).toEqual({});
  expect(toNewPractice(answersWith(), now)).toMatchObject({
    currency: 'EUR',
    locale: 'en-IE',
    closedDays: expect.stringContaining('2026-12-25'),
    offer: {
      therapistName: 'Ruth Keane',
      hours: expect.stringContaining('Mon 09:00-13:00 14:00-18:00; Tue'),
      prices: { swedish: '42/68/96' },
    },
  });
});

it('asks on their screens for the answers that have no default', () => {
  const errors = checkSetupAnswers(addDefaultSetupAnswers({}), now);
  expect(Object.keys(filterErrorsOfScreen('practice', errors)).sort()).toEqual(['country', 'name', 'timeZone']);
  expect(Object.keys(filterErrorsOfScreen('you', errors)).sort()).toEqual(['ownerEmail', 'ownerName']);
});

it.each([
  [
    'practice',
    { phone: 'ask at the desk' },
    { phone: 'Please write the phone number in digits, such as +353 1 555 0142.' },
  ],
  [
    'practice',
    { country: 'DE', timeZone: 'Europe/Berlin', phone: 'ask at the desk' },
    { phone: 'Please write the phone number in digits, such as +49 1512 3456789.' },
  ],
  [
    'massages',
    { 'swedish-60': 'forty' },
    { 'swedish-60': 'Give a price in EUR, such as 68 or 68.50, or leave it empty.' },
  ],
  [
    'massages',
    { currency: 'pounds', 'swedish-60': 'forty' },
    {
      currency: 'Give a currency such as EUR or USD.',
      'swedish-60': 'Give a price in your currency, such as 68 or 68.50, or leave it empty.',
    },
  ],
  [
    'massages',
    { 'sports-30': '', 'sports-60': ' ', 'sports-90': '' },
    { sports: 'Give the price of one length at least, or do not offer it.' },
  ],
  [
    'massages',
    { swedish: 'no', sports: 'no', 'deep-tissue': 'no' },
    { swedish: 'Give the prices of at least one massage.' },
  ],
  ['massages', { currency: 'EURO' }, { currency: 'Give a currency such as EUR or USD.' }],
  ['massages', { cleanupMinutes: 'some' }, { cleanupMinutes: 'Give a whole number from 0 to 120.' }],
  ['hours', { until2: '08:00' }, { 'week.2': 'It must end after it begins.' }],
  [
    'hours',
    { until5: '14:00', 'break5-1': '13:00', 'back5-1': '14:00' },
    { 'week.5': 'The break from 13:00 to 14:00 must lie between the first hour and the last. Change it, or clear it.' },
  ],
  [
    'hours',
    { from5: '8', until5: '12.30', 'break5-1': '13', 'back5-1': '14' },
    { 'week.5': 'The break from 13:00 to 14:00 must lie between the first hour and the last. Change it, or clear it.' },
  ],
  ['hours', { 'break5-1': 'noon', 'back5-1': '13' }, { 'week.5': 'Write times as 09:00, in steps of five minutes.' }],
  ['hours', { from1: 'nine' }, { 'week.1': 'Write times as 09:00, in steps of five minutes.' }],
  ['you', { ownerGives: 'no' }, { therapistName: 'Enter a name.' }],
  ['you', { ownerName: ' ' }, { ownerName: 'Enter a name.' }],
  ['mail', { mailFrom: 'the desk' }, { mailFrom: 'Enter one e-mail address, such as ana@example.org.' }],
  ['mail', { windowDays: '3' }, { windowDays: 'Give a whole number from 7 to 730.' }],
] as const)('says on the screen of %s what is wrong with %j', (screen, wrong, expected) => {
  const errors = checkSetupAnswers(answersWith(wrong), now);
  expect(filterErrorsOfScreen(screen, errors)).toMatchObject(expected);
  expect(Object.keys(filterErrorsOfScreen(screen, errors))).toEqual(Object.keys(errors));
});

it('needs hours on at least one day', () => {
  const none = Object.fromEntries(SETUP_FIELD_NAMES_BY_SCREEN.hours.map((name) => [name, '']));
  expect(checkSetupAnswers(answersWith(none), now)).toEqual({ hours: 'Give the hours of one day at least.' });
});

it('shows every error on one of the screens, whatever is typed', () => {
  const fields = SETUP_SCREENS.flatMap(({ id }) => SETUP_FIELD_NAMES_BY_SCREEN[id]);
  const someAnswers = fc.dictionary(fc.constantFrom(...fields), fc.string({ unit: 'grapheme', maxLength: 60 }));
  fc.assert(
    fc.property(someAnswers, (some) => {
      const answers = answersWith(some);
      const errors = checkSetupAnswers(answers, now);
      const isRight = checkNewPractice(toNewPractice(answers, now), now).length === 0;
      expect(Object.keys(errors).length === 0).toBe(isRight);
      const shown = SETUP_SCREENS.flatMap(({ id }) => Object.keys(filterErrorsOfScreen(id, errors)));
      expect(shown.sort()).toEqual(Object.keys(errors).sort());
    }),
    { numRuns: getPropertyTestRuns(150) },
  );
});

it('copies a day with its breaks, and empties further breaks of the other day', () => {
  const answers = answersWith({ from1: '10:00', 'break1-1': '', 'back1-1': '', until1: '16:00' });
  const copied = { ...answers, ...copyDayHours(answers, '1', 'week') };
  expect(toNewPractice(copied, now).offer?.hours).toBe(
    ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'].map((day) => `${day} 10:00-16:00`).join('; '),
  );
  expect(toNewPractice({ ...answers, ...copyDayHours(answers, '6', '5') }, now).offer?.hours).not.toContain('Fri');
});

it('reads a checkbox that was not sent as unticked, and keeps the holidays on which the practice stays open', () => {
  const form = new FormData();
  form.set('swedish', 'yes');
  expect(readSetupAnswers('massages', form)).toMatchObject({ swedish: 'yes', sports: 'no', currency: '' });
  const days = new FormData();
  for (const on of ['2026-12-25', '2026-12-26', "2026-12-27'; drop"]) days.append('offered', on);
  days.append('closed', '2026-12-25');
  expect(readSetupAnswers('mail', days).open).toBe('2026-12-26');
  expect(toNewPractice(answersWith({ open: '2026-12-26' }), now).closedDays).not.toContain('2026-12-26');
});

it('cuts an answer that is longer than any real one', () => {
  const form = new FormData();
  form.set('name', 'x'.repeat(1_000_000));
  expect(readSetupAnswers('practice', form).name!.length).toBeLessThan(1000);
});

it('treats as changed only the answers that differ from those on the page', () => {
  const answers = { name: 'Harbour', phone: '', address: '2 Quay Street' };
  const drawn = JSON.stringify({ name: 'Harbour', phone: '01 555 0142', address: '2 Quay Street' });
  expect(splitChangedSetupAnswers(answers, drawn)).toEqual({
    changed: { phone: '' },
    unchanged: { name: 'Harbour', address: '2 Quay Street' },
  });
  for (const none of ['', 'null', '[]', '{', '7'])
    expect(splitChangedSetupAnswers(answers, none).changed).toEqual(answers);
});

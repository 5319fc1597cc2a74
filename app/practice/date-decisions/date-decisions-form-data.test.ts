import { expect, test } from 'vitest';
import { formatMoveOverCapsKey } from '@/db/booking/over-caps-key';
import type { DateWithReplacementTimes } from '@/db/booking/propose-replacement-times';
import { readSeenOverCaps, toDateToDecideViews } from './date-decisions-form-data';

const practice = { timeZone: 'Europe/Dublin', locale: 'en-IE', currency: 'EUR' };
const instant = (iso: string) => Date.parse(`${iso}Z`);
const place = { startsAt: instant('2026-12-01T16:00'), therapistId: 'mira', therapist: 'Mira Kovač' };

function date(uid: string, clientName: string): DateWithReplacementTimes {
  return {
    uid,
    version: 1,
    clientName,
    startsAt: instant('2026-11-30T12:00'),
    places: [place],
    phone: null,
    phoneLink: null,
    hasEmail: true,
    service: 'Swedish',
    therapist: 'Mira Kovač',
    position: 1,
    sessions: 1,
    paidCents: 0,
  } as DateWithReplacementTimes;
}

test('marks both dates that were given the same new time, each with the name of the other', () => {
  const form = new FormData();
  for (const uid of ['a', 'b', 'c']) form.append('seen', `${uid}.1`);
  for (const uid of ['a', 'b']) form.set(`date-${uid}`, `move.${place.startsAt}.mira`);
  form.set('date-c', 'cancel');
  const dates = [date('a', 'Paul Reid'), date('b', 'Sam Adeyemi'), date('c', 'Nia Walsh')];
  const views = toDateToDecideViews(dates, practice, { isMany: false, isDayShown: true, otherwise: 'cancel', form });
  expect(views.map(({ notes }) => notes)).toEqual([
    ['You gave that time to Sam Adeyemi too. Choose another for one of them.'],
    ['You gave that time to Paul Reid too. Choose another for one of them.'],
    [],
  ]);
});

test('chooses no suggestion that is more than its therapist wants to give', () => {
  const exceeds = [{ cap: 'dayMinutes' as const, minutes: 60 }];
  const chosenOf = (places: DateWithReplacementTimes['places']) =>
    toDateToDecideViews([{ ...date('a', 'Paul Reid'), places }], practice, {
      isMany: false,
      isDayShown: true,
      otherwise: 'keep',
    })[0]!.chosen;
  expect(chosenOf([place])).toBe(`move.${place.startsAt}.mira`);
  expect(chosenOf([{ ...place, exceeds }])).toBe('keep');
});

test('names the limit of a therapist for whom the date would be more than they want to give', () => {
  const exceeds = [
    { cap: 'dayMinutes' as const, minutes: 60 },
    { cap: 'deepWeekMinutes' as const, minutes: 120 },
  ];
  const dates = [
    {
      ...date('a', 'Paul Reid'),
      therapistId: 'mira',
      places: [place, { ...place, startsAt: place.startsAt + 1, exceeds }],
    },
  ];
  const [view] = toDateToDecideViews(dates, practice, { isMany: false, isDayShown: true, otherwise: 'cancel' });
  expect(view!.choices.map(({ warning }) => warning)).toEqual([
    undefined,
    'More than Mira wants to give: 60 min a day, 120 min of deep tissue a week.',
    undefined,
    undefined,
  ]);
});

test('names the limit that what was chosen exceeds, and reads which limits the form has named', () => {
  const shown = { ...date('a', 'Paul Reid'), therapistId: 'mira' };
  const over = [{ uid: 'a', ...place, exceeds: [{ cap: 'weekMinutes' as const, minutes: 300 }] }];
  const how = { isMany: false, isDayShown: true, otherwise: 'cancel', over } as const;
  const warningOf = (uid: string) => toDateToDecideViews([{ ...shown, uid }], practice, how)[0]!.choices[0]!.warning;
  expect(warningOf('a')).toBe('More than Mira wants to give: 300 min a week.');
  expect(warningOf('b')).toBeUndefined();
  const form = new FormData();
  form.append('beyond', formatMoveOverCapsKey(over[0]!));
  expect(readSeenOverCaps(form)).toEqual([`a.${place.startsAt}.mira`]);
});

test('tells two therapists of one first name apart', () => {
  const places = [
    { startsAt: instant('2026-11-30T12:00'), therapistId: 'ruth', therapist: 'Ruth Keane' },
    { startsAt: instant('2026-11-30T12:00'), therapistId: 'ruth-2', therapist: 'Ruth Byrne' },
  ];
  const dates = [
    { ...date('a', 'Paul Reid'), therapistId: 'mira', places },
    { ...date('b', 'Nia'), therapistId: 'mira' },
  ];
  const [view] = toDateToDecideViews(dates, practice, { isMany: true, isDayShown: false, otherwise: 'cancel' });
  expect(view!.choices.map(({ title }) => title)).toEqual([
    '12:00 with Ruth Keane',
    '12:00 with Ruth Byrne',
    'Cancel',
    'Leave it',
  ]);
  expect(view!.what).toBe('Swedish, with Mira');
});

test('says what was paid for a date already, because a cancel pays nothing back', () => {
  const dates = [{ ...date('a', 'Paul Reid'), paidCents: 1050 }];
  const [view] = toDateToDecideViews(dates, practice, { isMany: false, isDayShown: true, otherwise: 'cancel' });
  expect(view!.notes).toEqual(['€10.50 was paid for it. If you cancel it, enter the refund on its bill.']);
});

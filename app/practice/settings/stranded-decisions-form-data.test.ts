import { describe, expect, it } from 'vitest';
import { readDateDecisions } from '@/app/practice/date-decisions/date-decisions-form-data';
import type { StrandedDate } from '@/db/offer/stranded-bookings';
import type { Practice } from '@/db/practice/practice';
import { readStrandedDecision, toStrandedDatesFormState } from './stranded-decisions-form-data';

const practice = { timeZone: 'Europe/Dublin', locale: 'en-IE', currency: 'EUR' } as Practice;
const date: StrandedDate = {
  uid: 'a',
  version: 2,
  startsAt: Date.UTC(2026, 11, 1, 18),
  clientName: 'Nia Walsh',
  service: 'Swedish',
  therapistId: 'mira',
  therapist: 'Mira Kovač',
  otherRoom: { id: 'street', name: 'Street room' },
  endsAt: Date.UTC(2026, 11, 1, 19),
  hasEmail: true,
  phone: null,
  phoneLink: null,
  position: 1,
  sessions: 1,
  paidCents: 0,
  places: [],
};

function formOf(choices: Record<string, string>): FormData {
  const form = new FormData();
  for (const [uid, choice] of Object.entries(choices)) {
    form.append('seen', `${uid}.2`);
    form.append(`date-${uid}`, choice);
  }
  return form;
}

describe('the decision about a date', () => {
  it('is read as it was chosen, and a malformed choice is ignored', () => {
    expect(
      readStrandedDecision(
        formOf({
          a: 'room.street',
          b: 'cancel',
          c: 'keep',
          d: 'room.',
          e: 'room.st reet',
          f: 'move.1.tom',
          g: 'move.1',
        }),
      ),
    ).toEqual({
      seen: ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((uid) => ({ uid, version: 2 })),
      cancelling: ['b'],
      moving: [{ uid: 'a', roomId: 'street' }],
      elsewhere: [{ uid: 'f', startsAt: 1, therapistId: 'tom' }],
    });
  });

  it('begins with another room where one is free, and otherwise stays as it was chosen', () => {
    const choiceOf = (form: FormData, shown = date) =>
      toStrandedDatesFormState([shown], form, practice).dates![0]!.choice;
    expect(choiceOf(new FormData())).toBe('room');
    expect(choiceOf(new FormData(), { ...date, otherRoom: null })).toBe('keep');
    expect(choiceOf(formOf({ a: 'keep' }))).toBe('keep');
    expect(choiceOf(formOf({ a: 'cancel' }))).toBe('cancel');
    expect(choiceOf(formOf({ a: 'room.loft' }))).toBe('room');
  });

  it('says what was paid for a date already', () => {
    const paidOf = (paidCents: number) =>
      toStrandedDatesFormState([{ ...date, paidCents }], new FormData(), practice).dates![0]!.paid;
    expect(paidOf(6800)).toBe('€68 was paid for it. If you cancel it, enter the refund on its bill.');
    expect(paidOf(0)).toBeNull();
  });

  it.each([
    ['a colleague at the same hour', 0, 'Tom, the same hour'],
    ['another hour of that day', 2, 'Tom, 20:00'],
    ['another day', 24, 'Tom, Wed 2 Dec, 18:00'],
  ])('names the other place that can be chosen: %s', (_, hoursLater, label) => {
    const startsAt = date.startsAt + hoursLater * 3_600_000;
    const place = { startsAt, therapistId: 'tom', therapist: 'Tom Nolan' };
    const show = (form: FormData) =>
      toStrandedDatesFormState([{ ...date, otherRoom: null, places: [place] }], form, practice).dates![0]!;
    const shown = show(new FormData());
    expect(shown).toMatchObject({ place: { label, value: `move.${startsAt}.tom` }, choice: 'keep' });
    expect(show(formOf({ a: shown.place!.value })).choice).toBe('move');
    expect(show(formOf({ a: 'move.5.tom' })).choice).toBe('keep');
  });
});

describe('the button that takes all suggestions', () => {
  const place = { startsAt: date.startsAt, therapistId: 'tom', therapist: 'Tom Byrne' };
  const elsewhere: StrandedDate = { ...date, uid: 'b', otherRoom: null, places: [place] };
  const nowhere: StrandedDate = { ...date, uid: 'c', otherRoom: null };

  it('decides nothing yet, and shows each date with its suggestion chosen', () => {
    const form = formOf({ a: 'keep', b: 'keep', c: 'cancel' });
    form.append('take-all', 'yes');
    expect(readStrandedDecision(form)).toEqual({ seen: [], cancelling: [], moving: [], elsewhere: [] });
    expect(readDateDecisions(form)).toEqual([]);
    const { problem, dates } = toStrandedDatesFormState([date, elsewhere, nowhere], form, practice);
    expect(problem).toBeNull();
    expect(dates!.map(({ choice }) => choice)).toEqual(['room', 'move', 'keep']);
  });
});

import { describe, expect, it } from 'vitest';
import type { StrandedDate } from '@/db/offer/stranded-bookings';
import type { Practice } from '@/db/practice/practice';
import { readStrandedDecision, toStrandedDatesState } from './stranded-decisions';

const practice = { timeZone: 'Europe/Dublin', locale: 'en-IE' } as Practice;
const date: StrandedDate = {
  uid: 'a',
  version: 2,
  startsAt: Date.UTC(2026, 11, 1, 18),
  clientName: 'Nia Walsh',
  service: 'Swedish',
  therapistId: 'mira',
  therapist: 'Mira Kovač',
  otherRoom: { id: 'street', name: 'Street room' },
};

function formOf(choices: Record<string, string>): FormData {
  const form = new FormData();
  for (const [uid, choice] of Object.entries(choices)) {
    form.append('seen', `${uid}.2`);
    form.append(`date-${uid}`, choice);
  }
  return form;
}

describe('what is decided of a date', () => {
  it('is read as it was chosen, and a crooked choice is none', () => {
    expect(
      readStrandedDecision(formOf({ a: 'room.street', b: 'cancel', c: 'keep', d: 'room.', e: 'room.st reet' })),
    ).toEqual({
      seen: ['a', 'b', 'c', 'd', 'e'].map((uid) => ({ uid, version: 2 })),
      cancelling: ['b'],
      moving: [{ uid: 'a', roomId: 'street' }],
    });
  });

  it('begins with another room where one is free, and stays as it was chosen', () => {
    const choiceOf = (form: FormData, shown = date) => toStrandedDatesState([shown], form, practice).dates![0]!.choice;
    expect(choiceOf(new FormData())).toBe('room');
    expect(choiceOf(new FormData(), { ...date, otherRoom: null })).toBe('keep');
    expect(choiceOf(formOf({ a: 'keep' }))).toBe('keep');
    expect(choiceOf(formOf({ a: 'cancel' }))).toBe('cancel');
    expect(choiceOf(formOf({ a: 'room.loft' }))).toBe('room');
  });
});

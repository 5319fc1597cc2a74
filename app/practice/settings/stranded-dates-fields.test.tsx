import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { StrandedDatesFields } from './stranded-dates-fields';
import type { StrandedDateView } from './stranded-decisions-form-data';

const date: StrandedDateView = {
  uid: 'a',
  version: 2,
  when: 'Tue 1 Dec, 18:00',
  paid: null,
  what: 'Nia Walsh, Swedish with Mira Kovač',
  moveHref: '/practice/calendar?open=a',
  otherRoom: { id: 'street', name: 'Street room' },
  place: null,
  choice: 'room',
};
const draw = (dates: StrandedDateView[]) =>
  renderToStaticMarkup(<StrandedDatesFields state={{ problem: null, dates }} title="One booked date is touched" />);
const radios = (html: string) =>
  [...html.matchAll(/<input type="radio"[^>]*>/g)].map(([tag]) => [
    /value="([^"]*)"/.exec(tag)?.[1],
    tag.includes('checked'),
  ]);

it('offers another free room first, and says that nobody has to be told', () => {
  const html = draw([date]);
  expect(radios(html)).toEqual([
    ['room.street', true],
    ['keep', false],
    ['cancel', false],
  ]);
  expect(html).toContain('Street room <span');
  expect(html).toContain('nobody has to be told');
});

it('keeps a date for which no room is free, and mentions no other room', () => {
  const html = draw([{ ...date, otherRoom: null, choice: 'keep' }]);
  expect(radios(html)).toEqual([
    ['keep', true],
    ['cancel', false],
  ]);
  expect(html).not.toContain('another room');
});

it('offers a colleague or another time, and chooses neither by itself', () => {
  const place = { value: 'move.5.tom', label: 'Tom, the same hour' };
  expect(radios(draw([{ ...date, otherRoom: null, place, choice: 'keep' }]))).toEqual([
    ['move.5.tom', false],
    ['keep', true],
    ['cancel', false],
  ]);
});

it('says where a suggestion is more than its therapist wants to give', () => {
  const place = {
    value: 'move.5.tom',
    label: 'Tom, the same hour',
    warning: 'More than Tom wants to give: 60 min a day.',
  };
  expect(draw([{ ...date, otherRoom: null, place, choice: 'keep' }]).split('More than Tom wants')).toHaveLength(2);
});

it('counts no suggestion that is more than its therapist wants to give', () => {
  const place = { value: 'move.5.tom', label: 'Tom, the same hour' };
  const beyond = { ...place, warning: 'More than Tom wants to give: 60 min a day.' };
  const elsewhere = { ...date, uid: 'b', otherRoom: null, place: beyond, choice: 'keep' as const };
  expect(draw([date, elsewhere])).not.toContain('suggestions');
  expect(draw([date, { ...elsewhere, place }, { ...elsewhere, uid: 'c' }])).toContain('Take all 2 suggestions');
});

it('has one button that chooses all suggestions without saving, and says when all are chosen', () => {
  const place = { value: 'move.5.tom', label: 'Tom, the same hour' };
  const elsewhere = { ...date, uid: 'b', otherRoom: null, place, choice: 'keep' as const };
  const html = draw([date, elsewhere]);
  expect(html).toMatch(/<button type="submit"[^>]*name="take-all"[^>]*>Take all 2 suggestions<\/button>/);
  expect(html).not.toMatch(/Cancel all/);
  expect(draw([date, { ...elsewhere, choice: 'move' }])).toContain('All 2 suggestions are chosen.');
  expect(draw([date])).not.toContain('suggestions');
});

import { expect, it } from 'vitest';
import { searchSettings } from './search-settings';

const groups = [
  {
    title: 'The practice',
    rows: [{ title: 'Name and address', href: '/name', summary: 'Café Corps, Dublin', alsoCalled: 'time zone' }],
  },
  { title: 'People', rows: [{ title: 'Time off', href: '/off', summary: 'None planned', alsoCalled: 'leave' }] },
];

it.each([
  ['', ['/name', '/off']],
  ['  ', ['/name', '/off']],
  ['cafe', ['/name']],
  ['TIME', ['/name', '/off']],
  ['off time', ['/off']],
  ['leave', ['/off']],
  ['people', ['/off']],
  ['salary', []],
])('%j finds %j', (words, found) => {
  expect(searchSettings(groups, words).flatMap(({ rows }) => rows.map(({ href }) => href))).toEqual(found);
});

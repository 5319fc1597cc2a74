import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { addDays } from '@/scheduling/day';
import { Grid } from './grid';

const SUMMER = '2027-07-05';
const WINTER = '2026-11-30';

function countsUnderHeaders(timeZone: string, monday: string): string[] {
  const days = Array.from({ length: 7 }, (_, k) => addDays(monday, k));
  const html = renderToString(
    <Grid
      span={{
        timeZone,
        locale: 'en-IE',
        monday,
        on: monday,
        view: 'week',
        hiddenDays: [],
        from: '09:00',
        until: '18:00',
      }}
      lane={{
        id: 'mira',
        name: 'Mira',
        firstName: 'Mira',
        mayBook: true,
        colour: 'green',
        events: [],
        slots: [],
        closed: [],
        counts: Object.fromEntries(days.map((on) => [on, `count of ${Number(on.slice(8))}`])),
        from: '09:00',
        until: '18:00',
      }}
      open={() => {}}
      bookAt={() => {}}
      block={() => {}}
      stepMinutes={15}
      rowHeight={48}
    />,
  );
  const labels = [...html.matchAll(/>(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (\d+)<|count of (\d+)/g)];
  return labels.map(([, header, count]) => (header ? `header ${header}` : `count ${count}`));
}

describe('41. Week headers on the wrong day east of UTC', () => {
  it.each([
    ['Asia/Tokyo', WINTER],
    ['Asia/Tokyo', SUMMER],
    ['Europe/Dublin', WINTER],
    ['Europe/Dublin', SUMMER],
    ['Pacific/Kiritimati', WINTER],
    ['Pacific/Honolulu', WINTER],
    ['Africa/Cairo', '2027-04-26'],
  ])('counts each day under its own header: %s, week of %s', (timeZone, monday) => {
    const days = Array.from({ length: 7 }, (_, k) => Number(addDays(monday, k).slice(8)));
    expect(countsUnderHeaders(timeZone, monday)).toEqual(days.flatMap((day) => [`header ${day}`, `count ${day}`]));
  });
});

import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { listDays } from '@/scheduling/day';
import type { GridEvent } from './grid-data';
import { TherapistCalendar } from './therapist-calendar';

const SUMMER = '2027-07-05';
const WINTER = '2026-11-30';

function draw(timeZone: string, monday: string, events: GridEvent[] = []): string {
  const days = listDays(monday, 7);
  return renderToString(
    <TherapistCalendar
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
        events,
        slots: [],
        closed: [],
        counts: Object.fromEntries(days.map((on) => [on, `count of ${Number(on.slice(8))}`])),
        from: '09:00',
        until: '18:00',
      }}
      open={() => {}}
      bookAt={() => {}}
      stepMinutes={15}
      rowHeight={48}
    />,
  );
}

function countsUnderHeaders(timeZone: string, monday: string): string[] {
  const html = draw(timeZone, monday);
  const labels = [...html.matchAll(/>(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (\d+)<|count of (\d+)/g)];
  return labels.map(([, header, count]) => (header ? `header ${header}` : `count ${count}`));
}

describe('41 Week headers on the wrong day east of UTC', () => {
  it.each([
    ['Asia/Tokyo', WINTER],
    ['Asia/Tokyo', SUMMER],
    ['Europe/Dublin', WINTER],
    ['Europe/Dublin', SUMMER],
    ['Pacific/Kiritimati', WINTER],
    ['Pacific/Honolulu', WINTER],
    ['Africa/Cairo', '2027-04-26'],
  ])('counts each day under its own header: %s, week of %s', (timeZone, monday) => {
    const days = listDays(monday, 7).map((on) => Number(on.slice(8)));
    expect(countsUnderHeaders(timeZone, monday)).toEqual(days.flatMap((day) => [`header ${day}`, `count ${day}`]));
  });
});

describe('an event that cannot be pressed', () => {
  const busy = (id: string, from: string, until: string, href: string | null = null): GridEvent => ({
    ...{
      id,
      title: `Busy ${id}`,
      detail: '',
      tone: 'off',
      colour: 'transparent',
      href,
      selected: false,
      movable: null,
    },
    ...{ start: Date.parse(`${WINTER}T${from}Z`), end: Date.parse(`${WINTER}T${until}Z`) },
  });
  const isBlock = (html: string, id: string) => html.includes(`data-uid="${id}"`);

  it('is drawn a few minutes tall when it lasts a few minutes, and covers nothing below it', () => {
    const html = draw('UTC', WINTER, [busy('five', '10:00', '10:05'), busy('hour', '12:00', '13:00')]);
    expect(html).toContain('Busy five');
    expect(isBlock(html, 'five')).toBe(false);
    // Half an hour is 48 pixels.
    expect(html).toMatch(/title="Busy five"[^>]*style="height:8px"/);
    expect(isBlock(html, 'hour')).toBe(true);
  });

  it('becomes a block large enough for a finger once it links somewhere', () => {
    const html = draw('UTC', WINTER, [busy('five', '10:00', '10:05', '/practice/calendar?open=five')]);
    expect(isBlock(html, 'five')).toBe(true);
  });
});

import { renderToString } from 'react-dom/server';
import { expect, it } from 'vitest';
import { BestFits } from '@/app/book/times/best-fits';
import { labelCell } from '@/app/book/times/drawn-cell';
import type { Cell } from '@/app/book/times/grid';
import { TimesDay } from '@/app/book/times/times-day';
import { TimesTable } from '@/app/book/times/times-table';
import { VisitorZone } from '@/components/visitor-time';
import { sayClock } from '@/scheduling/wording';
import type { BookingChoice } from './booking-url';

const names = { mira: 'Mira' };
const cell: Cell = {
  on: '2026-12-03',
  time: '17:30',
  open: 7,
  sessions: 8,
  level: 'most',
  therapists: ['mira'],
  line: [true, true, true, false, true, true, true, true],
  clashes: ['2026-12-24'],
};
const choice = {
  cadence: 'weekly',
  sessions: 8,
  minutes: 60,
  serviceId: 'swedish',
  ladder: [],
  picks: {},
} as unknown as BookingChoice;

const links = { start: '/book?', base: '' };

/** What eyes and ears get of it, without addresses. */
function wordsOf(html: string): string {
  return html
    .replace(/<!--.*?-->/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
}

function timesIn(locale: string) {
  const drawn = labelCell(cell, { names, cadence: 'weekly', locale });
  const days = [{ on: cell.on, cells: [cell] }];
  const window = { from: '2026-11-30', until: '2026-12-07', weekB: null, earlier: null, later: null };
  const html = renderToString(
    <>
      <BestFits days={days} choice={choice} names={names} window={window} locale={locale} links={links} />
      <TimesDay
        weeks={[{ days }]}
        shown={days[0]!}
        plan={choice}
        dayHref={(on) => `/book?day=${on}`}
        draw={() => ({ cell: drawn, links, isChosen: false, clock: sayClock(cell.time, locale) })}
        locale={locale}
      />
      <TimesTable
        weeks={[{ days: [{ on: cell.on, cells: [drawn] }] }]}
        part="all"
        caption="Times"
        links={links}
        chosen={null}
        isSeries
        locale={locale}
      />
      <VisitorZone instant={0} timeZone="UTC" locale={locale} />
    </>,
  );
  return { words: wordsOf(html), html };
}

it('43 the standing times say days and hours as an American does, and lead to the same addresses', () => {
  const { words, html } = timesIn('en-US');
  expect(words).toContain('Thursdays at 5:30 PM with Mira');
  expect(words).toContain('Dec 3 to Jan 21');
  expect(words).toContain('December 24 clashes');
  expect(words).not.toMatch(/17:30|3 Dec to|24 December/);
  expect(html).toContain('&amp;time=17:30');
});

it('43 the same times in Ireland', () => {
  const { words, html } = timesIn('en-IE');
  expect(words).toContain('Thursdays at 17:30 with Mira');
  expect(words).toContain('3 Dec to 21 Jan');
  expect(words).toContain('24 December clashes');
  expect(words).not.toMatch(/5:30 PM|Dec 3|December 24/);
  expect(html).toContain('&amp;time=17:30');
});

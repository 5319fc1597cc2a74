import { renderToString } from 'react-dom/server';
import { expect, it } from 'vitest';
import { BestTimesList } from '@/app/book/times/best-times-list';
import { DayStripWithTimes } from '@/app/book/times/day-strip-with-times';
import { buildBestTime, buildTimeCellLabels } from '@/app/book/times/time-cell-labels';
import { countTimes, type TimeCellData } from '@/app/book/times/times-grid';
import { TimesTable } from '@/app/book/times/times-table';
import { VisitorZoneNote } from '@/components/visitor-time';

const names = { mira: 'Mira' };
const cell: TimeCellData = {
  on: '2026-12-03',
  time: '17:30',
  open: 7,
  sessions: 8,
  level: 'most',
  therapists: ['mira'],
  line: [true, true, true, false, true, true, true, true],
  clashes: ['2026-12-24'],
};

const links = { start: '/book?', base: '' };

/** The text that is seen or read aloud, without addresses. */
function wordsOf(html: string): string {
  return html
    .replace(/<!--.*?-->/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
}

function timesIn(locale: string) {
  const drawn = buildTimeCellLabels(cell, { names, cadence: 'weekly', locale });
  const days = [{ on: cell.on, cells: [cell] }];
  const window = { from: '2026-11-30', weekB: null };
  const html = renderToString(
    <>
      <BestTimesList
        best={[buildBestTime(cell, { names, daysOff: [], locale })]}
        plan={{ cadence: 'weekly', sessions: 8, minutes: 60 }}
        window={window}
        locale={locale}
        links={links}
      />
      <DayStripWithTimes
        weeks={[{ days: days.map(countTimes) }]}
        shown={countTimes(days[0]!)}
        plan={{ cadence: 'weekly', sessions: 8 }}
        dayHref={(on) => `/book?day=${on}`}
        list={{ day: { on: cell.on, cells: [drawn] }, links, chosen: null }}
        locale={locale}
      />
      <TimesTable
        weeks={[{ days: [{ on: cell.on, cells: [drawn] }] }]}
        caption="Times"
        links={links}
        chosen={null}
        isSeries
        locale={locale}
      />
      <VisitorZoneNote instant={0} timeZone="UTC" locale={locale} />
    </>,
  );
  return { words: wordsOf(html), html };
}

it('43 the standing times have days and hours in the American format, and lead to the same addresses', () => {
  const { words, html } = timesIn('en-US');
  expect(words).toContain('Thursdays at 5:30 PM with Mira');
  expect(words).toContain('Dec 3 to Jan 21');
  expect(words).toContain('December 24 clashes');
  expect(words).not.toMatch(/17:30|3 Dec to|24 December/);
  expect(html).toMatch(/&amp;(you|dates)=\d{4}-\d\d-\d\dT17:30@/);
});

it('43 the same times in the Irish format', () => {
  const { words, html } = timesIn('en-IE');
  expect(words).toContain('Thursdays at 17:30 with Mira');
  expect(words).toContain('3 Dec to 21 Jan');
  expect(words).toContain('24 December clashes');
  expect(words).not.toMatch(/5:30 PM|Dec 3|December 24/);
  expect(html).toMatch(/&amp;(you|dates)=\d{4}-\d\d-\d\dT17:30@/);
});

it('43 a week of times stays small', () => {
  const hours = Array.from(
    { length: 20 },
    (_, at) => `${String(9 + Math.floor(at / 2)).padStart(2, '0')}:${at % 2 ? '30' : '00'}`,
  );
  const days = ['2026-11-30', '2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04', '2026-12-05'].map((on) => ({
    on,
    cells: hours.map((time) =>
      buildTimeCellLabels({ ...cell, on, time }, { names, cadence: 'weekly', locale: 'en-IE' }),
    ),
  }));
  const start = '?p=swedish.60.w.8';
  const html = renderToString(
    <TimesTable
      weeks={[{ days }]}
      caption="Times"
      links={{ start, base: '0b54c1c6' }}
      chosen={null}
      isSeries
      locale="en-IE"
    />,
  );
  expect(html.match(/<td><a /g)).toHaveLength(120);
  expect(html.length / 120).toBeLessThan(340);
});

import { describe, expect, it } from 'vitest';
import type { AppointmentView, SeriesView } from '@/db/appointments/series';
import { listSeriesDays } from '@/scheduling/cadence';
import { toInstant } from '@/scheduling/zone-conversion';
import {
  bookAgainByLinkHref,
  bookAgainHref,
  describeSeries,
  describeSeriesInSentence,
  formatAddedTitle,
  formatDates,
  formatMovedFrom,
} from './series-wording';

const timeZone = 'Europe/Dublin';
const planned = (firstOn: string, time: string, sessions: number) =>
  listSeriesDays({ cadence: 'weekly', firstOn, sessions }).map((on) => {
    const startsAt = toInstant(timeZone, on, time);
    return { timeZone, startsAt, nominalStartsAt: startsAt } as AppointmentView;
  });
const series = (appointments: AppointmentView[], changes: Partial<SeriesView> = {}) =>
  ({
    cadence: 'weekly',
    sessions: appointments.length,
    firstOn: '2026-12-16',
    time: '10:45',
    appointments,
    ...changes,
  }) as SeriesView;

describe('the name of a series', () => {
  const wednesdays = planned('2026-12-16', '10:45', 4);
  const mondays = planned('2026-11-30', '18:30', 2);

  it('counts a date that was moved by hand as a date, not as its weekday', () => {
    const moved = { ...wednesdays[1]!, startsAt: wednesdays[1]!.startsAt - 86_400_000 };
    expect(describeSeries(series([wednesdays[0]!, moved, ...wednesdays.slice(2)]), 'en-IE')).toBe(
      'Four dates, three of them Wednesdays at 10:45',
    );
  });

  it('begins with a small letter inside a sentence, except for a weekday', () => {
    expect(describeSeriesInSentence(series(wednesdays), 'en-IE')).toBe('four Wednesdays at 10:45');
    expect(describeSeriesInSentence(series(wednesdays.slice(0, 1)), 'en-IE')).toMatch(/^Wednesday 16 December/);
  });

  it('counts neither skipped nor cancelled dates, until no date is left', () => {
    expect(describeSeries(series(wednesdays, { sessions: 5 }), 'en-IE')).toBe('Four Wednesdays at 10:45');
    const cancelled = wednesdays.map((date) => ({ ...date, status: 'cancelled' as const }));
    expect(describeSeries(series([cancelled[0]!, ...wednesdays.slice(1)]), 'en-IE')).toBe('Three Wednesdays at 10:45');
    expect(describeSeries(series(cancelled), 'en-IE')).toBe('Four Wednesdays at 10:45, cancelled');
    expect(describeSeries(series(cancelled.slice(0, 1)), 'en-IE')).toBe('Wednesday 16 December at 10:45, cancelled');
  });

  it('does not say Wednesdays for a series on Mondays when only the later dates were moved', () => {
    expect(describeSeries(series([...mondays, ...wednesdays]), 'en-IE')).toBe(
      'Six dates, four of them Wednesdays at 10:45',
    );
    expect(describeSeries(series([...mondays, wednesdays[0]!]), 'en-IE')).toBe(
      'Three dates, two of them Mondays at 18:30',
    );
  });

  it('follows the time of most dates when a colleague took them over at another time', () => {
    expect(describeSeries(series(planned('2026-12-15', '13:00', 3)), 'en-IE')).toBe('Three Tuesdays at 13:00');
    const scattered = [mondays[0]!, wednesdays[0]!, planned('2026-12-17', '09:00', 1)[0]!];
    expect(describeSeries(series(scattered), 'en-IE')).toBe('Three dates');
  });

  it('is the full date and time of a single appointment', () => {
    expect(describeSeries(series(wednesdays.slice(0, 1)), 'en-IE')).toBe('Wednesday 16 December at 10:45');
  });
});

describe('how a date differs from the others', () => {
  const HOUR = 3_600_000;
  const wednesdays = planned('2026-12-16', '17:00', 3);
  const date = { ...wednesdays[1]!, uid: 'second' };
  const at = (shift: number) => ({ ...date, isMoved: shift !== 0, startsAt: date.nominalStartsAt + shift });
  const say = (shift: number, from?: number, cadence: SeriesView['cadence'] = 'weekly') =>
    formatMovedFrom(
      at(shift),
      {
        series: series(wednesdays, { cadence }),
        lastMoves: from === undefined ? {} : { second: { from, isByClient: true } },
      },
      'en-IE',
    );

  it('names the day or the hour that it was moved from', () => {
    expect(say(24 * HOUR, date.nominalStartsAt)).toBe('in place of Wed 23 Dec');
    expect(say(HOUR, date.nominalStartsAt)).toBe('instead of 17:00');
    expect(say(25 * HOUR, date.nominalStartsAt - 48 * HOUR)).toBe('in place of Mon 21 Dec');
  });

  it('names no time at which it was never booked', () => {
    expect(say(24 * HOUR)).toBe('not on your usual day');
    expect(say(HOUR)).toBe('not at your usual time');
    expect(say(7 * 24 * HOUR)).toBeNull();
    expect(say(HOUR, undefined, 'once')).toBeNull();
    expect(say(0)).toBeNull();
  });
});

it('books the same massage again, with the same therapist', () => {
  const [date] = planned('2026-12-16', '10:45', 1);
  const once = series([{ ...date!, service: { id: 'sports', name: 'Sports' }, minutes: 90 }], {
    cadence: 'once',
    therapist: { id: 'jun', name: 'Jun Sato' },
  });
  const plan = 'type=sports&minutes=90&cadence=once&sessions=1&therapist=jun&step=time';
  expect(bookAgainHref(once)).toBe(`/book?${plan}`);
  expect(bookAgainByLinkHref('own-link', once), 'by way of the plan').toBe(`/manage/own-link/again?${plan}`);
});

describe('the dates that were added', () => {
  const at = (on: string, time: string) => ({
    startsAt: toInstant('Europe/Dublin', on, time),
    timeZone: 'Europe/Dublin',
  });
  const practice = { timeZone: 'Europe/Dublin', locale: 'en-IE' };
  it('are named, with their time once where it is the same', () => {
    expect(formatDates([at('2027-02-03', '17:30'), at('2027-02-10', '17:30')], practice)).toBe(
      'Wed 3 Feb and Wed 10 Feb, 17:30',
    );
    expect(formatDates([at('2027-02-03', '17:30'), at('2027-02-10', '18:00')], practice)).toBe(
      'Wed 3 Feb, 17:30 and Wed 10 Feb, 18:00',
    );
  });
  it('are counted in the title, and one alone is named there', () => {
    expect(formatAddedTitle([at('2027-02-03', '17:30')], practice)).toBe('Wednesday 3 February at 17:30 is booked');
    expect(formatAddedTitle([at('2027-02-03', '17:30'), at('2027-02-10', '18:00')], practice)).toBe(
      'Two dates are booked',
    );
    expect(formatAddedTitle([], practice)).toBe('Booked');
  });
});

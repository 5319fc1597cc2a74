import { describe, expect, it } from 'vitest';
import type { AppointmentView, SeriesView } from '@/db/appointments/series';
import { listSeriesDays } from '@/scheduling/cadence';
import { toInstant } from '@/scheduling/zone-conversion';
import { bookAgainHref, describeSeries, describeSeriesInSentence } from './series-wording';

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

it('books the same massage again, with the same therapist', () => {
  const [date] = planned('2026-12-16', '10:45', 1);
  const once = series([{ ...date!, service: { id: 'sports', name: 'Sports' }, minutes: 90 }], {
    cadence: 'once',
    therapist: { id: 'jun', name: 'Jun Sato' },
  });
  expect(bookAgainHref(once)).toBe('/book?type=sports&minutes=90&cadence=once&sessions=1&therapist=jun&step=time');
});

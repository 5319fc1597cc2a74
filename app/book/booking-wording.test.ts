import { describe, expect, it } from 'vitest';
import type { BookingOptions } from './booking-choice';
import {
  describePlan,
  describeSessionMassages,
  formatCellDayAndTime,
  formatChosenTime,
  formatClashes,
  formatClashesInShort,
  formatFreeCount,
  formatList,
  formatLowestTotalCost,
  formatTherapistChoice,
  makeShortNames,
} from './booking-wording';
import { parseBookingChoice } from './parse-booking-choice';

const lengths = [{ minutes: 60, priceCents: 6800 }];
const services = [
  { id: 'swedish', name: 'Swedish', pressure: 1, lengths, therapists: ['mira'] },
  { id: 'sports', name: 'Sports', pressure: 2, lengths: [{ minutes: 60, priceCents: 7400 }], therapists: ['mira'] },
];
const offer: BookingOptions = {
  services,
  therapists: [{ id: 'mira', name: 'Mira' }],
  maxSessions: 26,
  today: '2026-11-23',
  windowDays: 400,
};
const plan = (params: Record<string, string>) =>
  describePlan(parseBookingChoice(params, offer), services, { currency: 'EUR', locale: 'en-IE' });

describe('a plan in words', () => {
  it('names the steps of a series and its cost', () => {
    expect(plan({ sessions: '8', ladder: 'swedish,swedish,swedish,swedish,sports,sports,sports,sports' })).toBe(
      'Eight sessions of 60 minutes, every week: Swedish for four, then sports for four. €568 in total, paid visit by visit.',
    );
  });
  it('names the one massage that is given each time', () => {
    expect(plan({ sessions: '2', cadence: 'biweekly' })).toBe(
      'Two sessions of 60 minutes, every 2 weeks: Swedish every time. €136 in total, paid visit by visit.',
    );
  });
  it('describes a single visit', () => {
    expect(plan({ cadence: 'once', type: 'sports' })).toBe(
      'One session of 60 minutes, sports. €74, paid at the visit.',
    );
  });
  it('counts the sessions of each massage in a mix that changes often', () => {
    expect(plan({ sessions: '5', ladder: 'swedish,sports,swedish,sports,swedish' })).toContain(
      'Swedish for three and sports for two.',
    );
  });
});

describe('what a plan costs', () => {
  const jun = { therapistId: 'jun', minutes: 60, priceCents: 6000 };
  const priced: BookingOptions = {
    ...offer,
    services: services.map((service) => ({ ...service, therapists: ['mira', 'jun'], ownPrices: [jun] })),
    therapists: [...offer.therapists, { id: 'jun', name: 'Jun' }],
  };
  const cost = (params: Record<string, string>, offer = priced) =>
    formatLowestTotalCost(parseBookingChoice(params, offer), offer, { currency: 'EUR', locale: 'en-IE' });

  it('is one sum with one therapist, or where all cost the same', () => {
    expect(cost({ sessions: '4' }, offer)).toBe('€272');
    expect(cost({ sessions: '4', therapist: 'mira' })).toBe('€272');
    expect(cost({ sessions: '4', therapist: 'jun' })).toBe('€240');
  });

  it('with anyone starts from the lowest sum of those who give all of it', () => {
    expect(cost({ sessions: '4' })).toBe('from €240');
    const onlyMira = priced.services.map((service) =>
      service.id === 'sports' ? { ...service, therapists: ['mira'] } : service,
    );
    const ladder = 'swedish,swedish,sports,sports';
    expect(cost({ sessions: '4', ladder }, { ...priced, services: onlyMira })).toBe('€284');
  });
});

describe('a ladder in words', () => {
  it('says which session is which', () => {
    expect(describeSessionMassages(['swedish', 'swedish', 'sports'], services)).toBe(
      'Sessions 1 and 2 are Swedish, 3 sports.',
    );
    expect(describeSessionMassages(['swedish', 'sports'], services)).toBe('Session 1 is Swedish, 2 sports.');
    expect(describeSessionMassages(['sports', 'sports'], services)).toBe('Every session is sports.');
  });
});

describe('a time in words', () => {
  const cell = { on: '2026-12-03', time: '17:30' };
  it("43 is a standing time in the format of the practice's locale", () => {
    const cell = { on: '2026-12-03', time: '17:30' };
    expect(formatCellDayAndTime(cell, 'weekly', 'en-US')).toBe('Thursdays at 5:30\u00a0PM');
    expect(formatCellDayAndTime(cell, 'biweekly', 'en-US')).toBe('Thursdays at 5:30\u00a0PM from December 3');
    expect(formatClashes(['2026-12-24', '2026-12-31'], 'en-US')).toBe('December 24 and December 31 clash');
  });

  it('is a weekday for a series, a date for one massage, and the first date where two weeks are shown', () => {
    expect(formatCellDayAndTime(cell, 'weekly', 'en-IE')).toBe('Thursdays at 17:30');
    expect(formatCellDayAndTime(cell, 'once', 'en-IE')).toBe('Thursday 3 December at 17:30');
    expect(formatCellDayAndTime(cell, 'biweekly', 'en-IE')).toBe('Thursdays at 17:30 from 3 December');
    expect(
      formatChosenTime(
        parseBookingChoice({ step: 'dates', on: '2026-12-03', time: '17:30', with: 'mira', sessions: '8' }, offer),
        'en-IE',
      ),
    ).toBe('Eight Thursdays at 17:30');
  });
  it('says how many dates are at the usual time once some were moved, and leaves out those skipped', () => {
    const formatWith = (picks: Record<string, string>, sessions = '6') => {
      const params = { step: 'dates', on: '2026-12-03', time: '17:30', with: 'mira', sessions, ...picks };
      return formatChosenTime(parseBookingChoice(params, offer), 'en-IE');
    };
    expect(formatWith({ d2: '2026-12-09T17:30@mira' })).toBe('Six dates, five of them Thursdays at 17:30');
    expect(formatWith({ d2: '2026-12-10T12:00@mira' })).toBe('Six dates, five of them Thursdays at 17:30');
    expect(formatWith({ d2: 'skip' })).toBe('Five Thursdays at 17:30');
    expect(formatWith({ d1: '2026-12-02T17:30@mira' }, '2')).toBe('Two dates');
    expect(formatWith({ d1: 'skip' }, '2')).toBe('Thursday 10 December at 17:30');
    expect(formatWith({ d1: 'skip', d2: '2026-12-09T12:00@mira' }, '2')).toBe('Wednesday 9 December at 12:00');
    expect(formatWith({ d1: 'skip', d2: 'skip' }, '2')).toBe('No date is left to book');
  });
  it('names one or two therapists, and counts more', () => {
    const names = makeShortNames([
      { id: 'a', name: 'Tom Nolan' },
      { id: 'b', name: 'Aoife Byrne' },
      { id: 'c', name: 'Tom Ford' },
    ]);
    expect(names).toEqual({ a: 'Tom Nolan', b: 'Aoife', c: 'Tom Ford' });
    expect(formatTherapistChoice(['b'], names)).toBe('Aoife');
    expect(formatTherapistChoice(['a', 'b'], names)).toBe('Tom Nolan or Aoife');
    expect(formatTherapistChoice(['a', 'b', 'c'], names)).toBe('any of 3');
  });
  it('names up to three clashes, and counts more', () => {
    expect(formatClashes([], 'en-IE')).toBe('');
    expect(formatClashes(['2026-12-24'], 'en-IE')).toBe('24 December clashes');
    expect(formatClashes(['2026-12-24', '2026-12-31'], 'en-IE')).toBe('24 December and 31 December clash');
    expect(formatClashes(['2026-12-10', '2026-12-17', '2026-12-24', '2026-12-31'], 'en-IE')).toBe('4 dates clash');
  });

  it('tells days on which nobody works from dates that are taken, in the short form', () => {
    const closed = ['2026-12-25', '2027-01-01'];
    const formatShort = (clashes: string[]) => formatClashesInShort(clashes, closed, 'en-IE');
    expect(formatShort([])).toBe('');
    expect(formatShort(['2026-12-24'])).toBe('24 Dec clashes');
    expect(formatShort(closed)).toBe('25 Dec and 1 Jan closed');
    expect(formatShort(['2026-12-18', '2026-12-25', '2027-01-08'])).toBe('18 Dec and 8 Jan clash, 25 Dec closed');
    expect(formatShort(['2026-12-04', '2026-12-11', '2026-12-18', '2026-12-25'])).toBe('4 dates clash');
  });
  it('is "free" for one date, and a count for more', () => {
    expect([formatFreeCount({ open: 1, sessions: 1 }), formatFreeCount({ open: 7, sessions: 8 })]).toEqual([
      'free',
      '7 of 8',
    ]);
  });
  it('lists several things with commas and "and"', () => {
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map((items) => formatList(items))).toEqual([
      '',
      'a',
      'a and b',
      'a, b and c',
    ]);
  });
});

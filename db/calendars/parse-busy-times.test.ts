import { describe, expect, it } from 'vitest';
import fc, { getPropertyTestRuns } from '@/testing/property-tests';
import { parseBusyTimes } from './parse-busy-times';

const range = { from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 4, 1), timeZone: 'Europe/Dublin' };
const file = (...lines: string[]) => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR'].join('\r\n');
const event = (...lines: string[]) => ['BEGIN:VEVENT', 'UID:a', 'DTSTAMP:20260101T000000Z', ...lines, 'END:VEVENT'];
const send = (instant: number) => new Date(instant).toISOString().slice(5, 16).replace('T', ' ');
function busy(...lines: string[]): string[] {
  const found = parseBusyTimes(file(...lines), range);
  if (!found.ok) throw new Error(found.reason);
  return found.busy.map(({ start, end }) => `${send(start)} – ${send(end)}`);
}

describe('busy times', () => {
  it('are read from a single event, widened to whole cells, and joined with those they touch', () => {
    expect(busy(...event('DTSTART:20260302T100200Z', 'DTEND:20260302T110000Z'))).toEqual(['03-02 10:00 – 03-02 11:00']);
    expect(
      busy(
        ...event('DTSTART:20260302T100000Z', 'DURATION:PT1H'),
        ...event('DTSTART:20260302T103000Z', 'DTEND:20260302T120000Z'),
      ),
    ).toEqual(['03-02 10:00 – 03-02 12:00']);
  });

  it('are read despite a byte-order mark, an event without a start, and a second calendar', () => {
    const time = (on: string) => event(`DTSTART:${on}T100000Z`, `DTEND:${on}T110000Z`);
    const text = `\uFEFF${file(...event('SUMMARY:no start'), ...time('20260302'))}\r\n${file(...time('20260303'))}`;
    const found = parseBusyTimes(text, range);
    expect(found.ok && found.busy.map(({ start }) => send(start))).toEqual(['03-02 10:00', '03-03 10:00']);
    for (const nothing of ['', 'this is no calendar'])
      expect(parseBusyTimes(nothing, range)).toEqual({ ok: false, reason: 'unreadable' });
  });

  it('include the first date of an event whose other dates cannot be computed', () => {
    const odd = event('DTSTART:20260302T100000Z', 'DTEND:20260302T110000Z', 'RDATE;VALUE=PERIOD:20260303T100000Z/PT1H');
    expect(busy(...odd)).toEqual(['03-02 10:00 – 03-02 11:00']);
  });

  it('leave out events that are free, cancelled, of no length, or outside the range', () => {
    const time = ['DTSTART:20260302T100000Z', 'DTEND:20260302T110000Z'];
    expect(busy(...event(...time, 'TRANSP:TRANSPARENT'))).toEqual([]);
    expect(busy(...event(...time, 'STATUS:CANCELLED'))).toEqual([]);
    expect(busy(...event(...time, 'STATUS:TENTATIVE'))).toHaveLength(1);
    expect(busy(...event('DTSTART:20260302T100000Z'))).toEqual([]);
    expect(busy(...event('DTSTART:20260302T100000Z', 'DTEND:20260302T090000Z'))).toEqual([]);
    expect(busy(...event('DTSTART:20260602T100000Z', 'DTEND:20260602T110000Z'))).toEqual([]);
    expect(busy(...event('DTSTART:20260228T230000Z', 'DTEND:20260301T010000Z'))).toEqual(['03-01 00:00 – 03-01 01:00']);
  });

  it('in floating time and on whole days are in the practice’s zone', () => {
    expect(busy(...event('DTSTART:20260402T100000', 'DTEND:20260402T110000'))).toEqual(['04-02 09:00 – 04-02 10:00']);
    expect(busy(...event('DTSTART;VALUE=DATE:20260402'))).toEqual(['04-01 23:00 – 04-02 23:00']);
    // The day on which the clocks go forward has 23 hours.
    expect(busy(...event('DTSTART;VALUE=DATE:20260329', 'DTEND;VALUE=DATE:20260330'))).toEqual([
      '03-29 00:00 – 03-29 23:00',
    ]);
    expect(busy(...event('DTSTART;VALUE=DATE:20260402', 'DURATION:P2D'))).toEqual(['04-01 23:00 – 04-03 23:00']);
  });

  it('repeat at the same wall time across a clock change, except for dates that were excluded, added or moved', () => {
    const weekly = [
      'DTSTART;TZID=America/New_York:20260302T090000',
      'DTEND;TZID=America/New_York:20260302T100000',
      'RRULE:FREQ=WEEKLY;COUNT=4',
    ];
    expect(busy(...event(...weekly))).toEqual([
      '03-02 14:00 – 03-02 15:00',
      '03-09 13:00 – 03-09 14:00',
      '03-16 13:00 – 03-16 14:00',
      '03-23 13:00 – 03-23 14:00',
    ]);
    expect(
      busy(
        ...event(
          ...weekly,
          'EXDATE;TZID=America/New_York:20260309T090000',
          'RDATE;TZID=America/New_York:20260311T090000',
        ),
        ...event(
          'RECURRENCE-ID;TZID=America/New_York:20260316T090000',
          'DTSTART;TZID=America/New_York:20260317T120000',
          'DTEND;TZID=America/New_York:20260317T130000',
        ),
        ...event(
          'RECURRENCE-ID:20260323T130000Z',
          'DTSTART;TZID=America/New_York:20260323T090000',
          'DTEND;TZID=America/New_York:20260323T100000',
          'STATUS:CANCELLED',
        ),
      ),
    ).toEqual(['03-02 14:00 – 03-02 15:00', '03-11 13:00 – 03-11 14:00', '03-17 16:00 – 03-17 17:00']);
  });

  it('on whole days repeat, and leave out excluded days', () => {
    expect(
      busy(...event('DTSTART;VALUE=DATE:20260302', 'RRULE:FREQ=WEEKLY;COUNT=3', 'EXDATE;VALUE=DATE:20260309')),
    ).toEqual(['03-02 00:00 – 03-03 00:00', '03-16 00:00 – 03-17 00:00']);
  });

  it('use the zone that the file describes when its name is unknown to the runtime', () => {
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:W. Europe Standard Time',
      'BEGIN:STANDARD',
      'DTSTART:16010101T030000',
      'TZOFFSETFROM:+0200',
      'TZOFFSETTO:+0100',
      'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10',
      'END:STANDARD',
      'BEGIN:DAYLIGHT',
      'DTSTART:16010101T020000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0200',
      'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3',
      'END:DAYLIGHT',
      'END:VTIMEZONE',
    ];
    const named = (on: string) => [
      `DTSTART;TZID=W. Europe Standard Time:${on}T100000`,
      `DTEND;TZID=W. Europe Standard Time:${on}T110000`,
    ];
    expect(busy(...zone, ...event(...named('20260302')), ...event(...named('20260402')))).toEqual([
      '03-02 09:00 – 03-02 10:00',
      '04-02 08:00 – 04-02 09:00',
    ]);
    // Without a description, the zone is taken to be the practice's own.
    expect(busy(...event(...named('20260402')))).toEqual(['04-02 09:00 – 04-02 10:00']);
  });

  it('from a rule without end, or one that repeats every second, are limited', () => {
    expect(busy(...event('DTSTART:20160302T100000Z', 'DTEND:20160302T110000Z', 'RRULE:FREQ=DAILY'))).toHaveLength(61);
    const everySecond = file(...event('DTSTART:19700101T000000Z', 'DURATION:PT1S', 'RRULE:FREQ=SECONDLY'));
    expect(parseBusyTimes(everySecond, range)).toEqual({ ok: false, reason: 'too_much' });
  });

  const daily = [
    'DTSTART;TZID=America/New_York:20260302T090000',
    'DTEND;TZID=America/New_York:20260302T100000',
    'RRULE:FREQ=DAILY;COUNT=4',
  ];

  it('of a series that was changed from one date on follow the change', () => {
    const later = event(
      'RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=America/New_York:20260304T090000',
      'DTSTART;TZID=America/New_York:20260304T110000',
      'DTEND;TZID=America/New_York:20260304T113000',
    );
    const once = event(
      'RECURRENCE-ID:20260305T140000Z',
      'DTSTART;TZID=America/New_York:20260306T200000',
      'DTEND;TZID=America/New_York:20260306T210000',
    );
    const before = ['03-02 14:00 – 03-02 15:00', '03-03 14:00 – 03-03 15:00'];
    expect(busy(...event(...daily), ...later)).toEqual([
      ...before,
      '03-04 16:00 – 03-04 16:30',
      '03-05 16:00 – 03-05 16:30',
    ]);
    expect(busy(...event(...daily), ...later, ...once)).toEqual([
      ...before,
      '03-04 16:00 – 03-04 16:30',
      '03-07 01:00 – 03-07 02:00',
    ]);
    expect(busy(...event(...daily), ...later.slice(0, -1), 'STATUS:CANCELLED', 'END:VEVENT')).toEqual(before);
  });

  it('leave out dates that are excluded in UTC, or by their day', () => {
    expect(busy(...event(...daily, 'EXDATE:20260303T140000Z', 'EXDATE;VALUE=DATE:20260304'))).toEqual([
      '03-02 14:00 – 03-02 15:00',
      '03-05 14:00 – 03-05 15:00',
    ]);
  });

  it('are read despite a line that cannot be parsed', () => {
    const time = ['DTSTART:20260302T100000Z', 'DTEND:20260302T110000Z'];
    expect(busy('what is this', ...event('SUMMARY;X="open:1', ...time, 'A folded', ' line'))).toEqual([
      '03-02 10:00 – 03-02 11:00',
    ]);
  });

  it('of more than a year at once count as a mistake, and shorter ones do not', () => {
    expect(busy(...event('DTSTART:20260302T100000Z', 'DTEND:29990302T100000Z'))).toEqual(['03-02 10:00 – 03-03 10:00']);
    expect(busy(...event('DTSTART;VALUE=DATE:20260302', 'DTEND;VALUE=DATE:20990302'))).toEqual([
      '03-02 00:00 – 03-03 00:00',
    ]);
    expect(busy(...event('DTSTART;VALUE=DATE:20260302', 'DTEND;VALUE=DATE:20260601'))).toEqual([
      '03-02 00:00 – 05-01 00:00',
    ]);
  });

  it('from many rules that began long ago stay within the limit', () => {
    const old = Array.from({ length: 30 }, () =>
      event('DTSTART:20100302T100000Z', 'DTEND:20100302T110000Z', 'RRULE:FREQ=DAILY'),
    );
    expect(busy(...old.flat())).toHaveLength(61);
    const counted = event('DTSTART:20100302T100000Z', 'DTEND:20100302T110000Z', 'RRULE:FREQ=DAILY;COUNT=5850');
    expect(busy(...counted)).toHaveLength(7);
  });

  const rule = fc.record({
    freq: fc.constantFrom('DAILY', 'WEEKLY', 'HOURLY', 'MONTHLY', 'YEARLY'),
    interval: fc.integer({ min: 1, max: 5 }),
    first: fc.integer({ min: 0, max: 3_000 }),
    hour: fc.integer({ min: 0, max: 23 }),
    more: fc.constantFrom(
      '',
      ';BYDAY=MO,WE',
      ';BYDAY=SU;WKST=SU',
      ';UNTIL=20260320T000000Z',
      ';UNTIL=20200101T000000Z',
    ),
    zone: fc.constantFrom('Europe/Dublin', 'America/New_York', 'Pacific/Auckland'),
  });
  it('are the same whether a rule is walked from its first date or from the requested range', () => {
    fc.assert(
      fc.property(rule, ({ freq, interval, first, hour, more, zone }) => {
        const on = new Date(Date.UTC(2018, 0, 1 + first)).toISOString().slice(0, 10).replaceAll('-', '');
        const start = `DTSTART;TZID=${zone}:${on}T${String(hour).padStart(2, '0')}0000`;
        const lines = event(start, 'DURATION:PT30M', `RRULE:FREQ=${freq};INTERVAL=${interval}${more}`);
        // First all dates, then those that lie in the range.
        const all = parseBusyTimes(file(...lines), { ...range, from: Date.UTC(2017, 0), to: range.to });
        if (!all.ok) return;
        const within = all.busy.filter(({ end }) => end > range.from);
        expect(parseBusyTimes(file(...lines), range)).toEqual({ ok: true, busy: within });
      }),
      { numRuns: getPropertyTestRuns(150) },
    );
  });

  it.each(['', 'hello', '<html></html>', 'BEGIN:VCARD\r\nEND:VCARD', file('BEGIN:VEVENT', 'UID:a', 'END:VEVENT')])(
    'of %j cannot be read',
    (text) => expect(parseBusyTimes(text, range)).toEqual({ ok: false, reason: 'unreadable' }),
  );
});

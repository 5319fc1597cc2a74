import { describe, expect, it } from 'vitest';
import { readEvents } from '@/testing/calendar-apps';
import fc, { getPropertyTestRuns } from '@/testing/property-tests';
import { ZONE_TRAPS } from '@/testing/zone-traps';
import { type CalendarEvent, formatICalendar, type ICalendarContent } from './icalendar';

const HOUR = 3_600_000;
const start = Date.UTC(2026, 11, 1, 18);
const event: CalendarEvent = {
  uid: 'a1@fortnight.example',
  start,
  end: start + HOUR,
  summary: 'Swedish massage',
  sequence: 0,
  status: 'CONFIRMED',
};
const calendar: ICalendarContent = {
  method: 'PUBLISH',
  name: 'Fortnight',
  timeZone: 'Europe/Dublin',
  now: Date.UTC(2026, 10, 23, 12),
  events: [event],
};

const write = (changes: Partial<ICalendarContent>) => formatICalendar({ ...calendar, ...changes });
const writeEvent = (changes: Partial<CalendarEvent>) => write({ events: [{ ...event, ...changes }] });
const unfold = (text: string) => text.replaceAll('\r\n ', '').split('\r\n');

describe('a calendar file', () => {
  it('says how often to refresh it, when `refreshMinutes` is given', () => {
    expect(unfold(write({ refreshMinutes: 15 })).slice(8, 10)).toEqual([
      'REFRESH-INTERVAL;VALUE=DURATION:PT15M',
      'X-PUBLISHED-TTL:PT15M',
    ]);
    expect(write({})).not.toContain('PT15M');
    expect(() => write({ refreshMinutes: 0 })).toThrow(/refreshMinutes/);
  });

  it('has the lines that apps look for', () => {
    const lines = unfold(
      writeEvent({
        description: 'Bring nothing',
        location: '12 Camden Row, Dublin 8',
        url: 'https://fortnight.example/manage',
        organizer: { name: 'Fortnight', email: 'hello@fortnight.example' },
      }),
    );
    expect(lines.slice(0, 8)).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Fortnight//Fortnight//EN',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
      'NAME:Fortnight',
      'X-WR-CALNAME:Fortnight',
      'X-WR-TIMEZONE:Europe/Dublin',
    ]);
    expect(lines.slice(lines.indexOf('BEGIN:VEVENT'))).toEqual([
      'BEGIN:VEVENT',
      'UID:a1@fortnight.example',
      'SEQUENCE:0',
      'DTSTAMP:20261123T120000Z',
      'DTSTART;TZID=Europe/Dublin:20261201T180000',
      'DTEND;TZID=Europe/Dublin:20261201T190000',
      'SUMMARY:Swedish massage',
      'STATUS:CONFIRMED',
      'TRANSP:OPAQUE',
      'DESCRIPTION:Bring nothing',
      'LOCATION:12 Camden Row\\, Dublin 8',
      'ORGANIZER;CN="Fortnight":mailto:hello@fortnight.example',
      'URL:https://fortnight.example/manage',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });

  it('leaves out lines for optional fields that are missing', () => {
    const text = write({ events: [event], prodId: '-//A//B//EN', method: 'PUBLISH' });
    expect(text).not.toMatch(/DESCRIPTION|LOCATION|ORGANIZER|ATTENDEE|URL/);
    expect(unfold(text)).toEqual(expect.arrayContaining(['PRODID:-//A//B//EN', 'METHOD:PUBLISH']));
    expect(write({ events: [] })).not.toMatch(/VTIMEZONE|VEVENT/);
  });

  it('shows a cancelled massage as time that is free again', () => {
    expect(unfold(writeEvent({ status: 'CANCELLED', sequence: 3 }))).toEqual(
      expect.arrayContaining(['STATUS:CANCELLED', 'TRANSP:TRANSPARENT', 'SEQUENCE:3']),
    );
  });

  it('keeps every text exactly, and no text can begin a line of its own', () => {
    const text = fc.string({
      unit: fc.constantFrom(
        ...'aZ9;,:"\\\r\n\t \u0000\u007fé€𝒳😀\u2028\u0085nN=',
        'BEGIN:VEVENT',
        'END:VEVENT\r\nEND:VCALENDAR\r\n',
      ),
      maxLength: 60,
    });
    const names = new Set(
      unfold(writeEvent({ description: 'x', location: 'x', url: 'x', organizer: { name: 'x', email: 'x' } })).map(
        (line) => line.split(/[:;]/)[0],
      ),
    );
    fc.assert(
      fc.property(text, text, text, (summary, description, name) => {
        const written = write({
          name,
          prodId: name,
          events: [
            {
              ...event,
              uid: `u${name}`,
              summary,
              description,
              location: summary,
              url: name,
              organizer: { name, email: description },
            },
          ],
        });
        expect(unfold(written).every((line) => names.has(line.split(/[:;]/)[0]))).toBe(true);
        expect(unfold(written).filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1);
        const [found] = readEvents(written);
        const expected = summary
          .replace(/\r\n|[\r\u0085\u2028]/g, '\n')
          .replaceAll('\t', ' ')
          .replaceAll('\u0000', '')
          .replaceAll('\u007f', '');
        expect(found!.event.summary ?? '').toBe(expected);
        expect(found!.start).toBe(start);
      }),
      { numRuns: getPropertyTestRuns(1000) },
    );
  });

  it('begins the first offset of a zone at its own wall time', () => {
    expect(unfold(write({ timeZone: 'America/New_York' })).join(' ')).toContain(
      'BEGIN:STANDARD DTSTART:20241231T190000 TZOFFSETFROM:-0500 TZOFFSETTO:-0500 END:STANDARD',
    );
  });

  it.each(['\u007e', '\u0080', '\u07ff', '\u0800', '\uffff', '\u{10000}'])('counts the octets of %j', (character) => {
    const folded = writeEvent({ summary: character.repeat(200) }).split('\r\n');
    const at = folded.findIndex((line) => line.startsWith('SUMMARY'));
    const octets = Buffer.byteLength(character);
    for (const line of folded.slice(at, at + 2)) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      expect(Buffer.byteLength(line)).toBeGreaterThan(75 - octets);
    }
  });

  it('folds at 75 octets, never inside a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'é', '€', '😀', ' '), maxLength: 200 }), (summary) => {
        const written = writeEvent({ summary });
        const lines = written.split('\r\n');
        expect(lines.every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
        expect(lines.every((line) => !line.includes('\ufffd'))).toBe(true);
        expect(unfold(written)).toContain(`SUMMARY:${summary}`);
      }),
      { numRuns: getPropertyTestRuns(300) },
    );
    const full = writeEvent({ summary: 'a'.repeat(67) });
    expect(full).toContain(`SUMMARY:${'a'.repeat(67)}\r\n`);
    expect(writeEvent({ summary: 'a'.repeat(68) })).toContain(`SUMMARY:${'a'.repeat(67)}\r\n a\r\n`);
    expect(writeEvent({ summary: 'a'.repeat(67 + 74) })).toContain(`\r\n ${'a'.repeat(74)}\r\n`);
  });

  it('replaces half a surrogate pair, which UTF-8 cannot encode', () => {
    expect(unfold(writeEvent({ summary: 'a\ud83d', location: '\ude00b', url: 'x\ud83d' }))).toEqual(
      expect.arrayContaining(['SUMMARY:a\ufffd', 'LOCATION:\ufffdb', 'URL:x%EF%BF%BD']),
    );
  });

  it('removes quotes and line ends from a name, and percent-encodes an address', () => {
    const lines = unfold(
      writeEvent({ organizer: { name: 'R"K\r\nX:1', email: 'a b@c.d\r\nX:1' }, url: 'https://x.y/?a=1&b=%20\r\nX' }),
    );
    expect(lines).toContain(`ORGANIZER;CN="R'K  X:1":mailto:a%20b@c.d%0D%0AX:1`);
    expect(lines).toContain('URL:https://x.y/?a=1&b=%20%0D%0AX');
  });

  it.each(['\u0085', '\u2028', '\u2029'])('does not let %j end a line of its name', (lineEnd) => {
    const organizer = { name: `Mira${lineEnd}X:1`, email: 'hello@fortnight.example' };
    expect(unfold(writeEvent({ organizer }))).toContain('ORGANIZER;CN="Mira X:1":mailto:hello@fortnight.example');
  });

  it('refuses an unknown method or status', () => {
    expect(() => write({ method: 'PUBLISH\r\nX:1' as never })).toThrow(/^method must be PUBLISH, CANCEL or REQUEST/);
    expect(() => writeEvent({ status: 'CONFIRMED\r\nX:1' as never })).toThrow(/^events\[0\]\.status must be/);
  });

  it('refuses malformed input by the name of the field', () => {
    expect(() => write({ timeZone: 'x' })).toThrow(/^timeZone must be/);
    expect(() => write({ now: Number.NaN })).toThrow(/^now must be/);
    expect(() => writeEvent({ start: Number.NaN })).toThrow(/^events\[0\]\.start must be/);
    expect(() => writeEvent({ end: Number.NaN })).toThrow(/^events\[0\]\.end must be/);
    expect(() => writeEvent({ end: start - 1 })).toThrow(/^events\[0\]\.end must be no earlier/);
    expect(() => writeEvent({ sequence: -1 })).toThrow(/^events\[0\]\.sequence must be/);
    expect(() => writeEvent({ alarmMinutes: 0.5 })).toThrow(/^events\[0\]\.alarmMinutes must be/);
    expect(writeEvent({ end: start })).toContain('DTEND');
  });

  it('has an alarm the given time before, whose text cannot break a line', () => {
    const lines = unfold(writeEvent({ alarmMinutes: 1440, summary: 'a\r\nEND:VALARM' }));
    expect(lines.slice(lines.indexOf('BEGIN:VALARM'), lines.indexOf('END:VEVENT'))).toEqual([
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      'DESCRIPTION:a\\nEND:VALARM',
      'TRIGGER:-PT1440M',
      'END:VALARM',
    ]);
    expect(writeEvent({})).not.toContain('VALARM');
  });
});

describe('the zone in a calendar file', () => {
  it('lists each change of the years around its events, as daylight or standard', () => {
    const lines = unfold(write({}));
    const zone = lines.slice(lines.indexOf('BEGIN:VTIMEZONE'), lines.indexOf('END:VTIMEZONE') + 1).join('\n');
    expect(zone).toContain(
      'TZID:Europe/Dublin\nBEGIN:STANDARD\nDTSTART:20250101T000000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0000\nEND:STANDARD',
    );
    expect(zone).toContain(
      'BEGIN:DAYLIGHT\nDTSTART:20260329T010000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\nEND:DAYLIGHT',
    );
    expect(zone).toContain(
      'BEGIN:STANDARD\nDTSTART:20271031T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0000\nEND:STANDARD',
    );
    expect(zone.match(/BEGIN:(STANDARD|DAYLIGHT)/g)).toHaveLength(7);
  });

  it('covers the years from before its first event to after its last, in whatever order they come', () => {
    const at = (year: number) => ({ ...event, start: Date.UTC(year, 6, 1), end: Date.UTC(year, 6, 1, 1) });
    const years = (...entry: number[]) => [...new Set(write({ events: entry.map(at) }).match(/(?<=DTSTART:)\d{4}/g))];
    expect(years(2028, 2026)).toEqual(['2025', '2026', '2027', '2028', '2029']);
    expect(years(2026, 2028)).toEqual(['2025', '2026', '2027', '2028', '2029']);
  });

  it('writes offsets with their sign, and seconds where a zone had them', () => {
    expect(write({ timeZone: 'America/St_Johns' })).toContain('TZOFFSETFROM:-0230\r\nTZOFFSETTO:-0330');
    const old = { ...event, start: Date.UTC(1971, 5, 1), end: Date.UTC(1971, 5, 1, 1) };
    expect(write({ timeZone: 'Africa/Monrovia', events: [old] })).toContain('TZOFFSETFROM:-004430\r\nTZOFFSETTO:+0000');
    expect(write({ timeZone: 'Asia/Kathmandu' })).toContain('TZOFFSETTO:+0545');
  });

  it.each(ZONE_TRAPS)('tells the right instants in %s around %s: %s', (timeZone, around) => {
    const from = Date.parse(around) - 30 * HOUR;
    const events = Array.from({ length: 240 }, (_, i) => ({
      ...event,
      uid: `a${i}`,
      start: from + (i * HOUR) / 4,
      end: from + (i * HOUR) / 4 + HOUR,
    }));
    const found = readEvents(write({ timeZone, events }));
    const wrong = found.flatMap((each, i) => {
      const { start, end } = events[i]!;
      return each.start === start && each.end === end
        ? []
        : [`${new Date(start).toISOString()}: ${each.start - start} ${each.end - end}`];
    });
    expect(wrong).toEqual([]);
    expect(found).toHaveLength(240);
  });

  it('writes an hour that happens twice in UTC, for apps differ over which of the two a wall time means', () => {
    const at = (instant: number) =>
      unfold(writeEvent({ start: instant, end: instant }))
        .filter((line) => /^DTSTART[;:]/.test(line))
        .at(-1);
    expect(at(Date.UTC(2026, 9, 24, 23, 59))).toBe('DTSTART;TZID=Europe/Dublin:20261025T005900');
    expect(at(Date.UTC(2026, 9, 25))).toBe('DTSTART:20261025T000000Z');
    expect(at(Date.UTC(2026, 9, 25, 1))).toBe('DTSTART:20261025T010000Z');
    expect(at(Date.UTC(2026, 9, 25, 1, 59))).toBe('DTSTART:20261025T015900Z');
    expect(at(Date.UTC(2026, 9, 25, 2))).toBe('DTSTART;TZID=Europe/Dublin:20261025T020000');
  });
});

describe('38 an event for somebody', () => {
  const organizer = { name: 'Fortnight', email: 'hello@fortnight.example' };
  const attendee = { name: 'Ana Costa', email: 'ana@example.org' };
  const eventWithPeople = { ...event, organizer, attendee };
  const withdrawn = { ...eventWithPeople, status: 'CANCELLED' as const, sequence: 1 };

  it('names the organizer, and the attendee as having accepted', () => {
    const lines = unfold(write({ method: 'REQUEST', events: [eventWithPeople] }));
    expect(lines).toContain(
      'ATTENDEE;CN="Ana Costa";ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:ana@example.org',
    );
    expect(lines).toContain('ORGANIZER;CN="Fortnight":mailto:hello@fortnight.example');
    expect(lines.filter((line) => /^(X-WR-|NAME:)/.test(line))).toEqual([]);
  });

  it.each<[string, Partial<ICalendarContent>]>([
    ['two UIDs', { method: 'CANCEL', events: [withdrawn, { ...withdrawn, uid: 'another' }] }],
    ['no event', { method: 'REQUEST', events: [] }],
    ['no organizer', { method: 'REQUEST', events: [{ ...eventWithPeople, organizer: undefined }] }],
    ['no attendee', { method: 'REQUEST', events: [{ ...eventWithPeople, attendee: undefined }] }],
    ['a CANCEL of an event that stands', { method: 'CANCEL', events: [eventWithPeople] }],
    ['a REQUEST for a cancelled event', { method: 'REQUEST', events: [withdrawn] }],
    ['an attendee in a published calendar', { method: 'PUBLISH', events: [eventWithPeople] }],
  ])('is refused with %s', (_, changes) => {
    expect(() => write(changes)).toThrow(RangeError);
  });
});

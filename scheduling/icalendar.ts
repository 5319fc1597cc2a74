// What does a calendar app need to show these appointments at the right time, whoever imports them and whatever text a
// person typed into them? One VCALENDAR as RFC 5545 writes it: lines folded at 75 octets, text escaped, a VTIMEZONE
// that lists the clock changes of the years it is used in, so that no reader needs zone data of its own.

import { checkInstant, checkOneOf, checkWholeNumber, malformedFieldError } from './input-checks';
import { getRepeatedHourOrder } from './zone-conversion';
import { getZone, listClockChanges, offsetPeriodAt, type Zone } from './zone-offsets';

/** One appointment in a calendar file. `start` and `end` are instants in ms, `end` exclusive. */
export interface CalendarEvent {
  uid: string;
  start: number;
  end: number;
  summary: string;
  description?: string;
  location?: string;
  /** Grows with each change that a calendar must take notice of (RFC 5545, section 3.8.7.4). */
  sequence: number;
  status: 'CONFIRMED' | 'CANCELLED' | 'TENTATIVE';
  organizer?: { name: string; email: string };
  /** Whom it is for. They asked for it themselves, and so have agreed to it; `name` may be empty. */
  attendee?: { name: string; email: string };
  url?: string;
  /** How long before its start a calendar is to remind of it; none when it is left out. */
  alarmMinutes?: number;
}

/**
 * A calendar file: `name` is what apps title it by, `now` the moment it is written. PUBLISH is a calendar for everybody;
 * REQUEST and CANCEL are an event of one UID for one attendee, put there and withdrawn again (RFC 5546, section 3.2).
 */
export interface ICalendarContent {
  method: 'PUBLISH' | 'CANCEL' | 'REQUEST';
  prodId?: string;
  name: string;
  timeZone: string;
  now: number;
  events: CalendarEvent[];
  /** How often an app that reads a published calendar again should do so. */
  refreshMinutes?: number;
}

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/**
 * Writes a calendar file: text in, text with CRLF out.
 *
 * Times are wall times of `timeZone`. Only in an hour that happens twice are they written in UTC: the standard means the
 * first of the two (RFC 5545, section 3.3.5), some apps read the second, and UTC leaves nothing to read. Seconds are kept,
 * parts of them dropped. No text that is passed in can end its line or its property. Throws a RangeError for a malformed
 * zone, instant, sequence, method or status, an end before its start, or what the method does not allow.
 *
 * @example
 * formatICalendar({ method: 'PUBLISH', name: 'Fortnight', timeZone: 'UTC', now: 0, events: [] }).split('\r\n')[0] //=> 'BEGIN:VCALENDAR'
 */
export function formatICalendar(calendar: ICalendarContent): string {
  const { events, now, timeZone } = calendar;
  const zone = getZone(timeZone);
  checkInstant('now', now);
  if (calendar.refreshMinutes !== undefined) checkWholeNumber('refreshMinutes', calendar.refreshMinutes, 1);
  checkOneOf('method', calendar.method, ['PUBLISH', 'CANCEL', 'REQUEST']);
  for (let i = 0; i < events.length; i++) checkEvent(events[i]!, i);
  checkMethod(calendar);
  const head = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:${text(calendar.prodId ?? '-//Fortnight//Fortnight//EN')}`,
    'CALSCALE:GREGORIAN',
    `METHOD:${calendar.method}`,
    // An event that is sent to somebody goes into an existing calendar, so the file names none.
    ...(calendar.method === 'PUBLISH' ? nameLines(calendar) : []),
    ...(events.length > 0 ? zoneLines(zone, timeZone, events) : []),
  ];
  // A feed of years has a hundred thousand lines: joined event by event, they are never in one list.
  const lines = (some: string[]) => {
    for (let i = 0; i < some.length; i++) some[i] = fold(some[i]!);
    return `${some.join('\r\n')}\r\n`;
  };
  const at = `${stamp(now)}Z`;
  const parts = events.map((event) => lines(eventLines(zone, timeZone, event, at)));
  return `${lines(head)}${parts.join('')}END:VCALENDAR\r\n`;
}

/** Field names are built only for errors. */
function checkEvent(event: CalendarEvent, i: number) {
  const { start, end, sequence, status, alarmMinutes } = event;
  const check = (prefix: string) => {
    checkInstant(`${prefix}start`, start);
    checkInstant(`${prefix}end`, end);
    if (end < start) throw malformedFieldError(`${prefix}end`, `no earlier than its start ${start}`, end);
    checkWholeNumber(`${prefix}sequence`, sequence, 0);
    checkOneOf(`${prefix}status`, status, STATUSES);
    if (alarmMinutes !== undefined) checkWholeNumber(`${prefix}alarmMinutes`, alarmMinutes, 0);
  };
  try {
    check('');
  } catch {
    check(`events[${i}].`);
  }
}

const STATUSES = ['CONFIRMED', 'CANCELLED', 'TENTATIVE'];

/** The tables of RFC 5546, sections 3.2.1, 3.2.2 and 3.2.5, where they leave no choice. */
function checkMethod({ method, events }: ICalendarContent) {
  if (method === 'PUBLISH') {
    const invited = events.findIndex(({ attendee }) => attendee !== undefined);
    if (invited >= 0) throw malformedFieldError(`events[${invited}].attendee`, 'none when it is published', 'one');
    return;
  }
  if (events.length === 0 || events.some(({ uid }) => uid !== events[0]!.uid)) {
    throw malformedFieldError('events', `of one uid when it is a ${method}`, `${events.length} events`);
  }
  for (const [i, { organizer, attendee, status }] of events.entries()) {
    if (!organizer) throw malformedFieldError(`events[${i}].organizer`, `there when it is a ${method}`, 'none');
    if (!attendee) throw malformedFieldError(`events[${i}].attendee`, `there when it is a ${method}`, 'none');
    if ((method === 'CANCEL') !== (status === 'CANCELLED')) {
      throw malformedFieldError(`events[${i}].status`, `CANCELLED when it is a CANCEL, and only then`, status);
    }
  }
}

function nameLines({ name, timeZone, refreshMinutes }: ICalendarContent): string[] {
  const lines = [`NAME:${text(name)}`, `X-WR-CALNAME:${text(name)}`, `X-WR-TIMEZONE:${timeZone}`];
  if (refreshMinutes === undefined) return lines;
  // RFC 7986, section 5.7, and what Outlook reads in its place.
  const every = `PT${refreshMinutes}M`;
  return [...lines, `REFRESH-INTERVAL;VALUE=DURATION:${every}`, `X-PUBLISHED-TTL:${every}`];
}

function eventLines(zone: Zone, timeZone: string, event: CalendarEvent, writtenAt: string): string[] {
  const lines = [
    'BEGIN:VEVENT',
    `UID:${text(event.uid)}`,
    `SEQUENCE:${event.sequence}`,
    `DTSTAMP:${writtenAt}`,
    `DTSTART${when(zone, timeZone, event.start)}`,
    `DTEND${when(zone, timeZone, event.end)}`,
    `SUMMARY:${text(event.summary)}`,
    `STATUS:${event.status}`,
    `TRANSP:${event.status === 'CANCELLED' ? 'TRANSPARENT' : 'OPAQUE'}`,
  ];
  if (event.description) lines.push(`DESCRIPTION:${text(event.description)}`);
  if (event.location) lines.push(`LOCATION:${text(event.location)}`);
  if (event.organizer) {
    const { name, email } = event.organizer;
    lines.push(`ORGANIZER;CN=${quoted(name)}:mailto:${address(email)}`);
  }
  if (event.attendee) {
    const { name, email } = event.attendee;
    const commonName = name ? `;CN=${quoted(name)}` : '';
    lines.push(`ATTENDEE${commonName};ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:${address(email)}`);
  }
  if (event.url) lines.push(`URL:${address(event.url)}`);
  if (event.alarmMinutes !== undefined) lines.push(...alarmLines(event.summary, event.alarmMinutes));
  lines.push('END:VEVENT');
  return lines;
}

/** RFC 5545, section 3.6.6: what is shown, and how long before. */
function alarmLines(summary: string, minutes: number): string[] {
  return ['BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${text(summary)}`, `TRIGGER:-PT${minutes}M`, 'END:VALARM'];
}

/** The changes from the year before the first event to the year after the last, each as an observance of its own. */
function zoneLines(zone: Zone, timeZone: string, events: CalendarEvent[]): string[] {
  const first = events.reduce((least, { start }) => Math.min(least, start), events[0]!.start);
  const last = events.reduce((most, { end }) => Math.max(most, end), events[0]!.end);
  const from = Date.UTC(new Date(first).getUTCFullYear() - 1, 0);
  const to = Date.UTC(new Date(last).getUTCFullYear() + 2, 0);
  const changes = listClockChanges(zone, from, to);
  const opening = offsetPeriodAt(zone, from).offset;
  const standard = changes.reduce((least, { after }) => Math.min(least, after), opening);
  const observance = (wall: number, before: number, after: number) => {
    const kind = after > standard ? 'DAYLIGHT' : 'STANDARD';
    return [
      `BEGIN:${kind}`,
      `DTSTART:${stamp(wall)}`,
      `TZOFFSETFROM:${offsetText(before)}`,
      `TZOFFSETTO:${offsetText(after)}`,
      `END:${kind}`,
    ];
  };
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${timeZone}`,
    ...observance(from + opening, opening, opening),
    ...changes.flatMap(({ at, before, after }) => observance(at + before, before, after)),
    'END:VTIMEZONE',
  ];
}

function when(zone: Zone, timeZone: string, instant: number): string {
  const { from, until, offset } = offsetPeriodAt(zone, instant);
  // No hour repeats further than a day from a clock change, so most need no check.
  const isNear = instant - from < DAY || until - instant < DAY;
  const repeats = isNear && getRepeatedHourOrder(timeZone, instant) !== null;
  return repeats ? `:${stamp(instant)}Z` : `;TZID=${timeZone}:${stamp(instant + offset)}`;
}

/** The day that was written last: the dates of a feed are in order, and several begin and end on each. */
let written = { day: Number.NaN, text: '' };

/** `YYYYMMDDTHHMMSS` of a wall time in ms. */
function stamp(wall: number): string {
  const day = Math.floor(wall / DAY);
  if (written.day !== day) written = { day, text: new Date(wall).toISOString().slice(0, 10).replaceAll('-', '') };
  const seconds = Math.floor((wall - day * DAY) / 1000);
  const two = (n: number) => (n < 10 ? `0${n}` : n);
  return `${written.text}T${two(Math.floor(seconds / 3600))}${two(Math.floor(seconds / 60) % 60)}${two(seconds % 60)}`;
}

function offsetText(offset: number): string {
  const size = Math.abs(offset);
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
  const seconds = (size % MINUTE) / 1000;
  return `${offset < 0 ? '-' : '+'}${two(size / (60 * MINUTE))}${two((size / MINUTE) % 60)}${seconds ? two(seconds) : ''}`;
}

// RFC 5545's CONTROL and the tab: all that Unicode calls control, but for U+0080 to U+009F.
const CONTROL = /[^\P{Cc}\u0080-\u009f]/gu;

function wellFormed(value: string): string {
  return value.replace(/\p{Surrogate}/gu, '\ufffd');
}

/** All that some reader takes for the end of a line. */
const LINE_END = /\r\n|[\r\n\u0085\u2028\u2029]/g;

/** Most text of a calendar: letters of ASCII and what stands between them, with nothing to escape. */
const PLAIN = /^[\w .:'()/@-]*$/;

/** TEXT, RFC 5545 section 3.3.11: a line end becomes `\n`, other control characters nothing. */
function text(value: string): string {
  if (PLAIN.test(value)) return value;
  return wellFormed(value)
    .replace(/[\\;,]/g, '\\$&')
    .replace(LINE_END, '\\n')
    .replace(/\t/g, ' ')
    .replace(CONTROL, '');
}

/** A quoted parameter value can hold neither quotes nor line ends (RFC 5545 section 3.2). */
function quoted(value: string): string {
  return `"${wellFormed(value).replace(CONTROL, ' ').replace(LINE_END, ' ').replaceAll('"', "'")}"`;
}

/** A URI: whatever may not stand in one is percent-encoded. */
function address(value: string): string {
  return wellFormed(value).replace(/[^\w.~!*'();:@&=+$,/?#[\]%-]/gu, encodeURIComponent);
}

const ASCII = /^[ -~]*$/;

/** Folds a line so that none is longer than 75 octets and no character is cut in two (RFC 5545 section 3.1). */
function fold(line: string): string {
  // No character of a string is longer than three octets, and none of ASCII than one: most lines need no counting.
  if (line.length <= 25 || (line.length <= 75 && ASCII.test(line))) return line;
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const code = character.codePointAt(0)!;
    const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (octets + size > 75) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}

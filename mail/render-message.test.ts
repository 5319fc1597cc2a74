import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import type { Notification } from '@/scheduling/notification-types';
import { type RenderedMessage, renderMessage } from './render-message';
import { makeTestAppointment, makeTestSeries, testPractice } from './test-notifications';

const NOW = Date.UTC(2026, 10, 24, 9);
const MANAGE = 'http://127.0.0.1:3000/manage/abcdef';

function booked(series = makeTestSeries(4), audience: 'client' | 'therapist' = 'client'): Notification {
  return { kind: 'booked', audience, practice: testPractice, series };
}

const TO = 'ana@example.org';

function eventsOf(message: RenderedMessage) {
  const calendars = message.calendars.map(({ content }) => new ICAL.Component(ICAL.parse(content)));
  const components = calendars.flatMap((calendar) => calendar.getAllSubcomponents('vevent'));
  return { calendars, components, events: components.map((component) => new ICAL.Event(component)) };
}

describe('the booking e-mail to a client', () => {
  const message = renderMessage(booked(), { manageUrl: MANAGE }, NOW, TO);

  it('has the standing time in its subject', () => {
    expect(message.subject).toBe('Booked: Tuesdays at 18:00 with Mira Kovač, 16 Mar to 6 Apr');
  });

  it('lists every date, at the same hour on both sides of the clock change', () => {
    const [, list = ''] = message.text.split('All your dates');
    expect(list.match(/18:00 to 19:00/g)).toHaveLength(4);
    expect(message.text).toContain('3. Tuesday 30 March 2027, 18:00 to 19:00: Swedish with Mira Kovač');
  });

  it('43 writes dates and hours in the practice’s locale, and leaves the calendar file unchanged', () => {
    const american = { ...booked(), practice: { ...testPractice, locale: 'en-US' } } as Notification;
    const { subject, text, calendars } = renderMessage(american, { manageUrl: MANAGE }, NOW, TO);
    expect(subject).toBe('Booked: Tuesdays at 6:00\u00a0PM with Mira Kovač, Mar 16 to Apr 6');
    expect(text).toContain('3. Tuesday, March 30, 2027, 6:00\u00a0PM to 7:00\u00a0PM: Swedish with Mira Kovač');
    expect(text).not.toContain('18:00');
    expect(calendars[0]!.content).toContain('T180000');
  });

  it('gives zone, place, price, how to cancel and whom to call', () => {
    for (const words of [
      'Dublin time (Europe/Dublin)',
      '12 Camden Row',
      '€272',
      MANAGE,
      '24 hours',
      '12 hours',
      '01 555 0142',
    ])
      expect(message.text).toContain(words);
    expect(message.html).toContain(MANAGE);
  });

  it('is a single e-mail for a single date as well', () => {
    const message = renderMessage(booked(makeTestSeries(1)), { manageUrl: MANAGE }, NOW, TO);
    expect(message.subject).toBe('Booked: Tuesday 16 March at 18:00 with Mira Kovač');
    expect(message.text).toContain('Your massage at Fortnight Massage is booked');
  });

  it('claims no standing time when the dates differ', () => {
    const moved = makeTestAppointment(2, {
      start: makeTestAppointment(2).start + 3_600_000,
      end: makeTestAppointment(2).end + 3_600_000,
    });
    const series = makeTestSeries(3, { appointments: [makeTestAppointment(1), moved, makeTestAppointment(3)] });
    expect(renderMessage(booked(series), {}, NOW, TO).subject).toBe(
      'Booked: three dates with Mira Kovač, 16 Mar to 30 Mar',
    );
  });

  it('names skipped dates, which the numbering leaves out', () => {
    const skipped = [makeTestAppointment(2).start];
    const series = makeTestSeries(3, { skipped, appointments: [makeTestAppointment(1), makeTestAppointment(3)] });
    const { text } = renderMessage(booked(series), { manageUrl: MANAGE }, NOW, TO);
    expect(text).toContain('Skipped, and not booked: Tuesday 23 March at 18:00.');
    expect(renderMessage(booked(), { manageUrl: MANAGE }, NOW, TO).text).not.toContain('Skipped');
  });

  it('carries one calendar event per appointment, in the zone, at the right hour', () => {
    const { calendars, events } = eventsOf(message);
    expect(calendars.map((calendar) => calendar.getFirstPropertyValue('method'))).toEqual(Array(4).fill('REQUEST'));
    for (const calendar of calendars) expect(calendar.getAllSubcomponents('vtimezone')).toHaveLength(1);
    expect(events.map((event) => event.uid)).toEqual([1, 2, 3, 4].map((n) => `appointment-${n}`));
    expect(events.map((event) => event.startDate.toString())).toEqual([
      '2027-03-16T18:00:00',
      '2027-03-23T18:00:00',
      '2027-03-30T18:00:00',
      '2027-04-06T18:00:00',
    ]);
    expect(events.every((event) => event.startDate.zone.tzid === 'Europe/Dublin')).toBe(true);
  });

  it('links each calendar event to the dates, in its description and its URL', () => {
    for (const { component, description } of eventsOf(message).events) {
      expect(component.getFirstPropertyValue('url')).toBe(MANAGE);
      expect(description).toContain(`\nSee, move or cancel: ${MANAGE}`);
      expect(component.getAllSubcomponents('valarm')).toEqual([]);
    }
  });

  it('sets an alarm a day before where the client wants one, but not on cancelled dates', () => {
    const cancelled = makeTestAppointment(2, { status: 'cancelled', sequence: 1 });
    const series = makeTestSeries(2, { hasCalendarAlarm: true, appointments: [makeTestAppointment(1), cancelled] });
    const changed = series.appointments.map(({ uid }) => uid);
    const notification: Notification = {
      kind: 'changed',
      audience: 'client',
      practice: testPractice,
      series,
      changed,
      added: [],
    };
    const [current, cancelledEvent] = eventsOf(renderMessage(notification, {}, NOW, TO)).components;
    const [alarm] = current!.getAllSubcomponents('valarm');
    expect(alarm!.getFirstPropertyValue('action')).toBe('DISPLAY');
    expect(String(alarm!.getFirstPropertyValue('trigger'))).toBe('-PT1440M');
    expect(cancelledEvent!.getAllSubcomponents('valarm')).toEqual([]);
    const [therapistEvent] = eventsOf(
      renderMessage({ ...notification, audience: 'therapist' }, { manageUrl: MANAGE }, NOW, TO),
    ).components;
    expect(therapistEvent!.getAllSubcomponents('valarm')).toEqual([]);
    expect(therapistEvent!.getFirstPropertyValue('url')).toBeNull();
  });
});

describe('the booking e-mail to a therapist', () => {
  it('names the client and links to the calendar, but has no link to manage the dates', () => {
    const message = renderMessage(
      booked(makeTestSeries(4), 'therapist'),
      { calendarUrl: 'http://127.0.0.1:3000/practice/calendar' },
      NOW,
      TO,
    );
    expect(message.subject).toBe('New: Ana Costa, Tuesdays at 18:00, 16 Mar to 6 Apr');
    expect(message.text).toContain('/practice/calendar');
    expect(message.text).not.toContain('/manage/');
    expect(eventsOf(message).events[0]?.summary).toBe('Ana Costa (1 of 4)');
  });
});

describe('the cancellation e-mail', () => {
  const series = makeTestSeries(3, {
    appointments: [
      makeTestAppointment(1),
      makeTestAppointment(2, { status: 'cancelled', sequence: 1 }),
      makeTestAppointment(3),
    ],
  });
  const notification: Notification = {
    kind: 'cancelled',
    audience: 'client',
    practice: testPractice,
    series,
    changed: ['appointment-2'],
  };
  const message = renderMessage(notification, { manageUrl: MANAGE }, NOW, TO);

  it('says what is cancelled and which dates remain', () => {
    expect(message.subject).toBe('Cancelled: Tuesday 23 March at 18:00 with Mira Kovač');
    const [cancelled = '', standing = ''] = message.text.split('Your dates now');
    expect(cancelled).toContain('Your massage on Tuesday 23 March at 18:00 with Mira Kovač is cancelled.');
    expect(standing).not.toContain('23 March');
    expect(standing).toContain('1. Tuesday 16 March 2027');
    expect(standing).toContain('3. Tuesday 30 March 2027');
  });

  it('cancels only that event, with its UID and a higher sequence', () => {
    const { calendars, events } = eventsOf(message);
    expect(calendars.map((calendar) => calendar.getFirstPropertyValue('method'))).toEqual(['CANCEL']);
    expect(events).toHaveLength(1);
    expect(events[0]?.uid).toBe('appointment-2');
    expect(events[0]?.sequence).toBe(1);
    expect(events[0]?.component.getFirstPropertyValue('status')).toBe('CANCELLED');
    expect(events[0]?.component.getFirstPropertyValue('organizer')).toBe('mailto:hello@fortnight.example');
  });

  it('offers only to book again when no date is left', () => {
    const all = makeTestSeries(1, { appointments: [makeTestAppointment(1, { status: 'cancelled', sequence: 1 })] });
    const last = renderMessage(
      { ...notification, series: all, changed: ['appointment-1'] },
      { manageUrl: MANAGE },
      NOW,
      TO,
    );
    expect(last.text).toContain('There are no other dates in this booking');
    expect(last.text).not.toContain('See, move or cancel');
    expect(last.text).toContain(`See your booking, or book again:\n${MANAGE}`);
  });
});

describe('38 each calendar object', () => {
  const cancelled = [1, 2, 3].map((n) => makeTestAppointment(n, { status: 'cancelled', sequence: 1 }));
  const moved = makeTestAppointment(4, {
    start: makeTestAppointment(4).start + 3_600_000,
    end: makeTestAppointment(4).end + 3_600_000,
  });
  const series = makeTestSeries(5, { appointments: [...cancelled, { ...moved, sequence: 2 }, makeTestAppointment(5)] });
  const changed = series.appointments.map(({ uid }) => uid);
  const notification: Notification = {
    kind: 'changed',
    audience: 'client',
    practice: testPractice,
    series,
    changed,
    added: ['appointment-5'],
  };
  const message = renderMessage(notification, {}, NOW, TO);
  const { calendars, components } = eventsOf(message);

  it('has one UID, also where a whole plan is cancelled', () => {
    for (const calendar of calendars) expect(calendar.getAllSubcomponents('vevent')).toHaveLength(1);
    expect(new Set(components.map((component) => component.getFirstPropertyValue('uid'))).size).toBe(5);
    expect(message.calendars.map(({ method }) => method)).toEqual([
      ...Array(3).fill('CANCEL'),
      ...Array(2).fill('REQUEST'),
    ]);
  });

  it('has each property that its method requires exactly once', () => {
    for (const component of components) {
      for (const name of ['organizer', 'attendee', 'sequence', 'dtstamp', 'dtstart', 'summary', 'uid'])
        expect(component.getAllProperties(name), name).toHaveLength(1);
      expect(component.getFirstPropertyValue('attendee')).toBe(`mailto:${TO}`);
      expect(component.getFirstProperty('attendee')!.getParameter('partstat')).toBe('ACCEPTED');
    }
  });

  it('comes with words that list each kind of change separately', () => {
    expect(message.subject).toBe('Changed: one date moved, three cancelled, one added; next Tuesday 6 April at 19:00');
    expect(message.text).toMatch(
      /This is the new time\.[\s\S]*These dates are cancelled\.[\s\S]*This date is booked as well\./,
    );
  });

  it('names no attendee for an address that nobody has confirmed', () => {
    const unnamed = renderMessage(booked(makeTestSeries(1, { clientName: '' })), {}, NOW, TO);
    expect(unnamed.calendars[0]!.content).toMatch(/^ATTENDEE;ROLE=/m);
  });
});

it('leaves past dates out of the remaining ones', () => {
  const cancelled = makeTestAppointment(3, { status: 'cancelled', sequence: 1 });
  const series = makeTestSeries(3, { appointments: [makeTestAppointment(1), makeTestAppointment(2), cancelled] });
  const notification: Notification = {
    kind: 'cancelled',
    audience: 'therapist',
    practice: testPractice,
    series,
    changed: [cancelled.uid],
  };
  const { text } = renderMessage(notification, {}, makeTestAppointment(1).end);
  expect(text.split('Still with you')[1]).not.toContain('16 March');
  expect(text.split('Still with you')[1]).toContain('23 March');
});

it('40 says which of the two hours is meant where the clock shows one twice', () => {
  const cairo = { ...testPractice, timeZone: 'Africa/Cairo' };
  const start = Date.UTC(2027, 9, 28, 20, 30);
  const series = makeTestSeries(1, { appointments: [makeTestAppointment(1, { start, end: start + 3_600_000 })] });
  const { subject, text } = renderMessage({ kind: 'booked', audience: 'client', practice: cairo, series }, {}, NOW);
  expect(subject).toBe('Booked: Thursday 28 October at first 23:30 with Mira Kovač');
  expect(text).toContain('Thursday 28 October 2027, first 23:30 to second 23:30: Swedish with Mira Kovač');
});

it('gives the new and the old time of a moved date', () => {
  const was = makeTestAppointment(2).start;
  const moved = makeTestAppointment(2, { start: was + 86_400_000, end: was + 90_000_000, sequence: 1, movedFrom: was });
  const series = makeTestSeries(2, { appointments: [makeTestAppointment(1), moved] });
  const message = renderMessage(
    { kind: 'moved', audience: 'client', practice: testPractice, series, changed: [moved.uid] },
    {},
    NOW,
    TO,
  );
  expect(message.subject).toBe('Moved: now Wednesday 24 March at 18:00 with Mira Kovač');
  expect(message.text).toContain('(it was Tuesday 23 March at 18:00)');
  expect(eventsOf(message).events.map((event) => [event.uid, event.sequence])).toEqual([['appointment-2', 1]]);
});

describe('a sign-in e-mail', () => {
  const notification: Notification = {
    kind: 'sign_in',
    practice: testPractice,
    nonce: 'n0nce',
    expiresAt: NOW + 3_600_000,
    callbackUrl: '',
  };

  it('gives the link and says until when it works', () => {
    const message = renderMessage(
      notification,
      { signInUrl: 'http://127.0.0.1:3000/sign-in/confirm?token=t' },
      NOW,
      TO,
    );
    expect(message.text).toContain('/sign-in/confirm?token=t');
    expect(message.text).toContain('until Tuesday 24 November at 10:00, Dublin time');
    expect(message.calendars).toEqual([]);
  });

  it('shows neither link nor nonce when it is rendered without its link', () => {
    const message = renderMessage(notification, {}, NOW, TO);
    expect(`${message.text}${message.html}`).not.toMatch(/n0nce|token=/);
  });
});

describe('the e-mail for a lost link', () => {
  const series = [1, 2].map((n) => ({
    uid: `s${n}`,
    firstStart: makeTestAppointment(n).start,
    left: n - 1,
    service: 'Sports',
    therapist: 'Mira Kovač',
  }));
  const lostLinks = { kind: 'manage_links', practice: testPractice, series } as const;

  it('has one link to all plans, and names each plan', () => {
    const { text } = renderMessage(lostLinks, { mineUrl: 'http://a/manage/mine/t' }, NOW);
    expect(text.match(/http:\S+/g)).toEqual(['http://a/manage/mine/t']);
    expect(text).toContain('Sports with Mira Kovač, next on Tuesday 23 March at 18:00');
    expect(text).toContain('Sports with Mira Kovač, last on ');
    expect(text).toContain('book again');
  });

  it('counts what is upcoming of each plan, says of what is cancelled that it is, and offers no more dates of one alone', () => {
    const [over, next] = series;
    const read = (plan: Partial<(typeof series)[number]> & { cancelled?: number; isOnce?: true }) => {
      const about = { ...lostLinks, series: [{ ...over!, ...plan }, next!] };
      return renderMessage(about, { mineUrl: 'http://a/mine' }, NOW).text;
    };
    expect(read({ left: 1 }).match(/One upcoming date\./g)).toHaveLength(2);
    const single = read({ cancelled: 1, isOnce: true });
    expect(single).toContain('Sports with Mira Kovač, on Tuesday 16 March at 18:00, cancelled');
    expect(single).toContain('There are no upcoming dates. You can book again.');
    expect(single).not.toContain('last on');
    expect(read({ cancelled: 4 })).toContain('until Tuesday 16 March at 18:00, all dates cancelled');
    expect(read({})).toContain('You can add more, or book again.');
  });

  it('has a link to each plan, in order, where the link to all has expired', () => {
    const { text } = renderMessage(lostLinks, { manageUrls: ['http://a/1', 'http://a/2'] }, NOW);
    expect(text.indexOf('http://a/1')).toBeGreaterThan(0);
    expect(text.indexOf('http://a/1')).toBeLessThan(text.indexOf('http://a/2'));
  });
});

it('says what a renewed link is for and until when it works, with the year', () => {
  const renewed = {
    seriesUid: 's',
    firstStart: makeTestAppointment(1).start,
    sessions: 4,
    service: 'Sports',
    until: NOW + 365 * 86_400_000,
  };
  const { text } = renderMessage(
    { kind: 'link_renewed', practice: testPractice, ...renewed },
    { manageUrl: 'http://a/1' },
    NOW,
  );
  expect(text).toContain('has made a new link to your booking: Sports, 4 dates from');
  expect(text).toContain('It works until Wednesday 24 November 2027. The link you had before no longer works.');
  expect(text).toContain('http://a/1');
});

describe('hostile names', () => {
  const name = 'Eve <script>alert(1)</script> "\'&{{x}}';
  const clientMessage = (clientName: string, therapist = 'Mira Kovač') =>
    makeTestSeries(1, {
      clientName,
      appointments: [makeTestAppointment(1, { therapist, service: 'Sports\r\nBEGIN:VALARM' })],
    });

  it('are plain text in the HTML', () => {
    const { html } = renderMessage(booked(clientMessage(name), 'therapist'), {}, NOW, TO);
    expect(html).toContain('&lt;script&gt;');
    expect(html).not.toContain('<script');
  });

  it('cannot add calendar events or lines', () => {
    const evil = 'Eve\r\nEND:VEVENT\nBEGIN:VALARM;,\\;\u2028X\u0000';
    const message = renderMessage(booked(clientMessage(evil, evil), 'therapist'), {}, NOW, TO);
    const { components } = eventsOf(message);
    expect(components).toHaveLength(1);
    expect(components[0]!.getAllSubcomponents('valarm')).toHaveLength(0);
    expect(message.subject).not.toMatch(/[\r\n\u2028]/);
  });

  it('cannot reverse the direction of text', () => {
    const message = renderMessage(booked(clientMessage('Eve \u202Eevil\u2066 Smith'), 'therapist'), {}, NOW, TO);
    for (const words of [message.subject, message.text, message.html, message.calendars[0]!.content])
      expect(words).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });

  it('survive line folding with an emoji across octet 75', () => {
    for (let pad = 40; pad < 72; pad += 1) {
      const clientName = `${'a'.repeat(pad)}👩🏽‍⚕️ Ó Súilleabháin`;
      const { events } = eventsOf(renderMessage(booked(clientMessage(clientName), 'therapist'), {}, NOW, TO));
      expect(events[0]?.summary).toBe(clientName);
    }
  });

  it('are cut when they are a megabyte long', () => {
    const message = renderMessage(booked(clientMessage('x'.repeat(1_000_000)), 'therapist'), {}, NOW, TO);
    expect(message.text.length + message.html.length + message.calendars[0]!.content.length).toBeLessThan(10_000);
  });

  it('do not become links in mail programs', () => {
    const message = renderMessage(
      booked(clientMessage('Win at evil.example/x or eve@evil.example'), 'therapist'),
      {},
      NOW,
      TO,
    );
    for (const words of [
      message.subject,
      message.text,
      message.html,
      message.calendars[0]!.content.replace(/\r\n /g, ''),
    ]) {
      expect(words).toContain('Win at evil.\u200bexample/\u200bx or eve@\u200bevil.\u200bexample');
    }
  });

  it('are left out of e-mails to an address that nobody has confirmed', () => {
    const message = renderMessage(booked(clientMessage('')), {}, NOW, TO);
    expect(message.text).toMatch(/^Hello,\n/);
  });

  it('are left out of the greeting where they hold a link', () => {
    const { text } = renderMessage(booked(clientMessage('Win at https://evil.example')), {}, NOW, TO);
    expect(text).toContain('Hello,');
    expect(text).not.toContain('evil.example');
  });
});

describe('the look of an e-mail', () => {
  const coloured = (colour?: string) => {
    const notification = { ...booked(), practice: { ...testPractice, ...(colour && { colour }) } } as Notification;
    return renderMessage(notification, { manageUrl: MANAGE }, NOW, TO).html;
  };

  it('loads nothing, and sets a text colour only together with its background', () => {
    const html = coloured('plum');
    expect(html).not.toMatch(/<table|<img|<script|<style|<link|url\(|src=/i);
    const set = [...html.matchAll(/style="([^"]*#[0-9a-f]{3,6}[^"]*)"/gi)].map(([, style]) => style!);
    expect(set.length).toBeGreaterThan(1);
    for (const style of set) expect(style).toMatch(/background:#6f4a7a;color:#faf7f2/);
    expect(html).toContain('content="light dark"');
  });

  it('begins with the practice’s letter in its colour, or in green where an older message names no colour', () => {
    expect(coloured()).toMatch(/background:#2c6e5b[^>]*>F<\/span>Fortnight Massage/);
    expect(coloured('"><b>')).not.toContain('"><b>"');
  });

  it('leaves letter and colour out of the plain text', () => {
    const text = (colour: string) =>
      renderMessage({ ...booked(), practice: { ...testPractice, colour } } as Notification, {}, NOW).text;
    expect(text('plum')).toBe(text('rose'));
  });
});

describe('the e-mail about an answer', () => {
  const url = 'http://127.0.0.1:3000/questions/answered/abc';

  it.each([
    ['question', 'Fortnight Massage has answered your question'],
    ['report', 'Fortnight Massage has corrected a page'],
  ] as const)('to a %s gives the link and nothing of what was asked', (about, subject) => {
    const message = renderMessage(
      { kind: 'answered', about, practice: testPractice, askedId: 'abc' },
      { answerUrl: url },
      NOW,
      TO,
    );
    expect(message.subject).toBe(subject);
    expect(message.text).toContain(url);
    expect(message.html).toContain(url);
    expect(message.calendars).toEqual([]);
  });
});

it('says that a link to a written answer is for the asker alone', () => {
  const facts = {
    kind: 'answered',
    about: 'question',
    practice: testPractice,
    askedId: 'abc',
    isInWords: true,
  } as const;
  const { text } = renderMessage(facts, { answerUrl: 'http://a/1' }, NOW, TO);
  for (const words of ['we have answered it.', 'Read the answer', 'please do not forward this e-mail'])
    expect(text).toContain(words);
});

it.each([
  [1, 'A reader’s question or report is waiting'],
  [3, '3 questions and reports from readers are waiting'],
])('tells the practice that %i readers wait, with a link', (waiting, subject) => {
  const message = renderMessage(
    { kind: 'asked', practice: testPractice, waiting },
    { inboxUrl: 'http://a/practice/questions' },
    NOW,
    TO,
  );
  expect(message.subject).toBe(subject);
  expect(message.text).toContain('http://a/practice/questions');
});

it('announces a skipped date that is free again, with one link to book it and no calendar file', () => {
  const { start, therapist } = makeTestAppointment(2);
  const notification: Notification = { kind: 'freed', practice: testPractice, seriesUid: 'a series', start, therapist };
  const { subject, text, calendars } = renderMessage(notification, { manageUrl: MANAGE }, NOW, TO);
  expect(subject).toBe('Free again: Tuesday 23 March at 18:00');
  for (const words of ['with Mira Kovač', MANAGE, 'Dublin time (Europe/Dublin)', 'whoever books it first'])
    expect(text).toContain(words);
  expect(calendars).toEqual([]);
});

describe('a message in the practice’s own words', () => {
  const words = 'The street is closed.\n\n<b>Come</b> by the garden\u202e gate & ring.';
  const { subject, text, html } = renderMessage(
    { kind: 'message', practice: testPractice, words },
    {},
    NOW,
    'una@example.org',
  );

  it('is shown as typed, one paragraph per line, as plain text', () => {
    expect(subject).toBe(`A message from ${testPractice.name}`);
    expect(text).toContain('The street is closed.\n\n<b>Come</b> by the garden gate & ring.');
    expect(html).toContain('&lt;b&gt;Come&lt;/b&gt; by the garden gate &amp; ring.');
    expect(text + html).not.toContain('\u202e');
  });

  it('says who wrote it, and how to answer', () => {
    expect(text).toContain(
      `${testPractice.name} wrote this to you. You can answer this e-mail, or call ${testPractice.phone}.`,
    );
  });
});

import { describe, expect, it } from 'vitest';
import type { Notification, NotificationAppointment, NotificationSeries } from '@/scheduling/notification-types';
import type { MessageLinks } from './links';
import { renderMessage } from './render-message';
import { makeTestAppointment, makeTestSeries, testPractice } from './test-notifications';

const NOW = Date.UTC(2026, 10, 24, 9);
const MANAGE = 'http://127.0.0.1:3000/manage/abcdef';
const HOUR = 3_600_000;

type Kind = 'booked' | 'moved' | 'cancelled' | 'changed';

/** Builds a message about the changed dates of a series. */
function makeNotification(
  kind: Kind,
  audience: 'client' | 'therapist',
  appointments: NotificationAppointment[],
  changed: number[],
  {
    links = { manageUrl: MANAGE },
    reason,
    added = [],
    beside,
  }: { links?: MessageLinks; reason?: string; added?: number[]; beside?: NotificationSeries['beside'] } = {},
) {
  const idOf = (position: number) => `appointment-${position}`;
  const notification = {
    kind,
    audience,
    practice: testPractice,
    series: makeTestSeries(appointments.length, { appointments, ...(beside && { beside }) }),
    changed: changed.map(idOf),
    ...(kind === 'changed' && { added: added.map(idOf) }),
    ...(reason && { reason }),
  } as Notification;
  return renderMessage(notification, links, NOW, 'ana@example.org');
}
const all = (count: number, changes: Partial<NotificationAppointment> = {}) =>
  Array.from({ length: count }, (_, at) => makeTestAppointment(at + 1, changes));

describe('every e-mail to a client', () => {
  const { text, html } = makeNotification('booked', 'client', all(3), [1, 2, 3]);

  it('begins with the next date, the place and the link, and then lists all dates', () => {
    const next = text.indexOf('Your next date:\n  Tuesday 16 March 2027, 18:00 to 19:00: Swedish with Mira Kovač');
    const place = text.indexOf('Fortnight Massage, 12 Camden Row, Dublin 8', next);
    const link = text.indexOf(MANAGE);
    const list = text.indexOf('All your dates');
    expect([next, place, link, list].every((at) => at > 0)).toBe(true);
    expect(next < place && place < link && link < list).toBe(true);
  });

  it('greets the client by first name, below the practice’s name', () => {
    expect(text).toMatch(/^Hello Ana,\n/);
    expect(html.indexOf('>Fortnight Massage</p>')).toBeLessThan(html.indexOf('Hello Ana'));
  });

  it('previews the next date, and shows dates in bold', () => {
    expect(html).toMatch(/display:none[^>]*>Next: Tuesday 16 March at 18:00 at Fortnight Massage, 12 Camden Row/);
    expect(html).toContain('<b>Tuesday 16 March 2027, 18:00 to 19:00</b>: Swedish with Mira Kovač');
  });
});

it('adds the practice’s own opening and closing words, for clients only', () => {
  const own = { ...testPractice, opening: 'How good to hear from you.', closing: 'See you soon, <b>Ruth</b>' };
  const notification: Notification = { kind: 'booked', audience: 'client', practice: own, series: makeTestSeries(2) };
  const { text, html } = renderMessage(notification, { manageUrl: MANAGE }, NOW);
  expect(text).toMatch(/^Hello Ana,\n\nHow good to hear from you\.\n\nYour two massages/);
  expect(text).toMatch(/See you soon, <b>Ruth<\/b>\n\nAll times are/);
  expect(html).toContain('See you soon, &lt;b&gt;Ruth&lt;/b&gt;');
  const toTherapist = renderMessage({ ...notification, audience: 'therapist' }, {}, NOW).text;
  expect(toTherapist).not.toContain('How good');
});

describe('added dates', () => {
  const { subject, text } = makeNotification('booked', 'client', all(4), [3, 4]);

  it('are listed as new, with their price', () => {
    expect(subject).toBe('Added: Tuesdays at 18:00 with Mira Kovač, 30 Mar to 6 Apr');
    const [before = '', after = ''] = text.split('Your dates now');
    const added = before.slice(before.indexOf('Added'));
    expect(added.match(/18:00 to 19:00/g)).toHaveLength(2);
    expect(added).toContain('Tuesday 30 March 2027');
    expect(after.match(/18:00 to 19:00/g)).toHaveLength(4);
    expect(text).toContain('Two more dates are booked for you at Fortnight Massage.');
    expect(text).toContain('The new dates cost €136 together.');
  });

  it('are not announced to the therapist as a new client', () => {
    const { subject, text } = makeNotification('booked', 'therapist', all(4), [4], { links: {} });
    expect(subject).toBe('Added: Ana Costa, Tuesday 6 April at 18:00');
    expect(text).toContain('Ana Costa is booked with you for one more massage.');
  });
});

describe('dates that pass to a colleague', () => {
  it('tell the client who replaces whom', () => {
    const appointments = all(2, { therapist: 'Jun Sato', wasWith: 'Mira Kovač' });
    const { subject, text } = makeNotification('moved', 'client', appointments, [1, 2], {
      reason: 'Mira is on leave.',
    });
    expect(subject).toBe('Jun Sato instead of Mira Kovač: Tuesdays at 18:00, 16 Mar to 23 Mar');
    expect(text).toContain('Jun Sato will give your massages instead of Mira Kovač. The day and time stay the same.');
    expect(text).toContain('Mira is on leave.');
    expect(text).not.toContain('cancelled');
  });

  it('tell the client that the time has changed too', () => {
    const [date] = all(1, { therapist: 'Jun Sato', wasWith: 'Mira Kovač' });
    const later = { ...date!, start: date!.start + HOUR, end: date!.end + HOUR, movedFrom: date!.start };
    const { subject, text } = makeNotification('moved', 'client', [later], [1]);
    expect(subject).toBe('Jun Sato instead of Mira Kovač: Tuesday 16 March at 19:00');
    expect(text).toContain('Please check the time, which has changed.');
    expect(text).toContain('19:00 to 20:00: Swedish with Jun Sato (it was Tuesday 16 March at 18:00, with Mira Kovač)');
  });

  it('are not cancelled for the therapist who hands them over', () => {
    const { subject, text, calendars } = makeNotification(
      'cancelled',
      'therapist',
      all(2, { status: 'cancelled', nowWith: 'Jun Sato' }),
      [1, 2],
    );
    expect(subject).toBe('Now with Jun Sato: Ana Costa, Tuesdays at 18:00, 16 Mar to 23 Mar');
    expect(text).toContain('Jun Sato takes over two massages with Ana Costa from you.');
    expect(text).not.toMatch(/are cancelled/);
    // The therapist's own calendar removes them all the same.
    expect(calendars.map(({ method }) => method)).toEqual(['CANCEL', 'CANCEL']);
  });

  it('are not a new client for the therapist who takes them over', () => {
    const appointments = all(2, { therapist: 'Jun Sato', wasWith: 'Mira Kovač' });
    const { subject, text, calendars } = makeNotification('booked', 'therapist', appointments, [1, 2]);
    expect(subject).toBe('Yours now: Ana Costa, Tuesdays at 18:00, 16 Mar to 23 Mar');
    expect(text).toContain('You take over two massages with Ana Costa from Mira Kovač.');
    expect(calendars.map(({ method }) => method)).toEqual(['REQUEST', 'REQUEST']);
  });
});

describe('a date with a new length', () => {
  const [date] = all(1, { wasMinutes: 60, priceCents: 9800 });
  const longer = { ...date!, end: date!.start + 1.5 * HOUR };

  it('is not described as moved', () => {
    const { subject, text } = makeNotification('moved', 'client', [longer], [1]);
    expect(subject).toBe('Now 90 minutes: Tuesday 16 March at 18:00 with Mira Kovač');
    expect(text).toContain('Your massage is longer: 90 minutes instead of 60.');
    expect(text).toContain('It now costs €98.');
    expect(`${subject}${text}`).not.toMatch(/moved/i);
  });

  it('is described to its therapist in the same way', () => {
    const shorter = { ...date!, end: date!.start + HOUR / 2 };
    const { subject, text } = makeNotification('moved', 'therapist', [shorter], [1]);
    expect(subject).toBe('Now 30 minutes: Ana Costa, Tuesday 16 March at 18:00');
    expect(text).toContain('The massage with Ana Costa is shorter: 30 minutes instead of 60.');
  });
});

describe('the e-mail about a cancellation', () => {
  const cancelled = makeTestAppointment(2, { status: 'cancelled', cancelledBy: 'practice' });
  const dates = [makeTestAppointment(1), cancelled, makeTestAppointment(3)];
  const at = (start: number, url: string) => ({
    start,
    therapist: 'Jun Sato',
    sessions: 1,
    cadence: 'once' as const,
    url,
  });

  it('by the practice says who cancels, why and sorry, and offers other times', () => {
    const links = {
      manageUrl: MANAGE,
      newTimes: [at(cancelled.start + HOUR, 'http://a/1'), at(cancelled.start + 24 * HOUR, 'http://a/2')],
    };
    const { subject, text, html } = makeNotification('cancelled', 'client', dates, [2], {
      links,
      reason: 'The heating is out.',
    });
    expect(subject).toBe('Cancelled: Tuesday 23 March at 18:00 with Mira Kovač');
    expect(text).toContain(
      'We are sorry: Fortnight Massage has to cancel your massage on Tuesday 23 March at 18:00 with Mira Kovač.\n\nThe heating is out.',
    );
    expect(text).toContain('  Tuesday 23 March at 19:00 with Jun Sato\n  http://a/1');
    expect(html).toContain('href="http://a/2"');
  });

  it('of a whole plan by the practice offers whole plans', () => {
    const plan = {
      start: dates[0]!.start,
      therapist: 'Jun Sato',
      sessions: 3,
      cadence: 'biweekly' as const,
      url: 'u',
    };
    const { text } = makeNotification(
      'cancelled',
      'client',
      all(3, { status: 'cancelled', cancelledBy: 'practice' }),
      [1, 2, 3],
      {
        links: { newTimes: [plan] },
      },
    );
    expect(text).toContain(
      'Tuesdays at 18:00 with Jun Sato, every 2 weeks, three dates from Tuesday 16 March at 18:00',
    );
    expect(text).toContain('has to cancel three of your dates');
    expect(text).not.toContain('Your next date');
  });

  it('by the practice says who cancels and sorry before it offers other times, where another date moves with it', () => {
    const moved = makeTestAppointment(1, { movedFrom: makeTestAppointment(1).start - HOUR });
    const links = { manageUrl: MANAGE, newTimes: [at(cancelled.start + HOUR, 'http://a/1')] };
    const about = { links, reason: 'The heating is out.' };
    const one = makeNotification('changed', 'client', [moved, cancelled], [1, 2], about).text;
    expect(one).toContain(
      'Some of your dates have changed.\n\nWe are sorry: Fortnight Massage has to cancel your massage on Tuesday 23 March at 18:00 with Mira Kovač.\n\nThe heating is out.',
    );
    expect(one.indexOf('We are sorry')).toBeLessThan(one.indexOf('These times are free.'));
    const third = makeTestAppointment(3, { status: 'cancelled', cancelledBy: 'practice' });
    const own = makeTestAppointment(4, { status: 'cancelled', cancelledBy: 'client' });
    const two = makeNotification('changed', 'client', [moved, cancelled, third, own], [1, 2, 3, 4], about).text;
    expect(two).toContain('We are sorry: Fortnight Massage has to cancel two of your dates.');
    const asked = makeNotification('changed', 'client', [moved, own], [1, 4]).text;
    expect(asked).not.toContain('sorry');
  });

  it('by the practice counts no date that the client gave up themselves', () => {
    const own = (n: number) => makeTestAppointment(n, { status: 'cancelled', cancelledBy: 'client' });
    const { text } = makeNotification('cancelled', 'client', [own(1), cancelled, own(3)], [1, 2, 3]);
    expect(text).toContain(
      'We are sorry: Fortnight Massage has to cancel your massage on Tuesday 23 March at 18:00 with Mira Kovač.\n\nTwo of your dates are cancelled, as you asked.',
    );
    const one = makeNotification('cancelled', 'client', [own(1), cancelled], [1, 2]).text;
    expect(one).toContain('Your massage on Tuesday 16 March at 18:00 with Mira Kovač is cancelled, as you asked.');
  });

  it('by the client says that they asked for it, without an apology', () => {
    const own = makeTestAppointment(2, { status: 'cancelled', cancelledBy: 'client' });
    const { text } = makeNotification('cancelled', 'client', [makeTestAppointment(1), own], [2]);
    expect(text).toContain('Your massage on Tuesday 23 March at 18:00 with Mira Kovač is cancelled, as you asked.');
    expect(text).not.toContain('sorry');
    expect(makeNotification('cancelled', 'therapist', [own], [2]).text).toContain('The client asked for it.');
  });

  it('tells the therapist that the time is free again only where the client gave it up', () => {
    const told = (by?: 'client' | 'practice') => {
      const about = makeTestAppointment(2, { status: 'cancelled', ...(by && { cancelledBy: by }) });
      return makeNotification('cancelled', 'therapist', [about], [2]).text;
    };
    expect(told('client')).toContain('The client asked for it. The time is free again.');
    for (const by of ['practice', undefined] as const) expect(told(by)).not.toContain('free again');
  });

  it('of the last date links to booking again', () => {
    const links = { manageUrl: MANAGE };
    const { text } = makeNotification('cancelled', 'client', all(2, { status: 'cancelled' }), [1, 2], { links });
    expect(text).toContain(`See your booking, or book again:\n${MANAGE}`);
    const some = makeNotification('cancelled', 'client', dates, [2], { links });
    expect(some.text).not.toContain('book again');
  });
});

it('lists several changes by kind, also to a therapist', () => {
  const changes = [
    makeTestAppointment(1, { movedFrom: makeTestAppointment(1).start - HOUR }),
    makeTestAppointment(2, { status: 'cancelled', nowWith: 'Jun Sato' }),
    makeTestAppointment(3, { wasWith: 'Jun Sato' }),
    makeTestAppointment(4, { wasMinutes: 30 }),
  ];
  const { subject, text } = makeNotification('changed', 'therapist', changes, [1, 2, 3, 4], { added: [3] });
  expect(subject).toBe('Changed: Ana Costa, one date moved, one with a new length, one passed to you, one passed on');
  for (const words of ['This is the new time.', 'This date is longer or shorter.', 'with a colleague now.'])
    expect(text).toContain(words);
});

describe('an e-mail about somebody else’s dates', () => {
  const greetingFor = (bookedBy: string, clientName = 'Mia Lane') => {
    const series = makeTestSeries(2, { clientName, bookedBy });
    const notification = { kind: 'booked', audience: 'client', practice: testPractice, series } as Notification;
    return renderMessage(notification, { manageUrl: MANAGE }, NOW, 'lane@example.org');
  };

  it('greets the person who booked, and says whom the dates are for', () => {
    const { subject, text, attachments } = { attachments: [], ...greetingFor('Ada Lane') };
    expect(subject).toMatch(/^Booked: .+ \(for Mia Lane\)$/);
    expect(text).toMatch(/^Hello Ada,\n\nThis is about the dates of Mia Lane\.\n/);
    expect(attachments.map((file) => String((file as { content: unknown }).content)).join()).not.toContain('Ana');
  });

  it('contains no name that could be a link', () => {
    expect(greetingFor('Ada Lane', 'www.example.org').text).not.toContain('This is about');
    expect(greetingFor('Ada Lane', 'www.example.org').subject).not.toContain('(for');
  });
});

describe('two people who come at the same time', () => {
  const beside = { name: 'Ben Costa', therapists: ['Tom Nolan'] };
  it('are both named when they are booked, and a second link is announced', () => {
    const { text, html } = makeNotification('booked', 'client', all(2), [1, 2], { beside });
    const expected =
      'Ben Costa comes at the same time, and is with Tom Nolan. You will get a separate e-mail with the link to those dates.';
    expect(text).toContain(expected);
    expect(html).toContain(expected);
  });
  it('are named to the therapist, and to a client about a later change, without mention of a second e-mail', () => {
    const told1 = makeNotification('booked', 'therapist', all(2), [1, 2], { links: {}, beside }).text;
    const told2 = makeNotification('moved', 'client', all(2, { movedFrom: 0 }), [1], { beside }).text;
    for (const text of [told1, told2]) {
      expect(text).toContain('Ben Costa comes at the same time, and is with Tom Nolan.');
      expect(text).not.toContain('separate e-mail');
    }
  });
  it('are not named while nobody has confirmed the address, or where the name could be a link', () => {
    for (const name of ['', 'www.evil.example/x'])
      expect(makeNotification('booked', 'client', all(1), [1], { beside: { ...beside, name } }).text).toContain(
        'Somebody else comes at the same time, and is with Tom Nolan.',
      );
  });
});

it('says of dates that pass to several colleagues at their old times that the therapist has changed, not that they have moved', () => {
  const [first, second] = [
    { wasWith: 'Mira Kovač', therapist: 'Jun Sato' },
    { wasWith: 'Mira Kovač', therapist: 'Tom' },
  ];
  const dates = [makeTestAppointment(1, first), makeTestAppointment(2, second)];
  const sent = makeNotification('moved', 'client', dates, [1, 2]);
  expect(sent.text).toContain('Two of your massages are with another therapist now. The days and times stay the same.');
  expect(sent.subject).toBe('Changed: Tuesdays at 18:00, 16 Mar to 23 Mar');
  const movedToo = [dates[0]!, makeTestAppointment(2, { ...second, movedFrom: makeTestAppointment(2).start - HOUR })];
  expect(makeNotification('moved', 'client', movedToo, [1, 2]).text).toContain('Two of your dates have changed.');
});

it('tells a therapist in whole sentences of a single date that passes on, and calls no new date one that stays', () => {
  const taken = [makeTestAppointment(1, { wasWith: 'Jun Sato' }), makeTestAppointment(2)];
  const toHeir = makeNotification('booked', 'therapist', taken, [1]).text;
  expect(toHeir).toContain('You take over one massage with Ana Costa from Jun Sato.');
  expect(toHeir).toContain('With you now\n');
  expect(toHeir).not.toContain('Still with you');
  const given = [makeTestAppointment(1, { status: 'cancelled', nowWith: 'Jun Sato' }), makeTestAppointment(2)];
  const toGiver = makeNotification('cancelled', 'therapist', given, [1]).text;
  expect(toGiver).toContain('Jun Sato takes over one massage with Ana Costa from you.');
  expect(toGiver).toContain('Still with you\n');
});

it('calls the date next that comes first, and gives the range of the dates, where one has moved past its neighbour', () => {
  const [first, second] = [makeTestAppointment(1), makeTestAppointment(2)];
  const start = second.start + 72 * HOUR;
  const moved = makeTestAppointment(1, { start, end: start + HOUR, movedFrom: first.start });
  const toClient = makeNotification('moved', 'client', [moved, second], [1]);
  expect(toClient.text).toContain('Your next date:\n  Tuesday 23 March 2027, 18:00 to 19:00');
  expect(toClient.html).toMatch(/display:none[^>]*>Next: Tuesday 23 March at 18:00/);
  const list = toClient.text.slice(toClient.text.indexOf('Your dates now'));
  expect(list.indexOf('2. Tuesday 23 March')).toBeLessThan(list.indexOf('1. Friday 26 March'));
  const toTherapist = makeNotification('moved', 'therapist', [moved, second], [1]);
  expect(toTherapist.html).toMatch(/display:none[^>]*>Next with Ana Costa: Tuesday 23 March at 18:00/);
  const cancelled = { status: 'cancelled' } as const;
  const gone = [
    { ...moved, ...cancelled },
    { ...second, ...cancelled },
  ];
  expect(makeNotification('cancelled', 'client', gone, [1, 2]).subject).toBe(
    'Cancelled: two dates with Mira Kovač, 23 Mar to 26 Mar',
  );
  expect(makeNotification('booked', 'client', [makeTestAppointment(1), moved].reverse(), [1]).subject).toContain(
    '16 Mar to 26 Mar',
  );
  const two = [moved, { ...second, ...cancelled }, makeTestAppointment(3)];
  expect(makeNotification('changed', 'client', two, [1, 2]).subject).toContain('next Friday 26 March at 18:00');
});

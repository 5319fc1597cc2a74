import type { Notification, NotificationAppointment, NotificationPractice } from '@/scheduling/notification-types';
import { getDayPartBit } from '@/scheduling/waitlist-matching';
import type { MessageLinks } from './links';
import { makeTestAppointment, makeTestSeries } from './test-notifications';

/** A message of each kind, and in each wording that its facts can lead to. */
export interface TestMessage {
  name: string;
  notification: Notification;
  links: MessageLinks;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** When the test messages are written. */
export const TEST_MESSAGES_NOW = Date.UTC(2026, 10, 24, 9);
const UNTIL = Date.UTC(2026, 10, 26, 17);
const SITE = 'https://massage.example';

const links: MessageLinks = {
  ...{
    manageUrl: `${SITE}/m`,
    calendarUrl: `${SITE}/c`,
    questionsUrl: `${SITE}/q`,
    signInUrl: `${SITE}/s`,
    newAddressUrl: `${SITE}/n`,
    earlierAddressUrl: `${SITE}/e`,
  },
  ...{ confirmUrl: `${SITE}/k`, approveUrl: `${SITE}/a`, waitUrl: `${SITE}/w`, offerUrl: `${SITE}/o` },
  ...{ handOverUrl: `${SITE}/h`, bookUrl: `${SITE}/b`, answerUrl: `${SITE}/r`, inboxUrl: `${SITE}/i` },
  ...{ scoreUrl: `${SITE}/p`, progressUrl: `${SITE}/g`, beforeUrl: `${SITE}/f`, shortUrl: `${SITE}/c/4fJ2kQ9xPz0a` },
  ...{ hearsReplies: true, comingUrls: [`${SITE}/1`, `${SITE}/2`] },
};

export function testMessages(practice: NotificationPractice): TestMessage[] {
  return [
    ...seriesMessages(practice),
    ...linkMessages(practice),
    ...reminderMessages(practice),
    ...followUpMessages(practice),
    ...waitlistMessages(practice),
    ...handOverMessages(practice),
    ...requestMessages(practice),
  ];
}

type Change = Partial<NotificationAppointment>;

function seriesMessages(practice: NotificationPractice): TestMessage[] {
  const date = makeTestAppointment;
  const moved = (n: number): Change => ({ movedFrom: date(n).start - DAY });
  const withOther: Change = { therapist: 'Jun Sato', wasWith: 'Mira Kovač' };
  const longer = (n: number): Change => ({ end: date(n).start + 1.5 * HOUR, wasMinutes: 60 });
  const shorter: Change = { wasMinutes: 90 };
  const cancelled = (cancelledBy?: 'client' | 'practice'): Change => ({
    status: 'cancelled',
    ...(cancelledBy && { cancelledBy }),
  });
  const passedOn: Change = { status: 'cancelled', nowWith: 'Jun Sato' };
  const found: TestMessage[] = [];
  const add = (
    name: string,
    kind: 'booked' | 'moved' | 'cancelled' | 'changed',
    changes: Change[],
    other: {
      changed?: number[];
      added?: number[];
      series?: Parameters<typeof makeTestSeries>[1];
      reason?: string;
      links?: MessageLinks;
    } = {},
  ) => {
    const appointments = changes.map((change, at) => date(at + 1, change));
    const uids = (positions: number[]) => positions.map((position) => `appointment-${position}`);
    for (const audience of ['client', 'therapist'] as const) {
      const about = {
        audience,
        practice,
        series: makeTestSeries(changes.length, { appointments, ...other.series }),
        changed: uids(other.changed ?? changes.map((_, at) => at + 1)),
        ...(other.reason && { reason: other.reason }),
      };
      found.push({
        name: `${name}, to the ${audience}`,
        notification: kind === 'changed' ? { kind, ...about, added: uids(other.added ?? []) } : { kind, ...about },
        links: { ...links, ...other.links },
      });
    }
  };
  add('booked, one', 'booked', [{}]);
  add('booked, four', 'booked', [{}, {}, {}, {}]);
  add('booked, every two weeks', 'booked', [{}, {}], { series: { cadence: 'biweekly' } });
  add('booked, at different times', 'booked', [{}, { start: date(2).start + HOUR, end: date(2).end + HOUR }, {}]);
  add('booked, with skipped dates and an alarm', 'booked', [{}, {}], {
    series: { skipped: [date(3).start, date(4).start], hasCalendarAlarm: true, sessions: 4 },
  });
  add('booked by another, beside somebody', 'booked', [{}, {}], {
    series: { bookedBy: 'Ruth Keane', beside: { name: 'Ben Lane', therapists: ['Tom Byrne', 'Jun Sato'] } },
  });
  add('booked beside somebody without a name', 'booked', [{}], {
    series: { beside: { name: '', therapists: ['Tom'] } },
  });
  add('booked with house rules', 'booked', [{}], {
    series: { noShowWords: 'Ohne Absage berechnen wir 40 €.', moveCutoffMinutes: 1440 },
  });
  add('booked, cutoffs of days and minutes', 'booked', [{}], {
    series: { cancelCutoffMinutes: 4320, moveCutoffMinutes: 90, clientName: '' },
  });
  add('booked and unconfirmed', 'booked', [{}], { series: { isUnconfirmed: true, clientName: '' } });
  const repeated = Date.UTC(2027, 9, 31, 0, 30);
  add('booked in an hour that comes twice', 'booked', [
    { start: repeated, end: repeated + HOUR },
    { start: repeated + HOUR, end: repeated + 2 * HOUR },
  ]);
  add('added, one', 'booked', [{}, {}, {}], { changed: [3] });
  add('added, two', 'booked', [{}, {}, {}], { changed: [2, 3] });
  add('moved, one', 'moved', [{}, moved(2), {}], { changed: [2] });
  add('moved, the only one', 'moved', [moved(1)]);
  add('moved, two', 'moved', [moved(1), moved(2), {}], { changed: [1, 2], reason: 'REASON' });
  add('with another, one', 'moved', [withOther]);
  add('with another, two', 'moved', [withOther, withOther]);
  add('with another, at another time', 'moved', [{ ...withOther, ...moved(1) }]);
  add('with another, at other times', 'moved', [
    { ...withOther, ...moved(1) },
    { ...withOther, ...moved(2) },
  ]);
  add('with others', 'moved', [withOther, { therapist: 'Tom Byrne', wasWith: 'Mira Kovač' }]);
  add('with others, one of them moved too', 'moved', [withOther, { ...moved(2), ...longer(2) }]);
  add('changed with nobody knows what', 'moved', [{}]);
  add('longer, one', 'moved', [longer(1)]);
  add('shorter, one of two', 'moved', [shorter, {}], { changed: [1] });
  add('another length, two', 'moved', [longer(1), shorter]);
  for (const by of ['client', 'practice', undefined] as const) {
    const newTimes = [
      { start: date(1).start + DAY, therapist: 'Mira Kovač', sessions: 1, cadence: 'once' as const, url: `${SITE}/n1` },
      { start: date(1).start, therapist: 'Jun Sato', sessions: 3, cadence: 'weekly' as const, url: `${SITE}/n2` },
      { start: date(1).start, therapist: 'Jun Sato', sessions: 4, cadence: 'biweekly' as const, url: `${SITE}/n3` },
    ];
    const more = by === 'practice' ? { reason: 'REASON', links: { newTimes } } : {};
    add(`cancelled by ${by}, one of three`, 'cancelled', [{}, cancelled(by), {}], { changed: [2], ...more });
    add(`cancelled by ${by}, the only one`, 'cancelled', [cancelled(by)], more);
    add(`cancelled by ${by}, two`, 'cancelled', [cancelled(by), cancelled(by)], more);
  }
  add('taken over, one', 'booked', [{ wasWith: 'Jun Sato' }, {}], { changed: [1] });
  add('taken over, all', 'booked', [{ wasWith: 'Jun Sato' }, { wasWith: 'Tom Byrne' }]);
  add('given over, one', 'cancelled', [passedOn, {}], { changed: [1] });
  add('given over, to several', 'cancelled', [passedOn, { ...passedOn, nowWith: 'Tom Byrne' }]);
  add(
    'several changes',
    'changed',
    [moved(1), cancelled('client'), longer(3), {}, { wasWith: 'Jun Sato' }, passedOn, {}],
    { changed: [1, 2, 3, 4, 5, 6], added: [4, 5] },
  );
  add(
    'several changes of two each',
    'changed',
    [
      ...[moved(1), moved(2), cancelled(), cancelled(), longer(5), longer(6), {}, {}],
      ...[{ wasWith: 'Jun Sato' }, { wasWith: 'Jun Sato' }, passedOn, passedOn],
    ],
    { changed: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], added: [7, 8, 9, 10] },
  );
  add('several changes, one by the practice', 'changed', [moved(1), cancelled('practice'), {}], { changed: [1, 2] });
  add(
    'several changes, two by the practice',
    'changed',
    [moved(1), cancelled('practice'), cancelled('practice'), cancelled('client')],
    { reason: 'REASON' },
  );
  add('cancelled by the practice and by the client', 'cancelled', [cancelled('practice'), cancelled('client')]);
  add('several changes, nothing left', 'changed', [cancelled(), passedOn], { series: { sessions: 2 } });
  return found;
}

function linkMessages(practice: NotificationPractice): TestMessage[] {
  const series = (left: number, clientName?: string) => ({
    ...{ uid: `s${left}`, firstStart: makeTestAppointment(1).start, left, service: 'Swedish', therapist: 'Mira Kovač' },
    ...(clientName && { clientName }),
  });
  const aboutQuestion = (state: 'answered' | 'freed', notification: Notification, name = '') => ({
    name: `${state}${name}`,
    notification,
    links,
  });
  const start = makeTestAppointment(1).start;
  const manyLinks = { manageUrls: [`${SITE}/1`, `${SITE}/2`, `${SITE}/3`] };
  const found: TestMessage[] = [
    {
      name: 'sign in',
      notification: { kind: 'sign_in', practice, nonce: 'n', expiresAt: UNTIL, callbackUrl: '/' },
      links,
    },
    {
      name: 'a new address to confirm',
      notification: { kind: 'new_address', practice, changeId: 'n', expiresAt: UNTIL },
      links,
    },
    {
      name: 'address changed',
      notification: { kind: 'address_changed', practice, changeId: 'n', expiresAt: UNTIL },
      links,
    },
    aboutQuestion('answered', { kind: 'answered', about: 'question', practice, askedId: 'a' }, ' on a page'),
    aboutQuestion(
      'answered',
      { kind: 'answered', about: 'question', practice, askedId: 'a', isInWords: true },
      ' in words',
    ),
    aboutQuestion('answered', { kind: 'answered', about: 'report', practice, askedId: 'a' }, ' a report'),
    aboutQuestion('freed', { kind: 'freed', practice, seriesUid: 's', start, therapist: 'Mira Kovač' }),
    ...[1, 2].map((waiting) => ({
      name: `asked, ${waiting}`,
      notification: { kind: 'asked' as const, practice, waiting },
      links,
    })),
    ...[1, 2].map((many) => ({
      name: `a client wrote, ${many}`,
      notification: {
        ...{ kind: 'client_message' as const, practice, seriesUid: 's' },
        details: { clientName: many === 1 ? '' : 'Ana Costa', many, uid: 'a', startsAt: start },
      },
      links,
    })),
    {
      name: 'links, one to all',
      notification: { kind: 'manage_links', practice, series: [series(4), series(1, 'Ben Lane'), series(0)] },
      links: { ...manyLinks, mineUrl: `${SITE}/mine` },
    },
    {
      name: 'links, one each',
      notification: { kind: 'manage_links', practice, series: [series(2), series(1), series(0)] },
      links: manyLinks,
    },
    ...[1, 4].map((cancelled) => ({
      name: `links, ${cancelled} cancelled`,
      notification: {
        ...{ kind: 'manage_links' as const, practice },
        series: [{ ...series(0), cancelled, ...(cancelled === 1 && { isOnce: true as const }) }],
      },
      links: { mineUrl: `${SITE}/mine` },
    })),
    ...[1, 8].map((sessions) => ({
      name: `link renewed, ${sessions}`,
      notification: {
        ...{ kind: 'link_renewed' as const, practice, seriesUid: 's', firstStart: start, sessions, service: 'Swedish' },
        until: start + 400 * DAY,
      },
      links,
    })),
    { name: 'own words', notification: { kind: 'message', practice, words: 'REASON' }, links },
  ];
  for (const ask of ['before', 'session', 'after', 'check_in'] as const)
    found.push({
      name: `score, ${ask}`,
      notification: { kind: 'score_ask', ask, practice, seriesUid: 's', slot: 'x', start, who: { clientName: 'Ana' } },
      links,
    });
  return found;
}

function reminderMessages(practice: NotificationPractice): TestMessage[] {
  const found: TestMessage[] = [];
  const until: { moveUntil: number | null; cancelUntil: number | null }[] = [
    { moveUntil: UNTIL, cancelUntil: UNTIL },
    { moveUntil: UNTIL, cancelUntil: UNTIL - DAY },
    { moveUntil: UNTIL, cancelUntil: null },
    { moveUntil: null, cancelUntil: UNTIL },
    { moveUntil: null, cancelUntil: null },
  ];
  for (const step of [0, 1440])
    for (const count of [1, 2])
      for (const [at, limits] of until.entries()) {
        const dates = [1, 2].slice(0, count).map((n) => {
          const { uid, start, end, therapist, service } = makeTestAppointment(n);
          return { uid, start, end, therapist, service, ...limits };
        });
        found.push({
          name: `reminder, step ${step}, ${count} dates, limits ${at}`,
          notification: {
            ...{ kind: 'reminder', practice, seriesUid: 's', step, clientName: 'Ana Costa', dates },
            forms: ['health', 'before'],
          },
          links,
        });
      }
  const { start, therapist } = makeTestAppointment(1);
  for (const hearsReplies of [true, false])
    found.push({
      name: `text, ${hearsReplies ? 'answered' : 'unanswered'}`,
      notification: { kind: 'reminder_text', practice, seriesUid: 's', step: 60, date: { uid: 'a', start, therapist } },
      links: { ...links, hearsReplies },
    });
  return found;
}

function followUpMessages(practice: NotificationPractice): TestMessage[] {
  const start = makeTestAppointment(1).start;
  const found: TestMessage[] = [];
  const held = [
    undefined,
    { state: 'taken' as const },
    { state: 'kept' as const, until: UNTIL, starts: [start] },
    { state: 'kept' as const, until: UNTIL, starts: [start, start + 7 * DAY] },
  ];
  const newTimes = [{ start, therapist: 'Jun Sato', sessions: 1, cadence: 'once' as const, url: `${SITE}/n` }];
  for (const about of ['again', 'missed'] as const)
    for (const cadence of ['once', 'weekly'] as const)
      for (const [at, kept] of (about === 'missed' ? held.slice(0, 1) : held).entries())
        for (const sessions of [2, 8])
          found.push({
            name: `follow-up, ${about}, ${cadence}, ${sessions}, held ${at}`,
            notification: {
              ...{ kind: 'follow_up', about, practice, uid: 'a', seriesUid: 's', clientName: 'Ana Costa', start },
              ...{ service: 'Swedish', therapist: 'Mira Kovač' },
              again: {
                ...{
                  serviceId: 'x',
                  minutes: 60,
                  cadence,
                  sessions,
                  therapistId: 'y',
                  on: '2027-04-13',
                  time: '18:00',
                },
                ...(kept && { held: kept }),
              },
            },
            links: sessions === 8 ? { ...links, newTimes } : links,
          });
  return found;
}

function waitlistMessages(practice: NotificationPractice): TestMessage[] {
  const start = makeTestAppointment(1).start;
  const everyDay = [0, 1, 2, 3, 4, 5, 6].flatMap((day) =>
    (['morning', 'afternoon', 'evening'] as const).map((part) => getDayPartBit(day, part)),
  );
  const sum = (bits: number[]) => bits.reduce((all, bit) => all + bit, 0);
  const waits = { minutes: 60, service: 'Swedish', fromOn: '2026-12-01', untilOn: '2026-12-31' };
  const mornings = sum([getDayPartBit(1, 'morning'), getDayPartBit(1, 'evening'), getDayPartBit(3, 'afternoon')]);
  const waitsFor = [
    { ...waits, therapist: null, cadence: 'once', sessions: 1, dayParts: sum(everyDay), atTime: null } as const,
    { ...waits, therapist: 'Mira', cadence: 'weekly', sessions: 8, dayParts: mornings, atTime: null } as const,
    { ...waits, untilOn: '2026-12-01', therapist: 'Mira', cadence: 'biweekly', sessions: 4 } as const,
  ].map((request) => ({ dayParts: getDayPartBit(2, 'morning'), atTime: '18:00', ...request }));
  const found: TestMessage[] = waitsFor.flatMap((request, at) =>
    [true, false].map((mustConfirm) => ({
      name: `waits ${at}, ${mustConfirm ? 'to confirm' : 'on the list'}`,
      notification: {
        ...{ kind: 'waitlist' as const, state: 'joined' as const, practice, entryId: 'e', mustConfirm },
        ...{ waitsFor: request, who: { clientName: 'Ana Costa', bookedBy: 'Ruth Keane' } },
      },
      links,
    })),
  );
  const offer = {
    ...{ kind: 'waitlist' as const, state: 'offer' as const, practice, offerId: 'o', until: UNTIL },
    ...{ service: 'Swedish', minutes: 60, therapist: 'Mira Kovač', who: { clientName: 'Ana Costa' } },
  };
  found.push(
    { name: 'offer of one', notification: { ...offer, starts: [start] }, links },
    { name: 'offer in place of another', notification: { ...offer, starts: [start], swaps: start + 7 * DAY }, links },
    { name: 'offer of a skipped one', notification: { ...offer, starts: [start], isSkipped: true }, links },
    { name: 'offer of two', notification: { ...offer, starts: [start, start + 7 * DAY] }, links },
  );
  return found;
}

function handOverMessages(practice: NotificationPractice): TestMessage[] {
  const start = makeTestAppointment(1).start;
  return (['ask', 'asked', 'declined', 'withdrawn'] as const).flatMap((state) =>
    [1, 3].map((count) => ({
      name: `hand-over, ${state}, ${count}`,
      notification: {
        ...{ kind: 'hand_over' as const, state, practice, requestId: 'r' },
        details: {
          ...{ clientName: count === 1 ? 'Ana Costa' : '', from: 'Mira Kovač', to: 'Jun Sato', until: UNTIL },
          ...{ reason: 'REASON', who: { clientName: 'Ana Costa' } },
          dates: [
            { from: start, to: start },
            { from: start + 7 * DAY, to: start + 7 * DAY + HOUR },
            { from: start + 14 * DAY, to: start + 15 * DAY },
          ].slice(0, count),
        },
      },
      links,
    })),
  );
}

function requestMessages(practice: NotificationPractice): TestMessage[] {
  const { start, end, service } = makeTestAppointment(1);
  const dates = [
    { start, end, service, therapist: null },
    { start: start + 7 * DAY, end: end + 7 * DAY, service, therapist: 'Mira Kovač' },
  ];
  return (['to_confirm', 'to_approve', 'declined', 'taken', 'new'] as const).flatMap((state) =>
    [1, 2].map((count) => ({
      name: `request, ${state}, ${count}`,
      notification: {
        ...{ kind: 'request' as const, state, practice, requestId: 'r', until: UNTIL },
        dates: dates.slice(0, count),
      },
      links,
    })),
  );
}

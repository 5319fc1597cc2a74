import type { NotificationAppointment, NotificationPractice, SeriesNotification } from '@/scheduling/notification';
import { sayCount, sayMinutes, sayMoney, sayZoneInFull } from '@/scheduling/wording';
import { dateLine, datesInShort, momentOf } from './dates';
import { demo, type MessageContent, type Part, placeOf, plain, plainName, reachOf } from './layout';
import type { Links } from './links';

/** What is told of a booking, a change or a cancellation. The question it came from and the note are left out. */
export function seriesMessage(notification: SeriesNotification, links: Links, now: number): MessageContent {
  const { practice, series } = notification;
  const booked = series.appointments.filter((appointment) => appointment.status === 'booked');
  const standing = booked.filter((appointment) => appointment.end > now);
  const about =
    notification.kind === 'booked'
      ? booked
      : series.appointments.filter((appointment) => notification.changed.includes(appointment.uid));
  const facts: Facts = {
    practice,
    standing,
    about,
    dates: datesInShort(practice, series, about, notification.audience),
  };
  return notification.audience === 'client'
    ? toClient(notification, facts, links)
    : toTherapist(notification, facts, links);
}

interface Facts {
  practice: NotificationPractice;
  standing: NotificationAppointment[];
  about: NotificationAppointment[];
  dates: string;
}

function toClient(notification: SeriesNotification, facts: Facts, links: Links): MessageContent {
  const { practice, standing, about, dates } = facts;
  const name = plainName(notification.series.clientName);
  const hello: Part = { say: name === '' || /[/@]|www\./i.test(name) ? 'Hello,' : `Hello ${name},` };
  const rest: Part[] = [
    ...(links.manageUrl && standing.length > 0
      ? [{ press: 'See, move or cancel your dates', url: links.manageUrl }]
      : []),
    ...(standing.length > 0 ? [{ say: cutoffs(notification) }] : []),
    { facts: whereabouts(practice) },
    ...demo(practice),
  ];
  if (notification.kind === 'booked')
    return {
      subject: `Booked: ${dates}`,
      parts: [
        hello,
        {
          say: `Your ${massages(about.length)} at ${plain(practice.name)} ${about.length === 1 ? 'is' : 'are'} booked. ${allTimes(practice)}`,
        },
        { list: numbered(about, practice) },
        ...whatIsSkipped(notification),
        { say: price(practice, about) },
        ...(links.confirmUrl
          ? [
              { say: 'Please confirm that this e-mail address is yours. Your dates are kept either way.' },
              { press: 'Confirm my e-mail address', url: links.confirmUrl },
            ]
          : []),
        ...(links.questionsUrl && standing.length > 0
          ? [{ press: 'A few questions before your first visit', url: links.questionsUrl }]
          : []),
        ...rest,
      ],
    };
  return {
    subject: subjectOf(notification, facts),
    parts: [
      hello,
      ...why(notification),
      ...whatChanged(notification, facts),
      ...whatStands(notification, facts),
      ...rest,
    ],
  };
}

function why({ reason }: SeriesNotification): Part[] {
  return reason ? [{ say: plain(reason) }] : [];
}

function toTherapist(notification: SeriesNotification, facts: Facts, links: Links): MessageContent {
  const { practice, about, dates } = facts;
  const client = plainName(notification.series.clientName);
  const rest: Part[] = [
    ...(links.calendarUrl ? [{ press: 'Open the calendar', url: links.calendarUrl }] : []),
    ...demo(practice),
  ];
  if (notification.kind === 'booked')
    return {
      subject: `New: ${client}, ${dates}`,
      parts: [
        { say: `${client} has booked ${massages(about.length)}. ${allTimes(practice)}` },
        { list: numbered(about, practice) },
        ...rest,
      ],
    };
  return {
    subject: subjectOf(notification, facts, `${client}, `),
    parts: [
      { say: `About ${client}.` },
      ...whatChanged(notification, facts),
      ...whatStands(notification, facts),
      ...rest,
    ],
  };
}

type ChangeNotification = Exclude<SeriesNotification, { kind: 'booked' }>;

function subjectOf(notification: ChangeNotification, facts: Facts, whose = ''): string {
  if (notification.kind === 'moved' && hasOtherTherapistAlone(facts.about)) {
    const { about, practice, dates } = facts;
    return about.length === 1
      ? `Now with ${plain(about[0]!.therapist)}: ${whose}${momentOf(practice, about[0]!.start)}`
      : `Changed: ${whose}${dates}`;
  }
  if (notification.kind === 'moved') return `Moved: ${whose}${movedTo(facts)}`;
  if (notification.kind === 'cancelled') return `Cancelled: ${whose}${facts.dates}`;
  const { moved, cancelled, added } = kindsOf(notification, facts.about);
  const counts = [
    { many: moved.length, what: 'moved' },
    { many: cancelled.length, what: 'cancelled' },
    { many: added.length, what: 'added' },
  ].filter(({ many }) => many > 0);
  const said = counts.map(({ many, what }, at) => {
    return `${sayCount(many)}${at > 0 ? '' : many === 1 ? ' date' : ' dates'} ${what}`;
  });
  return `Changed: ${whose}${said.join(', ')}`;
}

function kindsOf(notification: ChangeNotification, about: NotificationAppointment[]) {
  const isNew = ({ uid }: NotificationAppointment) =>
    notification.kind === 'changed' && notification.added.includes(uid);
  const standing = about.filter(({ status }) => status === 'booked');
  return {
    cancelled: about.filter(({ status }) => status === 'cancelled'),
    added: standing.filter(isNew),
    moved: standing.filter((appointment) => !isNew(appointment)),
  };
}

function whatChanged(notification: ChangeNotification, { practice, about }: Facts): Part[] {
  const { moved, cancelled, added } = kindsOf(notification, about);
  const lines = (told: NotificationAppointment[]) => ({
    list: told.map((appointment) => movedLine(practice, appointment)),
  });
  const are = (told: NotificationAppointment[]) => (told.length === 1 ? 'This date is' : 'These dates are');
  const parts: { say: string; told: NotificationAppointment[] }[] = [
    {
      say: hasOtherTherapistAlone(moved)
        ? 'The time stays the same, with another therapist.'
        : moved.length === 1
          ? 'This is the new time.'
          : 'These are the new times.',
      told: moved,
    },
    { say: `${are(cancelled)} cancelled.`, told: cancelled },
    { say: `${are(added)} booked as well.`, told: added },
  ].filter(({ told }) => told.length > 0);
  return parts.flatMap(({ say, told }, at) => [{ say: at === 0 ? `${say} ${allTimes(practice)}` : say }, lines(told)]);
}

/** Each keeps its time. */
function hasOtherTherapistAlone(moved: NotificationAppointment[]): boolean {
  return moved.every(({ movedFrom, wasWith }) => movedFrom === undefined && wasWith !== undefined);
}

function movedLine(practice: NotificationPractice, appointment: NotificationAppointment): string {
  const line = dateLine(practice, appointment);
  const { movedFrom, wasWith } = appointment;
  const before = [
    ...(movedFrom === undefined ? [] : [momentOf(practice, movedFrom)]),
    ...(wasWith === undefined ? [] : [`with ${plain(wasWith)}`]),
  ];
  return before.length === 0 ? line : `${line} (it was ${before.join(' ')})`;
}

function whatStands({ audience }: SeriesNotification, { practice, standing }: Facts): Part[] {
  const isClient = audience === 'client';
  if (standing.length === 0)
    return [
      {
        say: isClient
          ? 'There are no other upcoming dates in this booking.'
          : 'Nothing else of this booking is with you.',
      },
    ];
  return [{ heading: isClient ? 'Your dates now' : 'Still with you' }, { list: numbered(standing, practice) }];
}

/** Why the numbers of the list leave one out. */
function whatIsSkipped({ practice, series: { skipped = [] } }: SeriesNotification): Part[] {
  if (skipped.length === 0) return [];
  return [{ say: `Skipped, and not booked: ${skipped.map((start) => momentOf(practice, start)).join('; ')}.` }];
}

function movedTo({ practice, about, dates }: Facts): string {
  return about.length === 1 ? `now ${momentOf(practice, about[0]!.start)}` : dates;
}

function numbered(told: NotificationAppointment[], practice: NotificationPractice): string[] {
  if (told.length === 1) return [dateLine(practice, told[0]!)];
  return told.map((appointment) => `${appointment.position}. ${dateLine(practice, appointment)}`);
}

function massages(count: number): string {
  return count === 1 ? 'massage' : `${sayCount(count)} massages`;
}

function allTimes({ timeZone }: NotificationPractice): string {
  return `All times are ${sayZoneInFull(timeZone)}.`;
}

function price({ currency, locale }: NotificationPractice, told: NotificationAppointment[]): string {
  const cents = told.reduce((sum, appointment) => sum + appointment.priceCents, 0);
  const total = sayMoney(cents, currency, locale);
  return told.length === 1 ? `It costs ${total}.` : `Together they cost ${total}. You can stop after any session.`;
}

function cutoffs({ practice, series }: SeriesNotification): string {
  const toCancel = sayMinutes(series.cancelCutoffMinutes);
  const toMove = sayMinutes(series.moveCutoffMinutes);
  const until =
    toCancel === toMove
      ? `You can cancel or move a date until ${toCancel} before it begins`
      : `You can cancel a date until ${toCancel} before it begins, and move it until ${toMove} before`;
  const houseRules = [series.houseRules, series.noShowWords].map((words) => (words ? ` ${plain(words)}` : '')).join('');
  return `${until}. For anything later, ${reachOf(practice)}.${houseRules}`;
}

function whereabouts(practice: NotificationPractice): [string, string][] {
  const phone = plain(practice.phone);
  return [['Where', placeOf(practice)], ...(phone ? [['Phone', phone] as [string, string]] : [])];
}

import type { NotificationAppointment, SeriesNotification } from '@/scheduling/notification-types';
import { sayDayAndTimeOf } from './dates';
import { demoNotice, type MessageContent, type MessagePart, type StyledText, sanitizeName } from './layout';
import type { MessageLinks } from './links';
import {
  areTimesUnchanged,
  lineWithPrevious,
  numberedLines,
  numberedLineWithPrevious,
  type SeriesFacts,
  sayChangeCounts,
  sayLengthChange,
  sayMassageCount,
  sayNewLength,
  sideBySideParts,
  soleChange,
  soleName,
  therapistReplacement,
  timeZonePart,
} from './series-facts';

/** What happened with one client, to a therapist: of their own dates alone. */
export function seriesMessageToTherapist(
  notification: SeriesNotification,
  facts: SeriesFacts,
  links: MessageLinks,
): MessageContent {
  const { practice, standing } = facts;
  const client = sanitizeName(notification.series.clientName);
  const [next] = standing;
  return {
    subject: subjectOf(client, notification, facts),
    preheader: next
      ? `Next with ${client}: ${sayDayAndTimeOf(practice, next.start)}`
      : `You have no other dates with ${client}.`,
    parts: [
      { text: whatHappened(client, notification, facts) },
      ...sideBySideParts(notification),
      ...(next ? [{ next: `Next with ${client}`, lines: [lineWithPrevious(practice, next)] }] : []),
      ...(links.calendarUrl ? [{ press: 'Open the calendar', url: links.calendarUrl }] : []),
      ...whatChanged(facts),
      ...remainingDates(facts),
      timeZonePart(practice),
      ...demoNotice(practice),
    ],
  };
}

function subjectOf(client: string, notification: SeriesNotification, facts: SeriesFacts): string {
  const { practice, about, dates, changes } = facts;
  const [first] = about;
  const sole = soleChange(facts);
  if (!first || sole === null) return `Changed: ${client}, ${sayChangeCounts(changes)}`;
  const now = about.length === 1 ? `now ${sayDayAndTimeOf(practice, first.start)}` : dates;
  switch (sole) {
    case 'added':
      return `${isAddition(notification, facts) ? 'Added' : 'New'}: ${client}, ${dates}`;
    case 'takenOver':
      return `Yours now: ${client}, ${dates}`;
    case 'givenOver':
      return `Now with ${soleName(about, ({ nowWith }) => nowWith) ?? 'colleagues'}: ${client}, ${dates}`;
    case 'cancelled':
      return `Cancelled: ${client}, ${dates}`;
    case 'resized':
      return `${about.length === 1 ? sayNewLength(first) : 'Another length'}: ${client}, ${dates}`;
    case 'moved':
      return areTimesUnchanged(about) ? `Changed: ${client}, ${dates}` : `Moved: ${client}, ${now}`;
  }
}

function isAddition({ kind }: SeriesNotification, { about, standing }: SeriesFacts): boolean {
  return kind === 'booked' && standing.some(({ uid }) => !about.some((change) => change.uid === uid));
}

function whatHappened(client: string, notification: SeriesNotification, facts: SeriesFacts): StyledText {
  const { about } = facts;
  const is = about.length === 1;
  switch (soleChange(facts)) {
    case 'added': {
      const what = isAddition(notification, facts)
        ? `${is ? 'one more massage' : `${sayMassageCount(about.length)} more`}`
        : sayMassageCount(about.length);
      return `${client} is booked with you for ${what === 'massage' ? 'a massage' : what}.`;
    }
    case 'takenOver':
      return `You take over ${sayMassageCount(about.length)} with ${client} from ${therapistReplacement(about)?.from ?? 'colleagues'}.`;
    case 'givenOver':
      return `${soleName(about, ({ nowWith }) => nowWith) ?? 'Somebody else'} takes over ${sayMassageCount(about.length)} with ${client} from you.`;
    case 'cancelled':
      return `${is ? 'A date' : 'Dates'} with ${client} ${is ? 'is' : 'are'} cancelled.${whoCancelled(about)} The time is free again.`;
    case 'resized':
      return is
        ? `The massage with ${client} is ${sayLengthChange(about[0]!)}.`
        : `Massages with ${client} have another length.`;
    case 'moved':
      return `${is ? 'A date' : 'Dates'} with ${client} ${is ? 'has' : 'have'} moved.`;
    case null:
      return `Dates with ${client} have changed.`;
  }
}

function whoCancelled(about: NotificationAppointment[]): string {
  if (about.every(({ cancelledBy }) => cancelledBy === 'client')) return ' The client asked for it.';
  return about.every(({ cancelledBy }) => cancelledBy === 'practice') ? ' The practice cancelled.' : '';
}

function whatChanged(facts: SeriesFacts): MessagePart[] {
  const { practice, about, changes, standing } = facts;
  const lines = (dates: NotificationAppointment[]) => ({ list: dates.map((date) => lineWithPrevious(practice, date)) });
  const sole = soleChange(facts);
  if (sole === 'added' || sole === 'takenOver')
    return standing.length > about.length ? [{ heading: 'These are new' }, lines(about)] : [];
  if (sole !== null)
    return sole === 'cancelled' || sole === 'givenOver' ? [{ heading: HEADINGS[sole] }, lines(about)] : [];
  const are = (dates: NotificationAppointment[]) => (dates.length === 1 ? 'This date is' : 'These dates are');
  const { moved, resized, cancelled, added, takenOver, givenOver } = changes;
  return [
    { dates: moved, text: moved.length === 1 ? 'This is the new time.' : 'These are the new times.' },
    { dates: resized, text: `${are(resized)} longer or shorter.` },
    { dates: cancelled, text: `${are(cancelled)} cancelled.` },
    { dates: added, text: `${are(added)} booked as well.` },
    {
      dates: takenOver,
      text:
        takenOver.length === 1
          ? 'This date is yours now, and was a colleague’s before.'
          : 'These dates are yours now, and were a colleague’s before.',
    },
    { dates: givenOver, text: `${are(givenOver)} with a colleague now.` },
  ].flatMap(({ dates, text }) => (dates.length === 0 ? [] : [{ text }, lines(dates)]));
}

const HEADINGS = { cancelled: 'Cancelled', givenOver: 'No longer with you' };

function remainingDates(facts: SeriesFacts): MessagePart[] {
  const { practice, standing, about } = facts;
  const sole = soleChange(facts);
  if (standing.length === 0) return [{ text: 'You have no other dates in this booking.' }];
  const isAll = standing.every(({ uid }) => about.some((told) => told.uid === uid));
  if ((sole === 'added' || sole === 'takenOver') && isAll)
    return standing.length === 1 ? [] : [{ heading: 'All the dates' }, { list: numberedLines(standing, practice) }];
  if (standing.length === 1 && isAll) return [];
  const isChange = sole === 'moved' || sole === 'resized';
  const list = isChange
    ? standing.map((date) => numberedLineWithPrevious(practice, date))
    : numberedLines(standing, practice);
  return [{ heading: isChange ? 'With you now' : 'Still with you' }, { list }];
}

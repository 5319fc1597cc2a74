import type { NotificationAppointment, SeriesNotification } from '@/scheduling/notification-types';
import { formatDayAndTimeForPractice } from './dates';
import { type MessageContent, type MessagePart, sanitizeName } from './layout';
import type { MessageLinks } from './links';
import { demoNotice, formatTimeZoneNotice } from './notices';
import {
  areTimesUnchanged,
  findSoleChange,
  findSoleName,
  findTherapistReplacement,
  formatChangeCounts,
  formatLineWithPrevious,
  getCurrentAndPreviousMinutes,
  isAddition,
  numberedAppointmentLines,
  numberedAppointmentLineWithPrevious,
  type SeriesFacts,
  sideBySideParts,
} from './series-facts';
import { getMailWords } from './words/words-of';

/** What changed with one client, to a therapist, and only about the therapist's own dates. */
export function seriesMessageToTherapist(
  notification: SeriesNotification,
  facts: SeriesFacts,
  links: MessageLinks,
): MessageContent {
  const { practice, standing } = facts;
  const words = getMailWords(practice).toTherapist;
  const client = sanitizeName(notification.series.clientName);
  const [next] = standing;
  return {
    subject: subjectOf(client, notification, facts),
    preheader: next
      ? words.preheaderNext(client, formatDayAndTimeForPractice(practice, next.start))
      : words.preheaderNothing(client),
    parts: [
      { text: whatHappened(client, notification, facts) },
      ...sideBySideParts(notification),
      ...(next ? [{ next: words.nextWith(client), lines: [formatLineWithPrevious(practice, next)] }] : []),
      ...(links.calendarUrl ? [{ press: words.openCalendar, url: links.calendarUrl }] : []),
      ...whatChanged(facts),
      ...remainingDates(facts),
      { small: formatTimeZoneNotice(practice) },
      ...demoNotice(practice),
    ],
  };
}

function subjectOf(client: string, notification: SeriesNotification, facts: SeriesFacts): string {
  const { practice, about, dates, changes } = facts;
  const words = getMailWords(practice).toTherapist;
  const [first] = about;
  const sole = findSoleChange(facts);
  if (!first || sole === null) return words.subjectChanged(client, formatChangeCounts(practice, changes));
  const isOne = about.length === 1;
  switch (sole) {
    case 'added':
      return isAddition(notification, facts) ? words.subjectAdded(client, dates) : words.subjectNew(client, dates);
    case 'takenOver':
      return words.subjectTakenOver(client, dates);
    case 'givenOver':
      return words.subjectGivenOver(client, dates, soleHeir(about));
    case 'cancelled':
      return words.subjectCancelled(client, dates);
    case 'resized':
      return isOne
        ? words.subjectLength(client, dates, getCurrentAndPreviousMinutes(first).minutes)
        : words.subjectLengths(client, dates);
    case 'moved':
      if (areTimesUnchanged(about)) return words.subjectChanged(client, dates);
      return isOne
        ? words.subjectMovedOne(client, formatDayAndTimeForPractice(practice, first.start))
        : words.subjectMoved(client, dates);
  }
}

function soleHeir(about: NotificationAppointment[]): string | null {
  return findSoleName(about, ({ nowWith }) => nowWith);
}

function whatHappened(client: string, notification: SeriesNotification, facts: SeriesFacts): string {
  const { practice, about } = facts;
  const words = getMailWords(practice).toTherapist;
  const many = about.length;
  switch (findSoleChange(facts)) {
    case 'added':
      return isAddition(notification, facts) ? words.moreBooked(client, many) : words.booked(client, many);
    case 'takenOver':
      return words.takenOver(client, many, findTherapistReplacement(about)?.from ?? null);
    case 'givenOver':
      return words.givenOver(client, many, soleHeir(about));
    case 'cancelled':
      return words.cancelled(client, many, whoCancelled(about));
    case 'resized':
      return many === 1 ? words.lengthOfOne(client, getCurrentAndPreviousMinutes(about[0]!)) : words.lengths(client);
    case 'moved':
      return words.moved(client, many);
    case null:
      return words.changed(client);
  }
}

function whoCancelled(about: NotificationAppointment[]): 'client' | 'practice' | null {
  if (about.every(({ cancelledBy }) => cancelledBy === 'client')) return 'client';
  return about.every(({ cancelledBy }) => cancelledBy === 'practice') ? 'practice' : null;
}

function whatChanged(facts: SeriesFacts): MessagePart[] {
  const { practice, about, changes, standing } = facts;
  const { series, toTherapist: words } = getMailWords(practice);
  const lines = (dates: NotificationAppointment[]) => ({
    list: dates.map((date) => formatLineWithPrevious(practice, date)),
  });
  const sole = findSoleChange(facts);
  if (sole === 'added' || sole === 'takenOver')
    return standing.length > about.length ? [{ heading: words.newHeading }, lines(about)] : [];
  if (sole === 'cancelled') return [{ heading: series.cancelledHeading }, lines(about)];
  if (sole === 'givenOver') return [{ heading: words.givenOverHeading }, lines(about)];
  if (sole !== null) return [];
  const { moved, resized, cancelled, added, takenOver, givenOver } = changes;
  return [
    { dates: moved, text: series.newTimes(moved.length) },
    { dates: resized, text: series.otherLength(resized.length) },
    { dates: cancelled, text: series.cancelledOnes(cancelled.length) },
    { dates: added, text: series.bookedOnes(added.length) },
    { dates: takenOver, text: words.takenOverOnes(takenOver.length) },
    { dates: givenOver, text: words.givenOverOnes(givenOver.length) },
  ].flatMap(({ dates, text }) => (dates.length === 0 ? [] : [{ text }, lines(dates)]));
}

function remainingDates(facts: SeriesFacts): MessagePart[] {
  const { practice, standing, about } = facts;
  const { series, toTherapist: words } = getMailWords(practice);
  const sole = findSoleChange(facts);
  if (standing.length === 0) return [{ text: series.noOtherDates }];
  const isAll = standing.every(({ uid }) => about.some((appointment) => appointment.uid === uid));
  if ((sole === 'added' || sole === 'takenOver') && isAll)
    return standing.length === 1
      ? []
      : [{ heading: words.allDatesHeading }, { list: numberedAppointmentLines(standing, practice) }];
  if (standing.length === 1 && isAll) return [];
  const isChange = sole === 'moved' || sole === 'resized';
  // What is new in the list is not "still" with them.
  const isNew = facts.changes.added.length + facts.changes.takenOver.length > 0;
  const list = isChange
    ? standing.map((date) => numberedAppointmentLineWithPrevious(practice, date))
    : numberedAppointmentLines(standing, practice);
  return [{ heading: isChange || isNew ? words.nowHeading : words.stillHeading }, { list }];
}

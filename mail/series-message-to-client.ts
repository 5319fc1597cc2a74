import type {
  NotificationAppointment,
  NotificationPractice,
  SeriesNotification,
} from '@/scheduling/notification-types';
import { bookableTimesPart } from './bookable-times-part';
import { formatDayAndTimeForPractice, formatPriceForPractice } from './dates';
import { formatSubjectFor, formatWhose, greetingParts } from './greeting';
import { contactOf, formatNameAndAddressLine, type MessageContent, type MessagePart, sanitizeLine } from './layout';
import type { BookableTimeLink, MessageLinks } from './links';
import { demoNotice, formatTimeZoneNotice, ownWordsParts } from './notices';
import { changeParts, formatChangeSubject } from './series-change-to-client';
import {
  findSoleChange,
  formatLineWithPrevious,
  isAddition,
  numberedAppointmentLines,
  numberedAppointmentLineWithPrevious,
  type SeriesFacts,
  sideBySideParts,
} from './series-facts';
import { getMailWords } from './words/words-of';

/** What happened first, in a sentence; then the next date and the link; then every date. */
export function seriesMessageToClient(
  notification: SeriesNotification,
  facts: SeriesFacts,
  links: MessageLinks,
): MessageContent {
  const { practice, standing } = facts;
  const words = getMailWords(practice).toClient;
  const whose = formatWhose(practice, notification.series);
  const [next] = standing;
  return {
    subject: formatSubjectFor(practice, notification.series, formatChangeSubject(notification, facts)),
    preheader: next
      ? words.preheaderNext(formatDayAndTimeForPractice(practice, next.start), formatNameAndAddressLine(practice))
      : words.preheaderNothing,
    parts: [
      ...greetingParts(practice, notification.series),
      ...ownWordsParts(practice.opening),
      ...changeParts(notification, facts),
      ...sideBySideParts(notification),
      ...(next ? [nextPart(practice, next, whose)] : []),
      ...(links.manageUrl && next ? [{ press: words.seeDates(whose), url: links.manageUrl }] : []),
      ...(links.newTimes?.length ? insteadParts(practice, links.newTimes) : []),
      ...(links.manageUrl && !next ? [{ press: words.seeBookingOrBookAgain, url: links.manageUrl }] : []),
      ...whatChanged(facts),
      ...remainingDates(notification, facts),
      ...whatIsSkipped(notification),
      ...price(facts),
      ...confirmation(practice, links, whose),
      ...questions(notification, facts, links),
      ...(next ? [{ text: cutoffs(notification) }] : []),
      ...(next ? [] : [{ facts: whereabouts(practice) }]),
      ...ownWordsParts(practice.closing),
      { small: formatTimeZoneNotice(practice) },
      ...demoNotice(practice),
    ],
  };
}

function nextPart(practice: NotificationPractice, next: NotificationAppointment, whose: string): MessagePart {
  const lines = [formatLineWithPrevious(practice, next), formatNameAndAddressLine(practice)];
  return { next: getMailWords(practice).toClient.nextDate(whose), lines };
}

/** Times that could be booked instead, each with its link. */
function insteadParts(practice: NotificationPractice, times: BookableTimeLink[]): MessagePart[] {
  return [{ text: getMailWords(practice).toClient.freeInstead }, bookableTimesPart(practice, times)];
}

/**
 * Dates that are new, cancelled or changed in length; moved dates are in the list of all dates, with their previous
 * time.
 */
function whatChanged(facts: SeriesFacts): MessagePart[] {
  const { practice, about, changes, standing } = facts;
  const { series: words, toClient } = getMailWords(practice);
  const lines = (dates: NotificationAppointment[]) => ({
    list: dates.map((date) => formatLineWithPrevious(practice, date)),
  });
  const sole = findSoleChange(facts);
  if (sole === 'added') return standing.length > about.length ? [{ heading: toClient.addedHeading }, lines(about)] : [];
  if (sole === 'cancelled') return about.length > 1 ? [{ heading: words.cancelledHeading }, lines(about)] : [];
  if (sole !== null) return [];
  const { moved, resized, cancelled, added } = changes;
  return [
    { dates: moved, text: words.newTimes(moved.length) },
    { dates: resized, text: words.otherLength(resized.length) },
    { dates: cancelled, text: words.cancelledOnes(cancelled.length) },
    { dates: added, text: words.bookedOnes(added.length) },
  ].flatMap(({ dates, text }) => (dates.length === 0 ? [] : [{ text }, lines(dates)]));
}

function remainingDates(notification: SeriesNotification, facts: SeriesFacts): MessagePart[] {
  const { practice, standing } = facts;
  const { toClient: words, series } = getMailWords(practice);
  if (standing.length === 0) return [{ text: series.noOtherDates }];
  // The one date was already shown as the next date.
  if (standing.length === 1) return [];
  const isNew = findSoleChange(facts) === 'added' && !isAddition(notification, facts);
  const isChanged = findSoleChange(facts) !== null && findSoleChange(facts) !== 'added';
  const list = isChanged
    ? standing.map((date) => numberedAppointmentLineWithPrevious(practice, date))
    : numberedAppointmentLines(standing, practice);
  const heading = isNew ? words.allDatesHeading : words.datesNowHeading;
  return [{ heading: heading(formatWhose(practice, notification.series)) }, { list }];
}

/** Why the numbers in the list have gaps. */
function whatIsSkipped({ kind, practice, series: { skipped = [] } }: SeriesNotification): MessagePart[] {
  if (kind !== 'booked' || skipped.length === 0) return [];
  return [
    {
      text: getMailWords(practice).toClient.skipped(
        skipped.map((start) => formatDayAndTimeForPractice(practice, start)),
      ),
    },
  ];
}

/** The price of new dates; for a date with another length, its new price. */
function price({ practice, changes, standing }: SeriesFacts): MessagePart[] {
  const words = getMailWords(practice).toClient;
  const dates = changes.added.length > 0 ? changes.added : changes.resized;
  const many = dates.length;
  if (many === 0) return [];
  const total = formatPriceForPractice(
    practice,
    dates.reduce((sum, appointment) => sum + appointment.priceCents, 0),
  );
  if (changes.added.length === 0) return [{ text: words.nowCosts(many, total) }];
  return [{ text: standing.length > many ? words.newOnesCost(many, total) : words.costs(many, total) }];
}

function confirmation(practice: NotificationPractice, { confirmUrl }: MessageLinks, whose: string): MessagePart[] {
  if (!confirmUrl) return [];
  const words = getMailWords(practice).toClient;
  return [{ text: words.pleaseConfirm(whose) }, { press: words.confirmAddress, url: confirmUrl }];
}

/** Only for new bookings: dates that are added bring no new client. */
function questions(
  notification: SeriesNotification,
  facts: SeriesFacts,
  { questionsUrl }: MessageLinks,
): MessagePart[] {
  if (!questionsUrl || notification.kind !== 'booked' || facts.standing.length === 0) return [];
  if (isAddition(notification, facts)) return [];
  const whose = formatWhose(facts.practice, notification.series);
  return [{ press: getMailWords(facts.practice).toClient.healthForm(whose), url: questionsUrl }];
}

function cutoffs({ practice, series }: SeriesNotification): string {
  const { toClient: words, dates } = getMailWords(practice);
  const until = words.cutoffs({
    toCancel: dates.duration(series.cancelCutoffMinutes),
    toMove: dates.duration(series.moveCutoffMinutes),
    contact: contactOf(practice),
  });
  const { houseRules, rules, noShowWords } = series;
  const house = rules ? words.houseRules(rules) : houseRules && sanitizeLine(houseRules);
  return [until, house, noShowWords && sanitizeLine(noShowWords)].filter(Boolean).join(' ');
}

function whereabouts(practice: NotificationPractice): [string, string][] {
  const words = getMailWords(practice).toClient;
  const phone = sanitizeLine(practice.phone);
  return [
    [words.where, formatNameAndAddressLine(practice)],
    ...(phone ? [[words.phone, phone] as [string, string]] : []),
  ];
}

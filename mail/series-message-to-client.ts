import {
  capitalizeFirstLetter,
  formatCadence,
  formatDuration,
  formatMoney,
  formatNumberInWords,
} from '@/scheduling/formatting';
import type {
  NotificationAppointment,
  NotificationPractice,
  SeriesNotification,
} from '@/scheduling/notification-types';
import { sayDayAndTimeOf, weekdayAndTime } from './dates';
import { greetingParts } from './greeting';
import {
  bold,
  contactPhrase,
  demoNotice,
  joinStyledText,
  type MessageContent,
  type MessagePart,
  nameAndAddressOf,
  type StyledText,
  sanitizeLine,
} from './layout';
import type { BookableTimeLink, MessageLinks } from './links';
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
  therapistReplacement,
  timeZonePart,
} from './series-facts';

/** What happened first, in a sentence; then the next date and the link; then every date. */
export function seriesMessageToClient(
  notification: SeriesNotification,
  facts: SeriesFacts,
  links: MessageLinks,
): MessageContent {
  const { practice, standing } = facts;
  const [next] = standing;
  return {
    subject: subjectOf(notification, facts),
    preheader: next
      ? `Next: ${sayDayAndTimeOf(practice, next.start)} at ${nameAndAddressOf(practice)}`
      : 'Nothing else is booked.',
    parts: [
      ...greetingParts(notification.series),
      ...ownWords(practice.opening),
      ...whatHappened(notification, facts),
      ...sideBySideParts(notification),
      ...(next ? [nextPart(practice, next)] : []),
      ...(links.manageUrl && next ? [{ press: 'See, move or cancel your dates', url: links.manageUrl }] : []),
      ...(links.newTimes?.length ? insteadParts(practice, links.newTimes) : []),
      ...whatChanged(facts),
      ...remainingDates(notification, facts),
      ...whatIsSkipped(notification),
      ...price(facts),
      ...confirmation(links),
      ...questions(notification, facts, links),
      ...(next ? [{ text: cutoffs(notification) }] : []),
      ...(next ? [] : [{ facts: whereabouts(practice) }]),
      ...ownWords(practice.closing),
      timeZonePart(practice),
      ...demoNotice(practice),
    ],
  };
}

function ownWords(words: string | undefined): MessagePart[] {
  return words ? [{ text: sanitizeLine(words) }] : [];
}

function subjectOf(notification: SeriesNotification, facts: SeriesFacts): string {
  const { practice, about, dates, changes, standing } = facts;
  const [first] = about;
  const sole = soleChange(facts);
  if (!first || sole === null) {
    const next = standing[0] ? `; next ${sayDayAndTimeOf(practice, standing[0].start)}` : '';
    return `Changed: ${sayChangeCounts(changes)}${next}`;
  }
  if (sole === 'cancelled') return `Cancelled: ${dates}`;
  if (sole === 'added') return `${isAddition(notification, facts) ? 'Added' : 'Booked'}: ${dates}`;
  if (sole === 'resized' && about.length === 1) return `${sayNewLength(first)}: ${dates}`;
  if (sole === 'resized') return `Another length: ${dates}`;
  const other = therapistReplacement(about);
  if (other) return `${other.to} in place of ${other.from}: ${whenOf(facts)}`;
  return about.length === 1 ? `Moved: now ${dates}` : `Moved: ${dates}`;
}

/** The dates without with whom: that has been said. */
function whenOf({ practice, about, dates }: SeriesFacts): string {
  return about.length === 1 ? sayDayAndTimeOf(practice, about[0]!.start) : dates.replace(/ with [^,]*/, '');
}

/** Dates that come to others, which stand already. */
function isAddition({ kind }: SeriesNotification, { about, standing }: SeriesFacts): boolean {
  return kind === 'booked' && standing.some(({ uid }) => !about.some((change) => change.uid === uid));
}

function whatHappened(notification: SeriesNotification, facts: SeriesFacts): MessagePart[] {
  const { practice, about } = facts;
  const name = sanitizeLine(practice.name);
  const many = about.length;
  const why: MessagePart[] = notification.reason ? [{ text: sanitizeLine(notification.reason) }] : [];
  const textParts = (words: StyledText): MessagePart[] => [{ text: words }, ...why];
  switch (soleChange(facts)) {
    case null:
      return textParts('Some of your dates have changed.');
    case 'added':
      return textParts(
        isAddition(notification, facts)
          ? `${many === 1 ? 'One more date is' : `${capitalizeFirstLetter(formatNumberInWords(many))} more dates are`} booked for you at ${name}.`
          : `Your ${sayMassageCount(many)} at ${name} ${many === 1 ? 'is' : 'are'} booked.`,
      );
    case 'cancelled':
      return [...cancelledParts(facts), ...why];
    case 'resized':
      return textParts(
        many === 1 ? `Your massage is ${sayLengthChange(about[0]!)}.` : 'Some of your massages have another length.',
      );
    default:
      return textParts(movedSentence(facts));
  }
}

function movedSentence({ practice, about }: SeriesFacts): StyledText {
  const other = therapistReplacement(about);
  const [first] = about;
  const is = about.length === 1;
  if (other) {
    const times = areTimesUnchanged(about)
      ? `The day and hour ${is ? 'stays' : 'stay'} the same.`
      : 'Look at the times too: they are not all as they were.';
    return [bold(other.to), ` will give your ${is ? 'massage' : 'massages'} in place of ${other.from}. ${times}`];
  }
  if (is && first?.movedFrom !== undefined)
    return [
      `Your massage has moved from ${sayDayAndTimeOf(practice, first.movedFrom)} to `,
      bold(sayDayAndTimeOf(practice, first.start)),
      '.',
    ];
  return is
    ? 'Your massage has changed.'
    : `${capitalizeFirstLetter(formatNumberInWords(about.length))} of your dates have moved.`;
}

function cancelledParts({ practice, about }: SeriesFacts): MessagePart[] {
  const [first] = about;
  if (!first) return [];
  const name = sanitizeLine(practice.name);
  const what: StyledText =
    about.length === 1
      ? ['your massage on ', bold(sayDayAndTimeOf(practice, first.start)), ` with ${sanitizeLine(first.therapist)}`]
      : `${formatNumberInWords(about.length)} of your dates`;
  if (about.some(({ cancelledBy }) => cancelledBy === 'practice'))
    return [{ text: joinStyledText(`We are sorry: ${name} has to cancel `, what, '.') }];
  const onRequest = about.every(({ cancelledBy }) => cancelledBy === 'client') ? ', as you asked' : '';
  return [
    {
      text:
        about.length === 1
          ? [
              'Your massage on ',
              bold(sayDayAndTimeOf(practice, first.start)),
              ` with ${sanitizeLine(first.therapist)} is cancelled${onRequest}.`,
            ]
          : `${capitalizeFirstLetter(formatNumberInWords(about.length))} of your dates are cancelled${onRequest}.`,
    },
  ];
}

function nextPart(practice: NotificationPractice, next: NotificationAppointment): MessagePart {
  return { next: 'Your next date', lines: [lineWithPrevious(practice, next), nameAndAddressOf(practice)] };
}

/** What could be booked instead, each by its link. */
function insteadParts(practice: NotificationPractice, times: BookableTimeLink[]): MessagePart[] {
  return [{ text: 'These times are free. Open a link to book one:' }, bookableTimesPart(practice, times)];
}

export function bookableTimesPart(practice: NotificationPractice, times: BookableTimeLink[]): MessagePart {
  return { choices: times.map((time) => ({ label: labelOf(practice, time), url: time.url })) };
}

function labelOf(practice: NotificationPractice, { start, therapist, sessions, cadence }: BookableTimeLink): string {
  const withTherapist = ` with ${sanitizeLine(therapist)}`;
  if (sessions === 1) return `${sayDayAndTimeOf(practice, start)}${withTherapist}`;
  const rhythm = cadence === 'biweekly' ? `, ${formatCadence(cadence)}` : '';
  return `${weekdayAndTime(practice, start)}${withTherapist}${rhythm}, ${formatNumberInWords(sessions)} dates from ${sayDayAndTimeOf(practice, start)}`;
}

/** What is new, or gone; what has moved stands in the list of all, with where it was. */
function whatChanged(facts: SeriesFacts): MessagePart[] {
  const { practice, about, changes, standing } = facts;
  const lines = (dates: NotificationAppointment[]) => ({ list: dates.map((date) => lineWithPrevious(practice, date)) });
  const sole = soleChange(facts);
  if (sole === 'added') return standing.length > about.length ? [{ heading: 'Added' }, lines(about)] : [];
  if (sole === 'cancelled') return about.length > 1 ? [{ heading: 'Cancelled' }, lines(about)] : [];
  if (sole !== null) return [];
  const are = (dates: NotificationAppointment[]) => (dates.length === 1 ? 'This date is' : 'These dates are');
  const { moved, resized, cancelled, added } = changes;
  return [
    { dates: moved, text: moved.length === 1 ? 'This is the new time.' : 'These are the new times.' },
    { dates: resized, text: `${are(resized)} longer or shorter.` },
    { dates: cancelled, text: `${are(cancelled)} cancelled.` },
    { dates: added, text: `${are(added)} booked as well.` },
  ].flatMap(({ dates, text }) => (dates.length === 0 ? [] : [{ text }, lines(dates)]));
}

function remainingDates(notification: SeriesNotification, facts: SeriesFacts): MessagePart[] {
  const { practice, standing } = facts;
  if (standing.length === 0) return [{ text: 'You have no other dates in this booking.' }];
  // It has been said already, as the next.
  if (standing.length === 1) return [];
  const isNew = soleChange(facts) === 'added' && !isAddition(notification, facts);
  const isChanged = soleChange(facts) !== null && soleChange(facts) !== 'added';
  const list = isChanged
    ? standing.map((date) => numberedLineWithPrevious(practice, date))
    : numberedLines(standing, practice);
  return [{ heading: isNew ? 'All your dates' : 'Your dates now' }, { list }];
}

/** Why the numbers of the list leave one out. */
function whatIsSkipped({ kind, practice, series: { skipped = [] } }: SeriesNotification): MessagePart[] {
  if (kind !== 'booked' || skipped.length === 0) return [];
  return [{ text: `Skipped, and not booked: ${skipped.map((start) => sayDayAndTimeOf(practice, start)).join('; ')}.` }];
}

/** What is new in it costs; of another length, what it costs now. */
function price({ practice, changes, standing }: SeriesFacts): MessagePart[] {
  const told = changes.added.length > 0 ? changes.added : changes.resized;
  if (told.length === 0) return [];
  const cents = told.reduce((sum, appointment) => sum + appointment.priceCents, 0);
  const total = formatMoney(cents, practice.currency, practice.locale);
  const isPart = standing.length > told.length;
  if (changes.added.length === 0)
    return [{ text: told.length === 1 ? `It now costs ${total}.` : `They now cost ${total}.` }];
  if (isPart)
    return [{ text: told.length === 1 ? `The new date costs ${total}.` : `The new dates cost ${total} together.` }];
  return [
    { text: told.length === 1 ? `It costs ${total}.` : `Together they cost ${total}. You can stop after any session.` },
  ];
}

function confirmation({ confirmUrl }: MessageLinks): MessagePart[] {
  if (!confirmUrl) return [];
  return [
    { text: 'Please confirm that this e-mail address is yours. Your dates are kept either way.' },
    { press: 'Confirm my e-mail address', url: confirmUrl },
  ];
}

/** Asked of who has just booked: dates that are added bring nobody new. */
function questions(
  notification: SeriesNotification,
  facts: SeriesFacts,
  { questionsUrl }: MessageLinks,
): MessagePart[] {
  if (!questionsUrl || notification.kind !== 'booked' || facts.standing.length === 0) return [];
  return isAddition(notification, facts) ? [] : [{ press: 'Fill in or check your health form', url: questionsUrl }];
}

function cutoffs({ practice, series }: SeriesNotification): string {
  const toCancel = formatDuration(series.cancelCutoffMinutes);
  const toMove = formatDuration(series.moveCutoffMinutes);
  const until =
    toCancel === toMove
      ? `You can cancel or move a date until ${toCancel} before it begins`
      : `You can cancel a date until ${toCancel} before it begins, and move it until ${toMove} before`;
  const houseRules = [series.houseRules, series.noShowWords]
    .map((words) => (words ? ` ${sanitizeLine(words)}` : ''))
    .join('');
  return `${until}. After that, please ${contactPhrase(practice)}.${houseRules}`;
}

function whereabouts(practice: NotificationPractice): [string, string][] {
  const phone = sanitizeLine(practice.phone);
  return [['Where', nameAndAddressOf(practice)], ...(phone ? [['Phone', phone] as [string, string]] : [])];
}

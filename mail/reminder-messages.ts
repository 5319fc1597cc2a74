import type { Notification, ReminderDate } from '@/scheduling/notification-types';
import { WEEKLY_REMINDER_STEP } from '@/scheduling/reminder-schedule';
import { formatAppointmentLine, formatDayAndTimeForPractice } from './dates';
import { formatSubjectFor, formatWhose, greetingParts } from './greeting';
import { contactOf, formatNameAndAddressLine, type MessageContent, type MessagePart, sanitizeLine } from './layout';
import type { MessageLinks } from './links';
import { demoNotice, formatTimeZoneNotice, ownWordsParts } from './notices';
import { getMailWords } from './words/words-of';

type ReminderNotification = Extract<Notification, { kind: 'reminder' }>;

/** When, where and with whom; how to confirm or move the date; and the form to fill in, if there is one. */
export function reminderMessage(notification: ReminderNotification, links: MessageLinks): MessageContent {
  const { practice, dates, forms } = notification;
  const { reminder: words, doNotForward } = getMailWords(practice);
  const [first] = dates as [ReminderDate, ...ReminderDate[]];
  const place = formatNameAndAddressLine(practice);
  return {
    subject: formatSubjectFor(practice, notification, subjectOf(notification, first)),
    preheader: words.preheader(formatDayAndTimeForPractice(practice, first.start), place),
    parts: [
      ...greetingParts(practice, notification),
      ...ownWordsParts(practice.opening),
      { text: introOf(notification) },
      {
        next: words.yourDates(dates.length, formatWhose(practice, notification)),
        lines: [...dates.map((date) => formatAppointmentLine(practice, date)), place],
      },
      ...comingParts(notification, links),
      ...formParts(notification, forms, links),
      ...changeParts(notification, links),
      ...ownWordsParts(practice.closing),
      { small: formatTimeZoneNotice(practice) },
      { small: `${words.fewer} ${doNotForward}` },
      ...demoNotice(practice),
    ],
  };
}

function subjectOf(notification: ReminderNotification, first: ReminderDate): string {
  const { practice, step, dates } = notification;
  const words = getMailWords(practice).reminder;
  const when = formatDayAndTimeForPractice(practice, first.start);
  return step !== WEEKLY_REMINDER_STEP || dates.length === 1
    ? words.subjectOne(when, sanitizeLine(first.therapist))
    : words.subjectWeek({ many: dates.length, first: when, whose: formatWhose(practice, notification) });
}

function introOf(notification: ReminderNotification): string {
  const { practice, step, dates } = notification;
  const whose = formatWhose(practice, notification);
  const words = getMailWords(practice).reminder;
  const name = sanitizeLine(practice.name);
  return step === WEEKLY_REMINDER_STEP
    ? words.comingWeek({ many: dates.length, practice: name, whose })
    : words.lookForward(name, whose);
}

function comingParts(notification: ReminderNotification, { comingUrls = [] }: MessageLinks): MessagePart[] {
  const { practice, dates } = notification;
  const whose = formatWhose(practice, notification);
  const words = getMailWords(practice).reminder;
  return dates.flatMap((date, at): MessagePart[] => {
    const url = comingUrls[at];
    if (!url) return [];
    return [
      {
        press:
          dates.length === 1
            ? words.coming(whose)
            : words.comingOn(formatDayAndTimeForPractice(practice, date.start), whose),
        url,
      },
    ];
  });
}

function formParts(
  { practice }: ReminderNotification,
  forms: ReminderNotification['forms'],
  { questionsUrl, beforeUrl }: MessageLinks,
): MessagePart[] {
  const words = getMailWords(practice).reminder;
  return forms.flatMap((form): MessagePart[] => {
    const url = form === 'health' ? questionsUrl : beforeUrl;
    if (!url) return [];
    return form === 'health'
      ? [{ text: words.fillInForm }, { press: words.form, url }]
      : [{ press: words.sayWhatIsNew, url }];
  });
}

/** How to change the date while that is possible online; after that, whom to call. */
function changeParts(notification: ReminderNotification, { manageUrl }: MessageLinks): MessagePart[] {
  const { practice, dates } = notification;
  const { reminder: words, toClient } = getMailWords(practice);
  const whose = formatWhose(practice, notification);
  const contact = contactOf(practice);
  const open = dates.filter(({ moveUntil, cancelUntil }) => moveUntil !== null || cancelUntil !== null);
  if (open.length === 0) {
    const late = { text: words.tooLate({ many: dates.length, contact, whose }) };
    return [late, ...(manageUrl ? [{ press: words.seeDates(whose), url: manageUrl }] : [])];
  }
  const sentences = open.map((date) => formatUntil(practice, date, dates.length === 1));
  return [
    { text: [...sentences, words.afterThat(contact)].join(' ') },
    ...(manageUrl ? [{ press: toClient.seeDates(whose), url: manageUrl }] : []),
  ];
}

function formatUntil(practice: ReminderNotification['practice'], date: ReminderDate, isOnly: boolean): string {
  const words = getMailWords(practice).reminder;
  const when = isOnly ? null : formatDayAndTimeForPractice(practice, date.start);
  const { moveUntil, cancelUntil } = date;
  const move = moveUntil === null ? null : formatDayAndTimeForPractice(practice, moveUntil);
  const cancel = cancelUntil === null ? null : formatDayAndTimeForPractice(practice, cancelUntil);
  if (move !== null && cancel !== null)
    return moveUntil === cancelUntil ? words.changeUntil(when, move) : words.cancelAndMoveUntil(when, { cancel, move });
  return move === null ? words.cancelUntil(when, cancel!) : words.moveUntil(when, move);
}

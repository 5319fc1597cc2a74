import { formatNumberInWords } from '@/scheduling/formatting';
import type { Notification, ReminderDate } from '@/scheduling/notification-types';
import { WEEKLY_REMINDER_STEP } from '@/scheduling/reminder-schedule';
import { appointmentLine, sayDayAndTimeOf } from './dates';
import { greetingParts } from './greeting';
import {
  contactPhrase,
  demoNotice,
  type MessageContent,
  type MessagePart,
  nameAndAddressOf,
  sanitizeLine,
} from './layout';
import type { MessageLinks } from './links';
import { timeZonePart } from './series-facts';

type ReminderNotification = Extract<Notification, { kind: 'reminder' }>;

/** When, where and with whom; how to say that one comes, or to move it; and the form that waits, if one does. */
export function reminderMessage(notification: ReminderNotification, links: MessageLinks): MessageContent {
  const { practice, dates, forms } = notification;
  const [first] = dates as [ReminderDate, ...ReminderDate[]];
  const place = nameAndAddressOf(practice);
  return {
    subject: subjectOf(notification, first),
    preheader: `${sayDayAndTimeOf(practice, first.start)} at ${place}`,
    parts: [
      ...greetingParts(notification),
      ...(practice.opening ? [{ text: sanitizeLine(practice.opening) }] : []),
      { text: introOf(notification) },
      {
        next: dates.length === 1 ? 'Your date' : 'Your dates',
        lines: [...dates.map((date) => appointmentLine(practice, date)), place],
      },
      ...comingParts(notification, links),
      ...formParts(forms, links),
      ...changeParts(notification, links),
      ...(practice.closing ? [{ text: sanitizeLine(practice.closing) }] : []),
      timeZonePart(practice),
      {
        small:
          'To get fewer of these, or none, open your dates by the link above and look for “Reminders”. The links open your dates, so please do not forward this e-mail.',
      },
      ...demoNotice(practice),
    ],
  };
}

function subjectOf({ practice, step, dates }: ReminderNotification, first: ReminderDate): string {
  if (step !== WEEKLY_REMINDER_STEP || dates.length === 1)
    return `Reminder: ${sayDayAndTimeOf(practice, first.start)} with ${sanitizeLine(first.therapist)}`;
  return `Your next ${formatNumberInWords(dates.length)} dates, from ${sayDayAndTimeOf(practice, first.start)}`;
}

function introOf({ practice, step, dates }: ReminderNotification): string {
  const name = sanitizeLine(practice.name);
  if (step !== WEEKLY_REMINDER_STEP) return `We look forward to seeing you at ${name}.`;
  return dates.length === 1
    ? `You have one massage at ${name} in the coming week.`
    : `These are your massages at ${name} in the coming week.`;
}

function comingParts({ practice, dates }: ReminderNotification, { comingUrls = [] }: MessageLinks): MessagePart[] {
  return dates.flatMap((date, at): MessagePart[] => {
    const url = comingUrls[at];
    if (!url) return [];
    return [
      { press: dates.length === 1 ? 'I’m coming' : `I’m coming on ${sayDayAndTimeOf(practice, date.start)}`, url },
    ];
  });
}

function formParts(forms: ReminderNotification['forms'], { questionsUrl, beforeUrl }: MessageLinks): MessagePart[] {
  return forms.flatMap((form): MessagePart[] => {
    const url = form === 'health' ? questionsUrl : beforeUrl;
    if (!url) return [];
    return form === 'health'
      ? [
          { text: 'Please fill in a short form before you come. It takes about three minutes.' },
          { press: 'Fill in the form', url },
        ]
      : [{ press: 'Say whether anything is new', url }];
  });
}

/** How to change it while that can be done online; after that, whom to call. */
function changeParts({ practice, dates }: ReminderNotification, { manageUrl }: MessageLinks): MessagePart[] {
  const one = dates.length === 1;
  const reach = contactPhrase(practice);
  const open = dates.filter(({ moveUntil, cancelUntil }) => moveUntil !== null || cancelUntil !== null);
  if (open.length === 0) {
    const late = `It is too late to change ${one ? 'this date' : 'these dates'} online. If you cannot come, please ${reach}.`;
    return [{ text: late }, ...(manageUrl ? [{ press: 'See your dates', url: manageUrl }] : [])];
  }
  const words = open.map((date) => sayUntil(practice, date, one));
  return [
    { text: `${words.join(' ')} After that, please ${reach}.` },
    ...(manageUrl ? [{ press: 'See, move or cancel your dates', url: manageUrl }] : []),
  ];
}

function sayUntil(practice: ReminderNotification['practice'], date: ReminderDate, one: boolean): string {
  const what = one ? 'it' : `the date on ${sayDayAndTimeOf(practice, date.start)}`;
  const { moveUntil, cancelUntil } = date;
  if (moveUntil !== null && cancelUntil !== null) {
    return moveUntil === cancelUntil
      ? `You can move or cancel ${what} online until ${sayDayAndTimeOf(practice, moveUntil)}.`
      : `You can cancel ${what} online until ${sayDayAndTimeOf(practice, cancelUntil)}, and move it until ${sayDayAndTimeOf(practice, moveUntil)}.`;
  }
  return moveUntil === null
    ? `You can cancel ${what} online until ${sayDayAndTimeOf(practice, cancelUntil!)}.`
    : `You can move ${what} online until ${sayDayAndTimeOf(practice, moveUntil)}.`;
}

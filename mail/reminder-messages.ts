import type { Notification, ReminderDate } from '@/scheduling/notification';
import { WEEK_LINE } from '@/scheduling/reminders';
import { sayCount } from '@/scheduling/wording';
import { dateLine, momentOf } from './dates';
import { demo, type MessageContent, type Part, placeOf, plain, reachOf } from './layout';
import type { Links } from './links';
import { greetingTo } from './names';
import { allTimes } from './series-facts';

type ReminderNotification = Extract<Notification, { kind: 'reminder' }>;

/** When, where and with whom; how to say that one comes, or to move it; and the form that waits, if one does. */
export function reminderMessage(notification: ReminderNotification, links: Links): MessageContent {
  const { practice, dates, forms } = notification;
  const [first] = dates as [ReminderDate, ...ReminderDate[]];
  const place = placeOf(practice);
  return {
    subject: subjectOf(notification, first),
    preheader: `${momentOf(practice, first.start)} at ${place}`,
    parts: [
      { say: greetingTo(notification.clientName) },
      ...(practice.opening ? [{ say: plain(practice.opening) }] : []),
      { say: saidOf(notification) },
      {
        next: dates.length === 1 ? 'Your date' : 'Your dates',
        lines: [...dates.map((date) => dateLine(practice, date)), place],
      },
      ...comingParts(notification, links),
      ...formParts(forms, links),
      ...changeParts(notification, links),
      ...(practice.closing ? [{ say: plain(practice.closing) }] : []),
      allTimes(practice),
      {
        small:
          'To get fewer of these, or none, open your dates by the link above and look for “Reminders”. The links open your dates, so keep this e-mail to yourself.',
      },
      ...demo(practice),
    ],
  };
}

function subjectOf({ practice, step, dates }: ReminderNotification, first: ReminderDate): string {
  if (step !== WEEK_LINE || dates.length === 1)
    return `Reminder: ${momentOf(practice, first.start)} with ${plain(first.therapist)}`;
  return `Your next ${sayCount(dates.length)} dates, from ${momentOf(practice, first.start)}`;
}

function saidOf({ practice, step, dates }: ReminderNotification): string {
  const name = plain(practice.name);
  if (step !== WEEK_LINE) return `We look forward to seeing you at ${name}.`;
  return dates.length === 1
    ? `This is your date at ${name} in the week to come.`
    : `These are your dates at ${name} in the week to come.`;
}

function comingParts({ practice, dates }: ReminderNotification, { comingUrls = [] }: Links): Part[] {
  return dates.flatMap((date, at): Part[] => {
    const url = comingUrls[at];
    if (!url) return [];
    return [{ press: dates.length === 1 ? 'I’m coming' : `I’m coming on ${momentOf(practice, date.start)}`, url }];
  });
}

function formParts(forms: ReminderNotification['forms'], { questionsUrl, beforeUrl }: Links): Part[] {
  return forms.flatMap((form): Part[] => {
    const url = form === 'health' ? questionsUrl : beforeUrl;
    if (!url) return [];
    return form === 'health'
      ? [
          { say: 'A form waits to be filled in before you come. It takes about three minutes.' },
          { press: 'Fill in the form', url },
        ]
      : [{ press: 'Say whether anything is new', url }];
  });
}

/** How to change it while that can be done online; after that, whom to call. */
function changeParts({ practice, dates }: ReminderNotification, { manageUrl }: Links): Part[] {
  const one = dates.length === 1;
  const reach = reachOf(practice);
  const open = dates.filter(({ moveUntil, cancelUntil }) => moveUntil !== null || cancelUntil !== null);
  if (open.length === 0) {
    const late = `It is too late to change ${one ? 'this date' : 'these dates'} online. If you cannot come, please ${reach}.`;
    return [{ say: late }, ...(manageUrl ? [{ press: 'See your dates', url: manageUrl }] : [])];
  }
  const words = open.map((date) => sayUntil(practice, date, one));
  return [
    { say: `${words.join(' ')} For anything later, ${reach}.` },
    ...(manageUrl ? [{ press: 'See, move or cancel your dates', url: manageUrl }] : []),
  ];
}

function sayUntil(practice: ReminderNotification['practice'], date: ReminderDate, one: boolean): string {
  const what = one ? 'it' : `the date on ${momentOf(practice, date.start)}`;
  const { moveUntil, cancelUntil } = date;
  if (moveUntil !== null && cancelUntil !== null) {
    return moveUntil === cancelUntil
      ? `You can move or cancel ${what} online until ${momentOf(practice, moveUntil)}.`
      : `You can cancel ${what} online until ${momentOf(practice, cancelUntil)}, and move it until ${momentOf(practice, moveUntil)}.`;
  }
  return moveUntil === null
    ? `You can cancel ${what} online until ${momentOf(practice, cancelUntil!)}.`
    : `You can move ${what} online until ${momentOf(practice, moveUntil)}.`;
}

import { formatNumberInWords } from '@/scheduling/formatting';
import type { Notification } from '@/scheduling/notification-types';
import { sayDayAndTimeOf, weekdayAndTimeOfWall } from './dates';
import { greetingParts } from './greeting';
import { bold, contactPhrase, demoNotice, type MessageContent, type MessagePart, sanitizeLine } from './layout';
import type { MessageLinks } from './links';
import { bookableTimesPart } from './series-message-to-client';

type FollowUp = Extract<Notification, { kind: 'follow_up' }>;

/** After the last date of a plan, how to book it again; after a date to which nobody came, a kind line. */
export function followUpMessage(notification: FollowUp, links: MessageLinks): MessageContent {
  const { practice, about } = notification;
  return {
    subject:
      about === 'again' ? `Book again with ${sanitizeLine(notification.therapist)}?` : subjectOfMissed(notification),
    parts: [
      ...greetingParts(notification),
      ...(practice.opening ? [{ text: sanitizeLine(practice.opening) }] : []),
      ...(about === 'again' ? againParts(notification, links) : missedParts(notification, links)),
      ...(practice.closing ? [{ text: sanitizeLine(practice.closing) }] : []),
      {
        small:
          'We send this once only. To stop e-mails like this one, open your dates and look for “After your dates”.',
      },
      ...(links.manageUrl ? [{ press: 'See your dates', url: `${links.manageUrl}#after` }] : []),
      ...demoNotice(practice),
    ],
  };
}

function againParts(notification: FollowUp, links: MessageLinks): MessagePart[] {
  const { practice, service, therapist, again } = notification;
  const when =
    again.cadence === 'once' ? 'a week later at the same time' : weekdayAndTimeOfWall(practice.locale, again);
  const same = `${sanitizeLine(service)} for ${again.minutes} minutes with ${sanitizeLine(therapist)}, ${when}`;
  return [
    { text: `Thank you for coming to ${sanitizeLine(practice.name)}. That was the last date you had booked.` },
    ...(again.held?.state === 'taken' ? takenParts(notification, same, links) : freeParts(notification, same)),
    ...(links.bookUrl
      ? [{ press: again.held?.state === 'taken' ? 'See other times' : 'Book it again', url: links.bookUrl }]
      : []),
  ];
}

function freeParts({ practice, again: { held, sessions } }: FollowUp, same: string): MessagePart[] {
  if (held?.state !== 'kept')
    return [
      {
        text: `Would you like to continue? The link below offers the same as before: ${same}. Nothing is held for you, and you see every date before you book.`,
      },
    ];
  const { starts, until } = held;
  const dates =
    starts.length === 1
      ? 'this date'
      : `${starts.length < sessions ? 'the first' : 'these'} ${formatNumberInWords(starts.length)} dates`;
  return [
    {
      text: `Would you like to continue with ${same}? We are holding ${dates} for you until ${sayDayAndTimeOf(practice, until)}.`,
    },
    { list: starts.map((start) => [bold(sayDayAndTimeOf(practice, start))]) },
    {
      text: `Book ${starts.length === 1 ? 'it' : 'them'} with the link below. You see every date before anything is booked.`,
    },
  ];
}

function takenParts({ practice }: FollowUp, same: string, { newTimes = [] }: MessageLinks): MessagePart[] {
  const words = `Would you like to continue? The same as before, ${same}, is not free.`;
  if (newTimes.length === 0) return [{ text: words }];
  return [
    { text: `${words} These times near it are free. Open a link to book one:` },
    bookableTimesPart(practice, newTimes),
  ];
}

function subjectOfMissed({ practice, start }: FollowUp): string {
  return `We missed you on ${sayDayAndTimeOf(practice, start)}`;
}

function missedParts({ practice, start, therapist }: FollowUp, { bookUrl }: MessageLinks) {
  return [
    {
      text: `We expected you at ${sanitizeLine(practice.name)} on ${sayDayAndTimeOf(practice, start)} with ${sanitizeLine(therapist)}, and hope all is well.`,
    },
    { text: `If something came up, or we made a mistake, please ${contactPhrase(practice)}.` },
    ...(bookUrl ? [{ press: 'Book another time', url: bookUrl }] : []),
  ];
}

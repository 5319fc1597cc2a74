import type { Notification } from '@/scheduling/notification';
import { sayCount } from '@/scheduling/wording';
import { timesToBook } from './client-messages';
import { momentOf, weekdayAndClock } from './dates';
import { bold, demo, type MessageContent, type Part, plain, reachOf } from './layout';
import type { Links } from './links';
import { greetingTo } from './names';

type FollowUp = Extract<Notification, { kind: 'follow_up' }>;

/** After the last date of a plan, how to book it again; after a date to which nobody came, a kind line. */
export function followUpMessage(notification: FollowUp, links: Links): MessageContent {
  const { practice, about, clientName } = notification;
  return {
    subject: about === 'again' ? `Book it again with ${plain(notification.therapist)}?` : subjectOfMissed(notification),
    parts: [
      { say: greetingTo(clientName) },
      ...(practice.opening ? [{ say: plain(practice.opening) }] : []),
      ...(about === 'again' ? againParts(notification, links) : missedParts(notification, links)),
      ...(practice.closing ? [{ say: plain(practice.closing) }] : []),
      {
        small:
          'We write this once, and not again about the same dates. To get no e-mails after your dates, open the page of your dates and look for “After your dates”.',
      },
      ...(links.manageUrl ? [{ press: 'See your dates', url: `${links.manageUrl}#after` }] : []),
      ...demo(practice),
    ],
  };
}

function againParts(notification: FollowUp, links: Links): Part[] {
  const { practice, service, therapist, again } = notification;
  const when = again.cadence === 'once' ? 'a week later at the same time' : weekdayAndClock(practice.locale, again);
  const same = `${plain(service)} for ${again.minutes} minutes with ${plain(therapist)}, ${when}`;
  return [
    { say: `Thank you for coming to ${plain(practice.name)}. That was the last date you had booked.` },
    ...(again.held?.state === 'taken' ? takenParts(notification, same, links) : freeParts(notification, same)),
    ...(links.bookUrl
      ? [{ press: again.held?.state === 'taken' ? 'See other times' : 'Book it again', url: links.bookUrl }]
      : []),
  ];
}

function freeParts({ practice, again: { held, sessions } }: FollowUp, same: string): Part[] {
  if (held?.state !== 'kept')
    return [
      {
        say: `If you would like to go on: the link asks for the same as before, ${same}. It is not held for you, and you choose before anything is booked.`,
      },
    ];
  const { starts, until } = held;
  const dates =
    starts.length === 1
      ? 'this date'
      : `${starts.length < sessions ? 'the first' : 'these'} ${sayCount(starts.length)} dates`;
  return [
    { say: `If you would like to go on with ${same}: we hold ${dates} for you until ${momentOf(practice, until)}.` },
    { list: starts.map((start) => [bold(momentOf(practice, start))]) },
    { say: 'Only the link below books what is held. You see every date before anything is booked.' },
  ];
}

function takenParts({ practice }: FollowUp, same: string, { newTimes = [] }: Links): Part[] {
  const words = `If you would like to go on: the same as before, ${same}, is not free.`;
  if (newTimes.length === 0) return [{ say: words }];
  return [
    { say: `${words} These times are near it and free now. Press the link of one to book it:` },
    timesToBook(practice, newTimes),
  ];
}

function subjectOfMissed({ practice, start }: FollowUp): string {
  return `We missed you on ${momentOf(practice, start)}`;
}

function missedParts({ practice, start, therapist }: FollowUp, { bookUrl }: Links) {
  return [
    {
      say: `We had expected you at ${plain(practice.name)} on ${momentOf(practice, start)} with ${plain(therapist)}, and hope that all is well.`,
    },
    { say: `If something came between, or we made a mistake, please ${reachOf(practice)}.` },
    ...(bookUrl ? [{ press: 'Book another time', url: bookUrl }] : []),
  ];
}

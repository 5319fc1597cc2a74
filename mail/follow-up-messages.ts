import type { Notification } from '@/scheduling/notification';
import { momentOf, weekdayAndClock } from './dates';
import { demo, type MessageContent, plain, reachOf } from './layout';
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

function againParts({ practice, service, therapist, again }: FollowUp, { bookUrl }: Links) {
  const when = again.cadence === 'once' ? 'a week later at the same time' : weekdayAndClock(practice.locale, again);
  return [
    { say: `Thank you for coming to ${plain(practice.name)}. That was the last date you had booked.` },
    {
      say: `If you would like to go on: the link asks for the same as before, ${plain(service)} for ${again.minutes} minutes with ${plain(therapist)}, ${when}. It is not held for you, and you choose before anything is booked.`,
    },
    ...(bookUrl ? [{ press: 'Book it again', url: bookUrl }] : []),
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

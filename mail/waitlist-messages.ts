import {
  formatDayParts,
  formatWaitlistDateRange,
  formatWaitlistMassage,
  type WaitlistWording,
} from '@/scheduling/format-waitlist-request';
import { formatNumberInWords, formatZoneInFull } from '@/scheduling/formatting';
import type { Notification, NotificationPractice } from '@/scheduling/notification-types';
import { sayDayAndTimeOf } from './dates';
import { greetingOf } from './greeting';
import { bold, demoNotice, type MessageContent, type MessagePart, nameAndAddressOf, sanitizeLine } from './layout';
import type { MessageLinks } from './links';

type Waitlist = Extract<Notification, { kind: 'waitlist' }>;

export function waitlistMessage(notification: Waitlist, links: MessageLinks): MessageContent {
  return notification.state === 'joined' ? joinedMessage(notification, links) : offerMessage(notification, links);
}

function joinedMessage(
  { practice, mustConfirm, who, waitsFor }: Extract<Waitlist, { state: 'joined' }>,
  links: MessageLinks,
): MessageContent {
  const name = sanitizeLine(practice.name);
  if (mustConfirm)
    return {
      subject: `Confirm that you want to wait for a time at ${name}`,
      parts: [
        { text: `Somebody (we hope it was you) asked to join the waiting list of ${name} with this address.` },
        ...waitsForPart(practice, waitsFor),
        ...(links.waitUrl ? [{ press: 'Yes, put me on the list', url: links.waitUrl }] : []),
        { small: 'If it was not you, ignore this e-mail: nobody is put on the list unless that link is pressed.' },
        ...demoNotice(practice),
      ],
    };
  return {
    subject: `You are on the waiting list of ${name}`,
    parts: [
      ...greetingOf(who),
      ...waitsForPart(practice, waitsFor),
      { text: 'When a time that suits you becomes free, we hold it for you and write to you.' },
      { text: 'The e-mail says until when it is held. Nothing is booked before you say yes.' },
      ...(links.waitUrl ? [{ press: 'See it, or leave the list', url: links.waitUrl }] : []),
      ...demoNotice(practice),
    ],
  };
}

function waitsForPart({ locale }: NotificationPractice, waitsFor: WaitlistWording | undefined): MessagePart[] {
  if (!waitsFor) return [];
  const first = `${formatDayParts(waitsFor, locale)}, ${formatWaitlistDateRange(waitsFor, locale)}`;
  return [
    {
      next: 'You are waiting for',
      lines: [bold(sanitizeLine(formatWaitlistMassage(waitsFor))), first].map((line) => [line]),
    },
  ];
}

/** Freed time is held for its reader. The link shows it; only a button there books it. */
function offerMessage(offer: Extract<Waitlist, { state: 'offer' }>, links: MessageLinks): MessageContent {
  const { practice, until, service, minutes, therapist, starts, swaps, isSkipped, who } = offer;
  const first = sayDayAndTimeOf(practice, starts[0]!);
  const what = `${sanitizeLine(service)}, ${minutes} minutes, with ${sanitizeLine(therapist)}`;
  const isSeries = starts.length > 1;
  return {
    preheader: `${what}. Held until ${sayDayAndTimeOf(practice, until)}.`,
    subject: isSeries ? `Held for you: ${starts.length} dates from ${first}` : `Held for you: ${first}`,
    parts: [
      ...greetingOf(who),
      {
        text: isSkipped
          ? `You had to skip ${first}. It is free again, and we are holding it for you: ${what}.`
          : isSeries
            ? `A regular time is free, and we are holding all ${formatNumberInWords(starts.length)} dates for you: ${what}.`
            : `A time is free, and we are holding it for you: ${first}, ${what}.`,
      },
      ...(isSeries ? [{ list: starts.map((start) => sayDayAndTimeOf(practice, start)) }] : []),
      ...(swaps === undefined
        ? []
        : [{ text: `If you say yes, it replaces your date on ${sayDayAndTimeOf(practice, swaps)}.` }]),
      { text: `It is held until ${sayDayAndTimeOf(practice, until)}. After that we offer it to the next person.` },
      ...(links.offerUrl ? [{ press: 'Answer yes or no', url: links.offerUrl }] : []),
      { small: 'Nothing is booked before you say yes.' },
      { text: `Where: ${nameAndAddressOf(practice)}.` },
      { text: `All times are ${formatZoneInFull(practice.timeZone)}.` },
      ...demoNotice(practice),
    ],
  };
}

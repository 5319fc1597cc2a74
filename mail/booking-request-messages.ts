import { capitalizeFirstLetter, formatTime, formatZoneInFull } from '@/scheduling/formatting';
import type { Notification, NotificationPractice, RequestedDate } from '@/scheduling/notification-types';
import { sayDayAndTimeOf } from './dates';
import { contactPhrase, demoNotice, type MessageContent, type MessagePart, sanitizeLine } from './layout';
import type { MessageLinks } from './links';

type RequestNotification = Extract<Notification, { kind: 'request' }>;

/** What is told of a request that is not booked. Nobody has confirmed its address: no word of whoever sent it is in it. */
export function bookingRequestMessage(notification: RequestNotification, links: MessageLinks): MessageContent {
  const { practice, dates, until } = notification;
  const name = sanitizeLine(practice.name);
  const them = dates.length === 1 ? 'it' : 'them';
  const list: MessagePart[] = [
    { list: dates.map((date) => lineOf(practice, date)) },
    { text: `All times are ${formatZoneInFull(practice.timeZone)}.` },
  ];
  const reach = contactPhrase(practice);
  const end: MessagePart[] = [{ text: `Questions? ${capitalizeFirstLetter(reach)}.` }, ...demoNotice(practice)];
  const last = sayDayAndTimeOf(practice, until);
  switch (notification.state) {
    case 'to_confirm':
      return {
        subject: `Not booked yet: confirm by ${formatTime(practice.timeZone, until, practice.locale)}`,
        parts: [
          {
            text: `Nothing is booked yet. Somebody (we hope it was you) asked ${name} for the dates below with this address. Press the link by ${last}, and they are booked if they are still free. Until then no time is held.`,
          },
          ...(links.confirmUrl ? [{ press: `Confirm and book ${them}`, url: links.confirmUrl }] : []),
          ...list,
          { small: 'If it was not you, there is nothing to do: without the link nothing is booked.' },
          ...end,
        ],
      };
    case 'to_approve':
      return {
        subject: `Not booked yet: ${name} will answer`,
        parts: [
          {
            text: `Nothing is booked yet. ${name} looks at the first booking of each new client. You hear from us by e-mail when ${them === 'it' ? 'it is' : 'they are'} booked. If you have heard nothing by ${last}, nothing was booked: please ${reach}.`,
          },
          ...list,
          ...end,
        ],
      };
    case 'declined':
      return {
        subject: `Not booked: ${name}`,
        parts: [
          { text: `${name} could not take your booking. Nothing was booked, and there is nothing to pay.` },
          ...list,
          ...end,
        ],
      };
    case 'taken':
      return {
        subject: `Not booked: a date was taken at ${name}`,
        parts: [
          {
            text: `${name} said yes, but one of these dates was taken in the meantime, so nothing was booked. Please choose again: this time it is booked at once.`,
          },
          ...(links.bookUrl ? [{ press: 'Book another time', url: links.bookUrl }] : []),
          ...list,
          ...end,
        ],
      };
    case 'new':
      return {
        subject: `To approve: a new client, from ${sayDayAndTimeOf(practice, dates[0]!.start)}`,
        parts: [
          {
            text: `A new client asks for the dates below. Nothing is booked or held until you approve it, by ${last}.`,
          },
          ...(links.approveUrl ? [{ press: 'Look at it', url: links.approveUrl }] : []),
          ...list,
          ...demoNotice(practice),
        ],
      };
  }
}

function lineOf(practice: NotificationPractice, { start, end, therapist, service }: RequestedDate): string {
  const until = formatTime(practice.timeZone, end, practice.locale);
  return `${sayDayAndTimeOf(practice, start)} to ${until}: ${sanitizeLine(service)}${therapist ? ` with ${sanitizeLine(therapist)}` : ''}`;
}

import type { Notification, NotificationPractice, RequestedDate } from '@/scheduling/notification-types';
import { formatDayAndTimeForPractice, formatDayForPractice, formatTimeForPractice } from './dates';
import { contactOf, type MessageContent, type MessagePart, sanitizeLine } from './layout';
import type { MessageLinks } from './links';
import { demoNotice, formatTimeZoneNotice } from './notices';
import { getMailWords } from './words/words-of';

type RequestNotification = Extract<Notification, { kind: 'request' }>;

/**
 * Messages about a request that is not booked yet. Nobody has confirmed its address, so nothing that the sender typed
 * is in them.
 */
export function bookingRequestMessage(notification: RequestNotification, links: MessageLinks): MessageContent {
  const { practice, dates, until } = notification;
  const words = getMailWords(practice).request;
  const name = sanitizeLine(practice.name);
  const many = dates.length;
  const list: MessagePart[] = [
    { list: dates.map((date) => lineOf(practice, date)) },
    { text: formatTimeZoneNotice(practice) },
  ];
  const contact = contactOf(practice);
  const end: MessagePart[] = [{ text: words.questions(contact) }, ...demoNotice(practice)];
  const last = formatDayAndTimeForPractice(practice, until);
  const first = formatDayAndTimeForPractice(practice, dates[0]!.start);
  switch (notification.state) {
    case 'to_confirm':
      return {
        subject: words.subjectConfirm(formatTimeForPractice(practice, until)),
        parts: [
          { text: words.confirm(name, last, many) },
          ...(links.confirmUrl ? [{ press: words.confirmAndBook(many), url: links.confirmUrl }] : []),
          ...list,
          { small: words.notYou },
          ...end,
        ],
      };
    case 'to_approve':
      return {
        subject: words.subjectApprove(first),
        parts: [{ text: words.approve({ practice: name, many, until: last, contact }) }, ...list, ...end],
      };
    case 'declined':
      return { subject: words.subjectDeclined(first), parts: [{ text: words.declined(name) }, ...list, ...end] };
    case 'taken':
      return {
        subject: words.subjectTaken(first),
        parts: [
          { text: words.taken(name, many) },
          ...(links.bookUrl ? [{ press: words.bookAnother, url: links.bookUrl }] : []),
          ...list,
          ...end,
        ],
      };
    case 'new':
      return {
        subject: words.subjectNew(first, many),
        parts: [
          { text: words.isNew(last, many) },
          ...(links.approveUrl ? [{ press: words.look, url: links.approveUrl }] : []),
          ...list,
          ...demoNotice(practice),
        ],
      };
  }
}

function lineOf(practice: NotificationPractice, { start, end, therapist, service }: RequestedDate): string {
  return getMailWords(practice).request.date({
    day: formatDayForPractice(practice, start),
    from: formatTimeForPractice(practice, start),
    until: formatTimeForPractice(practice, end),
    service: sanitizeLine(service),
    therapist: therapist && sanitizeLine(therapist),
  });
}

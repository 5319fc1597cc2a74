import type { Notification } from '@/scheduling/notification';
import { type CalendarFile, calendarFiles } from './calendar';
import { htmlOf, type MessageContent, textOf } from './layout';
import { answeredMessage, freedMessage, linkRenewedMessage, manageLinksMessage, signInMessage } from './link-messages';
import type { Links } from './links';
import { requestMessage } from './request-messages';
import { seriesMessage } from './series-messages';

export interface Message {
  subject: string;
  text: string;
  html: string;
  /** One for each appointment that it is about; none for a message that is only shown. */
  calendars: CalendarFile[];
}

/** Without `toEmail` it is only shown, and carries no calendar files. */
export function messageOf(telling: Notification, links: Links, now: number, toEmail?: string): Message {
  const letter = contentOf(telling, links, now);
  const calendars = 'audience' in telling && toEmail ? calendarFiles(telling, toEmail, now) : [];
  return { subject: letter.subject, text: textOf(letter), html: htmlOf(letter), calendars };
}

function contentOf(telling: Notification, links: Links, now: number): MessageContent {
  if (telling.kind === 'sign_in') return signInMessage(telling, links);
  if (telling.kind === 'manage_links') return manageLinksMessage(telling, links);
  if (telling.kind === 'link_renewed') return linkRenewedMessage(telling, links);
  if (telling.kind === 'answered') return answeredMessage(telling, links);
  if (telling.kind === 'freed') return freedMessage(telling, links);
  if (telling.kind === 'request') return requestMessage(telling, links);
  return seriesMessage(telling, links, now);
}

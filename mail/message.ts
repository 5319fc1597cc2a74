import type { Notification } from '@/scheduling/notification';
import { type CalendarFile, calendarFiles } from './calendar';
import { followUpMessage } from './follow-up-messages';
import { htmlOf, type MessageContent, textOf } from './layout';
import {
  answeredMessage,
  askedMessage,
  clientWroteMessage,
  freedMessage,
  linkRenewedMessage,
  manageLinksMessage,
  signInMessage,
} from './link-messages';
import type { Links } from './links';
import { practiceMessage } from './practice-message';
import { reminderMessage } from './reminder-messages';
import { reminderTextMessage } from './reminder-text';
import { requestMessage } from './request-messages';
import { scoreAskMessage } from './score-messages';
import { seriesMessage } from './series-messages';
import { waitlistMessage } from './waitlist-messages';

export interface Message {
  subject: string;
  text: string;
  html: string;
  /** One for each appointment that it is about; none for a message that is only shown. */
  calendars: CalendarFile[];
}

/** Without `toEmail` it is only shown, and carries no calendar files. */
export function messageOf(notification: Notification, links: Links, now: number, toEmail?: string): Message {
  const content = contentOf(notification, links, now);
  const { manageUrl } = links;
  const calendars =
    'audience' in notification && toEmail ? calendarFiles(notification, { toEmail, now, manageUrl }) : [];
  return { subject: content.subject, text: textOf(content), html: htmlOf(content, notification.practice), calendars };
}

function contentOf(notification: Notification, links: Links, now: number): MessageContent {
  if (notification.kind === 'sign_in') return signInMessage(notification, links);
  if (notification.kind === 'manage_links') return manageLinksMessage(notification, links);
  if (notification.kind === 'link_renewed') return linkRenewedMessage(notification, links);
  if (notification.kind === 'answered') return answeredMessage(notification, links);
  if (notification.kind === 'asked') return askedMessage(notification, links);
  if (notification.kind === 'client_message') return clientWroteMessage(notification, links);
  if (notification.kind === 'freed') return freedMessage(notification, links);
  if (notification.kind === 'score_ask') return scoreAskMessage(notification, links);
  if (notification.kind === 'reminder') return reminderMessage(notification, links);
  if (notification.kind === 'follow_up') return followUpMessage(notification, links);
  if (notification.kind === 'reminder_text') return reminderTextMessage(notification, links);
  if (notification.kind === 'waitlist') return waitlistMessage(notification, links);
  if (notification.kind === 'message') return practiceMessage(notification);
  if (notification.kind === 'request') return requestMessage(notification, links);
  return seriesMessage(notification, links, now);
}

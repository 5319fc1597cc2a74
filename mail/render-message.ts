import type { Notification } from '@/scheduling/notification-types';
import { appointmentHandOverMessage } from './appointment-hand-over-messages';
import { bookingRequestMessage } from './booking-request-messages';
import { buildMailCalendarAttachments, type CalendarFile } from './calendar-files';
import { followUpMessage } from './follow-up-messages';
import { type MessageContent, renderAsHtml, renderAsText } from './layout';
import {
  addressChangedMessage,
  clientWroteMessage,
  confirmNewAddressMessage,
  linkRenewedMessage,
  manageLinksMessage,
  questionAnsweredMessage,
  readerQuestionsWaitMessage,
  signInMessage,
  skippedDateFreeMessage,
} from './link-messages';
import type { MessageLinks } from './links';
import { messageFromPractice } from './message-from-practice';
import { reminderMessage } from './reminder-messages';
import { buildReminderTextPreview } from './reminder-text-message';
import { askForScoreMessage } from './score-messages';
import { seriesMessage } from './series-messages';
import { waitlistMessage } from './waitlist-messages';
import { getMailWords } from './words/words-of';

export interface RenderedMessage {
  subject: string;
  text: string;
  html: string;
  /** One for each appointment in the message; none for a message that is only displayed. */
  calendars: CalendarFile[];
  /** The practice's logo, which the HTML shows. */
  mark?: { type: string; base64: string };
}

/** Without `toEmail` the message is only displayed, and carries no calendar files. */
export function renderMessage(
  notification: Notification,
  links: MessageLinks,
  now: number,
  toEmail?: string,
): RenderedMessage {
  const content = contentOf(notification, links, now);
  const { manageUrl } = links;
  const { colon } = getMailWords(notification.practice);
  const { mark } = notification.practice;
  const calendars =
    'audience' in notification && toEmail
      ? buildMailCalendarAttachments(notification, { toEmail, now, manageUrl })
      : [];
  return {
    subject: content.subject,
    text: renderAsText(content, colon),
    html: renderAsHtml(content, notification.practice, colon),
    calendars,
    ...(mark && { mark }),
  };
}

function contentOf(notification: Notification, links: MessageLinks, now: number): MessageContent {
  if (notification.kind === 'sign_in') return signInMessage(notification, links);
  if (notification.kind === 'new_address') return confirmNewAddressMessage(notification, links);
  if (notification.kind === 'address_changed') return addressChangedMessage(notification, links);
  if (notification.kind === 'manage_links') return manageLinksMessage(notification, links);
  if (notification.kind === 'link_renewed') return linkRenewedMessage(notification, links);
  if (notification.kind === 'answered') return questionAnsweredMessage(notification, links);
  if (notification.kind === 'asked') return readerQuestionsWaitMessage(notification, links);
  if (notification.kind === 'client_message') return clientWroteMessage(notification, links);
  if (notification.kind === 'freed') return skippedDateFreeMessage(notification, links);
  if (notification.kind === 'score_ask') return askForScoreMessage(notification, links);
  if (notification.kind === 'reminder') return reminderMessage(notification, links);
  if (notification.kind === 'follow_up') return followUpMessage(notification, links);
  if (notification.kind === 'reminder_text') return buildReminderTextPreview(notification, links);
  if (notification.kind === 'waitlist') return waitlistMessage(notification, links);
  if (notification.kind === 'hand_over') return appointmentHandOverMessage(notification, links);
  if (notification.kind === 'message') return messageFromPractice(notification);
  if (notification.kind === 'request') return bookingRequestMessage(notification, links);
  return seriesMessage(notification, links, now);
}

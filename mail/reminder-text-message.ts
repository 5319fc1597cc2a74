import { extractFirstName, formatDay, formatTime } from '@/scheduling/formatting';
import type { Notification } from '@/scheduling/notification-types';
import { countGsmCharacters, TEXT_MESSAGE_LENGTH, toGsmAlphabet } from '@/scheduling/text-messages';
import { toWallTime } from '@/scheduling/zone-conversion';
import { type MessageContent, sanitizeLine } from './layout';
import type { MessageLinks } from './links';

type ReminderText = Extract<Notification, { kind: 'reminder_text' }>;

const SHORTEST_NAME = 8;

/**
 * The words of a text: whose practice, when, with whom, the short link, and how to end texts. Nothing of the massage. A
 * long name of the practice is cut so that all of it is one text.
 */
export function reminderTextBody({ practice, date }: ReminderText, { shortUrl, hearsReplies }: MessageLinks): string {
  const { timeZone, locale } = practice;
  const when = `${formatDay(toWallTime(timeZone, date.start).on, 'short', locale)} ${formatTime(timeZone, date.start, locale)}`;
  const therapistName = extractFirstName(sanitizeLine(date.therapist));
  const end = hearsReplies ? 'Reply STOP to end' : 'To end texts, use the link';
  const rest = toGsmAlphabet(
    `: ${when} with ${therapistName}. Coming, or need to move? ${shortUrl ? `${shortUrl} ` : ''}${end}`,
  );
  const name = toGsmAlphabet(sanitizeLine(practice.name));
  const room = TEXT_MESSAGE_LENGTH - (countGsmCharacters(rest) ?? TEXT_MESSAGE_LENGTH);
  const isLong = name.length > Math.max(room, SHORTEST_NAME);
  return `${isLong ? name.slice(0, Math.max(room, SHORTEST_NAME)).trim() : name}${rest}`;
}

/** As it is shown in the list of what was sent. */
export function reminderTextAsMail(notification: ReminderText, links: MessageLinks): MessageContent {
  const words = reminderTextBody(notification, links);
  return { subject: 'Text message', preheader: words, parts: [{ text: words }] };
}

import { extractFirstName } from '@/scheduling/name-formatting';
import type { Notification } from '@/scheduling/notification-types';
import { countGsmCharacters, TEXT_MESSAGE_LENGTH, toGsmAlphabet } from '@/scheduling/text-messages';
import { formatShortDayAndTimeForPractice } from './dates';
import { type MessageContent, sanitizeLine } from './layout';
import type { MessageLinks } from './links';
import { getMailWords } from './words/words-of';

type ReminderText = Extract<Notification, { kind: 'reminder_text' }>;

const SHORTEST_NAME = 8;

/**
 * The words of a text: the practice, when, with whom, the short link, and how to end texts, but nothing about the
 * massage. A long practice name is shortened to fit everything into one text message.
 */
export function reminderTextBody(
  { practice, date }: ReminderText,
  { shortUrl: url, hearsReplies = false }: MessageLinks,
): string {
  const when = formatShortDayAndTimeForPractice(practice, date.start);
  const therapist = extractFirstName(sanitizeLine(date.therapist));
  const rest = toGsmAlphabet(getMailWords(practice).text.reminder({ when, therapist, url, hearsReplies }));
  const name = toGsmAlphabet(sanitizeLine(practice.name));
  const room = TEXT_MESSAGE_LENGTH - (countGsmCharacters(rest) ?? TEXT_MESSAGE_LENGTH);
  const isLong = name.length > Math.max(room, SHORTEST_NAME);
  return `${isLong ? name.slice(0, Math.max(room, SHORTEST_NAME)).trim() : name}${rest}`;
}

/** As the list of sent messages shows it. */
export function buildReminderTextPreview(notification: ReminderText, links: MessageLinks): MessageContent {
  const body = reminderTextBody(notification, links);
  return { subject: getMailWords(notification.practice).text.subject, preheader: body, parts: [{ text: body }] };
}

import type { Notification } from '@/scheduling/notification';
import { gsmLength, TEXT_LENGTH, toGsm } from '@/scheduling/texts';
import { sayDay, sayFirstName, sayTime } from '@/scheduling/wording';
import { toWall } from '@/scheduling/zone';
import { type MessageContent, plain } from './layout';
import type { Links } from './links';

type ReminderText = Extract<Notification, { kind: 'reminder_text' }>;

const SHORTEST_NAME = 8;

/**
 * The words of a text: whose practice, when, with whom, the short link, and how to end texts. Nothing of the massage. A
 * long name of the practice is cut so that all of it is one text.
 */
export function reminderText({ practice, date }: ReminderText, { shortUrl, hearsReplies }: Links): string {
  const { timeZone, locale } = practice;
  const when = `${sayDay(toWall(timeZone, date.start).on, 'short', locale)} ${sayTime(timeZone, date.start, locale)}`;
  const whom = sayFirstName(plain(date.therapist));
  const end = hearsReplies ? 'Reply STOP to end' : 'To end texts, use the link';
  const rest = toGsm(`: ${when} with ${whom}. Coming, or need to move? ${shortUrl ? `${shortUrl} ` : ''}${end}`);
  const name = toGsm(plain(practice.name));
  const room = TEXT_LENGTH - (gsmLength(rest) ?? TEXT_LENGTH);
  const isLong = name.length > Math.max(room, SHORTEST_NAME);
  return `${isLong ? name.slice(0, Math.max(room, SHORTEST_NAME)).trim() : name}${rest}`;
}

/** As it is shown in the list of what was sent. */
export function reminderTextMessage(notification: ReminderText, links: Links): MessageContent {
  const words = reminderText(notification, links);
  return { subject: 'Text message', preheader: words, parts: [{ say: words }] };
}

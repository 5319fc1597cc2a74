import type { NotificationPractice } from '@/scheduling/notification-types';
import { formatPracticeTimeZone } from './dates';
import { type MessagePart, sanitizeLine } from './layout';
import { getMailWords } from './words/words-of';

/** Marks a demo's mail as one. */
export function demoNotice(practice: NotificationPractice): MessagePart[] {
  return practice.isDemo ? [{ small: getMailWords(practice).demo }] : [];
}

/** Which zone the times of a message are in. */
export function formatTimeZoneNotice(practice: NotificationPractice): string {
  return getMailWords(practice).allTimes(formatPracticeTimeZone(practice));
}

/** The words with which the practice opens or closes its messages, where it has written some. */
export function ownWordsParts(words: string | undefined): MessagePart[] {
  return words ? [{ text: sanitizeLine(words) }] : [];
}

import type { NotificationPractice } from '@/scheduling/notification-types';
import { formatPracticeTimeZone } from './dates';
import type { MessagePart } from './layout';
import { getMailWords } from './words/words-of';

/** Marks a demo's mail as one. */
export function demoNotice(practice: NotificationPractice): MessagePart[] {
  return practice.isDemo ? [{ small: getMailWords(practice).demo }] : [];
}

/** Which zone the times of a message are in. */
export function formatTimeZoneNotice(practice: NotificationPractice): string {
  return getMailWords(practice).allTimes(formatPracticeTimeZone(practice));
}

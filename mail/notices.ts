import type { NotificationPractice } from '@/scheduling/notification-types';
import { formatPracticeTimeZone } from './dates';
import type { MessagePart } from './layout';
import { getMailWords } from './words/words-of';

/** Says of a demo's mail that it is one. */
export function demoNotice(practice: NotificationPractice): MessagePart[] {
  return practice.isDemo ? [{ small: getMailWords(practice).demo }] : [];
}

/** Whose time its times are. */
export function formatTimeZoneNotice(practice: NotificationPractice): string {
  return getMailWords(practice).allTimes(formatPracticeTimeZone(practice));
}

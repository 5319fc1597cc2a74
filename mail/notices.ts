import type { NotificationPractice } from '@/scheduling/notification-types';
import { sayZoneOf } from './dates';
import type { MessagePart } from './layout';
import { wordsOf } from './words/words-of';

/** Says of a demo's mail that it is one. */
export function demoNotice(practice: NotificationPractice): MessagePart[] {
  return practice.isDemo ? [{ small: wordsOf(practice).demo }] : [];
}

/** Whose time its times are. */
export function timesNotice(practice: NotificationPractice): string {
  return wordsOf(practice).allTimes(sayZoneOf(practice));
}

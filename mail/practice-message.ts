import type { Notification } from '@/scheduling/notification-types';
import { contactPhrase, demoNotice, type MessageContent, sanitizeLine } from './layout';

/** What the practice wrote itself: each line a paragraph, and nothing of it taken for more than words. */
export function practiceMessage({ practice, words }: Extract<Notification, { kind: 'message' }>): MessageContent {
  const paragraphs = words
    .split('\n')
    .map((line) =>
      line
        .replace(/\p{Cc}+/gu, ' ')
        .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
        .trim(),
    )
    .filter(Boolean);
  const reach = contactPhrase(practice);
  return {
    subject: `A message from ${sanitizeLine(practice.name)}`,
    parts: [
      ...paragraphs.map((text) => ({ text })),
      { small: `${sanitizeLine(practice.name)} wrote this to you. You can answer this e-mail, or ${reach}.` },
      ...demoNotice(practice),
    ],
  };
}

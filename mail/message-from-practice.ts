import type { Notification } from '@/scheduling/notification-types';
import { contactOf, type MessageContent } from './layout';
import { demoNotice } from './notices';
import { getMailWords } from './words/words-of';

/** A message that the practice wrote itself: each line becomes a paragraph, shown literally. */
export function messageFromPractice({
  practice,
  words: writtenWords,
}: Extract<Notification, { kind: 'message' }>): MessageContent {
  const paragraphs = writtenWords
    .split('\n')
    .map((line) =>
      line
        .replace(/\p{Cc}+/gu, ' ')
        .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
        .trim(),
    )
    .filter(Boolean);
  const words = getMailWords(practice).ownMessage;
  const contact = contactOf(practice);
  return {
    subject: words.subject(contact.name),
    parts: [...paragraphs.map((text) => ({ text })), { small: words.youCanAnswer(contact) }, ...demoNotice(practice)],
  };
}

import { extractFirstName } from '@/scheduling/name-formatting';
import type { GreetedNames, NotificationPractice } from '@/scheduling/notification-types';
import { type MessagePart, sanitizeName } from './layout';
import { getMailWords } from './words/words-of';

/** Where it is not known to whom a message goes. */
const NO_NAMES: GreetedNames = { clientName: '' };

/**
 * The greeting. Where somebody booked for another person, it greets the one who booked and says whom the dates are for.
 */
export function greetingParts(
  practice: NotificationPractice,
  { clientName, bookedBy, isForAnother }: GreetedNames = NO_NAMES,
): MessagePart[] {
  const words = getMailWords(practice);
  // Without a name where none is known, or where the name could be a link.
  const greetingTo = (fullName: string) => ({
    text: words.hello({ firstName: fullName && extractFirstName(fullName), fullName }),
  });
  const name = formatSafeName(clientName);
  if (isForAnother) return [greetingTo(''), { text: words.aboutDatesOfAnother }];
  if (bookedBy === undefined) return [greetingTo(name)];
  return [greetingTo(formatSafeName(bookedBy)), ...(name ? [{ text: words.aboutDatesOf(name) }] : [])];
}

/**
 * Whose dates a message is about: the first name of the person whom its reader booked for, or "the other person" where
 * they may not be named; empty for the reader's own.
 */
export function formatWhose(
  practice: NotificationPractice,
  { clientName, bookedBy, isForAnother }: GreetedNames = NO_NAMES,
): string {
  if (isForAnother) return getMailWords(practice).otherPerson;
  const name = bookedBy === undefined ? '' : formatSafeName(clientName);
  return name && extractFirstName(name);
}

/** A subject, naming whom the dates are for where somebody booked them for another person. */
export function formatSubjectFor(
  practice: NotificationPractice,
  { clientName, bookedBy, isForAnother }: GreetedNames = NO_NAMES,
  subject: string,
): string {
  if (isForAnother) return getMailWords(practice).subjectForAnother(subject);
  const name = bookedBy === undefined ? '' : formatSafeName(clientName);
  return name ? getMailWords(practice).subjectFor(subject, name) : subject;
}

/** A name for use in a line of a message; empty where it could be a link. */
export function formatSafeName(name: string): string {
  const cleanName = sanitizeName(name);
  return /[/@]|www\./i.test(cleanName) ? '' : cleanName;
}

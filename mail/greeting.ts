import { extractFirstName } from '@/scheduling/formatting';
import type { GreetedNames } from '@/scheduling/notification-types';
import { type MessagePart, sanitizeName } from './layout';

/** 'Hello Ana,'; without a name where there is none, or where it could be a link. */
function greetingTo(clientName: string): string {
  const name = sayPlainName(clientName);
  return name === '' ? 'Hello,' : `Hello ${extractFirstName(name)},`;
}

/** The greeting; where somebody booked for another person it is to whoever booked, and says whom the dates are for. */
export function greetingParts({ clientName, bookedBy }: GreetedNames): MessagePart[] {
  if (bookedBy === undefined) return [{ text: greetingTo(clientName) }];
  const name = sayPlainName(clientName);
  return [{ text: greetingTo(bookedBy) }, ...(name ? [{ text: `This is about the dates of ${name}.` }] : [])];
}

/** The greeting of an e-mail that may know nobody's name. */
export function greetingOf(who: GreetedNames | undefined): MessagePart[] {
  return greetingParts(who ?? { clientName: '' });
}

/** A name as a line of a message says it; empty where it could be a link. */
export function sayPlainName(name: string): string {
  const cleanName = sanitizeName(name);
  return /[/@]|www\./i.test(cleanName) ? '' : cleanName;
}

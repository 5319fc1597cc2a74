import type { Telling } from '@/scheduling/notification';
import { type CalendarFile, calendarFiles } from './calendar';
import { htmlOf, type Letter, textOf } from './layout';
import { answeredLetter, freedLetter, linkRenewedLetter, manageLinksLetter, signInLetter } from './link-messages';
import type { Links } from './links';
import { requestLetter } from './request-messages';
import { seriesLetter } from './series-messages';

export interface Message {
  subject: string;
  text: string;
  html: string;
  /** One for each appointment that it is about; none for a message that is only shown. */
  calendars: CalendarFile[];
}

/** Without `toEmail` it is only shown, and carries no calendar files. */
export function messageOf(telling: Telling, links: Links, now: number, toEmail?: string): Message {
  const letter = letterOf(telling, links, now);
  const calendars = 'audience' in telling && toEmail ? calendarFiles(telling, toEmail, now) : [];
  return { subject: letter.subject, text: textOf(letter), html: htmlOf(letter), calendars };
}

function letterOf(telling: Telling, links: Links, now: number): Letter {
  if (telling.kind === 'sign_in') return signInLetter(telling, links);
  if (telling.kind === 'manage_links') return manageLinksLetter(telling, links);
  if (telling.kind === 'link_renewed') return linkRenewedLetter(telling, links);
  if (telling.kind === 'answered') return answeredLetter(telling, links);
  if (telling.kind === 'freed') return freedLetter(telling, links);
  if (telling.kind === 'request') return requestLetter(telling, links);
  return seriesLetter(telling, links, now);
}

import type { Telling } from '@/scheduling/tell';
import { type CalendarFile, calendarFile } from './calendar';
import { htmlOf, type Letter, textOf } from './letter';
import { answeredLetter, freedLetter, manageLinksLetter, signInLetter } from './link-letters';
import type { Links } from './links';
import { requestLetter } from './request-letters';
import { seriesLetter } from './series-letters';

export interface Message {
  subject: string;
  text: string;
  html: string;
  ics?: CalendarFile;
}

export function messageOf(telling: Telling, links: Links, now: number): Message {
  const letter = letterOf(telling, links, now);
  const ics = 'series' in telling && telling.kind !== 'manage_links' ? calendarFile(telling, now) : undefined;
  return { subject: letter.subject, text: textOf(letter), html: htmlOf(letter), ...(ics && { ics }) };
}

function letterOf(telling: Telling, links: Links, now: number): Letter {
  if (telling.kind === 'sign_in') return signInLetter(telling, links);
  if (telling.kind === 'manage_links') return manageLinksLetter(telling, links);
  if (telling.kind === 'answered') return answeredLetter(telling, links);
  if (telling.kind === 'freed') return freedLetter(telling, links);
  if (telling.kind === 'request') return requestLetter(telling, links);
  return seriesLetter(telling, links, now);
}

import type { FeedDate } from '@/scheduling/feed-date';
import { type CalendarEvent, formatICalendar } from '@/scheduling/icalendar';
import type { MailLanguage } from '@/scheduling/mail-language';
import { formatNameAndAddressLine, sanitizeLine, sanitizeName } from './layout';
import type { Words } from './words/en';
import { getMailWords } from './words/words-of';

// What a calendar app reads that subscribes to the dates of a therapist, a room or a client: the same events as in the
// e-mails, with the same UIDs. Each shows no more of a date than the person who made the feed's address allowed.

export interface CalendarFeed {
  /** Whose dates they are; what a feed may show depends on who reads it. */
  kind: 'therapist' | 'room' | 'client';
  /** 'busy' shows the time alone, 'massage' also the position in the series, 'names' also with whom. */
  detail: 'busy' | 'massage' | 'names';
  /** The therapist's or the room's name; empty for a client's. */
  ownerName: string;
  practice: { name: string; address: string; timeZone: string; language?: MailLanguage };
  dates: FeedDate[];
}

const REFRESH_MINUTES = 15;
const A_DAY_MINUTES = 1440;

/**
 * A feed as a file that says it was written at `now`. A cancelled date stays in it, because some apps keep events that
 * disappear from a feed; its title says "cancelled", because other apps do not read the status. A client's name appears
 * only in a therapist's own feed.
 */
export function formatCalendarFeed(feed: CalendarFeed, now: number): string {
  const { practice, ownerName, dates } = feed;
  const text = feedTextOf(feed);
  const name = ownerName ? `${sanitizeLine(ownerName)}, ${sanitizeLine(practice.name)}` : sanitizeLine(practice.name);
  return formatICalendar({
    method: 'PUBLISH',
    ...{ name, timeZone: practice.timeZone, now, refreshMinutes: REFRESH_MINUTES },
    events: dates.map((date) => eventOf(feed, date, text)),
  });
}

/** Texts that many dates of a feed share, built once per name. */
interface FeedText {
  words: Words['calendar'];
  place: string;
  sanitize: (text: string) => string;
  sanitizeName: (text: string) => string;
}

function feedTextOf({ practice }: CalendarFeed): FeedText {
  const words = getMailWords(practice).calendar;
  const place = formatNameAndAddressLine(practice);
  return { words, place, sanitize: memoize(sanitizeLine), sanitizeName: memoize(sanitizeName) };
}

function memoize(transform: (text: string) => string): (text: string) => string {
  const cache = new Map<string, string>();
  return (text) => {
    const result = cache.get(text) ?? transform(text);
    cache.set(text, result);
    return result;
  };
}

function eventOf(feed: CalendarFeed, date: FeedDate, text: FeedText): CalendarEvent {
  const { kind, detail } = feed;
  const { uid, start, end, sequence, isCancelled } = date;
  const title = summaryOf(feed, date, text);
  const summary = isCancelled ? text.words.cancelled(title) : title;
  const status = isCancelled ? 'CANCELLED' : 'CONFIRMED';
  const location = locationOf(feed, date, text);
  const event: CalendarEvent = { uid, start, end, sequence, location, summary, status };
  if (detail === 'names') event.description = text.sanitize(date.service);
  if (kind === 'client' && date.hasAlarm && !isCancelled) event.alarmMinutes = A_DAY_MINUTES;
  return event;
}

function summaryOf(
  { kind, detail }: CalendarFeed,
  { position, sessions, client, therapist }: FeedDate,
  { words, sanitize, sanitizeName }: FeedText,
): string {
  if (detail === 'busy') return words.busy;
  const place = sessions === 1 ? '' : words.place(position, sessions);
  if (detail === 'massage') return `${words.massage} ${place}`.trim();
  const who = kind === 'therapist' ? sanitizeName(client) : words.massageWith(sanitize(therapist), null);
  return place ? `${who} (${place})` : who;
}

function locationOf({ kind, detail }: CalendarFeed, { room }: FeedDate, text: FeedText): string {
  if (detail === 'busy') return '';
  if (kind === 'client') return text.place;
  return kind === 'therapist' ? text.sanitize(room) : '';
}

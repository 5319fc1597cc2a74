import type { AuditAction } from '@/db/access/audit-actions';
import type { EventActor } from '@/db/access/audit-trail';
import { capitalizeFirstLetter } from '@/scheduling/count-wording';

interface Event {
  action: string;
  facts: Record<string, unknown>;
  by: EventActor;
}

type FormatInstant = (instant: number) => string;

const WORDS: Record<AuditAction, (facts: Record<string, unknown>, format: FormatInstant) => string> = {
  booked: ({ appointments }) => (isNumber(appointments) ? `Booked ${countOf(appointments)}` : 'Booked'),
  'booked skipped': () => 'Booked a date that had been left out',
  'booked cancelled': () => 'Booked a date again that had been cancelled',
  extended: () => 'Added more dates',
  moved: ({ from, to, moved }, format) => {
    const when = isNumber(from) && isNumber(to) ? `, from ${format(from)} to ${format(to)}` : '';
    return Array.isArray(moved) ? `Moved ${countOf(moved.length)}, the first${when}` : `Moved a date${when}`;
  },
  cancelled: ({ cancelled }) => (Array.isArray(cancelled) ? `Cancelled ${countOf(cancelled.length)}` : 'Cancelled'),
  swapped: () => 'Swapped a date with another client’s',
  'handed over': () => 'Handed over to a colleague',
  'asked about a hand-over': () => 'Asked the client about a hand-over to a colleague',
  'said yes to a hand-over': () => 'Said yes to a hand-over to a colleague',
  'said no to a hand-over': () => 'Said no to a hand-over to a colleague',
  'asks no more about a hand-over': () => 'Stopped asking the client about a hand-over',
  'dealt with a hand-over': () => 'Noted that the answer about a hand-over was dealt with',
  asked: () => 'Asked for dates that wait to be confirmed',
  taken: () => 'Told that the dates asked for were taken',
  declined: () => 'Declined the dates asked for',
  confirmed: ({ way }) => (way === 'staff' ? 'Said that they are known' : 'Confirmed the e-mail address'),
  'checked in': ({ choice }) => `Looked back after some sessions, and chose to ${CHOICES[String(choice)] ?? 'go on'}`,
  'wrote to the practice': () => 'Sent the practice a message',
  'message answered': () => 'Marked a client’s message as answered',
  'said they come': () => 'Said that they come',
  arrived: () => 'Noted that they had arrived',
  begun: () => 'Noted that a date had begun',
  completed: () => 'Noted that a date took place',
  'marked no-show': () => 'Noted that they did not come',
  'marked late cancel': () => 'Noted a late cancellation',
  'took back the outcome': () => 'Undid how a date went',
  'took back a change': () => 'Undid an earlier change',
  'undid a change': () => 'Undid an earlier change',
  waits: () => 'Joined the waiting list',
  'waits by phone': () => 'Confirmed by phone for the waiting list',
  'left waitlist': () => 'Left the waiting list',
  'removed from waitlist': () => 'Taken off the waiting list',
  offered: ({ startsAt, sessions }, format) => {
    const when = isNumber(startsAt) ? `, ${isNumber(sessions) && sessions > 1 ? 'from ' : ''}${format(startsAt)}` : '';
    return `Was offered ${isNumber(sessions) ? countOf(sessions) : 'a date'}${when}`;
  },
  'offer accepted': ({ sessions }) => `Accepted an offer of ${isNumber(sessions) ? countOf(sessions) : 'a date'}`,
  'offer declined': () => 'Declined an offer',
  'offer taken back': () => 'Withdrew an offer',
  'took time off': ({ startAt, endAt }, format) =>
    isNumber(startAt) && isNumber(endAt)
      ? `Entered time off from ${format(startAt)} to ${format(endAt)}`
      : 'Entered time off',
  'gave back time off': () => 'Removed time off',
  absence: () => 'Entered an absence, and moved or cancelled what it met',
  'hours set': ({ validFrom }) =>
    typeof validFrom === 'string' ? 'Changed the hours from a day on' : 'Changed the hours',
  'days closed': ({ days }) => (Array.isArray(days) && days.length > 1 ? `Closed ${days.length} days` : 'Closed a day'),
  'day opened': () => 'Opened a day that had been closed',
  'note written': () => 'Wrote a note on a day',
  'note changed': () => 'Changed a note on a day',
  'note removed': () => 'Removed a note from a day',
  answered: () => 'Answered a reader’s question',
  dismissed: () => 'Put a reader’s question aside',
  reopened: () => 'Took back how a reader’s question was closed',
  'pages ordered': () => 'Changed the order of the question pages',
  'page hidden': () => 'Hid a question page',
  'page shown': () => 'Showed a question page again',
  'page reviewed': () => 'Changed who reviewed a question page',
  'health form answered': () => 'Answered the health form',
  'answered before a session': () => 'Said whether anything is new before a session',
  'health answers talked over': () => 'Talked the health answers over with the client',
  'consent withdrawn': () => 'Withdrew a consent',
  'practice set up': () => 'Set up the practice',
  'practice changed': ({ changed }) =>
    Array.isArray(changed) && changed.length > 0
      ? `Changed the practice’s ${changed.map((name) => PRACTICE_FIELDS[String(name)] ?? String(name)).join(', ')}`
      : 'Changed what is said of the practice',
  'policies changed': () => 'Changed the rules for booking',
  'client limits set': () => 'Changed the rules for new clients',
  'look changed': () => 'Changed the logo or the colour',
  'portrait changed': () => 'Changed a photo',
  'mail sender changed': () => 'Changed the sender of e-mails',
  'reminders changed': () => 'Changed when clients are reminded',
  'reminders chosen': () => 'Chose which reminders to get',
  'follow-ups wanted': () => 'Wanted e-mails after their dates',
  'follow-ups ended': () => 'Ended e-mails after their dates',
  'held time freed': () => 'Freed a time that was held to be booked again',
  'texts wanted': () => 'Wanted text messages',
  'texts ended': () => 'Ended text messages',
  embed_listed: () => 'Changed which sites may show the times',
  'went live': () => 'Went live',
  'test bookings cleared': () => 'Cleared the test bookings',
  'massage added': () => 'Added a massage',
  'massage changed': () => 'Changed a massage',
  'massage retired': () => 'Retired a massage',
  'massage brought back': () => 'Brought back a massage',
  'massage deleted': () => 'Deleted a massage',
  'massages ordered': () => 'Changed the order of the massages',
  'room added': () => 'Added a room',
  'room changed': () => 'Changed a room',
  'room retired': () => 'Retired a room',
  'room brought back': () => 'Brought back a room',
  'room deleted': () => 'Deleted a room',
  'rooms ordered': () => 'Changed the order of the rooms',
  'form question added': () => 'Added a question to the health form',
  'form question changed': () => 'Changed a question of the health form',
  'form question removed': () => 'Removed a question from the health form',
  'form questions ordered': () => 'Changed the order of the questions of the health form',
  'sign-in link shown': () => 'Was shown the first sign-in link',
  'sign-in address corrected': () => 'Corrected the e-mail address of a new member of the team',
  'team member added': () => 'Added to the team',
  'team member changed': () => 'Changed a member of the team',
  'team member left': () => 'Ended somebody’s time in the team',
  'team member brought back': () => 'Brought back to the team',
  'calendar address made': () => 'Made an address for calendar apps',
  'calendar address changed': () => 'Changed what a calendar address tells',
  'calendar address removed': () => 'Removed an address for calendar apps',
  'busy calendar set': () => 'Gave the address of a calendar whose busy times are blocked',
  'busy calendar removed': () => 'Removed the calendar whose busy times were blocked',
  'signed in': () => 'Signed in',
  'sign-in refused': () => 'A sign-in link was refused',
  'page refused': () => 'Asked for a page of another role, and was not shown it',
  'asked too often': () => 'Asked more often than is allowed, and was told to wait',
  'sign-in asked for': () => 'A sign-in link was asked for',
  'new sign-in address asked for': () => 'Asked to sign in with another e-mail address',
  'sign-in address put back': () => 'The earlier e-mail address to sign in with was put back from there',
  'sign-in address changed': () => 'Changed the e-mail address they sign in with',
  'signed out everywhere': () => 'Signed out everywhere',
  'entered charge': () => 'Entered a price to pay',
  'entered payment': () => 'Entered a payment',
  'entered tip': () => 'Entered a tip',
  'entered discount': () => 'Entered a discount',
  'entered refund': () => 'Entered a refund',
  'entered fee': () => 'Entered a fee',
  'entered waiver': () => 'Waived a fee',
  'entered lapse': () => 'Took off what is not owed of a date that was cancelled or missed',
  'entered correction': () => 'Corrected an entry of the money',
  'address marked': () => 'Noted that e-mails to a client come back',
  'address unmarked': () => 'Noted that e-mails to a client arrive after all',
  'client changed': ({ fields }) =>
    Array.isArray(fields)
      ? `Changed the ${fields.map((name) => FIELDS[String(name)] ?? String(name)).join(', the ')}`
      : 'Changed',
  'clients joined': () => 'Joined with another entry',
  wrote: () => 'Wrote to them',
  exported: () => 'Took a copy of all that is kept of them',
  'link renewed': () => 'Sent them a new link',
};

const CHOICES: Record<string, string> = {
  continue: 'keep going',
  change: 'change the massage or the therapist',
  space_out: 'come every 2 weeks',
  pause: 'pause for two weeks',
  stop: 'stop',
};

const FIELDS: Record<string, string> = {
  email: 'e-mail address',
  phone: 'phone number',
  favouriteTherapistId: 'therapist they like to see',
  extraMinutes: 'extra minutes after each session',
  booking: 'way they book online',
};

const PRACTICE_FIELDS: Record<string, string> = {
  phone: 'phone number',
  email: 'e-mail address',
  timeZone: 'time zone',
  locale: 'way of writing dates and prices',
  mailLanguage: 'language of e-mails',
};

/** One line of the history: what was done, and by whom. */
export function describeEvent({ action, facts, by }: Event, format: FormatInstant): string {
  const formatKnownEvent = Object.hasOwn(WORDS, action) ? WORDS[action as AuditAction] : undefined;
  const what = formatKnownEvent ? formatKnownEvent(facts, format) : capitalizeFirstLetter(action.replaceAll('_', ' '));
  if (by.kind === 'staff') return `${what}, by ${by.name}.`;
  return by.kind === 'client' ? `${what}, by the client.` : `${what}, on the website.`;
}

function countOf(many: number): string {
  return many === 1 ? 'one date' : `${many} dates`;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

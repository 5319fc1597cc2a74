import { sayFirstName, sayNumberInWords, sayTime, sayZoneInFull } from '@/scheduling/formatting';
import type { Notification, NotificationPractice } from '@/scheduling/notification';
import { sayDayAndTimeOf } from './dates';
import { contactPhrase, demoNotice, type MessageContent, type MessagePart, sanitizeLine, sanitizeName } from './layout';
import type { MessageLinks } from './links';

type HandOver = Extract<Notification, { kind: 'hand_over' }>;
type Told = NonNullable<HandOver['told']>;

/** Whether dates may go over to a colleague: asked of their client, and told to the two therapists. */
export function handOverMessage({ practice, state, told }: HandOver, links: MessageLinks): MessageContent {
  if (!told) throw new Error('A message about a hand-over is told from the live rows.');
  return state === 'ask' ? askMessage(practice, told, links) : therapistMessage(practice, state, told, links);
}

/** The link shows the dates; only a button there answers. */
function askMessage(practice: NotificationPractice, told: Told, links: MessageLinks): MessageContent {
  const [from, to] = namesOf(told);
  const isOne = told.dates.length === 1;
  const them = isOne ? 'it' : 'them';
  return {
    subject: `May ${to} take over your ${isOne ? 'date' : 'dates'} from ${from}?`,
    parts: [
      ...(told.reason ? [{ say: sanitizeLine(told.reason) }] : []),
      {
        say: isOne
          ? `Nothing has changed yet: your date is with ${from}. If you say yes, ${to} gives it:`
          : `Nothing has changed yet: your dates are with ${from}. If you say yes, ${to} gives these ${sayNumberInWords(told.dates.length)}:`,
      },
      datesOf(practice, told),
      { say: `Please answer by ${sayDayAndTimeOf(practice, told.until)}. The price stays as it was booked.` },
      ...(links.handOverUrl ? [{ press: 'Say yes or no', url: links.handOverUrl }] : []),
      {
        small: `If you say no, or nothing, ${them === 'it' ? 'it stays' : 'they stay'} with ${from} until you hear from us. No time of ${to}’s is held: ${isOne ? 'if it is taken before you answer, your date stays' : 'a date whose new time is taken before you answer stays'} with ${from}.`,
      },
      { say: `All times are ${sayZoneInFull(practice.timeZone)}. Questions? Please ${contactPhrase(practice)}.` },
      ...demoNotice(practice),
    ],
  };
}

function therapistMessage(
  practice: NotificationPractice,
  state: Exclude<HandOver['state'], 'ask'>,
  told: Told,
  links: MessageLinks,
): MessageContent {
  const [from, to] = namesOf(told);
  const client = told.clientName ? sanitizeName(told.clientName) : `A client of ${from}’s`;
  const isOne = told.dates.length === 1;
  const dates = isOne ? 'one date' : `${sayNumberInWords(told.dates.length)} dates`;
  const stay = `${isOne ? 'The date stays' : 'The dates stay'} with ${from}`;
  const until = sayDayAndTimeOf(practice, told.until);
  const words = {
    asked: {
      subject: `${client} is asked: ${dates} from ${from} to ${to}`,
      say: `${client} is asked whether ${dates} may go over from ${from} to ${to}, and can answer until ${until}. Nothing has changed yet, and no time of ${to}’s is held.`,
    },
    declined: {
      subject: `${client} said no: ${dates} ${isOne ? 'stays' : 'stay'} with ${from}`,
      say: `${client} was asked whether ${dates} may go over from ${from} to ${to}, and said no. ${stay}.`,
    },
    withdrawn: {
      subject: `${client} is no longer asked about ${dates} with ${from}`,
      say: `${client} is no longer asked whether ${dates} may go over from ${from} to ${to}. ${stay} for now.`,
    },
  }[state];
  return {
    subject: words.subject,
    parts: [
      { say: words.say },
      datesOf(practice, told),
      ...(links.calendarUrl ? [{ press: 'Open the calendar', url: links.calendarUrl }] : []),
      ...demoNotice(practice),
    ],
  };
}

function namesOf({ from, to }: Told): [from: string, to: string] {
  return [sanitizeLine(sayFirstName(from)), sanitizeLine(sayFirstName(to))];
}

function datesOf(practice: NotificationPractice, { dates }: Told): MessagePart {
  const { timeZone, locale } = practice;
  const isSameDay = (from: number, to: number) => Math.abs(to - from) < 12 * 3_600_000;
  return {
    list: dates.map(({ from, to }) => {
      const day = sayDayAndTimeOf(practice, from);
      if (from === to) return day;
      return isSameDay(from, to)
        ? `${day}, which would be at ${sayTime(timeZone, to, locale)}`
        : `${day}, which would be ${sayDayAndTimeOf(practice, to)}`;
    }),
  };
}

import { extractFirstName, formatNumberInWords, formatTime, formatZoneInFull } from '@/scheduling/formatting';
import type { Notification, NotificationPractice } from '@/scheduling/notification-types';
import { sayDayAndTimeOf } from './dates';
import { greetingOf } from './greeting';
import { contactPhrase, demoNotice, type MessageContent, type MessagePart, sanitizeLine, sanitizeName } from './layout';
import type { MessageLinks } from './links';

type HandOver = Extract<Notification, { kind: 'hand_over' }>;
type HandOverDetails = NonNullable<HandOver['details']>;

/** Whether dates may go over to a colleague: the question to their client, and the notice to both therapists. */
export function handOverMessage({ practice, state, details }: HandOver, links: MessageLinks): MessageContent {
  if (!details) throw new Error('A message about a hand-over needs details from the live rows.');
  return state === 'ask' ? askMessage(practice, details, links) : therapistMessage(practice, state, details, links);
}

/** The link shows the dates; only a button there answers. */
function askMessage(practice: NotificationPractice, details: HandOverDetails, links: MessageLinks): MessageContent {
  const [from, to] = namesOf(details);
  const isOne = details.dates.length === 1;
  const them = isOne ? 'it' : 'them';
  return {
    subject: `May ${to} take over your ${isOne ? 'date' : 'dates'} from ${from}?`,
    parts: [
      ...greetingOf(details.who),
      ...(details.reason ? [{ text: sanitizeLine(details.reason) }] : []),
      {
        text: isOne
          ? `Nothing has changed yet: your date is with ${from}. If you say yes, ${to} will give it:`
          : `Nothing has changed yet: your dates are with ${from}. If you say yes, ${to} will give these ${formatNumberInWords(details.dates.length)}:`,
      },
      datesOf(practice, details),
      { text: `Please answer by ${sayDayAndTimeOf(practice, details.until)}. The price stays as it was booked.` },
      ...(links.handOverUrl ? [{ press: 'Answer yes or no', url: links.handOverUrl }] : []),
      {
        small: `If you say no, or nothing, ${them === 'it' ? 'it stays' : 'they stay'} with ${from} until you hear from us. No time of ${to}’s is held: ${isOne ? 'if it is taken before you answer, your date stays' : 'a date whose new time is taken before you answer stays'} with ${from}.`,
      },
      { text: `All times are ${formatZoneInFull(practice.timeZone)}. Questions? Please ${contactPhrase(practice)}.` },
      ...demoNotice(practice),
    ],
  };
}

function therapistMessage(
  practice: NotificationPractice,
  state: Exclude<HandOver['state'], 'ask'>,
  details: HandOverDetails,
  links: MessageLinks,
): MessageContent {
  const [from, to] = namesOf(details);
  const client = details.clientName ? sanitizeName(details.clientName) : `A client of ${from}’s`;
  const isOne = details.dates.length === 1;
  const dates = isOne ? 'one date' : `${formatNumberInWords(details.dates.length)} dates`;
  const unchangedDates = `${isOne ? 'The date stays' : 'The dates stay'} with ${from}`;
  const until = sayDayAndTimeOf(practice, details.until);
  const words = {
    asked: {
      subject: `${client} is asked: ${dates} from ${from} to ${to}`,
      text: `${client} is asked whether ${dates} may go over from ${from} to ${to}, and can answer until ${until}. Nothing has changed yet, and no time of ${to}’s is held.`,
    },
    declined: {
      subject: `${client} said no: ${dates} ${isOne ? 'stays' : 'stay'} with ${from}`,
      text: `${client} was asked whether ${dates} may go over from ${from} to ${to}, and said no. ${unchangedDates}.`,
    },
    withdrawn: {
      subject: `${client} is no longer asked about ${dates} with ${from}`,
      text: `${client} is no longer asked whether ${dates} may go over from ${from} to ${to}. ${unchangedDates} for now.`,
    },
  }[state];
  return {
    subject: words.subject,
    parts: [
      { text: words.text },
      datesOf(practice, details),
      ...(links.calendarUrl ? [{ press: 'Open the calendar', url: links.calendarUrl }] : []),
      ...demoNotice(practice),
    ],
  };
}

function namesOf({ from, to }: HandOverDetails): [from: string, to: string] {
  return [sanitizeLine(extractFirstName(from)), sanitizeLine(extractFirstName(to))];
}

function datesOf(practice: NotificationPractice, { dates }: HandOverDetails): MessagePart {
  const { timeZone, locale } = practice;
  const isSameDay = (from: number, to: number) => Math.abs(to - from) < 12 * 3_600_000;
  return {
    list: dates.map(({ from, to }) => {
      const day = sayDayAndTimeOf(practice, from);
      if (from === to) return day;
      return isSameDay(from, to)
        ? `${day}, which would be at ${formatTime(timeZone, to, locale)}`
        : `${day}, which would be ${sayDayAndTimeOf(practice, to)}`;
    }),
  };
}

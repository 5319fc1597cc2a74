import { extractFirstName } from '@/scheduling/name-formatting';
import type { Notification, NotificationPractice } from '@/scheduling/notification-types';
import { formatDayAndTimeForPractice, formatPracticeTimeZone, formatTimeForPractice } from './dates';
import { formatWhose, greetingParts } from './greeting';
import { contactOf, type MessageContent, type MessagePart, sanitizeLine, sanitizeName } from './layout';
import type { MessageLinks } from './links';
import { demoNotice } from './notices';
import { getMailWords } from './words/words-of';

type HandOver = Extract<Notification, { kind: 'hand_over' }>;
type HandOverDetails = NonNullable<HandOver['details']>;

/** About handing dates over to a colleague: the question to the client, and the notice to both therapists. */
export function appointmentHandOverMessage(
  { practice, state, details }: HandOver,
  links: MessageLinks,
): MessageContent {
  if (!details) throw new Error('A message about a hand-over needs details from the live rows.');
  return state === 'ask' ? askMessage(practice, details, links) : therapistMessage(practice, state, details, links);
}

/** The link shows the dates; only a button on its page answers. */
function askMessage(practice: NotificationPractice, details: HandOverDetails, links: MessageLinks): MessageContent {
  const words = getMailWords(practice).handOver;
  const whose = formatWhose(practice, details.who);
  const facts = { ...namesOf(details), many: details.dates.length, whose };
  return {
    subject: words.subjectAsk(facts),
    preheader: words.answerBy(formatDayAndTimeForPractice(practice, details.until)),
    parts: [
      ...greetingParts(practice, details.who),
      ...(details.reason ? [{ text: sanitizeLine(details.reason) }] : []),
      { text: words.ask(facts) },
      datesOf(practice, details),
      { text: words.answerBy(formatDayAndTimeForPractice(practice, details.until)) },
      ...(links.handOverUrl ? [{ press: words.answer, url: links.handOverUrl }] : []),
      { small: words.ifNo(facts) },
      { text: words.questions(formatPracticeTimeZone(practice), contactOf(practice)) },
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
  const words = getMailWords(practice).handOver;
  const { from, to } = namesOf(details);
  const client = details.clientName ? sanitizeName(details.clientName) : words.aClientOf(from);
  const facts = {
    client,
    from,
    to,
    many: details.dates.length,
    until: formatDayAndTimeForPractice(practice, details.until),
  };
  const { subject, text } = {
    asked: { subject: words.subjectAsked(facts), text: words.asked(facts) },
    declined: { subject: words.subjectDeclined(facts), text: words.declined(facts) },
    withdrawn: { subject: words.subjectWithdrawn(facts), text: words.withdrawn(facts) },
  }[state];
  return {
    subject,
    parts: [
      { text },
      datesOf(practice, details),
      ...(links.calendarUrl
        ? [{ press: getMailWords(practice).toTherapist.openCalendar, url: links.calendarUrl }]
        : []),
      ...demoNotice(practice),
    ],
  };
}

function namesOf({ from, to }: HandOverDetails): { from: string; to: string } {
  return { from: sanitizeLine(extractFirstName(from)), to: sanitizeLine(extractFirstName(to)) };
}

function datesOf(practice: NotificationPractice, { dates }: HandOverDetails): MessagePart {
  const words = getMailWords(practice);
  const isSameDay = (from: number, to: number) => Math.abs(to - from) < 12 * 3_600_000;
  return {
    list: dates.map(({ from, to }) => {
      const day = words.asLine(formatDayAndTimeForPractice(practice, from));
      if (from === to) return day;
      return isSameDay(from, to)
        ? words.handOver.otherHour(day, formatTimeForPractice(practice, to))
        : words.handOver.otherDay(day, formatDayAndTimeForPractice(practice, to));
    }),
  };
}

import type { Notification } from '@/scheduling/notification-types';
import { bookableTimesPart } from './bookable-times-part';
import { formatDayAndTimeForPractice, formatWeekdayAndWallTime } from './dates';
import { formatSubjectFor, formatWhose, greetingParts } from './greeting';
import { boldText, contactOf, type MessageContent, type MessagePart, sanitizeLine } from './layout';
import type { MessageLinks } from './links';
import { demoNotice, ownWordsParts } from './notices';
import { getMailWords } from './words/words-of';

type FollowUp = Extract<Notification, { kind: 'follow_up' }>;

/** After the last date of a plan: how to book it again. After a no-show: a kind line. */
export function followUpMessage(notification: FollowUp, links: MessageLinks): MessageContent {
  const { practice, about, start, therapist } = notification;
  const { followUp: words, reminder } = getMailWords(practice);
  const name = sanitizeLine(practice.name);
  const whose = formatWhose(practice, notification);
  const text =
    about === 'again'
      ? words.thanks(name, whose)
      : words.missed({
          practice: name,
          when: formatDayAndTimeForPractice(practice, start),
          therapist: sanitizeLine(therapist),
          whose,
        });
  return {
    subject:
      about === 'again'
        ? formatSubjectFor(practice, notification, words.subjectAgain(sanitizeLine(therapist)))
        : words.subjectMissed(formatDayAndTimeForPractice(practice, start), whose),
    preheader: text,
    parts: [
      ...greetingParts(practice, notification),
      ...ownWordsParts(practice.opening),
      { text },
      ...(about === 'again' ? againParts(notification, links) : missedParts(notification, links)),
      ...ownWordsParts(practice.closing),
      { small: words.once },
      ...(links.manageUrl ? [{ press: reminder.seeDates(whose), url: `${links.manageUrl}#after` }] : []),
      ...demoNotice(practice),
    ],
  };
}

function againParts(notification: FollowUp, links: MessageLinks): MessagePart[] {
  const { practice, service, therapist, again } = notification;
  const words = getMailWords(practice).followUp;
  const same = words.same({
    service: sanitizeLine(service),
    minutes: again.minutes,
    therapist: sanitizeLine(therapist),
    when: again.cadence === 'once' ? null : formatWeekdayAndWallTime(practice, again),
  });
  const isTaken = again.held?.state === 'taken';
  return [
    ...(isTaken ? takenParts(notification, same, links) : freeParts(notification, same)),
    ...(links.bookUrl ? [{ press: isTaken ? words.otherTimes : words.bookAgain, url: links.bookUrl }] : []),
  ];
}

function freeParts({ practice, again: { held, sessions } }: FollowUp, same: string): MessagePart[] {
  const words = getMailWords(practice).followUp;
  if (held?.state !== 'kept') return [{ text: words.continueFree(same) }];
  const { starts, until } = held;
  const many = starts.length;
  const areAll = many >= sessions;
  return [
    { text: words.continueHeld({ same, many, areAll, until: formatDayAndTimeForPractice(practice, until) }) },
    {
      list: starts.map((start) => [
        boldText(getMailWords(practice).asLine(formatDayAndTimeForPractice(practice, start))),
      ]),
    },
    { text: words.bookHeld(many) },
  ];
}

function takenParts({ practice }: FollowUp, same: string, { newTimes = [] }: MessageLinks): MessagePart[] {
  const words = getMailWords(practice).followUp;
  const isTaken = words.continueTaken(same);
  if (newTimes.length === 0) return [{ text: isTaken }];
  return [{ text: `${isTaken} ${words.freeNearIt}` }, bookableTimesPart(practice, newTimes)];
}

function missedParts({ practice }: FollowUp, { bookUrl }: MessageLinks): MessagePart[] {
  const words = getMailWords(practice).followUp;
  return [
    { text: words.ifSomethingCameUp(contactOf(practice)) },
    ...(bookUrl ? [{ press: words.bookAnother, url: bookUrl }] : []),
  ];
}

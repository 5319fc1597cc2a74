import type { Notification } from '@/scheduling/notification-types';
import { formatDayAndTimeForPractice, formatFullDateForPractice } from './dates';
import { formatSafeName, formatSubjectFor, formatWhose, greetingParts } from './greeting';
import { type MessageContent, sanitizeLine, sanitizeName } from './layout';
import type { MessageLinks } from './links';
import { demoNotice, formatTimeZoneNotice } from './notices';
import { getMailWords } from './words/words-of';

export function signInMessage(
  { practice, expiresAt }: Extract<Notification, { kind: 'sign_in' }>,
  links: MessageLinks,
): MessageContent {
  const { signIn: words, dates } = getMailWords(practice);
  const name = sanitizeLine(practice.name);
  return {
    subject: words.subject(name),
    parts: [
      { text: words.somebodyAsked(name) },
      ...(links.signInUrl ? [{ press: words.press, url: links.signInUrl }] : []),
      { text: words.worksUntil(formatDayAndTimeForPractice(practice, expiresAt), dates.zone(practice.timeZone)) },
      { small: words.notYou },
      ...demoNotice(practice),
    ],
  };
}

/** Asks a member of staff to confirm the address with which they want to sign in. */
export function confirmNewAddressMessage(
  { practice, expiresAt }: Extract<Notification, { kind: 'new_address' }>,
  links: MessageLinks,
): MessageContent {
  const { newAddress: words, signIn, dates } = getMailWords(practice);
  const name = sanitizeLine(practice.name);
  return {
    subject: words.subject(name),
    parts: [
      { text: words.somebodyAsked(name) },
      ...(links.newAddressUrl ? [{ press: words.press, url: links.newAddressUrl }] : []),
      { text: signIn.worksUntil(formatDayAndTimeForPractice(practice, expiresAt), dates.zone(practice.timeZone)) },
      { small: words.notYou },
      ...demoNotice(practice),
    ],
  };
}

/** Tells the earlier address that it signs nobody in any more. */
export function addressChangedMessage(
  { practice, expiresAt }: Extract<Notification, { kind: 'address_changed' }>,
  links: MessageLinks,
): MessageContent {
  const words = getMailWords(practice).addressChanged;
  const name = sanitizeLine(practice.name);
  return {
    subject: words.subject(name),
    parts: [
      { text: words.changed(name) },
      { text: words.notYou(formatDayAndTimeForPractice(practice, expiresAt)) },
      ...(links.earlierAddressUrl ? [{ press: words.press, url: links.earlierAddressUrl }] : []),
      ...demoNotice(practice),
    ],
  };
}

/** Says that there is an answer. The question stays out: others may see this e-mail. */
export function questionAnsweredMessage(
  { practice, about, isInWords }: Extract<Notification, { kind: 'answered' }>,
  links: MessageLinks,
): MessageContent {
  const words = getMailWords(practice).answered;
  const name = sanitizeLine(practice.name);
  const isQuestion = about === 'question';
  return {
    subject: isQuestion ? words.subjectQuestion(name) : words.subjectReport(name),
    parts: [
      { text: isQuestion ? words.question(name, isInWords === true) : words.report(name) },
      ...(links.answerUrl ? [{ press: isInWords ? words.readAnswer : words.readPage, url: links.answerUrl }] : []),
      ...(isInWords ? [{ small: words.doNotForward }] : []),
      { small: words.nothingToDo },
      ...demoNotice(practice),
    ],
  };
}

/**
 * Tells the practice that readers are waiting for answers. Their words may be about health, and are shown only on the
 * page.
 */
export function readerQuestionsWaitMessage(
  { practice, waiting }: Extract<Notification, { kind: 'asked' }>,
  links: MessageLinks,
): MessageContent {
  const words = getMailWords(practice).asked;
  return {
    subject: words.subject(waiting),
    parts: [
      { text: words.waiting(waiting, sanitizeLine(practice.name)) },
      ...(links.inboxUrl ? [{ press: words.press, url: links.inboxUrl }] : []),
      { small: words.atMost },
      ...demoNotice(practice),
    ],
  };
}

/** Tells the practice that a client wrote. The words may be about health, and are shown only in the calendar. */
export function clientWroteMessage(
  { practice, details }: Extract<Notification, { kind: 'client_message' }>,
  links: MessageLinks,
): MessageContent {
  const words = getMailWords(practice).clientWrote;
  const client = sanitizeName(details?.clientName ?? '');
  const many = details?.many ?? 1;
  return {
    subject: words.subject(client, many),
    parts: [
      { text: words.wrote(client, many, sanitizeLine(practice.name)) },
      ...(links.calendarUrl ? [{ press: words.press, url: links.calendarUrl }] : []),
      { small: words.neverHere },
      ...demoNotice(practice),
    ],
  };
}

/** One link to all of a client's plans; where there is none, `links.manageUrls` are in the order of the series. */
export function manageLinksMessage(
  notification: Extract<Notification, { kind: 'manage_links' }>,
  links: MessageLinks,
): MessageContent {
  const { practice, series } = notification;
  const { mineUrl } = links;
  const words = getMailWords(practice).links;
  return {
    subject: words.subject(sanitizeLine(practice.name)),
    parts: [
      { text: words.somebodyAsked(mineUrl !== undefined) },
      ...(mineUrl ? [{ press: words.allDates, url: mineUrl }] : []),
      ...series.flatMap(({ service, therapist, clientName = '', firstStart, left, cancelled, isOnce }, index) => {
        const url = links.manageUrls?.[index];
        const client = formatSafeName(clientName);
        const plan = words.plan({ service: sanitizeLine(service), therapist: sanitizeLine(therapist), client });
        const when = formatDayAndTimeForPractice(practice, firstStart);
        return left > 0
          ? [
              { heading: words.nextOn(plan, when) },
              { text: words.upcoming(left) },
              ...(url ? [{ press: words.see, url }] : []),
            ]
          : [
              { heading: cancelled === undefined ? words.lastOn(plan, when) : words.cancelled(plan, when, cancelled) },
              { text: words.noneUpcoming(isOnce === true) },
              ...(url ? [{ press: words.seeOrBookAgain, url }] : []),
            ];
      }),
      { text: formatTimeZoneNotice(practice) },
      { small: words.doNotForward(mineUrl !== undefined) },
      ...demoNotice(practice),
    ],
  };
}

/** The practice made a new link that replaces the previous one. */
export function linkRenewedMessage(
  notification: Extract<Notification, { kind: 'link_renewed' }>,
  links: MessageLinks,
): MessageContent {
  const { practice, service, firstStart, sessions: many, until } = notification;
  const words = getMailWords(practice).linkRenewed;
  const name = sanitizeLine(practice.name);
  const first = formatFullDateForPractice(practice, firstStart);
  return {
    subject: words.subject(name),
    parts: [
      { text: words.newLink({ practice: name, service: sanitizeLine(service), many, first }) },
      ...(links.manageUrl ? [{ press: words.press, url: links.manageUrl }] : []),
      { text: words.worksUntil(formatFullDateForPractice(practice, until)) },
      { small: words.doNotForward },
      ...demoNotice(practice),
    ],
  };
}

/** A date that the client had skipped is free again. */
export function skippedDateFreeMessage(
  notification: Extract<Notification, { kind: 'freed' }>,
  links: MessageLinks,
): MessageContent {
  const { practice, start, therapist, who } = notification;
  const words = getMailWords(practice).freed;
  const whose = formatWhose(practice, who);
  const when = formatDayAndTimeForPractice(practice, start);
  return {
    subject: formatSubjectFor(practice, who, words.subject(when)),
    preheader: words.free({ when, therapist: sanitizeLine(therapist), whose }),
    parts: [
      ...greetingParts(practice, who),
      { text: words.free({ when, therapist: sanitizeLine(therapist), whose }) },
      ...(links.manageUrl ? [{ press: words.press, url: links.manageUrl }] : []),
      { text: words.firstCome },
      { text: formatTimeZoneNotice(practice) },
      ...demoNotice(practice),
    ],
  };
}

import { formatZoneCity, formatZoneInFull } from '@/scheduling/formatting';
import type { Notification } from '@/scheduling/notification-types';
import { sayDayAndTimeOf, sayFullDateOf } from './dates';
import { sayPlainName } from './greeting';
import { demoNotice, type MessageContent, sanitizeLine, sanitizeName } from './layout';
import type { MessageLinks } from './links';

export function signInMessage(
  { practice, expiresAt }: Extract<Notification, { kind: 'sign_in' }>,
  links: MessageLinks,
): MessageContent {
  return {
    subject: `Sign in to ${sanitizeLine(practice.name)}`,
    parts: [
      { text: `Somebody (we hope it was you) asked to sign in to ${sanitizeLine(practice.name)} with this address.` },
      ...(links.signInUrl ? [{ press: 'Sign in', url: links.signInUrl }] : []),
      {
        text: `The link works once, until ${sayDayAndTimeOf(practice, expiresAt)}, ${formatZoneCity(practice.timeZone)}.`,
      },
      { small: 'If it was not you, there is nothing to do: nobody can sign in without the link.' },
      ...demoNotice(practice),
    ],
  };
}

/** Says that there is an answer. What was asked is nobody's business who sees this mail. */
export function questionAnsweredMessage(
  { practice, about, isInWords }: Extract<Notification, { kind: 'answered' }>,
  links: MessageLinks,
): MessageContent {
  const name = sanitizeLine(practice.name);
  const sentence =
    about === 'question'
      ? `You asked ${name} something, and we have answered it${isInWords ? '.' : ' on a page.'}`
      : `You reported a mistake to ${name}, and we have corrected the page. Thank you.`;
  return {
    subject: about === 'question' ? `${name} has answered your question` : `${name} has corrected a page`,
    parts: [
      { text: sentence },
      ...(links.answerUrl ? [{ press: isInWords ? 'Read the answer' : 'Read the page', url: links.answerUrl }] : []),
      ...(isInWords ? [{ small: 'The link shows what you asked as well, so please do not forward this e-mail.' }] : []),
      { small: 'There is nothing you need to do.' },
      ...demoNotice(practice),
    ],
  };
}

/** Tells the practice that readers wait for it. What they wrote may speak of health, and is read on the page alone. */
export function readerQuestionsWaitMessage(
  { practice, waiting }: Extract<Notification, { kind: 'asked' }>,
  links: MessageLinks,
): MessageContent {
  const sentence =
    waiting === 1
      ? 'A reader’s question or report is waiting'
      : `${waiting} questions and reports from readers are waiting`;
  return {
    subject: sentence,
    parts: [
      { text: `${sentence} for an answer from ${sanitizeLine(practice.name)}.` },
      ...(links.inboxUrl ? [{ press: 'Read and answer', url: links.inboxUrl }] : []),
      { small: 'There is at most one e-mail of this kind an hour. What readers write is never in it.' },
      ...demoNotice(practice),
    ],
  };
}

/** Tells the practice that a client wrote. The words may speak of health, and are read on the calendar alone. */
export function clientWroteMessage(
  { practice, details }: Extract<Notification, { kind: 'client_message' }>,
  links: MessageLinks,
): MessageContent {
  const who = sanitizeName(details?.clientName ?? '') || 'A client';
  const many = details?.many ?? 1;
  const sentence = `${who} sent ${many === 1 ? 'a message' : `${many} messages`}`;
  return {
    subject: sentence,
    parts: [
      { text: `${sentence} about their dates with ${sanitizeLine(practice.name)}.` },
      ...(links.calendarUrl ? [{ press: 'Read and answer', url: links.calendarUrl }] : []),
      { small: 'What clients write is never in an e-mail. Once you have answered, mark it so on the calendar.' },
      ...demoNotice(practice),
    ],
  };
}

/** One link to all plans; where there is none, `links.manageUrls` stand in the order of the series. */
export function manageLinksMessage(
  notification: Extract<Notification, { kind: 'manage_links' }>,
  links: MessageLinks,
): MessageContent {
  const { practice, series } = notification;
  const { mineUrl } = links;
  return {
    subject: `Your bookings at ${sanitizeLine(practice.name)}`,
    parts: [
      {
        text: `Somebody (we hope it was you) asked for the ${mineUrl ? 'link' : 'links'} to what is booked with this address.`,
      },
      ...(mineUrl ? [{ press: 'See all my dates', url: mineUrl }] : []),
      ...series.flatMap((entry, index) => {
        const url = links.manageUrls?.[index];
        const name = sayPlainName(entry.clientName ?? '');
        const what = `${sanitizeLine(entry.service)} with ${sanitizeLine(entry.therapist)}${name && `, for ${name}`}`;
        return entry.left > 0
          ? [
              { heading: `${what}, next on ${sayDayAndTimeOf(practice, entry.firstStart)}` },
              { text: entry.left === 1 ? 'There are no other upcoming dates.' : `${entry.left} upcoming dates.` },
              ...(url ? [{ press: 'See, move or cancel', url }] : []),
            ]
          : [
              { heading: `${what}, last on ${sayDayAndTimeOf(practice, entry.firstStart)}` },
              { text: 'There are no upcoming dates. You can add more, or book again.' },
              ...(url ? [{ press: 'See it or book again', url }] : []),
            ];
      }),
      { text: `All times are ${formatZoneInFull(practice.timeZone)}.` },
      {
        small: mineUrl
          ? 'Anyone with this link can see and change these bookings, so please do not forward this e-mail.'
          : 'Anyone with one of these links can see and change that booking, so please do not forward this e-mail.',
      },
      ...demoNotice(practice),
    ],
  };
}

/** The practice made a new link in place of the one before. */
export function linkRenewedMessage(
  notification: Extract<Notification, { kind: 'link_renewed' }>,
  links: MessageLinks,
): MessageContent {
  const { practice, service, firstStart, sessions, until } = notification;
  const what = sessions === 1 ? `${sanitizeLine(service)} on` : `${sanitizeLine(service)}, ${sessions} dates from`;
  return {
    subject: `Your link to a booking at ${sanitizeLine(practice.name)}`,
    parts: [
      {
        text: `${sanitizeLine(practice.name)} has made a new link to your booking: ${what} ${sayFullDateOf(practice, firstStart)}.`,
      },
      ...(links.manageUrl ? [{ press: 'See the booking', url: links.manageUrl }] : []),
      { text: `It works until ${sayFullDateOf(practice, until)}. The link you had before no longer works.` },
      { small: 'Anyone with this link can see and change the booking, so please do not forward this e-mail.' },
      ...demoNotice(practice),
    ],
  };
}

/** A date they had skipped can be had again. */
export function skippedDateFreeMessage(
  notification: Extract<Notification, { kind: 'freed' }>,
  links: MessageLinks,
): MessageContent {
  const { practice, start, therapist } = notification;
  const when = sayDayAndTimeOf(practice, start);
  return {
    subject: `Free again: ${when}`,
    parts: [
      { text: `You skipped ${when} with ${sanitizeLine(therapist)}. It has just become free.` },
      ...(links.manageUrl ? [{ press: 'Book it after all', url: links.manageUrl }] : []),
      { text: 'It goes to whoever books it first. If you leave it, your other dates stay as they are.' },
      { text: `All times are ${formatZoneInFull(practice.timeZone)}.` },
      ...demoNotice(practice),
    ],
  };
}

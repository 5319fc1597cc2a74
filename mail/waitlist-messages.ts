import type { WaitlistWording } from '@/scheduling/format-waitlist-request';
import type { Notification, NotificationPractice } from '@/scheduling/notification-types';
import { formatDayAndTimeForPractice } from './dates';
import { formatSubjectFor, formatWhose, greetingParts } from './greeting';
import { boldText, formatNameAndAddressLine, type MessageContent, type MessagePart, sanitizeLine } from './layout';
import type { MessageLinks } from './links';
import { demoNotice, formatTimeZoneNotice } from './notices';
import { getMailFormattingLocale, getMailWords } from './words/words-of';

type Waitlist = Extract<Notification, { kind: 'waitlist' }>;

export function waitlistMessage(notification: Waitlist, links: MessageLinks): MessageContent {
  return notification.state === 'joined' ? joinedMessage(notification, links) : offerMessage(notification, links);
}

function joinedMessage(
  { practice, mustConfirm, who, waitsFor }: Extract<Waitlist, { state: 'joined' }>,
  links: MessageLinks,
): MessageContent {
  const words = getMailWords(practice).waitlist;
  const name = sanitizeLine(practice.name);
  if (mustConfirm)
    return {
      subject: words.subjectConfirm(name),
      parts: [
        { text: words.somebodyAsked(name) },
        ...waitsForPart(practice, waitsFor),
        ...(links.waitUrl ? [{ press: words.yes, url: links.waitUrl }] : []),
        { small: words.ignore },
        ...demoNotice(practice),
      ],
    };
  return {
    subject: formatSubjectFor(practice, who, words.subjectJoined(name)),
    preheader: words.weHoldIt,
    parts: [
      ...greetingParts(practice, who),
      ...waitsForPart(practice, waitsFor),
      { text: words.weHoldIt },
      { text: words.untilWhen },
      ...(links.waitUrl ? [{ press: words.seeOrLeave, url: links.waitUrl }] : []),
      ...demoNotice(practice),
    ],
  };
}

function waitsForPart(practice: NotificationPractice, waitsFor: WaitlistWording | undefined): MessagePart[] {
  if (!waitsFor) return [];
  const { waitlist: words, dates, asLine } = getMailWords(practice);
  const locale = getMailFormattingLocale(practice);
  const when = asLine(`${dates.dayParts(waitsFor, locale)}, ${dates.waitingRange(waitsFor, locale)}`);
  return [
    {
      next: words.waitingFor,
      lines: [boldText(sanitizeLine(words.massage(waitsFor))), when].map((line) => [line]),
    },
  ];
}

/** Freed time is held for the reader. The link only shows it; a button on its page books it. */
function offerMessage(offer: Extract<Waitlist, { state: 'offer' }>, links: MessageLinks): MessageContent {
  const { practice, service, minutes, therapist, starts, swaps, isSkipped, who } = offer;
  const whose = formatWhose(practice, who);
  const { waitlist: words, asLine } = getMailWords(practice);
  const first = formatDayAndTimeForPractice(practice, starts[0]!);
  const until = formatDayAndTimeForPractice(practice, offer.until);
  const what = words.what({ service: sanitizeLine(service), minutes, therapist: sanitizeLine(therapist) });
  const many = starts.length;
  return {
    preheader: words.preheader(what, until),
    subject: formatSubjectFor(practice, who, words.subjectOffer(many, first)),
    parts: [
      ...greetingParts(practice, who),
      {
        text: isSkipped
          ? words.skippedFree({ first, what, whose })
          : many > 1
            ? words.seriesFree(many, what)
            : words.oneFree(first, what),
      },
      ...(many > 1 ? [{ list: starts.map((start) => asLine(formatDayAndTimeForPractice(practice, start))) }] : []),
      ...(swaps === undefined ? [] : [{ text: words.replaces(formatDayAndTimeForPractice(practice, swaps), whose) }]),
      { text: words.heldUntil(until) },
      ...(links.offerUrl ? [{ press: words.answer, url: links.offerUrl }] : []),
      { small: words.nothingBooked },
      { text: words.where(formatNameAndAddressLine(practice)) },
      { text: formatTimeZoneNotice(practice) },
      ...demoNotice(practice),
    ],
  };
}

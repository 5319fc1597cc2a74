import { formatWeekday, formatZoneInFull } from '@/scheduling/formatting';
import type { Notification } from '@/scheduling/notification-types';
import { toWallTime } from '@/scheduling/zone-conversion';
import { sayDayAndTimeOf } from './dates';
import { greetingOf } from './greeting';
import { demoNotice, type MessageContent, type MessagePart, sanitizeLine } from './layout';
import type { MessageLinks } from './links';

type ScoreAskNotification = Extract<Notification, { kind: 'score_ask' }>;

/** Asks a client how it is. Neither the mail nor its links say of what. */
export function scoreAskMessage(notification: ScoreAskNotification, links: MessageLinks): MessageContent {
  const { practice, ask, start, who } = notification;
  const day = formatWeekday(toWallTime(practice.timeZone, start).on);
  const when = sayDayAndTimeOf(practice, start);
  const name = sanitizeLine(practice.name);
  const answer: MessagePart[] = links.scoreUrl ? [{ press: 'Answer in two taps', url: links.scoreUrl }] : [];
  const look: MessagePart[] = links.progressUrl ? [{ press: 'See how it is going', url: links.progressUrl }] : [];
  const textByAsk: Record<ScoreAskNotification['ask'], { subject: string; parts: MessagePart[] }> = {
    before: {
      subject: `Two quick questions before ${day}`,
      parts: [
        { text: `You come to ${name} on ${when}. Two taps now let you see later whether anything has changed.` },
        ...answer,
        { text: 'We ask on up to three days before you first come, since one day can be a good or a bad one.' },
      ],
    },
    session: {
      subject: `Two quick questions before ${day}`,
      parts: [{ text: `You come to ${name} on ${when}. Please answer before you come. It takes two taps.` }, ...answer],
    },
    after: {
      subject: `Two quick questions after ${day}`,
      parts: [{ text: `You came to ${name} on ${when}. How are you two days later?` }, ...answer],
    },
    check_in: {
      subject: 'Four sessions: carry on, change or stop?',
      parts: [
        {
          text: `You have been to ${name} four times. This is a good moment to look back, and to carry on, change something, pause or stop. Whichever you choose is fine.`,
        },
        ...look,
        ...answer,
      ],
    },
  };
  const { subject, parts } = textByAsk[ask];
  return {
    subject,
    parts: [
      ...greetingOf(who),
      ...parts,
      ...(ask === 'check_in' ? [] : [{ text: `All times are ${formatZoneInFull(practice.timeZone)}.` }]),
      {
        small:
          'You need not answer. If you want no more of these, open your scores by that link and press “Do not ask me again”. The links open your dates, so please do not forward this e-mail.',
      },
      ...demoNotice(practice),
    ],
  };
}

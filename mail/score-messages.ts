import type { Notification } from '@/scheduling/notification-types';
import { toWallTime } from '@/scheduling/zone-conversion';
import { sayDayAndTimeOf } from './dates';
import { greetingOf } from './greeting';
import { type MessageContent, type MessagePart, sanitizeLine } from './layout';
import type { MessageLinks } from './links';
import { demoNotice, timesNotice } from './notices';
import { wordsOf } from './words/words-of';

type ScoreAskNotification = Extract<Notification, { kind: 'score_ask' }>;

/** Asks a client how it is. Neither the mail nor its links say of what. */
export function scoreAskMessage(notification: ScoreAskNotification, links: MessageLinks): MessageContent {
  const { practice, ask, start, who } = notification;
  const { score: words, dates, doNotForward } = wordsOf(practice);
  const weekday = dates.weekday(toWallTime(practice.timeZone, start).on);
  const when = sayDayAndTimeOf(practice, start);
  const name = sanitizeLine(practice.name);
  const answer: MessagePart[] = links.scoreUrl ? [{ press: words.answer, url: links.scoreUrl }] : [];
  const look: MessagePart[] = links.progressUrl ? [{ press: words.progress, url: links.progressUrl }] : [];
  const textByAsk: Record<ScoreAskNotification['ask'], { subject: string; parts: MessagePart[] }> = {
    before: {
      subject: words.subjectBefore(weekday),
      parts: [{ text: words.before(name, when) }, ...answer, { text: words.whyThreeDays }],
    },
    session: { subject: words.subjectBefore(weekday), parts: [{ text: words.session(name, when) }, ...answer] },
    after: { subject: words.subjectAfter(weekday), parts: [{ text: words.after(name, when) }, ...answer] },
    check_in: { subject: words.subjectCheckIn, parts: [{ text: words.checkIn(name) }, ...look, ...answer] },
  };
  const { subject, parts } = textByAsk[ask];
  return {
    subject,
    parts: [
      ...greetingOf(practice, who),
      ...parts,
      ...(ask === 'check_in' ? [] : [{ text: timesNotice(practice) }]),
      { small: `${words.needNotAnswer} ${doNotForward}` },
      ...demoNotice(practice),
    ],
  };
}

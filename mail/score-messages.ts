import type { Notification } from '@/scheduling/notification-types';
import { toWallTime } from '@/scheduling/zone-conversion';
import { formatDayAndTimeForPractice } from './dates';
import { formatSubjectFor, formatWhose, greetingParts } from './greeting';
import { type MessageContent, type MessagePart, sanitizeLine } from './layout';
import type { MessageLinks } from './links';
import { demoNotice, formatTimeZoneNotice } from './notices';
import { getMailWords } from './words/words-of';

type ScoreAskNotification = Extract<Notification, { kind: 'score_ask' }>;

/** Asks a client for a score. Neither the e-mail nor its links say what the score is about. */
export function askForScoreMessage(notification: ScoreAskNotification, links: MessageLinks): MessageContent {
  const { practice, ask, start, who } = notification;
  const whose = formatWhose(practice, who);
  const { score: words, dates, doNotForward } = getMailWords(practice);
  const weekday = dates.weekday(toWallTime(practice.timeZone, start).on);
  const when = formatDayAndTimeForPractice(practice, start);
  const facts = { practice: sanitizeLine(practice.name), when, whose };
  const answer: MessagePart[] = links.scoreUrl ? [{ press: words.answer, url: links.scoreUrl }] : [];
  const look: MessagePart[] = links.progressUrl ? [{ press: words.progress, url: links.progressUrl }] : [];
  const textByAsk: Record<ScoreAskNotification['ask'], { subject: string; text: string; parts: MessagePart[] }> = {
    before: {
      subject: words.subjectBefore(weekday),
      text: words.before(facts),
      parts: [...answer, { text: words.whyThreeDays }],
    },
    session: { subject: words.subjectBefore(weekday), text: words.session(facts), parts: answer },
    after: { subject: words.subjectAfter(weekday), text: words.after(facts), parts: answer },
    check_in: {
      subject: words.subjectCheckIn,
      text: words.checkIn(facts.practice, whose),
      parts: [...look, ...answer],
    },
  };
  const { subject, text, parts } = textByAsk[ask];
  return {
    subject: formatSubjectFor(practice, who, subject),
    preheader: text,
    parts: [
      ...greetingParts(practice, who),
      { text },
      ...parts,
      ...(ask === 'check_in' ? [] : [{ text: formatTimeZoneNotice(practice) }]),
      { small: `${words.needNotAnswer} ${doNotForward}` },
      ...demoNotice(practice),
    ],
  };
}

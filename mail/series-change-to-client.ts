import type { NotificationAppointment, SeriesNotification } from '@/scheduling/notification-types';
import { formatDayAndTimeForPractice } from './dates';
import { formatWhose } from './greeting';
import { type MessagePart, type StyledText, sanitizeLine } from './layout';
import {
  areTimesUnchanged,
  findSoleChange,
  findTherapistReplacement,
  formatChangeCounts,
  getCurrentAndPreviousMinutes,
  isAddition,
  type SeriesFacts,
} from './series-facts';
import { getMailWords } from './words/words-of';

// What happened to a client's dates: in the subject of the message, and in its first sentence.

export function formatChangeSubject(notification: SeriesNotification, facts: SeriesFacts): string {
  const { practice, about, dates, datesAlone, changes, standing } = facts;
  const words = getMailWords(practice).toClient;
  const [first] = about;
  const sole = findSoleChange(facts);
  if (!first || sole === null) {
    const next = standing[0] ? formatDayAndTimeForPractice(practice, standing[0].start) : null;
    return words.subjectChanged({ changed: formatChangeCounts(practice, changes), next });
  }
  if (sole === 'cancelled') return words.subjectCancelled(dates);
  if (sole === 'added') return isAddition(notification, facts) ? words.subjectAdded(dates) : words.subjectBooked(dates);
  if (sole === 'resized' && about.length === 1)
    return words.subjectLength(getCurrentAndPreviousMinutes(first).minutes, dates);
  if (sole === 'resized') return words.subjectLengths(dates);
  const other = findTherapistReplacement(about);
  if (other) return words.subjectReplaced({ ...other, when: datesAlone });
  if (about.some(({ wasWith }) => wasWith !== undefined)) return words.subjectChanged({ changed: dates, next: null });
  return about.length === 1 ? words.subjectMovedOne(dates) : words.subjectMoved(dates);
}

/** The sentence, and the reason that the practice gives. */
export function changeParts(notification: SeriesNotification, facts: SeriesFacts): MessagePart[] {
  const { practice, about } = facts;
  const words = getMailWords(practice).toClient;
  const name = sanitizeLine(practice.name);
  const whose = formatWhose(practice, notification.series);
  const many = about.length;
  const why: MessagePart[] = notification.reason ? [{ text: sanitizeLine(notification.reason) }] : [];
  const textParts = (text: StyledText): MessagePart[] => [{ text }, ...why];
  switch (findSoleChange(facts)) {
    case null:
      return [{ text: words.someChanged(whose) }, ...apologyParts(facts, whose), ...why];
    case 'added':
      return textParts(
        (isAddition(notification, facts) ? words.moreBooked : words.booked)({ many, practice: name, whose }),
      );
    case 'cancelled':
      return [...cancelledParts(facts, whose), ...why];
    case 'resized':
      return textParts(
        many === 1 ? words.lengthOfOne(getCurrentAndPreviousMinutes(about[0]!), whose) : words.lengths(whose),
      );
    default:
      return textParts(movedSentence(facts, whose));
  }
}

function movedSentence({ practice, about }: SeriesFacts, whose: string): StyledText {
  const words = getMailWords(practice).toClient;
  const other = findTherapistReplacement(about);
  const many = about.length;
  const [first] = about;
  if (other) return words.replaced({ ...other, many, areTimesUnchanged: areTimesUnchanged(about), whose });
  if (many === 1 && first?.movedFrom !== undefined)
    return words.movedOne({
      from: formatDayAndTimeForPractice(practice, first.movedFrom),
      to: formatDayAndTimeForPractice(practice, first.start),
      whose,
    });
  if (many === 1) return words.changedOne(whose);
  const replaced = about.filter(({ wasWith }) => wasWith !== undefined);
  if (replaced.length === 0) return words.moved(many, whose);
  return replaced.length === many && areTimesUnchanged(about)
    ? words.otherTherapists(many, whose)
    : words.changed(many, whose);
}

/** Says first what the practice cancels, and then what was cancelled otherwise. */
function cancelledParts(facts: SeriesFacts, whose: string): MessagePart[] {
  const words = getMailWords(facts.practice).toClient;
  const others = facts.changes.cancelled.filter(({ cancelledBy }) => cancelledBy !== 'practice');
  const [first] = others;
  if (!first) return apologyParts(facts, whose);
  const many = others.length;
  const onRequest = others.every(({ cancelledBy }) => cancelledBy === 'client');
  const text =
    many === 1
      ? words.cancelledOne({ ...cancelledDate(facts, first), onRequest, whose })
      : words.cancelled({ many, onRequest, whose });
  return [...apologyParts(facts, whose), { text }];
}

/** Who cancels, and sorry, for the dates that the practice cancelled; nothing where there are none. */
function apologyParts(facts: SeriesFacts, whose: string): MessagePart[] {
  const words = getMailWords(facts.practice).toClient;
  const practice = sanitizeLine(facts.practice.name);
  const ours = facts.changes.cancelled.filter(({ cancelledBy }) => cancelledBy === 'practice');
  const [first] = ours;
  if (!first) return [];
  const many = ours.length;
  const text =
    many === 1
      ? words.weCancelOne({ practice, ...cancelledDate(facts, first), whose })
      : words.weCancel({ practice, many, whose });
  return [{ text }];
}

function cancelledDate({ practice }: SeriesFacts, { start, therapist }: NotificationAppointment) {
  return { when: formatDayAndTimeForPractice(practice, start), therapist: sanitizeLine(therapist) };
}

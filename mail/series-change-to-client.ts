import type { SeriesNotification } from '@/scheduling/notification-types';
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
      return textParts(words.someChanged(whose));
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

function cancelledParts({ practice, about }: SeriesFacts, whose: string): MessagePart[] {
  const words = getMailWords(practice).toClient;
  const [first] = about;
  if (!first) return [];
  const name = sanitizeLine(practice.name);
  const many = about.length;
  const firstDate = {
    when: formatDayAndTimeForPractice(practice, first.start),
    therapist: sanitizeLine(first.therapist),
    whose,
  };
  if (about.some(({ cancelledBy }) => cancelledBy === 'practice'))
    return [
      {
        text:
          many === 1
            ? words.weCancelOne({ practice: name, ...firstDate })
            : words.weCancel({ practice: name, many, whose }),
      },
    ];
  const onRequest = about.every(({ cancelledBy }) => cancelledBy === 'client');
  return [
    {
      text: many === 1 ? words.cancelledOne({ ...firstDate, onRequest }) : words.cancelled({ many, onRequest, whose }),
    },
  ];
}

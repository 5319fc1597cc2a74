import { buildScoreRows } from '@/app/manage/[token]/progress/score-rows';
import { describeProgress, type ProgressText } from '@/care/describe-progress';
import { formatSignedScoreChange, type ScoreRow } from '@/components/score-table';
import type { SeriesView } from '@/db/appointments/series';
import type { ProgressView } from '@/db/care/pain-scores';
import { formatDay } from '@/scheduling/formatting';
import { formatNameAndAddress } from '@/scheduling/name-formatting';
import { toWallTime } from '@/scheduling/zone-conversion';

/** One page for others who treat the client: the client makes it, and nobody but the client sends it. */
export interface LetterContent {
  title: string;
  from: string[];
  why: string[];
  /** The treatment, one line for each date. */
  done: string[];
  /** Each score in a row: when it was asked for, the day, usual and worst pain, and the change since before. */
  scores: [when: string, on: string, usual: string, worst: string, change: string][];
  verdict: ProgressText;
  notes: string[];
}

interface Practice {
  name: string;
  address: string;
  phone: string;
  timeZone: string;
  locale: string;
}

export function buildLetterContent(
  {
    series,
    view,
    practice,
    question,
  }: {
    series: SeriesView;
    view: ProgressView;
    practice: Practice;
    /** The question whose page the client came from; null where there was none. */
    question: string | null;
  },
  now: number,
): LetterContent {
  const day = (instant: number, form: 'short' | 'full' = 'short') =>
    formatDay(toWallTime(practice.timeZone, instant).on, form, practice.locale);
  const past = series.appointments.filter(({ status, endsAt }) => {
    return endsAt <= now && (status === 'booked' || status === 'completed');
  });
  return {
    title: 'Massage so far, and how it went',
    from: [
      `${series.client.name}, ${day(now, 'full')}`,
      `Massage at ${formatNameAndAddress(practice)}${practice.phone ? `, ${practice.phone}` : ''}`,
    ],
    why: [
      ...(question ? [`They came with this question: ${question}`] : []),
      ...(series.note ? [`What they wrote when they booked: ${series.note}`] : []),
      ...(view.goal ? [`What they want to do again: ${view.goal}`] : []),
    ],
    done: past.map(({ startsAt, service, minutes, therapist }) => {
      return `${day(startsAt, 'full')}: ${service.name}, ${minutes} minutes, with ${therapist.name}`;
    }),
    scores: buildScoreRows(view, practice).map(({ when, on, answers, change }): LetterContent['scores'][number] => {
      return [when, on, pointOf(answers?.usual), pointOf(answers?.worst), formatSignedScoreChange(change)];
    }),
    verdict: describeProgress(view.progress, view.hasBegun, 'practitioner'),
    notes: [
      'The client noted the scores themselves: pain this week, from 0, none, to 10, the worst they can think of.',
      'Compared are three scores from the week before the first session and the last two from before a session. The rule has not been reviewed by a clinician.',
      'The client made this page and decides who sees it. The practice has sent it to nobody.',
    ],
  };
}

function pointOf(point: ScoreRow['change'] | undefined): string {
  return point === null || point === undefined ? '–' : `${point}`;
}

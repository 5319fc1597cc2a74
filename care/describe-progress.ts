// What do a client's scores mean in words, for the client and for anybody they show them to? The words come before the
// figures and are the same everywhere: they promise no cause and do not frighten.

import { formatNumberInWords } from '@/scheduling/count-wording';
import type { Progress } from './progress';

/** What a verdict is in words: a heading, what was compared, and what to do with it. */
export interface ProgressText {
  title: string;
  text: string;
  /** Always shown beside the verdict. */
  comparison: string;
}

/** The answers to "compared with before we began", the best first. */
export const COMPARISON_ANSWERS = ['much_better', 'better', 'same', 'worse', 'much_worse'] as const;
/** One answer to "compared with before we began". */
export type ComparisonAnswer = (typeof COMPARISON_ANSWERS)[number];

const COMPARED_WORDS: Record<ComparisonAnswer, string> = {
  much_better: 'Much better',
  better: 'A bit better',
  same: 'About the same',
  worse: 'A bit worse',
  much_worse: 'Much worse',
};

/**
 * Formats an answer to "compared with before we began".
 *
 * @example
 * formatComparisonAnswer('same') //=> 'About the same'
 */
export function formatComparisonAnswer(compared: ComparisonAnswer): string {
  return COMPARED_WORDS[compared];
}

/** The four verdicts in a few words, as labels for a count of several people. */
export const PROGRESS_VERDICT_LABELS: Record<Exclude<Progress['verdict'], 'too_few'>, string> = {
  clearly_lower: 'clearly lower than before',
  lower_could_be_chance: 'lower, but it could be chance',
  no_clear_change: 'no clear change',
  higher: 'higher than before',
};

/** Who reads the text: the client, or somebody who treats them. */
export type ProgressAudience = 'client' | 'practitioner';

/**
 * Describes a verdict in words. `hasBegun`: the first session has begun, so no more scores from before it can be noted.
 *
 * @example
 * describeProgress({ verdict: 'too_few', before: null, now: null, threshold: null, missing: { before: 0, session: 1 } }, true).title //=> 'Too early to say'
 */
export function describeProgress(
  progress: Progress,
  hasBegun: boolean,
  reader: ProgressAudience = 'client',
): ProgressText {
  const { verdict, before, now, threshold, missing } = progress;
  const own = OWN_WORDS[reader];
  const always = `Even a clear drop would be lower than ${own.started}, which is not the same as caused by it.`;
  if (verdict === 'too_few' || before === null || now === null || threshold === null)
    return {
      title: missing.before > 0 && hasBegun ? 'Not enough scores to compare' : 'Too early to say',
      text: describeMissing(missing, hasBegun, own),
      comparison: always,
    };
  const compared = `${own.pain} was about ${formatScore(before)} in the week before ${own.first}. Before ${own.last} it was about ${formatScore(now)}.`;
  switch (verdict) {
    case 'clearly_lower':
      return {
        title: `Clearly lower than ${own.started}`,
        text: `${compared} Starting from there, a drop of ${points(threshold)} or more, and of at least 30%, is a change worth having, and both of the last two scores are below every one from before.`,
        comparison: `This is lower than ${own.started}, which is not the same as caused by it.`,
      };
    case 'lower_could_be_chance':
      return {
        title: 'Lower, but it could be chance',
        text: `${compared} Pain goes up and down by itself, and this could be that. More scores will make it clearer.`,
        comparison: `This is lower than ${own.started}, which is not the same as caused by it.`,
      };
    case 'higher':
      return {
        title: `Higher than ${own.started}`,
        text: `${compared} A score does not say why. ${own.ifHigher}`,
        comparison: `This is higher than ${own.started}, which is not the same as caused by it.`,
      };
    case 'no_clear_change':
      return {
        title: 'No clear change so far',
        text: `${compared} That is too close to call either way. It does not show that the sessions help, nor that they do not.`,
        comparison: always,
      };
  }
}

const OWN_WORDS = {
  client: {
    pain: 'Your usual pain',
    first: 'your first session',
    last: 'your last two sessions',
    started: 'before you came',
    scores: 'Your scores are below all the same.',
    ifHigher:
      'Please see someone about it, a doctor or a physiotherapist, and tell your therapist before your next session.',
  },
  practitioner: {
    pain: 'The client’s usual pain',
    first: 'the first session',
    last: 'the last two sessions',
    started: 'before the first session',
    scores: 'The scores are below all the same.',
    ifHigher: 'The client was asked to have it looked at by a doctor or a physiotherapist.',
  },
} as const satisfies Record<ProgressAudience, Record<string, string>>;

type OwnWords = (typeof OWN_WORDS)[ProgressAudience];

function describeMissing({ before, session }: Progress['missing'], hasBegun: boolean, own: OwnWords): string {
  if (before > 0 && hasBegun)
    return `We compare three scores from the week before the first session with later ones. ${describeNoted(3 - before)}, so we cannot say what has changed since. ${own.scores}`;
  const parts = [
    before > 0 && `${formatNumberInWords(before)} from the week before ${own.first}`,
    session > 0 && `${formatNumberInWords(session)} from just before a session`,
  ].filter(Boolean);
  return `One score can be luck, so we wait for a few: three from the week before ${own.first}, and four from just before a session. Still missing: ${parts.join(', and ')}.`;
}

function describeNoted(count: number): string {
  if (count === 0) return 'None of them was noted';
  return `Only ${formatNumberInWords(count)} of them ${count === 1 ? 'was' : 'were'} noted`;
}

/**
 * Formats a score, or a mean of scores, to one decimal.
 *
 * @example
 * formatScore(17 / 3) //=> '5.7'
 */
export function formatScore(score: number): string {
  return `${Math.round(score * 10) / 10}`;
}

function points(count: number): string {
  return count === 1 ? 'one point' : `${formatNumberInWords(count)} points`;
}

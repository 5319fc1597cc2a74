// Is it helping? Scores of pain from 0 to 10 in, a verdict out. People book when it is bad, and it then often eases by
// itself: so several scores from before are held against several from after, and the bar is high. Even `clearly_lower` says
// nothing of the cause. Sources: Salaffi 2004 (PMID 15207508), doi 10.1055/a-1304-3677, doi 10.2519/jospt.2014.5248.

import { checkArray, checkInstant, checkObject, checkOneOf, malformedFieldError } from '@/scheduling/input-checks';

/** One score: noted while reading, in the week before session 1, before a session, or two days after one. */
export interface Score {
  at: number;
  kind: 'reading' | 'before' | 'session' | 'after';
  /** From 0, none, to 10. */
  value: number;
}

/** What the scores say, and how many are still missing. */
export interface Progress {
  verdict: 'clearly_lower' | 'lower_could_be_chance' | 'no_clear_change' | 'higher' | 'too_few';
  before: number | null;
  now: number | null;
  threshold: 1 | 2 | 3 | null;
  missing: { before: number; session: number };
}

const KINDS = ['reading', 'before', 'session', 'after'] as const;
const NEEDED = { before: 3, session: 4 };
/** Scores are added up in whole thousandths: 30 % of a sum of fractions would else be off by the last bit. */
const PARTS = 1000;

/**
 * Judges scores of before against the last two of now.
 *
 * `before` is the mean of the last three `before` scores; one noted later than the first `session` score was not before, and
 * does not count. `now` is the mean of the last two `session` scores, once there are four. `reading` and `after` scores are
 * not used: the first is why somebody came, the second what one session did. The order of input does not matter; of scores
 * of the same instant those are taken that flatter least: the lower ones of before, the higher ones of now.
 *
 * Values may be fractions, and count to the thousandth. Throws a RangeError that names the malformed field.
 *
 * @example
 * judgeProgress([]).missing //=> { before: 3, session: 4 }
 */
export function judgeProgress(scores: Score[]): Progress {
  checkScores(scores);
  const sessions = scores.filter(({ kind }) => kind === 'session').sort((a, b) => a.at - b.at || a.value - b.value);
  const began = sessions[0]?.at ?? Number.POSITIVE_INFINITY;
  const earlier = scores
    .filter(({ kind, at }) => kind === 'before' && at <= began)
    .sort((a, b) => a.at - b.at || b.value - a.value);
  const missing = {
    before: Math.max(0, NEEDED.before - earlier.length),
    session: Math.max(0, NEEDED.session - sessions.length),
  };
  const three = missing.before === 0 ? earlier.slice(-3).map(partsOf) : null;
  const two = missing.session === 0 ? sessions.slice(-2).map(partsOf) : null;
  const known = {
    before: three && sum(three) / (3 * PARTS),
    now: two && sum(two) / (2 * PARTS),
    threshold: three && thresholdOf(sum(three)),
    missing,
  };
  if (!three || !two) return { verdict: 'too_few', ...known };
  return { verdict: compare(three, two), ...known };
}

/**
 * How many points of 10 a change must have to be worth having: by the mean of the scores from before, under 4.5, to 7.5,
 * or above. It must be at least 30 % of that mean too, which `judgeProgress` holds.
 *
 * @example
 * getMinimalImportantChange(6) //=> 2
 */
export function getMinimalImportantChange(before: number): 1 | 2 | 3 {
  return thresholdOf(3 * before * PARTS);
}

/**
 * The highest score that is a change worth having, from this mean of before: lower by `getMinimalImportantChange`, and by 30 % at
 * least. Not rounded; below 0 where nothing can fall so far.
 *
 * @example
 * getHighestScoreOfImportantChange(10) //=> 7
 */
export function getHighestScoreOfImportantChange(before: number): number {
  return before - Math.max(getMinimalImportantChange(before), 0.3 * before);
}

/** `getMinimalImportantChange` by the sum of three scores, in thousandths. */
function thresholdOf(three: number): 1 | 2 | 3 {
  if (three < 3 * 4.5 * PARTS) return 1;
  return three <= 3 * 7.5 * PARTS ? 2 : 3;
}

function compare(three: number[], two: number[]): Exclude<Progress['verdict'], 'too_few'> {
  // Six times the drop of the mean, so that nothing is divided.
  const drop = 2 * sum(three) - 3 * sum(two);
  const worth = 6 * thresholdOf(sum(three)) * PARTS;
  const isLarge = drop >= worth;
  // 30 % of the mean of before. From 0 nothing can fall, though 0 is 30 % of it.
  const isShare = drop > 0 && 5 * drop >= 3 * sum(three);
  if (isLarge && isShare && Math.max(...two) < Math.min(...three)) return 'clearly_lower';
  if (isLarge || isShare) return 'lower_could_be_chance';
  if (-drop >= worth && Math.min(...two) > Math.max(...three)) return 'higher';
  return 'no_clear_change';
}

function partsOf({ value }: Score): number {
  return Math.round(value * PARTS);
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function checkScores(scores: Score[]): void {
  checkArray('scores', scores);
  for (const [i, score] of scores.entries()) {
    checkObject(`scores[${i}]`, score);
    checkInstant(`scores[${i}].at`, score.at);
    if (score.at < 0) throw malformedFieldError(`scores[${i}].at`, 'an instant since 1970', score.at);
    checkOneOf(`scores[${i}].kind`, score.kind, KINDS);
    if (typeof score.value !== 'number' || !(score.value >= 0 && score.value <= 10))
      throw malformedFieldError(`scores[${i}].value`, 'a number from 0 to 10', score.value);
  }
}

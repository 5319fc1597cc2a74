// Is massage helping? Takes pain scores from 0 to 10 and returns a verdict. People book when pain is bad, and it then
// often eases by itself. So several scores from before are compared with several from after, and the bar is high. Even
// `clearly_lower` says nothing about the cause. Sources: Salaffi 2004 (PMID 15207508), doi 10.1055/a-1304-3677, doi
// 10.2519/jospt.2014.5248.

import { checkArray, checkInstant, checkObject, checkOneOf, malformedFieldError } from '@/scheduling/input-checks';

/** One score: noted while reading, in the week before session 1, before a session, or two days after one. */
export interface Score {
  at: number;
  kind: 'reading' | 'before' | 'session' | 'after';
  /** From 0 (no pain) to 10. */
  value: number;
}

/** The verdict on the scores, and how many scores are still missing. */
export interface Progress {
  verdict: 'clearly_lower' | 'lower_could_be_chance' | 'no_clear_change' | 'higher' | 'too_few';
  before: number | null;
  now: number | null;
  threshold: 1 | 2 | 3 | null;
  missing: { before: number; session: number };
}

const KINDS = ['reading', 'before', 'session', 'after'] as const;
const NEEDED = { before: 3, session: 4 };
/**
 * Scores are added up in whole thousandths: floating point would put 30 % of a sum of fractions off by the last bit.
 */
const PARTS = 1000;

/**
 * Compares the scores from before with the two latest ones.
 *
 * `before` is the mean of the last three `before` scores; a `before` score noted later than the first `session` score
 * does not count. `now` is the mean of the last two `session` scores, once there are four. `reading` and `after` scores
 * are not used: the first kind tells why a client came, the second what one session did. The order of input does not
 * matter. Among scores of the same instant the least flattering are used: the lowest `before` scores and the highest
 * `session` scores.
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
 * How many of the 10 points a score must change by for the change to be worth having. It depends on the mean of the
 * scores from before: under 4.5, from 4.5 to 7.5, or above. The change must also be at least 30 % of that mean, which
 * `judgeProgress` checks.
 *
 * @example
 * getMinimalImportantChange(6) //=> 2
 */
export function getMinimalImportantChange(before: number): 1 | 2 | 3 {
  return thresholdOf(3 * before * PARTS);
}

/**
 * The highest score that is a change worth having from the mean `before`: lower by at least `getMinimalImportantChange`
 * and by at least 30 %. Not rounded; below 0 where the score cannot fall that far.
 *
 * @example
 * getHighestScoreOfImportantChange(10) //=> 7
 */
export function getHighestScoreOfImportantChange(before: number): number {
  return before - Math.max(getMinimalImportantChange(before), 0.3 * before);
}

/** `getMinimalImportantChange` for the sum of three scores, in thousandths. */
function thresholdOf(three: number): 1 | 2 | 3 {
  if (three < 3 * 4.5 * PARTS) return 1;
  return three <= 3 * 7.5 * PARTS ? 2 : 3;
}

function compare(three: number[], two: number[]): Exclude<Progress['verdict'], 'too_few'> {
  // Six times the drop of the mean, which avoids a division.
  const drop = 2 * sum(three) - 3 * sum(two);
  const worth = 6 * thresholdOf(sum(three)) * PARTS;
  const isLarge = drop >= worth;
  // At least 30 % of the mean from before. A score of 0 cannot fall, although a drop of 0 would be 30 % of it.
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

// What do a practice's rules say to clients whose plans change? At most two English sentences, and the practice's own
// words.

import { formatHowOften } from './count-wording';
import { formatDuration } from './formatting';

/**
 * Describes the practice's rules for clients whose plans change: how often a date may be moved, how long a late client
 * is waited for, and the practice's own words. Empty where it has none.
 *
 * @example
 * describeHouseRules({ movesPerDate: 2, graceMinutes: 10, noShowWords: '' }) //=> 'Each date can be moved online twice. If you are late, your time is kept for 10 minutes.'
 */
export function describeHouseRules(practice: {
  movesPerDate: number;
  graceMinutes: number;
  noShowWords: string;
}): string {
  const { movesPerDate, graceMinutes, noShowWords } = practice;
  return [
    movesPerDate > 0 && `Each date can be moved online ${formatHowOften(movesPerDate)}.`,
    graceMinutes > 0 && `If you are late, your time is kept for ${formatDuration(graceMinutes)}.`,
    noShowWords,
  ]
    .filter(Boolean)
    .join(' ');
}

import { expect, it } from 'vitest';
import { formatElapsedTimeAgo } from './calendar-import-problem-texts';

it.each([
  [0, 'just now'],
  [60_000, '1 minute ago'],
  [59.9 * 60_000, '59 minutes ago'],
  [3_600_000, '1 hour ago'],
  [23 * 3_600_000, '23 hours ago'],
  [24 * 3_600_000, '1 day ago'],
  [72 * 3_600_000, '3 days ago'],
])('%i ms is %s', (ms, expected) => expect(formatElapsedTimeAgo(ms)).toBe(expected));

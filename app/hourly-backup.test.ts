import { describe, expect, it } from 'vitest';
import { backupName } from '@/db/backup-rotation';
import { isDue } from './hourly-backup';

const NOW = Date.parse('2026-11-23T18:00:00Z');
const MINUTE = 60_000;

describe('a backup is due', () => {
  it('when there is none, or only other files', () => {
    expect(isDue([], NOW)).toBe(true);
    expect(isDue(['fortnight.db', `${backupName(NOW)}.partial`], NOW)).toBe(true);
  });

  it('an hour after the newest, whichever comes first in the folder', () => {
    expect(isDue([backupName(NOW - 30 * MINUTE), backupName(NOW - 300 * MINUTE)], NOW)).toBe(false);
    expect(isDue([backupName(NOW - 60 * MINUTE), backupName(NOW - 300 * MINUTE)], NOW)).toBe(true);
  });

  it('when the clock was once far ahead', () => {
    expect(isDue([backupName(NOW + 90 * MINUTE)], NOW)).toBe(true);
  });
});

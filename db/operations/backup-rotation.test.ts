import { describe, expect, it } from 'vitest';
import { formatBackupName, listExpiredBackups, parseBackupTime } from './backup-rotation';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-11-23T18:00:00Z'); // a Monday
const stored = (names: string[]) => {
  const spent = new Set(listExpiredBackups(names));
  return names.filter((name) => !spent.has(name));
};
const hourly = (hours: number) => Array.from({ length: hours }, (_, k) => formatBackupName(NOW - k * HOUR));

describe('the name of a backup', () => {
  it('gives back its instant', () => {
    expect(formatBackupName(NOW)).toBe('fortnight-20261123T180000000Z.db');
    expect(parseBackupTime(formatBackupName(NOW + 7))).toBe(NOW + 7);
  });

  it.each([
    'fortnight.db',
    'fortnight-20261123T180000000Z.db.partial',
    'fortnight-20261399T180000000Z.db',
    'notes.txt',
  ])('is not %s', (name) => expect(parseBackupTime(name)).toBeNull());
});

describe('backup rotation', () => {
  it('keeps every backup of the first day', () => {
    expect(listExpiredBackups(hourly(24))).toEqual([]);
  });

  it('keeps the newest of each of 24 hours, 7 days and 8 weeks out of half a year', () => {
    const names = stored(hourly(180 * 24));
    const instants = names.map((name) => parseBackupTime(name)!);
    expect(instants.filter((at) => at > NOW - DAY)).toHaveLength(24);
    // Of the 7 days, two lie within the 24 hours; of the 8 weeks, two end within the 7 days.
    expect(instants.filter((at) => at <= NOW - DAY).map((at) => new Date(at).toISOString().slice(0, 13))).toEqual([
      '2026-11-21T23',
      '2026-11-20T23',
      '2026-11-19T23',
      '2026-11-18T23',
      '2026-11-17T23',
      '2026-11-15T23',
      '2026-11-08T23',
      '2026-11-01T23',
      '2026-10-25T23',
      '2026-10-18T23',
      '2026-10-11T23',
    ]);
  });

  it('keeps the same backups whether it runs every hour or once at the end', () => {
    const all = hourly(70 * 24).reverse();
    let folder: string[] = [];
    for (const name of all) folder = stored([...folder, name]);
    expect(folder.sort()).toEqual(stored(all).sort());
  });

  it('keeps the existing backups after months without new ones', () => {
    const old = Array.from({ length: 5 }, (_, k) => formatBackupName(NOW - 400 * DAY - k * HOUR));
    expect(stored([formatBackupName(NOW), ...old])).toHaveLength(6);
  });

  it('keeps the newest of one hour, and never lists a file that is no backup', () => {
    const names = [formatBackupName(NOW + 1), formatBackupName(NOW + 2), 'auth-secret', 'fortnight.db'];
    expect(listExpiredBackups(names)).toEqual([formatBackupName(NOW + 1)]);
  });
});

import path from 'node:path';
import { RETENTION } from '@/db/retention';

// How backups are named, and which ones have expired. The name holds the instant, so a copy stored elsewhere keeps its
// age.

const NAME = /^fortnight-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z\.db$/;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
// The epoch was a Thursday; weeks begin on Monday.
const FIRST_MONDAY = 4 * DAY;

const BACKUPS_KEPT = [
  { count: 24, periodOf: (at: number) => Math.floor(at / HOUR) },
  { count: 7, periodOf: (at: number) => Math.floor(at / DAY) },
  { count: RETENTION.backupWeeks, periodOf: (at: number) => Math.floor((at - FIRST_MONDAY) / (7 * DAY)) },
];

export function getBackupsFolder(): string {
  return path.resolve(process.env.DATA_DIR || 'data', 'backups');
}

/** `fortnight-20261123T180000000Z.db` */
export function formatBackupName(at: number): string {
  return `fortnight-${new Date(at).toISOString().replace(/[-:.]/g, '')}.db`;
}

/** When this backup was taken, or null for a file that is no backup. */
export function parseBackupTime(name: string): number | null {
  const [, year, month, day, hour, minute, second, milli] = NAME.exec(name) ?? [];
  if (!year) return null;
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milli}Z`);
  return Number.isNaN(at) || formatBackupName(at) !== name ? null : at;
}

/**
 * The backups to delete: all but the newest of each of the latest 24 hours, 7 days and 8 weeks (UTC) that have a
 * backup. Other files are never listed. A practice whose server was off for a month keeps what it had.
 */
export function listExpiredBackups(names: string[]): string[] {
  const newestFirst = names
    .map((name) => ({ name, at: parseBackupTime(name) }))
    .filter((entry): entry is { name: string; at: number } => entry.at !== null)
    .sort((a, b) => b.at - a.at);
  const keptNames = new Set<string>();
  for (const { count, periodOf } of BACKUPS_KEPT) {
    const periods = new Set<number>();
    for (const { name, at } of newestFirst) {
      if (periods.has(periodOf(at))) continue;
      periods.add(periodOf(at));
      if (periods.size > count) break;
      keptNames.add(name);
    }
  }
  return newestFirst.map(({ name }) => name).filter((name) => !keptNames.has(name));
}

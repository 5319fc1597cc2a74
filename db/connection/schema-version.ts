import { readFileSync } from 'node:fs';
import path from 'node:path';

interface Journal {
  entries: { when: number; tag: string }[];
}

/** The migrations of this version, oldest first. The migrator runs those that are newer than the last one it ran. */
export function listMigrations(folder: string): Journal['entries'] {
  return (JSON.parse(readFileSync(path.join(folder, 'meta', '_journal.json'), 'utf8')) as Journal).entries;
}

/** Throws if a newer version has changed this database: an older version would read and write it wrongly. */
export function refuseNewerDatabase(folder: string, lastRun: number): void {
  const newest = Math.max(...listMigrations(folder).map(({ when }) => when));
  if (lastRun <= newest) return;
  throw new Error(
    'a newer version of Fortnight has used it. Nothing was changed. Start that version again, or restore a backup from before the update.',
  );
}

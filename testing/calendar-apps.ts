// Programs that read calendar files, to see how software that we did not write understands ours: ical.js always, and
// khal, which uses another library and language, where it is installed (Debian: `apt-get install khal`).
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ICAL from 'ical.js';

/** What a calendar app shows; instants in ms. */
interface Shown {
  uid: string;
  start: number;
  end: number;
  summary: string;
  location: string;
  status: string;
}

/** A calendar into which files are imported one after the other. It lists its contents by start. */
export interface CalendarApp {
  name: string;
  show(files: string[]): Shown[];
}

/** Reads the events of a file by the time zones in that file and no others. */
export function readEvents(text: string): { start: number; end: number; event: ICAL.Event }[] {
  const root = new ICAL.Component(ICAL.parse(text));
  const zones = root.getAllSubcomponents('vtimezone').map((zone) => new ICAL.Timezone(zone));
  return root.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    const instant = (time: ICAL.Time) => time.convertToZone(ICAL.Timezone.utcTimezone).toUnixTime() * 1000;
    for (const [name, time] of [
      ['dtstart', event.startDate],
      ['dtend', event.endDate],
    ] as const) {
      const tzid = component.getFirstProperty(name)!.getParameter('tzid');
      const zone = zones.find((each) => each.tzid === tzid);
      if (zone) time.zone = zone;
    }
    return { start: instant(event.startDate), end: instant(event.endDate), event };
  });
}

const icalJs: CalendarApp = {
  name: 'ical.js',
  show(files) {
    const shown = new Map<string, Shown & { sequence: number }>();
    for (const { start, end, event } of files.flatMap(readEvents)) {
      const { uid, summary, location, sequence } = event;
      if (sequence < (shown.get(uid)?.sequence ?? 0)) continue;
      const status = String(event.component.getFirstPropertyValue('status'));
      shown.set(uid, { uid, start, end, summary, location, status, sequence });
    }
    return [...shown.values()].map(({ sequence: _, ...event }) => event).sort((a, b) => a.start - b.start);
  },
};

const FIELDS = ['{uid}', '{start-long}', '{end-long}', '{title}', '{location}', '{status}'];

function configOf(home: string): string {
  const dates = ['dateformat', 'longdateformat'].map((name) => `${name} = %Y-%m-%d`);
  const times = ['datetimeformat', 'longdatetimeformat'].map((name) => `${name} = %Y-%m-%dT%H:%M`);
  return [
    '[calendars]',
    '[[practice]]',
    `path = ${home}/practice`,
    'type = calendar',
    '[locale]',
    'timeformat = %H:%M',
    ...dates,
    ...times,
    'local_timezone = UTC',
    'default_timezone = UTC',
    '[sqlite]',
    `path = ${home}/khal.db`,
  ].join('\n');
}

const khal: CalendarApp = {
  name: 'khal',
  show(files) {
    const home = mkdtempSync(path.join(tmpdir(), 'fortnight-khal-'));
    const run = (...args: string[]) => {
      const env = { ...process.env, HOME: home, LC_ALL: 'C.UTF-8' };
      const { status, stdout, stderr } = spawnSync('khal', ['-c', `${home}/config`, ...args], {
        env,
        encoding: 'utf8',
      });
      if (status !== 0) throw new Error(`khal ${args[0]} failed: ${stderr}`);
      return stdout;
    };
    try {
      mkdirSync(`${home}/practice`);
      writeFileSync(`${home}/config`, configOf(home));
      for (const [i, file] of files.entries()) {
        writeFileSync(`${home}/${i}.ics`, file);
        run('import', '--batch', '-a', 'practice', `${home}/${i}.ics`);
      }
      const listed = run('list', '--day-format', '', '--format', FIELDS.join('|'), '2026-01-01', '730d');
      return listed
        .split('\n')
        .filter((line) => line.includes('|'))
        .map((line) => {
          const [uid = '', start = '', end = '', summary = '', location = '', status = ''] = line.split('|');
          const instant = (text: string) => Date.parse(`${text}Z`);
          return { uid, start: instant(start), end: instant(end), summary, location, status: status.trim() };
        });
    } finally {
      rmSync(home, { recursive: true });
    }
  },
};

/** Every calendar app that is installed here. */
export function listCalendarApps(): CalendarApp[] {
  const hasKhal = spawnSync('khal', ['--version']).status === 0;
  if (!hasKhal) console.info('khal is not installed: our calendar files are read by ical.js alone.');
  return hasKhal ? [icalJs, khal] : [icalJs];
}

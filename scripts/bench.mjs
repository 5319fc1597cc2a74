// Prints one JSON line per figure. `npm run bench -- free standing` runs the groups whose names begin so, or all when
// none is named. With `--against REF` each figure of that commit is printed beside it, measured in the same run. A
// group is a generator of figures: to add one, write it in bench/ and name it here.

import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';

const groups = {
  'free-starts': async () => (await import('./bench/free-starts.mjs')).freeStartsFigures(),
  'standing-times': async () => (await import('./bench/standing-times.mjs')).standingTimesFigures(),
  database: async () => (await import('./bench/database-benchmark.mjs')).databaseFigures(),
  practice: async () => (await import('./bench/practice-benchmark.mjs')).practiceFigures(),
  day: async () => (await import('./bench/staff-tasks.mjs')).practiceDayFigures(),
  calendars: async () => (await import('./bench/calendars.mjs')).calendarsFigures(),
  waitlist: async () => (await import('./bench/waitlist.mjs')).waitlistFigures(),
  http: async () => (await import('./bench/http.mjs')).httpFigures(),
  stall: async () => (await import('./bench/stall.mjs')).stallFigures(),
  growth: async () => (await import('./bench/growth.mjs')).growthFigures(),
  steady: async () => (await import('./bench/steady.mjs')).steadyFigures(),
};

const { values, positionals } = parseArgs({ options: { against: { type: 'string' } }, allowPositionals: true });
const isWanted = (name) => positionals.length === 0 || positionals.some((start) => name.startsWith(start));
const selected = Object.keys(groups).filter(isWanted);

if (values.against === undefined) {
  for (const name of selected) {
    for await (const figure of await groups[name]()) console.log(JSON.stringify(figure));
  }
} else {
  const { compareWith } = await import('./bench/against.mjs');
  const root = path.dirname(import.meta.dirname);
  try {
    for await (const figure of compareWith({ root, ref: values.against, groups: selected }))
      console.log(JSON.stringify(figure));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}

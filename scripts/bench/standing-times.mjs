import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { standingTimes } from '../../scheduling/standing-times.ts';
import { exponentOf, measure, round } from './measure.mjs';
import { naiveFreeStarts } from './naive-free-starts.mjs';
import { firstMonday, generateBookedTherapists, lengths, queryOf, timeZone } from './practice-data.mjs';

function queryFor(therapists, sessions) {
  return {
    timeZone,
    cadence: 'weekly',
    sessions,
    from: firstMonday,
    ...lengths,
    now: null,
    minNoticeMinutes: 0,
    therapists: generateBookedTherapists(therapists, sessions),
  };
}

/** Bytes held after a garbage collection. */
function held() {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/**
 * The memory that an answer holds, and how much the process grew while one was made, and while 20 were made without a
 * pause. Most of the latter is garbage that was not collected because nothing needed its room yet.
 */
function memoryOf(query) {
  const before = held();
  const rss = process.memoryUsage().rss;
  const grown = () => round(Math.max(0, process.memoryUsage().rss - rss) / 2 ** 20);
  let answer = standingTimes(query);
  const rssMb = grown();
  for (let i = 0; i < 20; i++) answer = standingTimes(query);
  const rssOf20Mb = grown();
  return { entries: answer.length, heldMb: round((held() - before) / 2 ** 20), rssMb, rssOf20Mb };
}

/** Fifty therapists over 12 weekly sessions, with the naive version over 12 weeks beside it, and how the time grows. */
export function* standingTimesFigures() {
  const query = queryFor(50, 12);
  const yardstick = measure(() => query.therapists.map((t) => naiveFreeStarts(queryOf(t, 12))), {
    warmup: 1,
    runs: 10,
  });
  const ours = measure(() => standingTimes(query), { warmup: 10, runs: 100 });
  yield {
    name: 'standing-times-50x12',
    unit: 'ms',
    ...ours,
    yardstick: yardstick.p50,
    ratio: round(yardstick.p50 / ours.p50),
    ...memoryOf(query),
  };
  yield { name: 'standing-times-200x12-memory', unit: 'MB', ...memoryOf(queryFor(200, 12)) };

  const time = (therapists, sessions) => {
    const sized = queryFor(therapists, sessions);
    return measure(() => standingTimes(sized), { warmup: 3, runs: 15 }).p50;
  };
  const team = [10, 50, 200];
  const byTeam = team.map((therapists) => time(therapists, 12));
  yield {
    name: 'standing-times-by-therapists',
    unit: 'ms',
    sizes: team,
    p50s: byTeam,
    exponent: exponentOf(team, byTeam),
  };
  const weeks = [4, 12, 26, 52];
  const byWeeks = weeks.map((sessions) => time(10, sessions));
  yield {
    name: 'standing-times-by-weeks',
    unit: 'ms',
    sizes: weeks,
    p50s: byWeeks,
    exponent: exponentOf(weeks, byWeeks),
  };
}

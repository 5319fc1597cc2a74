import { freeStarts } from '../../scheduling/availability.ts';
import { exponentOf, measure, round } from './measure.mjs';
import { naiveFreeStarts } from './naive-free-starts.mjs';
import { generateBookedTherapists, queryOf } from './practice-data.mjs';

function both(therapists, weeks, runs) {
  const queries = generateBookedTherapists(therapists, 12).map((therapist) => queryOf(therapist, weeks));
  const all = (find) => () => {
    let starts = 0;
    for (const query of queries) starts += find(query).length;
    return starts;
  };
  const starts = all(freeStarts)();
  if (starts !== all(naiveFreeStarts)())
    throw new Error('The yardstick and freeStarts disagree: one of them is wrong.');
  const yardstick = measure(all(naiveFreeStarts), { runs: Math.max(10, Math.floor(runs / 10)) });
  const ours = measure(all(freeStarts), { warmup: 20, runs });
  return { unit: 'ms', ...ours, yardstick: yardstick.p50, ratio: round(yardstick.p50 / ours.p50), starts };
}

/** One and fifty therapists over 12 weeks, and how the time grows with the number of therapists and of weeks. */
export function* freeStartsFigures() {
  yield { name: 'free-starts-1x12w', ...both(1, 12, 500) };
  yield { name: 'free-starts-50x12w', ...both(50, 12, 100) };

  const time = (therapists, weeks) => {
    const queries = generateBookedTherapists(therapists, weeks).map((therapist) => queryOf(therapist, weeks));
    return measure(() => queries.map(freeStarts), { warmup: 10, runs: 40 }).p50;
  };
  const team = [10, 50, 200];
  const byTeam = team.map((therapists) => time(therapists, 12));
  yield {
    name: 'free-starts-by-therapists',
    unit: 'ms',
    sizes: team,
    p50s: byTeam,
    exponent: exponentOf(team, byTeam),
  };
  const weeks = [4, 12, 26, 52];
  const byWeeks = weeks.map((count) => time(10, count));
  yield { name: 'free-starts-by-weeks', unit: 'ms', sizes: weeks, p50s: byWeeks, exponent: exponentOf(weeks, byWeeks) };
}

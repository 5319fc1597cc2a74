// The data for the figures of the pure rules: therapists in one zone, Mon-Sat 09:00-13:00 and 13:30-20:00, a 15-minute
// step, 60-minute massages with 15 minutes of clean-up, and 400 appointments each over 12 weeks, in the order they were
// booked.

import { toInstant } from '../../scheduling/zone-conversion.ts';

export const timeZone = 'Europe/Dublin';
/** A Monday; the clocks go back in the eighth week. */
export const firstMonday = '2026-09-07';
export const from = toInstant(timeZone, firstMonday, '00:00');
const MINUTE = 60_000;
const WEEK = 7 * 86_400_000;

const day = [
  ['09:00', '13:00'],
  ['13:30', '20:00'],
];
export const weeklyHours = { 1: day, 2: day, 3: day, 4: day, 5: day, 6: day };

export const lengths = { durationMinutes: 60, stepMinutes: 15, bufferBefore: 0, bufferAfter: 15 };

/** Numbers that look random but are the same on every run. */
function dice(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Books about 33 appointments a week for each therapist, none overlapping another. */
export function generateBookedTherapists(therapists, weeks) {
  return Array.from({ length: therapists }, (_, t) => {
    const roll = dice(t + 1);
    const takenCells = new Set();
    const busy = [];
    const target = Math.round((400 / 12) * weeks);
    for (let tries = 0; busy.length < target && tries < 40 * target; tries++) {
      const week = roll(weeks);
      const minute = roll(6) * 1440 + [540, 630, 720 - 15, 810, 900, 990, 1080, 1125][roll(8)];
      const start = from + week * WEEK + minute * MINUTE;
      const cells = Array.from({ length: 5 }, (_, i) => start / MINUTE + 15 * i);
      if (cells.some((cell) => takenCells.has(cell))) continue;
      for (const cell of cells) takenCells.add(cell);
      busy.push({ start, end: start + 75 * MINUTE });
    }
    return { id: `therapist-${String(t).padStart(3, '0')}`, weeklyHours, overrides: [], busy };
  });
}

/** The query for one therapist over some weeks. */
export function queryOf(therapist, weeks) {
  return { timeZone, ...therapist, ...lengths, now: null, minNoticeMinutes: 0, from, to: from + weeks * WEEK };
}

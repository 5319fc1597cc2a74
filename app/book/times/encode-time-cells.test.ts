import { expect, it } from 'vitest';
import { decodeTimeCells, encodeTimeCells } from './encode-time-cells';
import { buildTimeCellLabels } from './time-cell-labels';
import { getAvailabilityLevel } from './times-grid';

const names = { mira: 'Mira', tom: 'Tom', jun: 'Jun' };

function cellOf(on: string, time: string, line: boolean[], therapists: string[]) {
  const open = line.filter(Boolean).length;
  const clashes = open === line.length ? [] : [on];
  return {
    on,
    time,
    open,
    sessions: line.length,
    level: getAvailabilityLevel(open, line.length),
    therapists,
    line,
    clashes,
  };
}

it.each(['once', 'weekly', 'biweekly'] as const)('decodes encoded times to the same cells: %s', (cadence) => {
  const label = { names, cadence, locale: 'en-IE' };
  const line = (text: string) => (cadence === 'once' ? [true] : [...text].map((date) => date === '+'));
  const cells = [
    cellOf('2026-12-01', '09:00', line('++++'), ['mira']),
    cellOf('2026-12-01', '09:30', line('-++-'), ['tom', 'mira']),
    cellOf('2026-12-01', '23:30~2', line('---+'), ['mira', 'tom', 'jun']),
    cellOf('2026-12-01', '23:45', line('+++-'), ['mira']),
  ];
  const days = [
    { on: '2026-12-01', cells: cells.map((cell) => buildTimeCellLabels(cell, label)) },
    { on: '2026-12-02', cells: [] },
  ];
  expect(decodeTimeCells(encodeTimeCells(days), label)).toEqual(days);
});

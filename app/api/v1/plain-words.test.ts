import { expect, it } from 'vitest';
import type { z } from 'zod';
import { toIssues } from '@/db/input/field-schemas';
import {
  cancelBodySchema,
  moveBodySchema,
  openingsQuerySchema,
  seriesBodySchema,
  seriesHeadersSchema,
  standingTimesQuerySchema,
} from './api-schemas';

const START = '2026-12-01T18:00:00+00:00';
const plan = { service: 'swedish', minutes: 60, cadence: 'once' };
const calls: [string, z.ZodType, Record<string, unknown>][] = [
  [
    'openings',
    openingsQuerySchema,
    { service: 'swedish', minutes: 60, from: '2026-12-01', days: 7, therapist: 'mira' },
  ],
  [
    'standing times',
    standingTimesQuerySchema,
    { ...plan, sessions: 1, from: '2026-12-01', people: 1, limit: 5, therapist: 'any' },
  ],
  [
    'a series',
    seriesBodySchema,
    {
      ...plan,
      appointments: [{ startsAt: START, therapist: 'mira' }],
      client: { name: 'Ana Costa', email: 'ana@example.org', phone: '' },
      bookedBy: 'Bea Costa',
      beside: { name: 'Ben Costa', therapists: ['tom'] },
      question: 'low-back-pain',
      note: 'Left knee.',
      consent: true,
    },
  ],
  ['its key', seriesHeadersSchema, { 'Idempotency-Key': 'key-1' }],
  ['a cancel', cancelBodySchema, { scope: 'this' }],
  ['a move', moveBodySchema, { startsAt: START, therapist: 'mira', scope: 'this' }],
];
const JUNK = [undefined, null, 5, 1.5, -1, 1e12, 'x y', '', 'é'.repeat(300), true, [], [5], {}, { a: 1 }];
const OF_VALIDATOR = /expected|received|invalid (input|option|string|key)|pattern|too (small|big)|undefined|NaN/i;

/** The paths of all values in `found`, nested ones included. */
function pathsOf(found: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof found !== 'object' || found === null) return [path];
  return [path, ...Object.entries(found).flatMap(([name, inner]) => pathsOf(inner, [...path, name]))];
}

function withAt(found: unknown, [name, ...rest]: (string | number)[], value: unknown): unknown {
  if (name === undefined) return value;
  const copy = structuredClone(found) as Record<string | number, unknown>;
  copy[name] = withAt(copy[name], rest, value);
  return copy;
}

it.each(calls)('%s: whatever replaces a value, the answer is plain English', (_, schema, good) => {
  expect(schema.safeParse(good).success).toBe(true);
  const messages = pathsOf(good).flatMap((path) =>
    JUNK.flatMap((junk) => {
      const result = schema.safeParse(withAt(good, path, junk));
      return result.success ? [] : toIssues(result.error).map(({ message }) => message);
    }),
  );
  expect(messages.length).toBeGreaterThan(3);
  expect(messages.filter((message) => OF_VALIDATOR.test(message) || !/^[A-Z].*\.$/.test(message))).toEqual([]);
});

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { HISTORY_ACTIONS } from '@/db/access/audit-actions';
import { describeEvent } from './describe-event';

it('has words of its own for every action', () => {
  const money = ['charge', 'payment', 'tip', 'discount', 'refund', 'fee', 'waiver', 'correction'];
  for (const action of [...Object.values(HISTORY_ACTIONS).flat(), ...money.map((kind) => `entered ${kind}`)]) {
    const text = describeEvent({ action, facts: {}, by: { kind: 'visitor' } }, String);
    // An action without words of its own is shown by its name in the database.
    const bare = `${action.charAt(0).toUpperCase()}${action.slice(1).replaceAll('_', ' ')}, on the website.`;
    if (!['booked', 'cancelled', 'signed in', 'signed out everywhere', 'went live'].includes(action))
      expect(text, action).not.toBe(bare);
  }
});

it('knows every action that is written into the history', () => {
  const known: string[] = Object.values(HISTORY_ACTIONS).flat();
  const folder = path.resolve('db');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  const written = files.flatMap((name) =>
    [...readFileSync(path.join(folder, name), 'utf8').matchAll(/\baction: '([a-z][^']*)'/g)].map(
      ([, action]) => action!,
    ),
  );
  expect(written.length).toBeGreaterThan(20);
  // A health check writes this action and rolls it back.
  expect(written.filter((action) => !known.includes(action) && action !== 'tried')).toEqual([]);
});

it('names what was changed of the practice', () => {
  const facts = { changed: ['name', 'email'] };
  const text = describeEvent({ action: 'practice changed', facts, by: { kind: 'visitor' } }, String);
  expect(text).toBe('Changed the practice’s name, e-mail address, on the website.');
});

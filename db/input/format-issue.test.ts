import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { toIssues } from './field-schemas';

function wordsFor(schema: z.ZodType, found: unknown): string[] {
  const result = schema.safeParse(found);
  if (result.success) throw new Error('It was accepted.');
  return toIssues(result.error).map(({ message }) => message);
}

describe('a validator message, where the schema has none of its own', () => {
  it.each<[string, z.ZodType, unknown]>([
    ['This is missing.', z.object({ a: z.string() }), {}],
    ['Send text.', z.string(), 5],
    ['Send a number.', z.number(), '5'],
    ['Send a number.', z.number(), Number.NaN],
    ['Send a whole number.', z.number().int(), 1.5],
    ['Send true or false.', z.boolean(), 'yes'],
    ['Send a list.', z.array(z.string()), {}],
    ['Send an object, in curly brackets.', z.object({}), 'no'],
    ['Send a date.', z.date(), 'no'],
    ['This is not what belongs here.', z.map(z.string(), z.string()), 'no'],
    ['Send "once" or "weekly".', z.enum(['once', 'weekly']), 'daily'],
    ['Send true.', z.literal(true), 1],
    ['This is empty.', z.string().min(1), ''],
    ['Write at least 3 characters.', z.string().min(3), 'ab'],
    ['Write at most 3 characters.', z.string().max(3), 'abcd'],
    ['This is empty.', z.array(z.string()).min(1), []],
    ['Send at least 2 of these.', z.array(z.string()).min(2), ['a']],
    ['Send at most 1 of these.', z.array(z.string()).max(1), ['a', 'b']],
    ['Send 1 or more.', z.number().min(1), 0],
    ['Send 31 or less.', z.number().max(31), 32],
    ['Leave out b.', z.strictObject({ a: z.string() }), { a: '', b: '' }],
    ['Send a multiple of 5.', z.number().multipleOf(5), 7],
    ['This is not written as it should be.', z.string().regex(/^a$/), 'b'],
    ['This is not written as it should be.', z.email(), 'b'],
    ['This is not what belongs here.', z.union([z.string(), z.number()]), true],
  ])('is translated to %j', (words, schema, found) => {
    expect(wordsFor(schema, found)).toEqual([words]);
  });

  it('is left unchanged when it comes from a schema', () => {
    expect(wordsFor(z.string('Enter a name.').min(2, 'Too short a name.'), 'a')).toEqual(['Too short a name.']);
  });
});

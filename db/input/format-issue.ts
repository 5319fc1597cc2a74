import type { z } from 'zod';

// Replaces the validator's own messages with plain English, where a schema has none. Callers of the API read them, and
// sometimes people who fill in a form.

type Issue = z.core.$ZodIssue;

/** How the validator's own messages begin; none of ours begins like this. */
const OF_VALIDATOR = /^(Invalid |Too small: |Too big: |Unrecognized key)/;
const IS_MISSING = /received undefined$/;
const NOT_IT = 'This is not what belongs here.';

const EXPECTED: Record<string, string> = {
  string: 'Send text.',
  number: 'Send a number.',
  int: 'Send a whole number.',
  boolean: 'Send true or false.',
  array: 'Send a list.',
  object: 'Send an object, in curly brackets.',
  date: 'Send a date.',
};

/** The message of an issue: a schema's own text unchanged, the validator's in plain English. */
export function formatIssue(issue: Issue): string {
  return OF_VALIDATOR.test(issue.message) ? sayPlainly(issue) : issue.message;
}

function sayPlainly(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return IS_MISSING.test(issue.message) ? 'This is missing.' : (EXPECTED[issue.expected] ?? NOT_IT);
    case 'invalid_value':
      return `Send ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}.`;
    case 'too_small':
      return sayBound(issue.origin, Number(issue.minimum), {
        single: 'This is empty.',
        words: 'at least',
        end: 'or more',
      });
    case 'too_big':
      return sayBound(issue.origin, Number(issue.maximum), { words: 'at most', end: 'or less' });
    case 'unrecognized_keys':
      return `Leave out ${issue.keys.join(', ')}.`;
    case 'not_multiple_of':
      return `Send a multiple of ${issue.divisor}.`;
    case 'invalid_format':
      return 'This is not written as it should be.';
    default:
      return NOT_IT;
  }
}

function sayBound(origin: string, bound: number, wording: { single?: string; words: string; end: string }): string {
  const { single, words, end } = wording;
  if (origin === 'string') return bound === 1 && single ? single : `Write ${words} ${bound} characters.`;
  if (origin === 'array' || origin === 'set')
    return bound === 1 && single ? single : `Send ${words} ${bound} of these.`;
  return `Send ${bound} ${end}.`;
}

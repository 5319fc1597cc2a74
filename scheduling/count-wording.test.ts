import { describe, expect, it } from 'vitest';
import { formatAllOf, formatNumberInWords } from './count-wording';

describe('counts', () => {
  it.each([
    [0, 'zero'],
    [1, 'one'],
    [8, 'eight'],
    [12, 'twelve'],
    [19, 'nineteen'],
    [20, 'twenty'],
    [21, 'twenty-one'],
    [26, 'twenty-six'],
    [27, '27'],
    [-1, '-1'],
  ])('say the count %d as %s', (n, expected) => {
    expect(formatNumberInWords(n)).toBe(expected);
  });

  it('says "both" for two', () => {
    expect([2, 3, 30].map(formatAllOf)).toEqual(['both', 'all three', 'all 30']);
  });

  it('say every count to twenty-six in a word of its own', () => {
    const formatted = Array.from({ length: 27 }, (_, n) => formatNumberInWords(n));
    expect(new Set(formatted).size).toBe(27);
    expect(formatted.every((word) => /^[a-z]+(-[a-z]+)?$/.test(word))).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { checkInstant, checkOneOf, checkWholeNumber, malformedFieldError } from './input-checks';

const DAY = 86_400_000;

describe('a malformed field', () => {
  it('is named in the error, with the expected and the given value', () => {
    const error = malformedFieldError('stepMinutes', 'a whole number', Number.NaN);
    expect(error).toBeInstanceOf(RangeError);
    expect(error.message).toBe('stepMinutes must be a whole number, got NaN');
    expect(malformedFieldError('on', 'a day', 'x"y').message).toBe('on must be a day, got "x\\"y"');
    expect(malformedFieldError('on', 'a day', null).message).toBe('on must be a day, got null');
  });

  it('is shown shortened when it is long', () => {
    expect(malformedFieldError('on', 'a day', 'x'.repeat(9999)).message).toBe(
      `on must be a day, got "${'x'.repeat(60)}"`,
    );
  });
});

describe('a whole number', () => {
  it.each([0, 5, Number.MAX_SAFE_INTEGER])('may be %d', (value) => {
    expect(() => checkWholeNumber('n', value, 0)).not.toThrow();
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, '1', undefined])('may not be %j', (value) => {
    expect(() => checkWholeNumber('n', value as number, 0)).toThrow('n must be a whole number of at least 0, got');
  });

  it('may be as small as the given minimum', () => {
    expect(() => checkWholeNumber('n', 1, 1)).not.toThrow();
    expect(() => checkWholeNumber('n', 0, 1)).toThrow('n must be a whole number of at least 1, got 0');
  });
});

describe('a word', () => {
  it('may be any of those allowed, and the refusal lists them', () => {
    expect(() => checkOneOf('scope', 'this', ['this', 'all'])).not.toThrow();
    const check = () => checkOneOf('scope', ['all'], ['this', 'following', 'all']);
    expect(check).toThrow('scope must be this, following or all, got a list');
  });
});

describe('an instant', () => {
  it.each([0, -0.5, 8.64e15 - 9 * DAY, -8.64e15 + 9 * DAY])('may be %d', (value) => {
    expect(() => checkInstant('now', value)).not.toThrow();
  });

  it.each([8.64e15 - 9 * DAY + 1, -8.64e15, Number.NaN, Number.NEGATIVE_INFINITY, '0', null, undefined])(
    'may not be %j',
    (value) => {
      expect(() => checkInstant('now', value as number)).toThrow('now must be an instant in ms since the epoch, got');
    },
  );
});

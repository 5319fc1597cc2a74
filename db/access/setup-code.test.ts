import { beforeEach, expect, it, vi } from 'vitest';
import { getSetupCode, isSetupCode, isSetupPass, makeSetupPass } from './setup-code';

beforeEach(() => vi.stubEnv('AUTH_SECRET', 'a secret for tests, and for nothing else'));

it('is the same in every process with the same secret, and differs with another secret', () => {
  const code = getSetupCode();
  expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{4}-[0-9a-hjkmnp-tv-z]{4}$/);
  expect(getSetupCode()).toBe(code);
  vi.stubEnv('AUTH_SECRET', 'another secret for tests, and for nothing else');
  expect(getSetupCode()).not.toBe(code);
  expect(isSetupCode(code)).toBe(false);
});

it.each([
  ['as it is printed', (code: string) => code],
  ['without the dash', (code: string) => code.replace('-', '')],
  ['in capitals, with gaps', (code: string) => ` ${code.toUpperCase().replace('-', ' - ')} `],
  ['with the letters that look like its figures', (code: string) => code.replaceAll('0', 'O').replaceAll('1', 'l')],
])('accepts %s', (_how, input) => {
  expect(isSetupCode(input(getSetupCode()))).toBe(true);
});

it.each(['', '-', '0000-0000', 'x'.repeat(100_000)])('refuses %.20s', (input) => {
  expect(isSetupCode(input)).toBe(false);
});

it('lets in the pass, and refuses the code in its place or nothing at all', () => {
  expect(isSetupPass(makeSetupPass())).toBe(true);
  expect([undefined, '', getSetupCode(), `${makeSetupPass()}x`].map(isSetupPass)).toEqual([false, false, false, false]);
});

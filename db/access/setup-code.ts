import { createHmac, timingSafeEqual } from 'node:crypto';

// Whoever can read the server's console, where this code is printed, may set up the practice of an empty database. The
// code is derived from AUTH_SECRET: all servers of one practice print the same code, also after a restart, and none is
// stored. It opens only the set-up, which closes once there is a practice.

/** Digits and letters, without those that are easily confused. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 8;

/** `7f3k-m2xq` */
export function getSetupCode(): string {
  const letters = [...signed('set-up code').subarray(0, LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]);
  return `${letters.slice(0, LENGTH / 2).join('')}-${letters.slice(LENGTH / 2).join('')}`;
}

/** Accepts the code with or without the dash, in any letter case, with O for 0 and I or L for 1. */
export function isSetupCode(code: string): boolean {
  const letters = code
    .slice(0, 100)
    .toLowerCase()
    .replace(/[^0-9a-z]/g, '')
    .replaceAll('o', '0')
    .replace(/[il]/g, '1');
  return isSame(letters, getSetupCode().replace('-', ''));
}

/** The browser stores this in place of the code once the code was entered. */
export function makeSetupPass(): string {
  return signed('set-up pass').toString('base64url');
}

export function isSetupPass(pass: string | undefined): boolean {
  return pass !== undefined && isSame(pass, makeSetupPass());
}

function isSame(value: string, expected: string): boolean {
  const [a, b] = [value, expected].map((text) => createHmac('sha256', secret()).update(text).digest());
  return timingSafeEqual(a!, b!);
}

function signed(what: string): Buffer {
  return createHmac('sha256', secret()).update(what).digest();
}

function secret(): string {
  const configured = process.env.AUTH_SECRET;
  if (!configured) throw new Error('AUTH_SECRET is not set: nobody can set up a practice without it.');
  return configured;
}

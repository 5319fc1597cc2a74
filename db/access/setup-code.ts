import { createHmac, timingSafeEqual } from 'node:crypto';

// Who may set up the practice of an empty database: whoever reads the server's own console, where the code is printed.
// It is made from AUTH_SECRET, so that every server of one practice prints the same, after a restart too, and nothing of
// it is kept. It opens the set-up alone, and that is gone once there is a practice.

/** Digits and letters without those that are taken for one another. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 8;

/** `7f3k-m2xq` */
export function getSetupCode(): string {
  const letters = [...signed('set-up code').subarray(0, LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]);
  return `${letters.slice(0, LENGTH / 2).join('')}-${letters.slice(LENGTH / 2).join('')}`;
}

/** Typed with or without the dash, in any letter case, with O for 0 and I or L for 1. */
export function isSetupCode(code: string): boolean {
  const letters = code
    .slice(0, 100)
    .toLowerCase()
    .replace(/[^0-9a-z]/g, '')
    .replaceAll('o', '0')
    .replace(/[il]/g, '1');
  return isSame(letters, getSetupCode().replace('-', ''));
}

/** What a browser keeps in place of the code, once it was given. */
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

import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { processState } from '@/process-state';
import { decrypt, decryptForAnyPurpose, encrypt, reencryptRetiredValuesInText } from './encryption';

const OLD = 'aaaaaaaa';
const NEW = 'bbbbbbbb';
const keys = new Map([OLD, NEW].map((id) => [id, randomBytes(32)]));
const use = (current: string | null, byId = keys) => {
  processState.dataKeys = { byId, current, locked: 0 };
};

beforeEach(() => {
  process.env.AUTH_SECRET = 'a secret for tests, and for nothing else';
  use(OLD);
});

describe('an encrypted text', () => {
  it('opens only for its own purpose, and says which key it needs', () => {
    const sealed = encrypt('Sore hip. “Left”', 'booking note');
    expect(sealed).toMatch(/^k1\.aaaaaaaa\.booking-note\.[\w-]+$/);
    expect(decrypt(sealed, 'booking note')).toBe('Sore hip. “Left”');
    expect(decryptForAnyPurpose(sealed)).toBe('Sore hip. “Left”');
    expect(decrypt(sealed, 'client alerts')).toBeNull();
    expect(decrypt(sealed.replace('booking-note', 'client-alerts'), 'client alerts')).toBeNull();
  });

  it('differs each time the same text is encrypted', () => {
    expect(encrypt('7', 'score')).not.toBe(encrypt('7', 'score'));
  });

  it('does not open when a letter is changed or cut, or when it claims another key', () => {
    const sealed = encrypt('Sore hip', 'booking note');
    const body = sealed.lastIndexOf('.') + 1;
    for (let at = body; at < sealed.length - 1; at++) {
      const other = sealed[at] === 'A' ? 'B' : 'A';
      expect(decrypt(sealed.slice(0, at) + other + sealed.slice(at + 1), 'booking note')).toBeNull();
    }
    expect(decrypt(sealed.slice(0, -8), 'booking note')).toBeNull();
    expect(decrypt(sealed.replace(OLD, NEW), 'booking note')).toBeNull();
  });

  it('gives null where its key is missing', () => {
    const sealed = encrypt('Sore hip', 'booking note');
    use(NEW, new Map([[NEW, randomBytes(32)]]));
    expect(decrypt(sealed, 'booking note')).toBeNull();
    expect(decryptForAnyPurpose(sealed)).toBeNull();
  });

  it('cannot be made without a key: plain text is never stored instead', () => {
    use(null, new Map());
    expect(() => encrypt('Sore hip', 'booking note')).toThrow('No data key');
  });
});

describe('a text that an older version encrypted', () => {
  it('opens with the key made from AUTH_SECRET, and with no other', () => {
    const key = Buffer.from(hkdfSync('sha256', process.env.AUTH_SECRET!, 'fortnight', 'client alerts', 32));
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    const body = Buffer.concat([cipher.update('Nut oil'), cipher.final()]);
    const sealed = Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    expect(decrypt(sealed, 'client alerts')).toBe('Nut oil');
    expect(decrypt(sealed, 'booking note')).toBeNull();
    process.env.AUTH_SECRET = 'another secret for tests, and nothing else';
    expect(decrypt(sealed, 'client alerts')).toBeNull();
  });

  it('is not confused with text that a person typed', () => {
    for (const text of ['', 'Sore hip', 'k1.aaaaaaaa.booking-note.', 'x'.repeat(100)])
      expect(decrypt(text, 'booking note')).toBeNull();
  });
});

describe('encrypting again', () => {
  it('replaces each value of a retired key, wherever it stands in a text, and nothing else', () => {
    const [first, second] = [encrypt('one', 'score'), encrypt('two', 'booking note')];
    use(NEW);
    const newer = encrypt('three', 'score');
    const forged = 'k1.aaaaaaaa.score.AAAA';
    const again = reencryptRetiredValuesInText(
      `{"a":"${first}","b":["${second}"],"c":"${newer}","d":"${forged}"}`,
      new Set([OLD]),
    );
    const { a, b, c, d } = JSON.parse(again) as { a: string; b: string[]; c: string; d: string };
    expect([a, b[0]!].every((value) => value.startsWith(`k1.${NEW}.`))).toBe(true);
    expect([decryptForAnyPurpose(a), decryptForAnyPurpose(b[0]!)]).toEqual(['one', 'two']);
    expect([c, d]).toEqual([newer, forged]);
  });
});

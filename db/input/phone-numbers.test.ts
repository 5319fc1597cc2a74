import { describe, expect, it } from 'vitest';
import { phoneNumberSchema } from './field-schemas';
import {
  derivePhoneCountry,
  describeInvalidPhone,
  formatPhone,
  formatPhoneLink,
  listCountries,
  parsePhone,
} from './phone-numbers';

/** Reads a number as a form or the API does. */
function read(input: string, country: ReturnType<typeof derivePhoneCountry> = 'IE') {
  const cleaned = phoneNumberSchema.safeParse(input);
  return cleaned.success && cleaned.data !== undefined ? parsePhone(cleaned.data, country) : null;
}

describe('44 a phone number', () => {
  it.each([
    ['01 555 0142', '+35315550142'],
    ['+353 (0)1 555 0142', '+35315550142'],
    ['00353 1 555 0142', '+35315550142'],
    ['+81 (0)75 555 0142', '+81755550142'],
    ['01 555 0142 ext. 5', '+35315550142;ext=5'],
    ['01 555 0142 x5', '+35315550142;ext=5'],
    ['+353 1 555 0142;ext=5', '+35315550142;ext=5'],
    // Pasted from a page or an address book.
    ['\u202a+353\u00a01\u00a0555\u00a00142\u202c', '+35315550142'],
    ['01\u2011555\u20110142', '+35315550142'],
    ['01–555–0142', '+35315550142'],
    ['０１　５５５　０１４２', '+35315550142'],
    ['＋３５３ １ ５５５ ０１４２', '+35315550142'],
    ['٠١ ٥٥٥ ٠١٤٢', '+35315550142'],
  ])('%j is stored as %s', (input, stored) => {
    expect(read(input)).toBe(stored);
    expect(read(stored)).toBe(stored);
  });

  it.each([
    'call me',
    '<b>',
    'soon',
    '12345',
    '112',
    '01 555 0142 or 086 555 0100',
    '01 555',
    '+999 555 0142',
    '1'.repeat(5000),
  ])('%j is refused', (input) => {
    expect(read(input)).toBeNull();
  });

  it('is taken for one of the practice’s country when it has no country code', () => {
    expect(read('075 555 0142', 'JP')).toBe('+81755550142');
    expect(read('(212) 555-0142', 'US')).toBe('+12125550142');
    expect(parsePhone('(212) 555-0142', undefined)).toBeNull();
  });

  it('is shown in national format, or with the country code when it is from another country', () => {
    expect(formatPhone('+35315550142', 'IE')).toBe('(01) 555 0142');
    expect(formatPhone('+35315550142;ext=5', 'IE')).toBe('(01) 555 0142 ext. 5');
    expect(formatPhone('+81755550142', 'IE')).toBe('+81 75 555 0142');
    expect(formatPhone('ask at the desk', 'IE')).toBe('ask at the desk');
  });

  it('has a link that dials it in full, or none', () => {
    expect(formatPhoneLink('+81 (0)75 555 0142', 'JP')).toBe('tel:+81755550142');
    expect(formatPhoneLink('01 555 0142 ext. 5', 'IE')).toBe('tel:+35315550142;ext=5');
    expect(formatPhoneLink('', 'IE')).toBeNull();
    expect(formatPhoneLink('ask at the desk', 'IE')).toBeNull();
  });

  it.each([
    ['Europe/Dublin', 'en-US', 'IE'],
    ['europe/dublin', 'en', 'IE'],
    ['Asia/Tokyo', 'ja', 'JP'],
    ['Asia/Kolkata', 'en-GB', 'IN'],
    ['America/Halifax', 'en-IE', 'CA'],
    ['Europe/Berlin', 'de-DE', 'DE'],
    ['UTC', 'fr-CA', 'CA'],
    ['Etc/GMT+5', 'en-001', undefined],
  ])('is read as one of the country of zone %s, whatever the locale %s: %s', (timeZone, locale, country) => {
    expect(derivePhoneCountry({ timeZone, locale })).toBe(country);
  });
});

it('prefers the practice’s own country to its time zone and locale', () => {
  expect(derivePhoneCountry({ timeZone: 'Europe/Dublin', locale: 'en-IE', country: 'FR' })).toBe('FR');
  expect(derivePhoneCountry({ timeZone: 'Europe/Dublin', locale: 'en-IE', country: '' })).toBe('IE');
});

describe('a text that is no phone number', () => {
  it.each([
    ['IE', ', such as +353 1 555 0142.'],
    [undefined, ', such as +353 1 555 0142.'],
    ['DE', ', such as +49 1512 3456789.'],
    ['US', ', such as +1 201 555 0123.'],
  ] as const)('is answered with a number of %s', (country, end) => {
    expect(describeInvalidPhone(country)).toBe(`Please write the phone number in digits${end}`);
  });

  it('is answered with a number that would be taken, whatever the country', () => {
    for (const { code } of listCountries()) {
      const [, example] = / such as (.+)\.$/.exec(describeInvalidPhone(code as 'DE')) ?? [];
      if (example !== undefined) expect(parsePhone(example, undefined), code).not.toBeNull();
    }
  });
});

import { z } from 'zod';
import { cleanLine, hasAtMostLetters } from '@/db/input/clean-text';
import { emailAddressSchema } from '@/db/input/field-schemas';
import {
  type derivePhoneCountry,
  describeInvalidPhone,
  formatPhoneLink,
  isCountryCode,
} from '@/db/input/phone-numbers';
import { MAIL_LANGUAGES } from '@/scheduling/mail-language';
import { canonicalZoneName } from '@/scheduling/zone-names';
import { isTimeZone } from '@/scheduling/zone-offsets';

// The fields that describe a practice, when it is set up and when its owner changes them.

export const singleLineSchema = z
  .string()
  .transform(cleanLine)
  .pipe(
    z
      .string()
      .refine((text) => hasAtMostLetters(text, 200), 'Please keep this to 200 characters.')
      .regex(/^\P{Cc}*$/u, 'Please write this on one line.'),
  );

export const currencyCodeSchema = z
  .string()
  .trim()
  .toUpperCase()
  .refine((code) => Intl.supportedValuesOf('currency').includes(code), 'Give a currency such as EUR or USD.');

export const timeZoneNameSchema = z
  .string()
  .trim()
  .refine(isTimeZone, 'Give a time zone such as Europe/Dublin or America/New_York.')
  .transform(canonicalZoneName);

export const localeTagSchema = z
  .string()
  .trim()
  .refine((tag) => isLocale(tag), 'Give a locale such as en-IE or en-US.');

/** The languages that e-mails can be written in. */
export const mailLanguageSchema = z.enum(MAIL_LANGUAGES, 'Choose one of the languages.');

/** ISO 3166 alpha-2; empty: derived from the time zone and the locale. */
export const optionalCountryCodeSchema = z
  .string()
  .trim()
  .toUpperCase()
  .refine((code): boolean => code === '' || isCountryCode(code), 'Choose a country of the list.');

/** As the practice writes it: empty, or a number that can be dialled from `country`. */
export const makeOptionalPracticePhoneSchema = (country: ReturnType<typeof derivePhoneCountry>) =>
  singleLineSchema.refine(
    (text) => text === '' || formatPhoneLink(text, country) !== null,
    describeInvalidPhone(country),
  );

/** The sender of its mail, or where replies go; empty: the owner's address. */
export const optionalEmailAddressSchema = z.union([z.literal(''), emailAddressSchema]);

export function isLocale(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length === 1;
  } catch {
    return false;
  }
}

/** The reason, in the practice's own words to its clients; may be empty. */
export const optionalReasonForClientsSchema = singleLineSchema.refine(
  (text) => hasAtMostLetters(text, 200),
  'Please keep this to 200 characters.',
);

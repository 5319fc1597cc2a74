import {
  type CountryCode,
  getCountries,
  getExampleNumber,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min';
import examples from 'libphonenumber-js/mobile/examples';
import { cleanMachineReadableText } from './clean-text';
import { INVALID_PHONE_MESSAGE } from './field-schemas';

// Parses phone numbers, and formats them for display and dialling. For the server only, because the library's data is
// large.

const countriesOfZones = new Map<string, CountryCode[]>();

/**
 * The country whose numbers may be written without a country code: the practice's own country if set, or else the
 * country of its time zone, because the locale may be another country's. The locale decides where a zone has several
 * countries, or none.
 */
export function derivePhoneCountry(where: {
  timeZone: string;
  locale: string;
  country?: string;
}): CountryCode | undefined {
  const { timeZone, locale, country } = where;
  if (country && isCountryCode(country)) return country;
  const countries = countriesOf(timeZone);
  const region = new Intl.Locale(locale).maximize().region ?? '';
  const ofLocale = isSupportedCountry(region) ? region : undefined;
  return ofLocale && countries.includes(ofLocale) ? ofLocale : (countries[0] ?? ofLocale);
}

export function isCountryCode(code: string): code is CountryCode {
  return isSupportedCountry(code);
}

/** All countries with their code and English name, ordered by name. */
export function listCountries(): { code: string; name: string }[] {
  const names = new Intl.DisplayNames('en', { type: 'region' });
  return getCountries()
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** A number as it is stored: E.164, followed by `;ext=5` for an extension. Null if it is no number. */
export function parsePhone(text: string, country: CountryCode | undefined): string | null {
  const found = find(text, country);
  return found && `${found.number}${found.ext ? `;ext=${found.ext}` : ''}`;
}

/**
 * A number in national format; with its country code if it is from another country. Text that is no number stays
 * unchanged.
 */
export function formatPhone(stored: string, country: CountryCode | undefined): string {
  const found = find(stored, country);
  if (!found) return stored;
  return found.country === country ? found.formatNational() : found.formatInternational();
}

/** What a link dials (RFC 3966), or null, because a link to a wrong number is worse than none. */
export function formatPhoneLink(stored: string, country: CountryCode | undefined): string | null {
  return find(stored, country)?.getURI() ?? null;
}

/** What is said of a text that is no phone number, with a number of that country as an example. */
export function describeInvalidPhone(country: CountryCode | undefined): string {
  // Ireland's numbers with 555 are reserved for examples; the library's may be somebody's.
  if (country === undefined || country === 'IE') return INVALID_PHONE_MESSAGE;
  const example = getExampleNumber(country, examples)?.formatInternational();
  const [words] = INVALID_PHONE_MESSAGE.split(', such as');
  return example === undefined ? `${words}.` : `${words}, such as ${example}.`;
}

/** The same issues, with a number of that country where a text is no phone number. */
export function withPhoneExample<Issue extends { message: string }>(
  issues: Issue[],
  country: CountryCode | undefined,
): Issue[] {
  return issues.map((issue) =>
    issue.message === INVALID_PHONE_MESSAGE ? { ...issue, message: describeInvalidPhone(country) } : issue,
  );
}

function find(text: string, country: CountryCode | undefined): PhoneNumber | null {
  const plain = cleanMachineReadableText(text).replace(/\p{Pd}/gu, '-');
  const found = parsePhoneNumberFromString(plain, { ...(country && { defaultCountry: country }), extract: false });
  return found?.isPossible() ? found : null;
}

function countriesOf(timeZone: string): CountryCode[] {
  let found = countriesOfZones.get(timeZone);
  if (!found) {
    // Looked up by the runtime's canonical zone name, which is the one in its lists.
    const zone = new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
    found = getCountries().filter((country) => zonesOf(country).includes(zone));
    countriesOfZones.set(timeZone, found);
  }
  return found;
}

function zonesOf(country: CountryCode): string[] {
  // A method in newer runtimes, a property in older ones; the types know neither.
  const locale = new Intl.Locale('und', { region: country }) as Intl.Locale & {
    getTimeZones?: () => string[];
    timeZones?: string[];
  };
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}

import {
  type CountryCode,
  getCountries,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min';
import { cleanMachineReadableText } from './clean-text';

// Which number is meant, and how it is dialled and shown. For the server alone: the library's data is large.

const countriesOfZones = new Map<string, CountryCode[]>();

/**
 * The country whose numbers need no code before them: the one a practice says it is in, or else the one its time zone
 * lies in, for its locale may be another's. The locale decides where a zone has several countries, or none.
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

/** All countries, by code and by their English name, in the order of the names. */
export function listCountries(): { code: string; name: string }[] {
  const names = new Intl.DisplayNames('en', { type: 'region' });
  return getCountries()
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** A number as it is kept: E.164, and `;ext=5` after it where there is an extension. Null where it is no number. */
export function parsePhone(text: string, country: CountryCode | undefined): string | null {
  const found = find(text, country);
  return found && `${found.number}${found.ext ? `;ext=${found.ext}` : ''}`;
}

/** A number as people of that country write it; with its code when it is another country's. What is none stays. */
export function formatPhone(stored: string, country: CountryCode | undefined): string {
  const found = find(stored, country);
  if (!found) return stored;
  return found.country === country ? found.formatNational() : found.formatInternational();
}

/** What a link dials (RFC 3966), or null: a link to a wrong number is worse than none. */
export function formatPhoneLink(stored: string, country: CountryCode | undefined): string | null {
  return find(stored, country)?.getURI() ?? null;
}

function find(text: string, country: CountryCode | undefined): PhoneNumber | null {
  const plain = cleanMachineReadableText(text).replace(/\p{Pd}/gu, '-');
  const found = parsePhoneNumberFromString(plain, { ...(country && { defaultCountry: country }), extract: false });
  return found?.isPossible() ? found : null;
}

function countriesOf(timeZone: string): CountryCode[] {
  let found = countriesOfZones.get(timeZone);
  if (!found) {
    // By the name the runtime gives it, which is the one it lists.
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

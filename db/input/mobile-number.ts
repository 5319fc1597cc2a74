import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { derivePhoneCountry } from './phone-numbers';

// Which numbers a text may go to. The large data of the library knows mobiles from landlines, and from the numbers that
// cost whoever calls them, which a stranger could put in.

const MOBILE = ['MOBILE', 'FIXED_LINE_OR_MOBILE'];

/** E.164, or null where it is no mobile. `where`: for a number that is written without its country. */
export function parseMobileNumber(
  phone: string,
  where?: { timeZone: string; locale: string; country: string },
): string | null {
  const country = where && derivePhoneCountry(where);
  const found = parsePhoneNumberFromString(phone, { ...(country && { defaultCountry: country }), extract: false });
  if (!found?.isValid() || found.ext || !MOBILE.includes(found.getType() ?? '')) return null;
  return found.number;
}

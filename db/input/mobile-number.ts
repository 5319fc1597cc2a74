import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { derivePhoneCountry } from './phone-numbers';

// Which numbers may get a text. The library's large data set tells mobiles from landlines, and from premium numbers,
// which a stranger could enter to cost the practice money.

const MOBILE = ['MOBILE', 'FIXED_LINE_OR_MOBILE'];

/** E.164, or null if it is no mobile number. `where`: for a number written without a country code. */
export function parseMobileNumber(
  phone: string,
  where?: { timeZone: string; locale: string; country: string },
): string | null {
  const country = where && derivePhoneCountry(where);
  const found = parsePhoneNumberFromString(phone, { ...(country && { defaultCountry: country }), extract: false });
  if (!found?.isValid() || found.ext || !MOBILE.includes(found.getType() ?? '')) return null;
  return found.number;
}

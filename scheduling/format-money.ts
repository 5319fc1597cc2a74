// How is an amount of money written? As the practice's locale writes its currency. How typed amounts are read is in
// parse-money.

import { getCurrencyDecimals } from './parse-money';

/**
 * Formats an amount that is counted in the smallest unit of its currency; decimals are left out of a whole amount. Yen
 * have no decimals, Kuwaiti dinars have three. Less than nothing has a minus sign, as a sum beside it has.
 *
 * @example
 * formatMoney(6850, 'EUR', 'en-IE') //=> '€68.50'
 */
export function formatMoney(amount: number, currency: string, locale: string): string {
  const digits = getCurrencyDecimals(currency);
  const places = amount % 10 ** digits === 0 ? 0 : digits;
  const written = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  }).format(amount / 10 ** digits);
  return written.replace('-', '−');
}

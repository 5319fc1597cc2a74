// How many digits stand after the point of an amount? By ISO 4217, and not by the runtime: Intl follows what is usual in
// shops, which differs (the Iraqi dinar, the Afghani) and changes from one version to the next. Amounts are kept as whole
// numbers of the smallest unit.

const DIGITS: [digits: number, currencies: string][] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
];
const BY_CURRENCY = new Map(
  DIGITS.flatMap(([digits, codes]) => codes.split(' ').map((code) => [code, digits] as const)),
);
/** What the databases can keep in a column of whole numbers. */
const MOST = 2_147_483_647;

/**
 * Returns how many decimals a currency has, by its ISO 4217 code in capitals. Unknown currencies have two.
 *
 * @example
 * getCurrencyDecimals('KWD') //=> 3
 */
export function getCurrencyDecimals(currency: string): number {
  return BY_CURRENCY.get(currency) ?? 2;
}

/**
 * Returns an amount as `parseMoney` reads it, to show in a hint.
 *
 * @example
 * getMoneyExample('JPY') //=> '6800'
 */
export function getMoneyExample(currency: string): string {
  return { 0: '6800', 3: '19.500', 4: '1.5000' }[getCurrencyDecimals(currency)] ?? '68 or 68.50';
}

/**
 * Reads an amount as a person writes it, with a decimal point or comma and at most the digits its currency has, and
 * counts it in the smallest unit. The currency may stand before or after it. Null where it is no such amount, or more
 * than can be kept.
 *
 * @example
 * parseMoney('€12,50', 'EUR') //=> 1250
 */
export function parseMoney(text: string, currency: string): number | null {
  const [, whole, rest = ''] = /^(\d{1,10})(?:[.,](\d+))?$/.exec(withoutCurrency(text.trim(), currency)) ?? [];
  const digits = getCurrencyDecimals(currency);
  if (whole === undefined || rest.length > digits) return null;
  const amount = Number(whole + rest.padEnd(digits, '0'));
  return amount <= MOST ? amount : null;
}

/** The amount without its currency's code or symbol, which may stand at one of its ends. */
function withoutCurrency(text: string, currency: string): string {
  for (const mark of [currency, getCurrencySymbol(currency)]) {
    if (mark !== '' && text.startsWith(mark)) return text.slice(mark.length).trim();
    if (mark !== '' && text.endsWith(mark)) return text.slice(0, -mark.length).trim();
  }
  return text;
}

/** '€'; the code itself where a currency has no symbol, or is none. */
function getCurrencySymbol(currency: string): string {
  if (!/^[A-Z]{3}$/.test(currency)) return currency;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  return format.formatToParts(0).find(({ type }) => type === 'currency')!.value;
}

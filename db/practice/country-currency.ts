// The currency of each country, because no runtime provides it. In a country that is not listed, the set-up asks for
// it.

const COUNTRIES: Record<string, string> = {
  EUR: 'AD AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MC ME MT NL PT SI SK SM VA XK',
  USD: 'US PR EC SV',
  GBP: 'GB GG IM JE',
  CHF: 'CH LI',
  CAD: 'CA',
  AUD: 'AU',
  NZD: 'NZ',
  DKK: 'DK FO GL',
  NOK: 'NO SJ',
  SEK: 'SE',
  ISK: 'IS',
  PLN: 'PL',
  CZK: 'CZ',
  HUF: 'HU',
  RON: 'RO',
  RSD: 'RS',
  TRY: 'TR',
  UAH: 'UA',
  ILS: 'IL',
  AED: 'AE',
  SAR: 'SA',
  KWD: 'KW',
  ZAR: 'ZA',
  KES: 'KE',
  NGN: 'NG',
  EGP: 'EG',
  MAD: 'MA',
  INR: 'IN',
  JPY: 'JP',
  KRW: 'KR',
  CNY: 'CN',
  HKD: 'HK',
  TWD: 'TW',
  SGD: 'SG',
  MYR: 'MY',
  THB: 'TH',
  VND: 'VN',
  IDR: 'ID',
  PHP: 'PH',
  MXN: 'MX',
  BRL: 'BR',
  ARS: 'AR',
  CLP: 'CL',
  COP: 'CO',
  PEN: 'PE',
};

/** ISO 4217; empty where the country is not listed. */
export function getCurrencyOfCountry(country: string | undefined): string {
  const found = Object.entries(COUNTRIES).find(([, countries]) => countries.split(' ').includes(country ?? ''));
  return found?.[0] ?? '';
}

import { describe, expect, it } from 'vitest';
import { formatMoney } from './format-money';
import { getCurrencyDecimals, getMoneyExample, parseMoney } from './parse-money';

describe('money', () => {
  it.each([
    ['EUR', 2],
    ['JPY', 0],
    ['KRW', 0],
    ['KWD', 3],
    // Intl says otherwise.
    ['IQD', 3],
    ['AFN', 2],
    ['CLF', 4],
  ])('has in %s as many digits after the point as ISO 4217 says: %d', (currency, digits) => {
    expect(getCurrencyDecimals(currency)).toBe(digits);
  });

  it.each([
    ['99.50', 'EUR', 9950],
    ['99.5', 'EUR', 9950],
    ['99', 'EUR', 9900],
    [' 42 ', 'EUR', 4200],
    ['12.500', 'KWD', 12_500],
    ['12.5', 'KWD', 12_500],
    ['8000', 'JPY', 8000],
    ['1500000', 'VND', 1_500_000],
    ['0', 'JPY', 0],
    ['12,50', 'EUR', 1250],
    ['€10', 'EUR', 1000],
    ['10 €', 'EUR', 1000],
    ['EUR 68,5', 'EUR', 6850],
    ['$10', 'USD', 1000],
    ['12.500 KWD', 'KWD', 12_500],
    ['10', '', 1000],
    ['21474836.47', 'EUR', 2_147_483_647],
  ])('reads %j in %s', (text, currency, amount) => {
    expect(parseMoney(text, currency)).toBe(amount);
  });

  it.each([
    ['12.500', 'EUR'],
    ['8000.50', 'JPY'],
    ['12.5000', 'KWD'],
    ['-5', 'EUR'],
    ['1e3', 'EUR'],
    ['forty', 'EUR'],
    ['', 'EUR'],
    ['.5', 'EUR'],
    ['5.', 'EUR'],
    ['21474836.48', 'EUR'],
    ['9999999999', 'JPY'],
    ['1,200', 'EUR'],
    ['1.200,50', 'EUR'],
    ['EUR 10', 'USD'],
    ['€', 'EUR'],
    ['12€50', 'EUR'],
    ['1EUR2', 'EUR'],
    ['€€5', 'EUR'],
    ['€5€', 'EUR'],
    ['$10', 'EUR'],
  ])('refuses %j in %s', (text, currency) => {
    expect(parseMoney(text, currency)).toBeNull();
  });

  it.each(['EUR', 'JPY', 'KWD', 'CLF'])('has in %s an example that can be read', (currency) => {
    for (const example of getMoneyExample(currency).split(' or ')) {
      expect(parseMoney(example, currency)).not.toBeNull();
    }
  });

  it('is formatted in the units it was parsed in', () => {
    const parse = (text: string, currency: string, locale: string) =>
      formatMoney(parseMoney(text, currency)!, currency, locale).replaceAll('\u00a0', ' ');
    expect(parse('12.500', 'KWD', 'en-IE')).toBe('KWD 12.500');
    expect(parse('12', 'KWD', 'en-IE')).toBe('KWD 12');
    expect(parse('8000', 'JPY', 'en-IE')).toBe('JP¥8,000');
    expect(parse('8050', 'JPY', 'en-US')).toBe('¥8,050');
    expect(parse('99.50', 'EUR', 'en-IE')).toBe('€99.50');
    expect(parse('12.500', 'IQD', 'en-IE')).toBe('IQD 12.500');
  });
});

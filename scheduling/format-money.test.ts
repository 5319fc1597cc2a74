import { describe, expect, it } from 'vitest';
import { formatMoney } from './format-money';

describe('amounts', () => {
  it('say money without needless cents', () => {
    expect(formatMoney(6800, 'EUR', 'en-IE')).toBe('€68');
    expect(formatMoney(6850, 'EUR', 'en-IE')).toBe('€68.50');
    expect(formatMoney(6805, 'EUR', 'en-IE')).toBe('€68.05');
  });

  it('write less than nothing with a minus sign, in any locale', () => {
    expect(formatMoney(-800, 'EUR', 'en-IE')).toBe('−€8');
    expect(formatMoney(-800, 'EUR', 'de-DE')).toBe('−8\u00a0€');
    expect(formatMoney(-800, 'SEK', 'sv-SE')).toBe('−8\u00a0kr');
  });
});

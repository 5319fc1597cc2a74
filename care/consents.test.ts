import { describe, expect, it } from 'vitest';
import { consentText } from './consents';

describe('what people agree to', () => {
  it('names the practice where it keeps a booking', () => {
    expect(consentText('booking', 'Elm Massage').text).toContain('Elm Massage may keep my name');
  });

  it.each(['booking', 'question'] as const)('carries the day on which its words last changed: %s', (kind) => {
    expect(consentText(kind, 'Elm Massage').version).toMatch(/^\d{4}-\d\d-\d\d$/);
  });
});

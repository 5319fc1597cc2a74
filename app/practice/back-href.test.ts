import { describe, expect, it } from 'vitest';
import { parseBackHref, withFlash } from './back-href';

describe('the page that somebody came from', () => {
  it('is the calendar as it was shown, or a client’s page', () => {
    for (const href of [
      '/practice/calendar',
      '/practice/calendar?on=2026-12-01&whose=everyone',
      '/practice/clients/a-1',
    ])
      expect(parseBackHref(href)).toBe(href);
  });

  it('falls back to the calendar when an address names any other page', () => {
    for (const href of [
      undefined,
      ['/practice/calendar'],
      '//evil.example',
      'https://evil.example/practice/calendar',
      '/practice/calendar/../../api',
      '/practice/clients/a/erase',
      '/practice/calendar?x=<b>',
      `/practice/calendar?on=${'1'.repeat(600)}`,
    ])
      expect(parseBackHref(href)).toBe('/practice/calendar');
  });

  it('gets the flash text added, and loses the panel that was open', () => {
    expect(withFlash('/practice/calendar?on=2026-12-01&open=a&ask=move', 'handed_over', 'x')).toBe(
      '/practice/calendar?on=2026-12-01&flash=handed_over&change=x#flash',
    );
    expect(withFlash('/practice/clients/nia', 'handed_over')).toBe('/practice/clients/nia?flash=handed_over#flash');
  });
});

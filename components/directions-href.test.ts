import { describe, expect, it } from 'vitest';
import { directionsHref } from './directions-href';

const PRACTICE = { name: 'Fortnight Massage', address: '12 Camden Row, Dublin 8' };

describe('the link to directions', () => {
  it.each([
    [
      'an iPhone',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1',
      'https://maps.apple.com/?q=Fortnight+Massage%2C+12+Camden+Row%2C+Dublin+8',
    ],
    [
      'a Mac',
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.1 Safari/605.1.15',
      'https://maps.apple.com/?q=Fortnight+Massage%2C+12+Camden+Row%2C+Dublin+8',
    ],
    [
      'an Android phone',
      'Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 Chrome/131.0.0.0 Mobile Safari/537.36',
      'geo:0,0?q=Fortnight%20Massage%2C%2012%20Camden%20Row%2C%20Dublin%208',
    ],
    [
      'a browser inside another app',
      'Mozilla/5.0 (Linux; Android 14; Pixel 7; wv) AppleWebKit/537.36 Version/4.0 Chrome/131.0.0.0 Mobile Safari/537.36',
      'https://www.google.com/maps/search/?api=1&query=Fortnight+Massage%2C+12+Camden+Row%2C+Dublin+8',
    ],
    [
      'a computer with Windows',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36',
      'https://www.google.com/maps/search/?api=1&query=Fortnight+Massage%2C+12+Camden+Row%2C+Dublin+8',
    ],
    [
      'a browser that does not say',
      null,
      'https://www.google.com/maps/search/?api=1&query=Fortnight+Massage%2C+12+Camden+Row%2C+Dublin+8',
    ],
  ])('opens the map of %s', (_where, userAgent, href) => {
    expect(directionsHref(PRACTICE, userAgent)).toBe(href);
  });
});

// The practice's colour in its e-mails, equal to the light theme of its pages in app/globals.css (a test compares
// them). Each colour has its own background, so a mail program in dark mode may invert the page and both stay readable.

const COLOURS: Record<string, string> = {
  green: '#2c6e5b',
  blue: '#2a6187',
  plum: '#6f4a7a',
  rose: '#93425a',
  ochre: '#7a5a16',
  grey: '#4c5a60',
};

export const TEXT_ON_COLOUR = '#faf7f2';

/** Falls back to green: an older message names no colour, but a practice always has one. */
export function practiceColourHex(name: string | undefined): string {
  return COLOURS[name ?? 'green'] ?? COLOURS.green!;
}

// The practice's colour in its e-mails, as its pages have it by day: app/globals.css, which a test holds these to. Each stands
// on a ground of its own, so that a dark mail program may turn the page round and both are still read.

const COLOURS: Record<string, string> = {
  green: '#2c6e5b',
  blue: '#2a6187',
  plum: '#6f4a7a',
  rose: '#93425a',
  ochre: '#7a5a16',
  grey: '#4c5a60',
};

export const TEXT_ON_COLOUR = '#faf7f2';

/** An older message names no colour, and a practice always has one. */
export function practiceColourHex(name: string | undefined): string {
  return COLOURS[name ?? 'green'] ?? COLOURS.green!;
}

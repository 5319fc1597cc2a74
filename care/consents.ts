// What people agree to, in the words they were shown. A changed sentence is a new version: what somebody agreed to
// before stays stored with the words they read.

/** What a consent is for: keeping a booking and all that came with it, or keeping a question until it is answered. */
export type ConsentKind = 'booking' | 'question';

/** One sentence to agree to. */
export interface ConsentText {
  /** The local day on which its words last changed, `YYYY-MM-DD`; a second change of that day adds `.2`. */
  version: string;
  /** The whole sentence, with the practice named. */
  text: string;
}

/**
 * The sentence a form or the API asks somebody to agree to.
 *
 * @example
 * consentText('question', 'Elm Massage').text //=> 'The practice may keep my question and my address to answer it.'
 */
export function consentText(kind: ConsentKind, practiceName: string): ConsentText {
  return kind === 'booking'
    ? {
        version: '2026-11-27.2',
        text: `${practiceName} may keep my name, my dates and, where I give them, my note, my score and the question I came from, to give me these massages.`,
      }
    : { version: '2026-11-27', text: 'The practice may keep my question and my address to answer it.' };
}

/**
 * What somebody who reports an error on a page is told before they send it, with the days it is kept once the page is
 * fixed. It is no consent: nobody has to say who they are, and nothing about them is asked for.
 *
 * @example
 * reportNotice(30).endsWith('Please leave your own health out of it.') //=> true
 */
export function reportNotice(days: number): string {
  return `We keep your report, and your address if you give one, until ${days} days after we have dealt with it. Please leave your own health out of it.`;
}

// What people agree to, in the words they were shown. A changed sentence is a new version: what somebody agreed to
// before stays stored with the words they read.

/** What a consent is for: keeping a booking with its note, or keeping a question until it is answered. */
export type ConsentKind = 'booking' | 'question';

/** One sentence to agree to. */
export interface ConsentText {
  /** The local day on which its words last changed, `YYYY-MM-DD`. */
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
        version: '2026-11-27',
        text: `${practiceName} may keep my name, my dates and my note, to give me these massages.`,
      }
    : { version: '2026-11-27', text: 'The practice may keep my question and my address to answer it.' };
}

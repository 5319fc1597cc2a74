// What people agree to, in the words that they were shown. A changed sentence is a new version: an earlier consent
// stays stored with the words that were read then.

/**
 * What a consent is for: keeping a booking and all that came with it; keeping a question until it is answered; being
 * treated; having what they say about their health kept; being written to beyond their bookings.
 */
export type ConsentKind = 'booking' | 'question' | CareConsentKind;

/** The three consents asked for before the first visit. Each is given and withdrawn on its own. */
export type CareConsentKind = (typeof careConsentKinds)[number];

/** The three consents, in the order in which they are asked. */
export const careConsentKinds = ['treated', 'health_kept', 'written_to'] as const;

/**
 * Whether a string names one of the three consents.
 *
 * @example
 * isCareConsentKind('booking') //=> false
 */
export function isCareConsentKind(kind: string): kind is CareConsentKind {
  return (careConsentKinds as readonly string[]).includes(kind);
}

/** One sentence to agree to. */
export interface ConsentText {
  /**
   * The local day on which its words last changed, `YYYY-MM-DD`; a second change of that day adds `.2`, and words for one
   * kind of signer add ` adult` or ` guardian`.
   */
  version: string;
  /** The whole sentence, with the practice named. */
  text: string;
}

/**
 * The sentence a form or the API asks somebody to agree to.
 *
 * @example
 * getConsentText('question', 'Elm Massage').text //=> 'The practice may keep my question and my address to answer it.'
 */
export function getConsentText(kind: ConsentKind, practiceName: string): ConsentText {
  switch (kind) {
    case 'booking':
      return {
        version: '2026-12-01',
        // Without "my": whoever books may book for somebody else.
        text: `${practiceName} may keep the names, the dates and, where I give them, the note, the score and the question I came from, to give these massages.`,
      };
    case 'question':
      return { version: '2026-11-27', text: 'The practice may keep my question and my address to answer it.' };
    case 'treated':
      return {
        version: '2026-11-28',
        text: `I agree to be massaged at ${practiceName}. I can say stop at any time, and need give no reason.`,
      };
    case 'health_kept':
      return {
        version: '2026-11-28',
        text: `${practiceName} may keep what I tell about my health, and show it to the owner and to whoever treats me, so that I am massaged safely.`,
      };
    case 'written_to':
      return {
        version: '2026-11-28',
        text: `${practiceName} may also write to me about other things than my bookings.`,
      };
  }
}

/** Who signs a consent: the client, who is of age, or the parent or guardian of a client who is not. */
export type ConsentSigner = 'adult' | 'guardian';

/** How parents or guardians introduce themselves, before the client's consent. */
export const GUARDIAN_STATEMENT = 'I am the parent or guardian of this client, who is under 18';

/**
 * One of the three consents in the words of the person who signs it. Nobody under 18 can agree to being treated or to
 * having answers kept, so an adult's words state their age. Each signer has versions of their own.
 *
 * @example
 * getConsentTextForSigner('treated', 'Elm Massage', 'guardian').version //=> '2026-11-28 guardian'
 */
export function getConsentTextForSigner(
  kind: CareConsentKind,
  practiceName: string,
  signer: ConsentSigner,
): ConsentText {
  const plain = getConsentText(kind, practiceName);
  if (signer === 'guardian') return guardianText(plain);
  return kind === 'written_to' ? plain : { version: `${plain.version} adult`, text: `I am 18 or older. ${plain.text}` };
}

/**
 * Whether a version belongs to the words of a parent or guardian.
 *
 * @example
 * isGuardianConsentVersion('2026-11-28 guardian') //=> true
 */
export function isGuardianConsentVersion(version: string): boolean {
  return version.endsWith(' guardian');
}

function guardianText({ version, text }: ConsentText): ConsentText {
  return {
    version: `${version} guardian`,
    text: `${GUARDIAN_STATEMENT}, and say for them: ${text}`,
  };
}

/**
 * The consent to work near a sensitive area in one session. It names all sensitive areas, so a stored consent does not
 * reveal where a client hurts. `when` is the session in words.
 *
 * @example
 * getSensitiveAreaConsentText('Tuesday 1 December at 18:00', 'adult').version //=> '2026-11-28'
 */
export function getSensitiveAreaConsentText(when: string, signer: ConsentSigner): ConsentText {
  const plain = {
    version: '2026-11-28',
    text: `For the session on ${when}: my therapist may work near the places I chose of buttocks, inner thighs, chest and belly, over a towel or clothing unless I say otherwise. I can say stop at any time.`,
  };
  return signer === 'guardian' ? guardianText(plain) : plain;
}

/**
 * The notice that a reader sees before sending an error report; `days` is how long it is kept after the page is fixed.
 * It is not a consent: readers need not say who they are, and it asks for nothing about them.
 *
 * @example
 * getErrorReportNotice(30).endsWith('Please leave your own health out of it.') //=> true
 */
export function getErrorReportNotice(days: number): string {
  return `We keep your report, and your address if you give one, until ${days} days after we have dealt with it. Please leave your own health out of it.`;
}

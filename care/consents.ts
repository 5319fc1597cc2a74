// What people agree to, in the words they were shown. A changed sentence is a new version: what somebody agreed to
// before stays stored with the words they read.

/**
 * What a consent is for: keeping a booking and all that came with it; keeping a question until it is answered; being
 * treated; having what they say about their health kept; being written to beyond their bookings.
 */
export type ConsentKind = 'booking' | 'question' | CareConsentKind;

/** The three that are asked before the first visit; each is given and withdrawn by itself. */
export type CareConsentKind = (typeof careConsentKinds)[number];

/** The three, in the order in which they are asked. */
export const careConsentKinds = ['treated', 'health_kept', 'written_to'] as const;

/**
 * Whether a word names one of the three.
 *
 * @example
 * isCareConsentKind('booking') //=> false
 */
export function isCareConsentKind(kind: string): kind is CareConsentKind {
  return (careConsentKinds as readonly string[]).includes(kind);
}

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
 * getConsentText('question', 'Elm Massage').text //=> 'The practice may keep my question and my address to answer it.'
 */
export function getConsentText(kind: ConsentKind, practiceName: string): ConsentText {
  switch (kind) {
    case 'booking':
      return {
        version: '2026-11-27.2',
        text: `${practiceName} may keep my name, my dates and, where I give them, my note, my score and the question I came from, to give me these massages.`,
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

/** Who says a sentence: the client, who is of age, or the parent or guardian of a client who is not. */
export type ConsentSigner = 'adult' | 'guardian';

/** What a parent or guardian says of themselves, before what they say for the client. */
export const GUARDIAN_STATEMENT = 'I am the parent or guardian of this client, who is under 18';

/**
 * One of the three sentences in the words of whoever says it. Being treated and having answers kept is agreed to by nobody
 * under 18, so an adult's words say their age; each signer has versions of their own.
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
 * Whether a version is of words that a parent or guardian said.
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
 * The sentence that allows work near a sensitive area in one session. It names all of them, so that a record of consents
 * does not say where somebody hurts; `when` is the session in words.
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
 * What somebody who reports an error on a page is told before they send it, with the days it is kept once the page is
 * fixed. It is no consent: nobody has to say who they are, and nothing about them is asked for.
 *
 * @example
 * getErrorReportNotice(30).endsWith('Please leave your own health out of it.') //=> true
 */
export function getErrorReportNotice(days: number): string {
  return `We keep your report, and your address if you give one, until ${days} days after we have dealt with it. Please leave your own health out of it.`;
}

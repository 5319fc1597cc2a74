// In which language is somebody written to? E-mails, texts and calendar files are written in the languages that the practice's
// words were translated into; the pages are in English.

/** By their two letters (ISO 639-1). */
export const MAIL_LANGUAGES = ['en', 'de', 'fr', 'es'] as const;

/** One of them. */
export type MailLanguage = (typeof MAIL_LANGUAGES)[number];

/**
 * Whether e-mails can be written in a language, by its two letters.
 *
 * @example
 * isMailLanguage('pl') //=> false
 */
export function isMailLanguage(language: string): language is MailLanguage {
  return MAIL_LANGUAGES.some((each) => each === language);
}

/**
 * Names a language, in English; one that has no name by its letters.
 *
 * @example
 * formatLanguageInEnglish('de') //=> 'German'
 */
export function formatLanguageInEnglish(language: string): string {
  return new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' }).of(language)!;
}

/**
 * Chooses the language of a message: the one that is noted of its reader, where e-mails can be written in it; else the
 * practice's. Several people may read one address: only what is the same for all of them counts, so no two of them.
 *
 * @example
 * chooseMailLanguage(['fr'], 'de') //=> 'fr'
 */
export function chooseMailLanguage(ofReaders: readonly string[], ofPractice: MailLanguage): MailLanguage {
  const spoken = new Set(ofReaders.map((language) => (isMailLanguage(language) ? language : ofPractice)));
  const [only = ofPractice] = spoken;
  return spoken.size === 1 ? only : ofPractice;
}

/**
 * The locale by which numbers and prices are written in a language: the practice's own where that is of this language, else
 * the language as it is written in the practice's country. English is written as the practice's locale has it, whatever that is.
 *
 * @example
 * getLocaleOfMail('de', 'en-AT') //=> 'de-AT'
 */
export function getLocaleOfMail(language: MailLanguage, locale: string): string {
  if (language === 'en') return locale;
  const { language: own, region } = new Intl.Locale(locale);
  if (own === language) return locale;
  return region ? `${language}-${region}` : language;
}

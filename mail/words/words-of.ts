import { getLocaleOfMail, type MailLanguage } from '@/scheduling/mail-language';
import { de } from './de';
import { en, type Words } from './en';
import { es } from './es';
import { fr } from './fr';

const BY_LANGUAGE: Record<MailLanguage, Words> = { en, de, fr, es };

/** The fields that say which language a practice writes in; older versions wrote only English and lack them. */
export interface HasMailLanguage {
  language?: MailLanguage;
}

function getMailLanguage({ language = 'en' }: HasMailLanguage): MailLanguage {
  return language;
}

/** The catalogue of the practice's language. */
export function getMailWords(practice: HasMailLanguage): Words {
  return BY_LANGUAGE[getMailLanguage(practice)];
}

/** The locale for numbers, prices and times in that language. */
export function getMailFormattingLocale(practice: HasMailLanguage & { locale: string }): string {
  return getLocaleOfMail(getMailLanguage(practice), practice.locale);
}

import { getLocaleOfMail, type MailLanguage } from '@/scheduling/mail-language';
import { de } from './de';
import { en, type Words } from './en';
import { es } from './es';
import { fr } from './fr';

const BY_LANGUAGE: Record<MailLanguage, Words> = { en, de, fr, es };

/** What says in which language it is written; older versions wrote English alone, and did not say so. */
export interface HasMailLanguage {
  language?: MailLanguage;
}

function getMailLanguage({ language = 'en' }: HasMailLanguage): MailLanguage {
  return language;
}

/** The words a message is written in. */
export function getMailWords(practice: HasMailLanguage): Words {
  return BY_LANGUAGE[getMailLanguage(practice)];
}

/** How numbers, prices and the clock are written in it. */
export function getMailFormattingLocale(practice: HasMailLanguage & { locale: string }): string {
  return getLocaleOfMail(getMailLanguage(practice), practice.locale);
}

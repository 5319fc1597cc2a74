import { en, type Words } from './en';

/** The words a message is written in. */
export function wordsOf(_practice: object): Words {
  return en;
}

/** How numbers, prices and the clock are written in it. */
export function localeOf({ locale }: { locale: string }): string {
  return locale;
}

import { describe, expect, it } from 'vitest';
import {
  chooseMailLanguage,
  formatLanguageInEnglish,
  getLocaleOfMail,
  isMailLanguage,
  MAIL_LANGUAGES,
} from './mail-language';

it('knows the languages that e-mails are written in', () => {
  expect(MAIL_LANGUAGES.every(isMailLanguage)).toBe(true);
  expect(['', 'pl', 'de-DE'].some(isMailLanguage)).toBe(false);
});

describe('the language of a message', () => {
  it.each([
    [[], 'de'],
    [[''], 'de'],
    [['pl'], 'de'],
    [['fr'], 'fr'],
    [['fr', 'fr'], 'fr'],
    [['fr', 'es'], 'de'],
    [['fr', ''], 'de'],
    [['pl', 'de'], 'de'],
  ])('of readers %j is %s, where the practice writes German', (readers, language) => {
    expect(chooseMailLanguage(readers, 'de')).toBe(language);
  });
});

describe('how numbers and prices are written', () => {
  it.each([
    ['en', 'de-DE', 'de-DE'],
    ['de', 'en-IE', 'de-IE'],
    ['de', 'de-CH', 'de-CH'],
    ['fr', 'de-CH', 'fr-CH'],
    ['es', 'en', 'es'],
  ] as const)('in %s, of a practice with %s, is as in %s', (language, locale, expected) => {
    expect(getLocaleOfMail(language, locale)).toBe(expected);
  });
});

it('names a language in English', () => {
  expect(['en', 'de', 'fr', 'es', 'qq'].map(formatLanguageInEnglish)).toEqual([
    'English',
    'German',
    'French',
    'Spanish',
    'qq',
  ]);
});

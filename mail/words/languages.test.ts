import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatCalendarFeed } from '@/mail/calendar-feed';
import { reminderTextBody } from '@/mail/reminder-text-message';
import { type RenderedMessage, renderMessage } from '@/mail/render-message';
import { buildSampleMails } from '@/mail/sample-mails';
import { TEST_MESSAGES_NOW, type TestMessage, testMessages } from '@/mail/test-messages';
import { testPractice } from '@/mail/test-notifications';
import type { MAIL_LANGUAGES } from '@/scheduling/mail-language';
import { countGsmCharacters } from '@/scheduling/text-messages';
import { de } from './de';
import { en } from './en';
import { es } from './es';
import { fr } from './fr';

const TRANSLATED = { de, fr, es };
const languages = ['de', 'fr', 'es'] as const;
/** Names of pages, which are in English. */
const PAGE_NAMES = /Reminders|After your dates|Do not ask me again/g;
/** English words that do not exist in German, French or Spanish. */
const ENGLISH =
  /\b(the|you|your|with|and|is|are|were|has|have|it|this|that|these|they|them|from|until|booked|please|when|not|now|each|every|next|time|times|any|by|anyone|hours|tue|wed|thu|march|weekdays)\b/gi;

const render = ({ notification, links }: TestMessage): RenderedMessage =>
  renderMessage(notification, links, TEST_MESSAGES_NOW, 'ana@example.org');

const messagesIn = (language: (typeof MAIL_LANGUAGES)[number]) =>
  testMessages({ ...testPractice, name: 'Kabine 7', address: 'Kai 1', language });

/** Everything a reader sees, without words that are the same in every language. */
function shownWords({ subject, text, html, calendars }: RenderedMessage): string {
  const ics = calendars.flatMap(({ content }) =>
    content
      .replace(/\r\n /g, '')
      .split('\r\n')
      .filter((line) => /^(SUMMARY|DESCRIPTION)/.test(line))
      .map((line) => line.replace(/^\w+:/, '')),
  );
  const page = html
    .replace(/^[\s\S]*?<title>/, '')
    .replace(/<[^>]+>/g, '\n')
    .replaceAll('&#39;', "'");
  return [subject, text, page, ...ics]
    .join('\n')
    .replace(PAGE_NAMES, '')
    .replace(/https?:\S+/g, '');
}

const english = messagesIn('en');

describe.each(languages)('in %s', (language) => {
  const messages = messagesIn(language);

  it.each(messages.map(({ name }, at) => [name, at] as const))('%s has no English left in it', (_name, at) => {
    const [shown, original] = [render(messages[at]!), render(english[at]!)].map((message) => shownWords(message));
    expect(shown!.match(ENGLISH)).toBeNull();
    // Lines that both languages share are names, places, or the practice's own words.
    const originalLines = new Set(original!.split('\n'));
    const both = shown!.split('\n').filter((line) => originalLines.has(line) && /\p{L}{2}/u.test(line));
    const own = /^(REASON|SMS|K|Kabine 7(, Kai 1)?\.?|Swedish|(Ana Costa|Jun Sato|)( \(.*\))?|Ohne Absage.*|\W*)$/;
    expect(both.map((line) => line.trim()).filter((line) => !own.test(line))).toEqual([]);
  });

  it('declares its language in the HTML', () => {
    for (const message of messages) expect(render(message).html).toContain(`<html lang="${language}">`);
  });

  it('translates every sentence', () => {
    const same = Object.entries(strings(TRANSLATED[language])).filter(([at, text]) => strings(en)[at] === text);
    expect(same.map(([at]) => at).filter((at) => !/^colon$|calendar\.massage$/.test(at))).toEqual([]);
  });

  it('has every sample e-mail, translated', () => {
    const cast = { therapist: 'Mira Kovač', colleague: 'Jun Sato', service: 'Swedish', priceCents: 6800 };
    const [mine, inEnglish] = [language, 'en' as const].map((each) =>
      buildSampleMails({ ...testPractice, language: each }, cast, TEST_MESSAGES_NOW),
    );
    expect(mine!.map(({ title }) => title)).toEqual(inEnglish!.map(({ title }) => title));
    for (const [at, { message }] of mine!.entries()) {
      expect(message.subject).not.toBe(inEnglish![at]!.message.subject);
      expect(message.text.split('\n').length).toBe(inEnglish![at]!.message.text.split('\n').length);
      expect(shownWords(message).match(ENGLISH)).toBeNull();
    }
  });

  it('fits a reminder into one text message', () => {
    for (const hearsReplies of [true, false])
      for (const { notification } of messages) {
        if (notification.kind !== 'reminder_text') continue;
        const shortUrl = 'https://massage-harbour.example/c/4fJ2kQ9xPz0a';
        const body = reminderTextBody(notification, { shortUrl, hearsReplies });
        expect(countGsmCharacters(body)).toBeLessThanOrEqual(160);
        expect(body).toContain(shortUrl);
        expect(body).toContain('Kabine 7');
        expect(body.includes('STOP')).toBe(hearsReplies);
      }
  });

  it('names the dates of a calendar feed', () => {
    const { busy, massage } = TRANSLATED[language].calendar;
    const date = { uid: 'a', start: 0, end: 3_600_000, sequence: 0, isCancelled: true, position: 1, sessions: 4 };
    const names = { room: 'Kai', client: 'Ana', therapist: 'Mira', service: 'Swedish', hasAlarm: false };
    const practice = { ...testPractice, language };
    const feed = { kind: 'client' as const, ownerName: '', practice, dates: [{ ...date, ...names }] };
    const summaryOf = (detail: 'busy' | 'names') =>
      /SUMMARY:(.*)\r/.exec(formatCalendarFeed({ ...feed, detail }, TEST_MESSAGES_NOW))![1];
    expect(summaryOf('busy')).toBe(TRANSLATED[language].calendar.cancelled(busy));
    expect(summaryOf('names')).toContain(`${massage} `);
    expect(summaryOf('names')!.match(ENGLISH)).toBeNull();
  });
});

it('keeps every sentence of a message in the catalogue', () => {
  const folder = path.resolve('mail');
  const files = readdirSync(folder).filter(
    (file) =>
      /(messages?|dates|greeting|notices|facts|files|feed|client|therapist)\.ts$/.test(file) && !/^test-/.test(file),
  );
  expect(files.length).toBeGreaterThan(12);
  for (const file of files) {
    const code = readFileSync(path.join(folder, file), 'utf8')
      .replace(/\/\*[\s\S]*?\*\/|\/\/.*|throw new Error\([^)]*\)|^import[\s\S]*?;$/gm, '')
      .replace(/\$\{[^}]*\}/g, '');
    const literals = [...code.matchAll(/'((?:[^'\\\n]|\\.)*)'|`([^`]*)`/g)].map(
      ([, plain, template]) => plain ?? template!,
    );
    expect(
      literals.filter((text) => /\p{L}{2,} \p{L}|^[A-Z][a-z]{2,}$/u.test(text)),
      file,
    ).toEqual([]);
  }
});

/** Every sentence without arguments, by its path. */
function strings(words: object, path = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(words).flatMap(([key, value]): [string, string][] => {
      if (typeof value === 'string') return [[`${path}${key}`, value]];
      return value !== null && typeof value === 'object' ? Object.entries(strings(value, `${path}${key}.`)) : [];
    }),
  );
}

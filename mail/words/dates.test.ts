import { describe, expect, it } from 'vitest';
import { formatPriceForPractice } from '@/mail/dates';
import { testPractice } from '@/mail/test-notifications';
import { getDayPartBit } from '@/scheduling/waitlist-matching';
import { de } from './de';
import { en } from './en';
import { es } from './es';
import { fr } from './fr';

const words = { en, de, fr, es };
const evening = { en: 'en-IE', de: 'de-DE', fr: 'fr-FR', es: 'es-ES' };

describe.each([
  ['en', 'Tuesday 1 December at 18:00', 'Tuesdays at 18:00', 'Tue 1 Dec', 'Tuesday 1 December 2026'],
  ['de', 'Dienstag, 1. Dezember, um 18:00 Uhr', 'dienstags um 18:00 Uhr', 'Di, 1. Dez.', 'Dienstag, 1. Dezember 2026'],
  ['fr', 'mardi 1er décembre à 18\u00a0h', 'le mardi à 18\u00a0h', 'mar. 1er déc.', 'mardi 1er décembre 2026'],
  ['es', 'martes 1 de diciembre a las 18:00', 'los martes a las 18:00', 'mar 1 dic', 'martes 1 de diciembre de 2026'],
] as const)('in %s', (language, when, weekly, short, full) => {
  const { dates } = words[language];
  const locale = evening[language];

  it('formats days and times', () => {
    const time = dates.time('Europe/Dublin', Date.UTC(2026, 11, 1, 18), locale);
    expect(dates.dayAtTime(dates.day('2026-12-01', 'long', locale), time)).toBe(when);
    expect(dates.dayAtTime(dates.everyWeekday('2026-12-01'), dates.wallTime('18:00', locale))).toBe(weekly);
    expect(dates.day('2026-12-01', 'short', locale)).toBe(short);
    expect(dates.day('2026-12-01', 'full', locale)).toBe(full);
  });
});

it('tells the two hours apart when the clocks are put back', () => {
  const first = Date.UTC(2027, 9, 31, 0, 30);
  const timesOf = (instant: number) =>
    [en, de, fr, es].map(({ dates }) => dates.time('Europe/Dublin', instant, 'en-IE'));
  expect(timesOf(first)).toEqual([
    'first 01:30',
    '01:30 Uhr (vor der Zeitumstellung)',
    '1\u00a0h\u00a030 (avant le changement d’heure)',
    '1:30 (antes del cambio de hora)',
  ]);
  expect(timesOf(first + 3_600_000)).toEqual([
    'second 01:30',
    '01:30 Uhr (nach der Zeitumstellung)',
    '1\u00a0h\u00a030 (après le changement d’heure)',
    '1:30 (después del cambio de hora)',
  ]);
  expect(de.dates.wallTime('01:30~2', 'de')).toBe('01:30 Uhr (nach der Zeitumstellung)');
});

it('uses the 12-hour clock in the Spanish of the United States, with the singular for one o’clock', () => {
  expect(es.dates.dayAtTime('lunes', es.dates.wallTime('18:30', 'es-US'))).toBe('lunes a las 6:30\u00a0p.\u00a0m.');
  expect(es.dates.dayAtTime('lunes', es.dates.wallTime('13:00', 'es-US'))).toBe('lunes a la 1:00\u00a0p.\u00a0m.');
  expect(es.dates.dayAtTime('lunes', es.dates.wallTime('13:00', 'es-ES'))).toBe('lunes a las 13:00');
});

it('formats a range of days, with the year where it is long', () => {
  expect([de, fr, es].map(({ dates }) => dates.dayRange('2026-12-01', '2027-01-19', ''))).toEqual([
    '1. Dez. bis 19. Jan.',
    'du 1er déc. au 19 janv.',
    'del 1 dic al 19 ene',
  ]);
  expect([de, fr, es].map(({ dates }) => dates.dayRange('2026-12-01', '2027-12-19', ''))).toEqual([
    '1. Dez. 2026 bis 19. Dez. 2027',
    'du 1er déc. 2026 au 19 déc. 2027',
    'del 1 dic 2026 al 19 dic 2027',
  ]);
});

it.each([
  [1, ['1 Minute', '1 minute', '1 minuto']],
  [60, ['1 Stunde', '1 heure', '1 hora']],
  [90, ['90 Minuten', '90 minutes', '90 minutos']],
  [1440, ['24 Stunden', '24 heures', '24 horas']],
  [4320, ['3 Tage', '3 jours', '3 días']],
])('formats %i minutes with the right plural', (minutes, expected) => {
  expect([de, fr, es].map(({ dates }) => dates.duration(minutes))).toEqual(expected);
});

it('writes numbers in words up to twelve', () => {
  expect([2, 12, 13].map((many) => [de, fr, es].map(({ dates }) => dates.number(many)))).toEqual([
    ['zwei', 'deux', 'dos'],
    ['zwölf', 'douze', 'doce'],
    ['13', '13', '13'],
  ]);
});

it('formats prices in the language, for the practice’s country', () => {
  const priceIn = (language: 'en' | 'de' | 'fr' | 'es', locale: string) =>
    formatPriceForPractice(
      { ...testPractice, language, locale, currency: locale.endsWith('CH') ? 'CHF' : 'EUR' },
      123_450,
    );
  expect(priceIn('en', 'en-IE')).toBe('€1,234.50');
  expect(priceIn('de', 'de-DE')).toBe('1.234,50\u00a0€');
  expect(priceIn('de', 'en-CH')).toMatch(/^CHF\u00a01['’]234[.]50$/);
  expect(priceIn('fr', 'en-IE')).toBe('1\u202f234,50\u00a0€');
  expect(priceIn('es', 'en-IE')).toMatch(/^1\.?234,50\u00a0€$/);
});

it('describes the days and times of a waitlist request', () => {
  const mornings = getDayPartBit(1, 'morning') + getDayPartBit(1, 'evening') + getDayPartBit(3, 'afternoon');
  const partsIn = (language: typeof de) => language.dates.dayParts({ dayParts: mornings, atTime: null }, 'de');
  expect(partsIn(de)).toBe('Mo vormittags und abends; Mi nachmittags');
  expect(partsIn(fr)).toBe('lun. le matin et le soir\u00a0; mer. l’après-midi');
  expect(partsIn(es)).toBe('lun por la mañana y a última hora de la tarde; mié a primera hora de la tarde');
  const fixed = { dayParts: getDayPartBit(2, 'evening'), atTime: '18:00' };
  expect([de, fr, es].map(({ dates }) => dates.dayParts(fixed, 'de'))).toEqual([
    'Di um 18:00 Uhr',
    'mar. à 18\u00a0h',
    'mar a las 18:00',
  ]);
  const oneDay = { fromOn: '2026-12-01', untilOn: '2026-12-01' };
  expect([de, fr, es].map(({ dates }) => dates.waitingRange(oneDay, ''))).toEqual([
    'am 1. Dez.',
    'le 1er déc.',
    'el 1 dic',
  ]);
});

it('names a zone without a place by its offset from UTC', () => {
  expect(de.dates.zoneInFull('Etc/GMT+5')).toBe('Ortszeit der Praxis (UTC−5)');
  expect(fr.dates.zoneInFull('Europe/Paris')).toBe('heure du cabinet (Europe/Paris)');
});

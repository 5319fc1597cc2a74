import { describe, expect, it } from 'vitest';
import type { Notification } from '@/scheduling/notification-types';
import { renderMessage } from './render-message';
import { TEST_MESSAGES_NOW, testMessages } from './test-messages';
import { testPractice } from './test-notifications';
import { getMailWords } from './words/words-of';

// Somebody books for another person, and reads the e-mails: each says whose dates it is about, and calls none of them
// the reader's.

const BOOKER = 'Ruth Keane';
const forAnother = { clientName: 'Ana Costa', bookedBy: BOOKER };

/** The same message where its dates were booked by the reader for somebody else; null where that makes no difference. */
function toBooker(notification: Notification): Notification | null {
  if ('audience' in notification) {
    if (notification.audience === 'therapist' || notification.series.isUnconfirmed) return null;
    return { ...notification, series: { ...notification.series, ...forAnother } };
  }
  if (notification.kind === 'reminder' || notification.kind === 'follow_up') return { ...notification, ...forAnother };
  if (notification.kind === 'score_ask' || notification.kind === 'freed') return { ...notification, who: forAnother };
  if (notification.kind === 'waitlist')
    return notification.state === 'joined' && notification.mustConfirm ? null : { ...notification, who: forAnother };
  if (notification.kind === 'hand_over' && notification.state === 'ask' && notification.details)
    return { ...notification, details: { ...notification.details, who: forAnother } };
  return null;
}

/** Words that call a massage or a date the reader's own. */
const READERS_OWN = {
  en: /\byour (\w+ )*(massages?|dates?|sessions?|form)\b|\byou (have|came|come|had|skipped|cannot come)\b|\bhow are you\b|\b(expected|missed|seeing) you\b|\bI’m coming\b/gi,
  de: /\bIhr(e[rnm]?)? (\p{L}+ )*(Termine?|Massagen?|Besuch)\b|\bSie (kommen|waren|mussten|haben)\b|Sie (nicht kommen|vermisst)|\bSie am\b|Ihnen jetzt|\bIch komme\b/giu,
  fr: /\b(votre|vos|mes|ma) (\p{L}+ )*(massages?|rendez-vous|venue|visite|fiche)|vous (venez|avez eu|avez un|aviez|attendions)|pouvez venir|allez-vous|vous recevoir|\bJe viens\b/giu,
  es: /\b(sus?|mis?) (\p{L}+ )*(masajes?|citas?|ficha|visita)\b|(?<!Ana |persona )\b((tiene|tuvo) (un|una|cita)\b|tuvo que\b|ha venido\b|no puede venir)|\ble esperá?[a-z]*mos|está ahora|\bvoy\b/giu,
};

/** Names of pages, the practice's own words, and links. */
const PAGE_NAMES = /[“«„]\s?(Reminders|After your dates|Do not ask me again)|REASON|https?:\S+/g;

describe.each(['en', 'de', 'fr', 'es'] as const)('in %s', (language) => {
  const unconfirmed = getMailWords({ ...testPractice, language }).toClient.pleaseConfirm;
  const messages = testMessages({ ...testPractice, isDemo: false, language }).flatMap((message) => {
    const notification = toBooker(message.notification);
    return notification ? [{ ...message, notification }] : [];
  });

  it('each says whose dates, and none calls them the reader’s own', () => {
    expect(messages.length).toBeGreaterThan(80);
    const faults = messages.flatMap((message) => {
      const { subject, text } = renderMessage(message.notification, message.links, TEST_MESSAGES_NOW);
      const shown = `${subject}\n${text.replace(PAGE_NAMES, '')}`.replace(unconfirmed, '');
      const own = shown.match(READERS_OWN[language]) ?? [];
      const isNamed = subject.includes('Ana') && /\bAna\b/.test(text);
      return own.length > 0 || !isNamed ? [[message.name, ...own, subject]] : [];
    });
    expect(faults).toEqual([]);
  });
});

it.each([
  ['en', 'The other person’s two massages at', '(for somebody else)'],
  ['de', 'Die zwei Massagen von der anderen Person', '(für jemand anderen)'],
  ['fr', 'Les deux massages de l’autre personne', '(pour une autre personne)'],
  ['es', 'Los dos masajes de la otra persona', '(para otra persona)'],
] as const)('calls dates for another nobody’s own where no name may be used, in %s', (language, what, forWhom) => {
  for (const { name, notification, links } of testMessages({ ...testPractice, isDemo: false, language })) {
    if (!('audience' in notification) || notification.audience === 'therapist') continue;
    const series = { ...notification.series, clientName: '', isForAnother: true as const };
    const { subject, text } = renderMessage({ ...notification, series }, links, TEST_MESSAGES_NOW);
    const unconfirmed = getMailWords({ ...testPractice, language }).toClient.pleaseConfirm;
    const own = text.replace(PAGE_NAMES, '').replace(unconfirmed, '').match(READERS_OWN[language]);
    expect([name, own]).toEqual([name, null]);
    expect(subject).toContain(forWhom);
    if (name === 'booked, every two weeks, to the client') expect(text).toContain(what);
  }
});

it('says "you" of the booker who comes at the same time', () => {
  const [booked] = testMessages(testPractice).filter(({ name }) => name === 'booked, one, to the client');
  const { notification, links } = booked!;
  if (notification.kind !== 'booked') throw new Error('Another message was expected.');
  const beside = { name: BOOKER, therapists: ['Tom Byrne'], isReader: true as const };
  const series = { ...notification.series, ...forAnother, beside };
  const { text } = renderMessage({ ...notification, series }, links, TEST_MESSAGES_NOW);
  expect(text).toContain('You come at the same time, and are with Tom Byrne.');
  expect(text).not.toContain('Ruth Keane');
});

import { describe, expect, it } from 'vitest';
import type { GreetedNames, Notification } from '@/scheduling/notification-types';
import { renderMessage } from './render-message';
import { TEST_MESSAGES_NOW, testMessages } from './test-messages';
import { testPractice } from './test-notifications';
import { getMailWords } from './words/words-of';

// Somebody books for another person, and reads the e-mails: each says whose dates it is about, and calls none of them
// the reader's.

const BOOKER = 'Ruth Keane';
const forAnother: GreetedNames = { clientName: 'Ana Costa', bookedBy: BOOKER };
/** To an address that nobody has confirmed no name is sent. */
const forSomebodyElse: GreetedNames = { clientName: '', isForAnother: true };

/** The same message where its dates were booked by the reader for somebody else; null where that makes no difference. */
function toBooker(notification: Notification, who = forAnother): Notification | null {
  if ('audience' in notification) {
    if (notification.audience === 'therapist') return null;
    if (notification.series.isUnconfirmed && who === forAnother) return null;
    return { ...notification, series: { ...notification.series, ...who } };
  }
  if (notification.kind === 'reminder') return { ...notification, ...who };
  // Nobody at an unconfirmed address is asked to come again.
  if (notification.kind === 'follow_up') return who === forAnother ? { ...notification, ...who } : null;
  if (notification.kind === 'score_ask' || notification.kind === 'freed') return { ...notification, who };
  if (notification.kind === 'waitlist')
    return notification.state === 'joined' && notification.mustConfirm ? null : { ...notification, who };
  if (notification.kind === 'hand_over' && notification.state === 'ask' && notification.details)
    return { ...notification, details: { ...notification.details, who } };
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
  const messages = testMessages({ ...testPractice, isDemo: false, language }).flatMap((message) => {
    const notification = toBooker(message.notification);
    return notification ? [{ ...message, notification }] : [];
  });

  it('each says whose dates, and none calls them the reader’s own', () => {
    expect(messages.length).toBeGreaterThan(80);
    const faults = messages.flatMap((message) => {
      const { subject, text } = renderMessage(message.notification, message.links, TEST_MESSAGES_NOW);
      const shown = `${subject}\n${text.replace(PAGE_NAMES, '')}`;
      const own = shown.match(READERS_OWN[language]) ?? [];
      const isNamed = subject.includes('Ana') && /\bAna\b/.test(text);
      return own.length > 0 || !isNamed ? [[message.name, ...own, subject]] : [];
    });
    expect(faults).toEqual([]);
  });
});

/** The other person at the beginning of a sentence or a button in small letters, or in the wrong case. */
const MISPUT = {
  en: /(^|[.?!] )the other person/m,
  de: /(^|[.?!] )d(ie|er) andere|der anderen Person (kommt|war|nicht)|(hat|musste|auf|vermisst) der anderen|von die/m,
  fr: /(^|[.?!] )l’autre|d’l’/m,
  es: /(^|[.?!] )la otra/m,
};

it.each([
  ['en', 'The other person’s two massages at', '(for somebody else)'],
  ['de', 'Die zwei Massagen von der anderen Person', '(für jemand anderen)'],
  ['fr', 'Les deux massages de l’autre personne', '(pour une autre personne)'],
  ['es', 'Los dos masajes de la otra persona', '(para otra persona)'],
] as const)('calls dates for another nobody’s own where no name may be used, in %s', (language, what, forWhom) => {
  const kinds = new Set<string>();
  for (const { name, notification, links } of testMessages({ ...testPractice, isDemo: false, language })) {
    const found = toBooker(notification, forSomebodyElse);
    if (!found) continue;
    kinds.add(found.kind);
    const { subject, text } = renderMessage(found, links, TEST_MESSAGES_NOW);
    const shown = text.replace(PAGE_NAMES, '');
    const own = `${subject}\n${shown}`.match(READERS_OWN[language]);
    expect([name, own, shown.match(MISPUT[language])]).toEqual([name, null, null]);
    // The subject that asks about a hand-over says whose dates they are in its own words.
    const said = found.kind === 'hand_over' ? getMailWords({ ...testPractice, language }).otherPerson : forWhom;
    expect([name, subject]).toEqual([name, expect.stringContaining(said)]);
    if (name === 'booked, every two weeks, to the client') expect(text).toContain(what);
  }
  expect([...kinds]).toEqual(expect.arrayContaining(['reminder', 'score_ask', 'freed', 'waitlist', 'hand_over']));
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

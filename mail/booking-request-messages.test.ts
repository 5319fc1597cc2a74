import { expect, it } from 'vitest';
import { renderMessage } from './render-message';
import { TEST_MESSAGES_NOW, testMessages } from './test-messages';
import { testPractice } from './test-notifications';

/** Words that speak of several dates. */
const SEVERAL = {
  en: /\bdates below\b|\bthey are\b|one of these|, from \w+day/i,
  de: /den Terminen unten|sind sie gebucht|einer dieser|, ab \w+tag/i,
  fr: /les rendez-vous ci-dessous|ils sont|l’un de ces|à partir du/i,
  es: /las citas de abajo|reservadas|una de estas|a partir del/i,
};

it.each(['en', 'de', 'fr', 'es'] as const)('a request for one date is told of as one, in %s', (language) => {
  const requests = testMessages({ ...testPractice, isDemo: false, language }).filter(
    ({ notification }) => notification.kind === 'request' && notification.dates.length === 1,
  );
  expect(requests.length).toBeGreaterThanOrEqual(5);
  for (const { name, notification, links } of requests) {
    const { subject, text } = renderMessage(notification, links, TEST_MESSAGES_NOW);
    expect([name, `${subject}\n${text}`.match(SEVERAL[language])]).toEqual([name, null]);
  }
});

it('counts the dates of a request for several', () => {
  const found = testMessages(testPractice).filter(
    ({ notification }) => notification.kind === 'request' && notification.dates.length > 1,
  );
  const text = found
    .map(({ notification, links }) => renderMessage(notification, links, TEST_MESSAGES_NOW).text)
    .join();
  expect(text).toContain('the dates below with this address');
  expect(text).toContain('they are booked if they are still free');
  expect(text).toContain('one of these dates was taken');
});

import { describe, expect, it } from 'vitest';
import { renderMessage } from './render-message';

const NOW = Date.UTC(2026, 10, 28, 12);
const practice = {
  name: 'Harbour Massage',
  address: '1 Quay',
  phone: '01 555 0142',
  email: 'hello@harbour.example',
  timeZone: 'Europe/Dublin',
  currency: 'EUR',
  locale: 'en-IE',
  isDemo: false,
};
const links = {
  scoreUrl: 'https://harbour.example/manage/key/score',
  progressUrl: 'https://harbour.example/manage/key/progress',
};
const messageFor = (kind: 'before' | 'session' | 'after' | 'check_in') =>
  renderMessage(
    { kind: 'score_ask', ask: kind, practice, seriesUid: 's', slot: '1', start: Date.UTC(2026, 11, 1, 18) },
    links,
    NOW,
    'ana@example.org',
  );

describe('the e-mails that ask for a score', () => {
  it.each([
    ['before', 'Two quick questions before Tuesday'],
    ['session', 'Two quick questions before Tuesday'],
    ['after', 'Two quick questions about Tuesday’s massage'],
    ['check_in', 'Four sessions: carry on, change or stop?'],
  ] as const)('%s', (kind, subject) => {
    const message = messageFor(kind);
    expect(message.subject).toBe(subject);
    expect(message.text).toContain(`\n${links.scoreUrl}\n`);
    expect(message.text).toContain('“Do not ask me again”');
    expect(message.calendars).toEqual([]);
    // Somebody who sees the e-mail by chance learns nothing about the client's health.
    expect(message.subject + message.text + message.html).not.toMatch(/pain|hurt|sore|health|symptom|better|worse/i);
  });

  it('name the date, and link to the check-in after the fourth session', () => {
    expect(messageFor('session').text).toContain(
      'Your next massage at Harbour Massage is on Tuesday 1 December at 18:00.',
    );
    expect(messageFor('check_in').text).toContain(`See how it is going:\n${links.progressUrl}\n`);
    expect(messageFor('after').text).not.toContain(links.progressUrl);
  });
});

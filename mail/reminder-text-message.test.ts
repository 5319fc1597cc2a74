import { expect, it } from 'vitest';
import type { Notification } from '@/scheduling/notification-types';
import { countGsmCharacters } from '@/scheduling/text-messages';
import { toInstant } from '@/scheduling/zone-conversion';
import { reminderTextBody } from './reminder-text-message';
import { renderMessage } from './render-message';
import { testPractice } from './test-notifications';

const start = toInstant(testPractice.timeZone, '2026-12-01', '18:00');
const shortUrl = 'https://massage.example/c/4fJ2kQ9xPz0a';
const links = { shortUrl, hearsReplies: true };
const textOf = (other: { name?: string; therapist?: string } = {}, messageLinks: object = links) => {
  const { name = 'Fortnight', therapist = 'Željka Kovač' } = other;
  const date = { uid: 'a', start, therapist };
  const reminder: Notification = {
    kind: 'reminder_text',
    practice: { ...testPractice, name },
    seriesUid: 's',
    step: 60,
    date,
  };
  return reminderTextBody(reminder as Extract<Notification, { kind: 'reminder_text' }>, messageLinks);
};

it('gives practice, time, therapist, link and how to end texts in one text message', () => {
  expect(textOf()).toBe(
    `Fortnight: Tue 1 Dec 18:00 with Zeljka. Coming, or need to move? ${shortUrl} Reply STOP to end`,
  );
  expect(countGsmCharacters(textOf())).toBeLessThanOrEqual(160);
});

it('shortens only a long practice name', () => {
  const long = textOf({ name: 'The Very Long Named Massage Practice of the Lower Harbour and the Upper Town' });
  expect(countGsmCharacters(long)).toBeLessThanOrEqual(160);
  expect(long).toMatch(/^The Very Long Named.*: Tue 1 Dec 18:00 with Zeljka\..*STOP to end$/);
});

it('does not offer STOP where replies are not received', () => {
  expect(textOf({}, { shortUrl, hearsReplies: false })).toMatch(/To end texts, use the link$/);
});

it('keeps a name with letters outside the GSM alphabet', () => {
  expect(textOf({ therapist: 'Мира' })).toContain('with Мира. Coming');
});

it('appears without its link in the list of sent messages', () => {
  const date = { uid: 'a', start, therapist: 'Mira Kovač' };
  const shown = renderMessage(
    { kind: 'reminder_text', practice: testPractice, seriesUid: 's', step: 60, date },
    {},
    start,
  );
  expect(shown.subject).toBe('Text message');
  expect(shown.text).toContain('Tue 1 Dec 18:00 with Mira');
});

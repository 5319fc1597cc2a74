import { expect, it } from 'vitest';
import type { Notification } from '@/scheduling/notification-types';
import { toInstant } from '@/scheduling/zone-conversion';
import type { MessageLinks } from './links';
import { renderMessage } from './render-message';
import { testPractice } from './test-notifications';

const start = toInstant(testPractice.timeZone, '2026-12-08', '18:00');
const links = { bookUrl: 'https://massage.example/book?on=2026-12-15', manageUrl: 'https://massage.example/manage/x' };
type Again = Extract<Notification, { kind: 'follow_up' }>['again'];
const textOf = (
  about: 'again' | 'missed',
  cadence: 'once' | 'weekly' = 'weekly',
  lastStart = start,
  more: Partial<Again> = {},
  moreLinks: MessageLinks = {},
) => {
  const notification: Notification = {
    ...{
      kind: 'follow_up',
      about,
      practice: testPractice,
      uid: 'a',
      seriesUid: 's',
      clientName: 'Ana Costa',
      start: lastStart,
    },
    ...{ service: 'Swedish', therapist: 'Mira Kovač' },
    again: {
      serviceId: 'swedish',
      minutes: 60,
      cadence,
      sessions: 2,
      therapistId: 'mira',
      on: '2026-12-15',
      time: '18:00',
      ...more,
    },
  };
  return renderMessage(notification, { ...links, ...moreLinks }, start);
};

it('asks once whether the client wants the same again, and promises no hold', () => {
  const { subject, text } = textOf('again');
  expect(subject).toBe('Book again with Mira Kovač?');
  expect(text).toContain('Swedish for 60 minutes with Mira Kovač, Tuesdays at 18:00. Nothing is held for you');
  expect(text).toContain(links.bookUrl);
  expect(text).toContain(`${links.manageUrl}#after`);
  // The last date had been moved: the link asks for the plan's usual time.
  const thursday = toInstant(testPractice.timeZone, '2026-12-10', '10:00');
  expect(textOf('again', 'weekly', thursday).text).toContain('Tuesdays at 18:00');
  expect(textOf('again', 'once').text).toContain('a week later at the same time');
});

it('lists the dates that are held, and until when', () => {
  const at = (on: string, time = '18:00') => toInstant(testPractice.timeZone, on, time);
  const starts = [at('2026-12-15'), at('2026-12-22'), at('2026-12-29')];
  const held = { state: 'kept' as const, until: at('2026-12-12', '20:00'), starts };
  const { text } = textOf('again', 'weekly', start, { sessions: 8, held });
  expect(text).toContain('We are holding the first three dates for you until Saturday 12 December at 20:00.');
  expect(text).toMatch(/Tuesday 15 December at 18:00\n.*Tuesday 22 December at 18:00\n.*Tuesday 29 December at 18:00/);
  expect(text).not.toContain('not held');
  const two = { ...held, starts: starts.slice(0, 2) };
  expect(textOf('again', 'weekly', start, { held: two }).text).toContain(
    'We are holding these two dates for you until',
  );
  const oneHeld = { ...held, starts: starts.slice(0, 1) };
  expect(textOf('again', 'once', start, { sessions: 1, held: oneHeld }).text).toContain(
    'We are holding this date for you until',
  );
});

it('says that the usual time is not free, and offers times near it', () => {
  const near = { start, therapist: 'Mira Kovač', sessions: 2, cadence: 'weekly' as const, url: 'https://a.example/1' };
  const heldByOthers = { held: { state: 'taken' as const } };
  const { text } = textOf('again', 'weekly', start, heldByOthers, { newTimes: [near] });
  expect(text).toContain('Tuesdays at 18:00, is not free. These times near it are free.');
  expect(text).toContain('https://a.example/1');
  expect(textOf('again', 'weekly', start, heldByOthers).text).not.toContain('These times');
});

it('says kindly that the client was missed, and whom to call', () => {
  const { subject, text } = textOf('missed');
  expect(subject).toBe('We missed you on Tuesday 8 December at 18:00');
  expect(text).toContain(testPractice.phone);
  expect(text).toContain(links.bookUrl);
  expect(text).not.toMatch(/Swedish|fee|charge/);
});

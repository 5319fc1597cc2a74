import { expect, it } from 'vitest';
import type { Notification } from '@/scheduling/notification';
import { toInstant } from '@/scheduling/zone';
import { messageOf } from './message';
import { practice } from './test-notifications';

const start = toInstant(practice.timeZone, '2026-12-08', '18:00');
const links = { bookUrl: 'https://massage.example/book?on=2026-12-15', manageUrl: 'https://massage.example/manage/x' };
const textOf = (about: 'again' | 'missed', cadence: 'once' | 'weekly' = 'weekly', came = start) => {
  const told: Notification = {
    ...{ kind: 'follow_up', about, practice, uid: 'a', seriesUid: 's', clientName: 'Ana Costa', start: came },
    ...{ service: 'Swedish', therapist: 'Mira Kovač' },
    again: {
      serviceId: 'swedish',
      minutes: 60,
      cadence,
      sessions: 2,
      therapistId: 'mira',
      on: '2026-12-15',
      time: '18:00',
    },
  };
  return messageOf(told, links, start);
};

it('asks once whether the same is wanted again, and promises no hold', () => {
  const { subject, text } = textOf('again');
  expect(subject).toBe('Book it again with Mira Kovač?');
  expect(text).toContain('Swedish for 60 minutes with Mira Kovač, Tuesdays at 18:00. It is not held for you');
  expect(text).toContain(links.bookUrl);
  expect(text).toContain(`${links.manageUrl}#after`);
  // The last date had been moved: the link asks for the plan's own time.
  const thursday = toInstant(practice.timeZone, '2026-12-10', '10:00');
  expect(textOf('again', 'weekly', thursday).text).toContain('Tuesdays at 18:00');
  expect(textOf('again', 'once').text).toContain('a week later at the same time');
});

it('says kindly that somebody was missed, and whom to call', () => {
  const { subject, text } = textOf('missed');
  expect(subject).toBe('We missed you on Tuesday 8 December at 18:00');
  expect(text).toContain(practice.phone);
  expect(text).toContain(links.bookUrl);
  expect(text).not.toMatch(/Swedish|fee|charge/);
});

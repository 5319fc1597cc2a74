import { expect, it } from 'vitest';
import type { Notification } from '@/scheduling/notification-types';
import { toInstant } from '@/scheduling/zone-conversion';
import { renderMessage } from './render-message';
import { testPractice } from './test-notifications';

type HandOver = Extract<Notification, { kind: 'hand_over' }>;

const at = (on: string, time: string) => toInstant(testPractice.timeZone, on, time);
const links = {
  handOverUrl: 'https://massage.example/manage/hand-over/x',
  calendarUrl: 'https://massage.example/practice/calendar',
};
const textOf = (state: HandOver['state'], details: Partial<NonNullable<HandOver['details']>> = {}) => {
  const notification: HandOver = {
    ...{ kind: 'hand_over', state, practice: testPractice, requestId: 'r' },
    details: {
      ...{ clientName: 'Ana Costa', from: 'Mira Kovač', to: 'Jun Sato', until: at('2026-11-27', '16:00') },
      reason: 'Mira works less from December.',
      dates: [
        { from: at('2026-12-01', '18:00'), to: at('2026-12-01', '18:00') },
        { from: at('2026-12-08', '18:00'), to: at('2026-12-08', '17:30') },
        { from: at('2026-12-15', '18:00'), to: at('2026-12-16', '18:00') },
      ],
      ...details,
    },
  };
  return renderMessage(notification, links, at('2026-11-23', '10:00'));
};

it('asks a client with the proposed dates, a deadline, and a link as the only way to answer', () => {
  const { subject, text } = textOf('ask');
  expect(subject).toBe('May Jun take over your dates from Mira?');
  expect(text).toContain('Mira works less from December.');
  expect(text).toContain(
    'Nothing has changed yet: your dates are with Mira. If you say yes, these three will be with Jun:',
  );
  expect(text).toContain('Tuesday 1 December at 18:00\n');
  expect(text).toContain('Tuesday 8 December at 18:00 would be at 17:30');
  expect(text).toContain('Tuesday 15 December at 18:00 would move to Wednesday 16 December at 18:00');
  expect(text).toContain('Please answer by Friday 27 November at 16:00.');
  expect(text).toContain(links.handOverUrl);
  expect(text).toContain('We are not holding Jun’s times');
  expect(textOf('ask', { dates: [{ from: at('2026-12-01', '18:00'), to: at('2026-12-01', '18:00') }] }).subject).toBe(
    'May Jun take over your date from Mira?',
  );
});

it('tells both therapists that nothing has changed yet, and names no client to a therapist who has none of their dates', () => {
  const { subject, text } = textOf('asked');
  expect(subject).toBe('Ana Costa has been asked: three dates from Mira to Jun');
  expect(text).toContain('Nothing has changed yet');
  const toHeir = textOf('asked', { clientName: '' });
  expect(`${toHeir.subject} ${toHeir.text}`).not.toContain('Ana');
  expect(toHeir.subject).toBe('A client of Mira’s has been asked: three dates from Mira to Jun');
});

it('tells both therapists of a no, and of a question that was withdrawn', () => {
  expect(textOf('declined').text).toContain('and said no. The dates stay with Mira.');
  expect(textOf('withdrawn').text).toContain('The dates stay with Mira for now.');
});

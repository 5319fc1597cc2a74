import { expect, it } from 'vitest';
import { buildSampleMails } from './sample-mails';
import { testPractice } from './test-notifications';

const cast = { therapist: 'Mira Kovač', colleague: 'Jun Sato', service: 'Swedish', priceCents: 6800 };
const samples = buildSampleMails(testPractice, cast, Date.UTC(2026, 10, 24, 9));

it('shows each kind of e-mail once, with upcoming dates and without working links', () => {
  expect(new Set(samples.map(({ title }) => title)).size).toBe(samples.length);
  for (const { message, title } of samples) {
    expect(message.text, title).not.toMatch(/https?:/);
    expect(message.calendars, title).toEqual([]);
  }
  expect(samples.map(({ message }) => message.subject)).toEqual([
    'Booked: Tuesdays at 10:00 with Mira Kovač, 15 Dec to 29 Dec',
    'Added: Tuesday 29 December at 10:00 with Mira Kovač',
    'Moved: now Tuesday 22 December at 11:00 with Mira Kovač',
    'Jun Sato instead of Mira Kovač: Tuesdays at 10:00, 15 Dec to 29 Dec',
    'Now 90 minutes: Tuesday 15 December at 10:00 with Mira Kovač',
    'Cancelled: Tuesday 22 December at 10:00 with Mira Kovač',
    'Cancelled: Tuesday 22 December at 10:00 with Mira Kovač',
    'Reminder: Tuesday 15 December at 10:00 with Mira Kovač',
    'New: Ana Costa, Tuesdays at 10:00, 15 Dec to 29 Dec',
    'Now with Jun Sato: Ana Costa, Tuesdays at 10:00, 15 Dec to 29 Dec',
  ]);
});

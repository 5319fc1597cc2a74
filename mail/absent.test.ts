import { describe, expect, it } from 'vitest';
import type { Notification } from '@/scheduling/notification-types';
import { renderMessage } from './render-message';
import { makeTestSeries, testPractice } from './test-notifications';

const NOW = Date.UTC(2026, 10, 24, 9);
const TO = 'ana@example.org';
const bare = { ...testPractice, address: '', phone: '' };
const date = { start: NOW + 86_400_000, end: NOW + 90_000_000, therapist: null, service: 'Swedish' };
const changed = ['appointment-1'];
const request = { kind: 'request' as const, practice: bare, requestId: 'r', until: NOW + 3_600_000, dates: [date] };

const notifications: [string, Notification][] = [
  ['booked, to the client', { kind: 'booked', audience: 'client', practice: bare, series: makeTestSeries(2) }],
  ['booked, to the therapist', { kind: 'booked', audience: 'therapist', practice: bare, series: makeTestSeries(2) }],
  ['moved', { kind: 'moved', audience: 'client', practice: bare, series: makeTestSeries(2), changed }],
  ['cancelled', { kind: 'cancelled', audience: 'client', practice: bare, series: makeTestSeries(2), changed }],
  ['to confirm', { ...request, state: 'to_confirm' }],
  ['to approve', { ...request, state: 'to_approve' }],
  ['declined', { ...request, state: 'declined' }],
  ['taken', { ...request, state: 'taken' }],
  ['new', { ...request, state: 'new' }],
];

describe('46 a practice that gives neither address nor phone', () => {
  it.each(notifications)('leaves no gap in an e-mail: %s', (_what, notification) => {
    const { subject, text, html, calendars } = renderMessage(
      notification,
      { manageUrl: 'http://a.example/m' },
      NOW,
      TO,
    );
    const calendar = calendars.map(({ content }) => content.replace(/\r\n /g, '')).join('');
    for (const part of [subject, text, html, calendar]) {
      expect(part).not.toMatch(/\bcall\s*[.,:<]|, *[.,]|Massage, *($|<)|\(\)|\bundefined\b|\bnull\b|tel:|Phone/im);
    }
    expect(calendar).not.toMatch(/(LOCATION|DESCRIPTION):[^\r]*(\\,|:|,) *\r/);
  });

  it('is reached by its name', () => {
    const booked = renderMessage(notifications[0]![1], {}, NOW, TO);
    expect(booked.text).toContain('After that, please contact Fortnight Massage.');
    expect(booked.text).toContain('\n  Fortnight Massage\n');
    expect(renderMessage(notifications[4]![1], {}, NOW).text).toContain('Questions? Contact Fortnight Massage.');
    expect(renderMessage(notifications[5]![1], {}, NOW).text).toContain('please contact Fortnight Massage.');
    expect(booked.calendars[0]!.content).toContain('LOCATION:Fortnight Massage\r\n');
    expect(booked.calendars[0]!.content).toContain('DESCRIPTION:Swedish.\r\n');
  });
});

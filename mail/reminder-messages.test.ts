import { describe, expect, it } from 'vitest';
import type { Notification } from '@/scheduling/notification-types';
import { renderMessage } from './render-message';

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
const HOUR = 3_600_000;
const START = Date.UTC(2026, 11, 1, 18);
const NOW = START - 24 * HOUR;
const date = {
  uid: 'one',
  start: START,
  end: START + HOUR,
  therapist: 'Mira Kovač',
  service: 'Swedish',
  moveUntil: START - 12 * HOUR,
  cancelUntil: START - 24 * HOUR,
};
const links = {
  manageUrl: 'https://harbour.example/manage/m',
  questionsUrl: 'https://harbour.example/manage/m/intake',
  beforeUrl: 'https://harbour.example/manage/m/before',
  comingUrls: ['https://harbour.example/manage/coming/c', 'https://harbour.example/manage/coming/d'],
};
type Reminder = Extract<Notification, { kind: 'reminder' }>;
const reminder = (other: Partial<Reminder> = {}): Reminder => ({
  kind: 'reminder',
  practice,
  seriesUid: 's',
  step: 1440,
  clientName: 'Ana Costa',
  dates: [date],
  forms: [],
  ...other,
});
const textOf = (other: Partial<Reminder> = {}, messageLinks = links) =>
  renderMessage(reminder(other), messageLinks, NOW, 'a@example.org');

describe('a reminder', () => {
  it('says when, where and with whom, how to confirm, and until when the date can be changed', () => {
    const { subject, text, html, calendars } = textOf();
    expect(subject).toBe('Reminder: Tuesday 1 December at 18:00 with Mira Kovač');
    expect(text).toContain('Hello Ana,');
    expect(text).toContain(
      'Tuesday 1 December 2026, 18:00 to 19:00: Swedish with Mira Kovač\n  Harbour Massage, 1 Quay',
    );
    expect(text).toContain('I’m coming:\nhttps://harbour.example/manage/coming/c');
    expect(text).toContain(
      'You can cancel it online until Monday 30 November at 18:00, and move it until Tuesday 1 December at 06:00. After that, please call 01 555 0142.',
    );
    expect(text).toContain('See, move or cancel your dates:\nhttps://harbour.example/manage/m');
    expect(text).toContain('All times are');
    expect(html).toContain('I’m coming</a>');
    expect(calendars).toEqual([]);
  });

  it.each([
    [
      'both at once',
      { moveUntil: START - 24 * HOUR },
      'You can move or cancel it online until Monday 30 November at 18:00.',
    ],
    ['only moved', { cancelUntil: null }, 'You can move it online until Tuesday 1 December at 06:00.'],
    ['only cancelled', { moveUntil: null }, 'You can cancel it online until Monday 30 November at 18:00.'],
  ])('for a date that can be changed: %s', (_, other, words) => {
    expect(textOf({ dates: [{ ...date, ...other }] }).text).toContain(words);
  });

  it('says whom to call where it is too late to change the date online', () => {
    const { text } = textOf({ dates: [{ ...date, moveUntil: null, cancelUntil: null }] });
    expect(text).toContain('It is too late to change this date online. If you cannot come, please call 01 555 0142.');
    expect(text).not.toMatch(/move or cancel/i);
  });

  it('mentions a form that waits, and nothing of what is in it', () => {
    const health = textOf({ forms: ['health'] }).text;
    expect(health).toContain('Fill in the form:\nhttps://harbour.example/manage/m/intake');
    expect(textOf({ forms: ['before'] }).text).toContain(
      'Say whether anything is new:\nhttps://harbour.example/manage/m/before',
    );
    for (const { subject, text, html } of [textOf(), textOf({ forms: ['health', 'before'] })])
      expect(`${subject} ${text} ${html}`).not.toMatch(/pain|injur|symptom|health|score/i);
  });

  it('for a week lists its dates, and asks for confirmation of each', () => {
    const other = { ...date, uid: 'two', start: START + 48 * HOUR, end: START + 49 * HOUR };
    const { subject, text } = textOf({ step: 0, dates: [date, other] });
    expect(subject).toBe('Your next two dates, from Tuesday 1 December at 18:00');
    expect(text).toContain('These are your massages at Harbour Massage in the coming week.');
    expect(text).toContain('I’m coming on Thursday 3 December at 18:00:\nhttps://harbour.example/manage/coming/d');
    expect(textOf({ step: 0 }).text).toContain('You have one massage at Harbour Massage in the coming week.');
    const late = { moveUntil: null, cancelUntil: null };
    expect(
      textOf({
        step: 0,
        dates: [
          { ...date, ...late },
          { ...other, ...late },
        ],
      }).text,
    ).toContain('these dates online');
  });

  it('has no gap where the name, phone number, address or links are missing', () => {
    const bare = { ...practice, phone: '', address: '', isDemo: true, opening: 'From us.', closing: 'Bring a towel.' };
    const { text } = textOf(
      {
        clientName: '',
        practice: bare,
        forms: ['health', 'before'],
        dates: [{ ...date, moveUntil: null, cancelUntil: null }],
      },
      {} as never,
    );
    expect(text).toMatch(/^Hello,\n\nFrom us\.\n/);
    expect(text).toContain('please contact Harbour Massage.');
    expect(text).toContain('Bring a towel.');
    expect(text).toContain('This is a demo practice');
    expect(text).not.toMatch(/undefined|call \.|, ,|http/);
  });
});

import { describe, expect, it } from 'vitest';
import type { Notification } from '@/scheduling/notification-types';
import { getDayPartBit } from '@/scheduling/waitlist-matching';
import { renderMessage } from './render-message';
import { testPractice } from './test-notifications';

type Waitlist = Extract<Notification, { kind: 'waitlist' }>;

const NOW = Date.UTC(2026, 10, 24, 9);
const offerUrl = 'https://massage.example/manage/offer/x';
const offer: Waitlist = {
  kind: 'waitlist',
  state: 'offer',
  practice: testPractice,
  offerId: 'o',
  until: NOW + 1_800_000,
  service: 'Swedish',
  minutes: 60,
  therapist: 'Mira Kovač',
  starts: [Date.UTC(2026, 11, 1, 18)],
};
const textOf = (notification: Waitlist) => renderMessage(notification, { offerUrl }, NOW).text;

describe('the offer of a held time', () => {
  it('greets its reader, and says whom the time is for where that is somebody else', () => {
    expect(textOf(offer)).toMatch(/^Hello,\n/);
    expect(textOf({ ...offer, who: { clientName: 'Ana Costa' } })).toMatch(/^Hello Ana,\n/);
    const forLeo = { clientName: 'Leo Costa', bookedBy: 'Ana Costa' };
    expect(textOf({ ...offer, who: forLeo })).toMatch(
      /^Hello Ana,\n\nThis is about the dates of Leo Costa\.\n\nA time is free/,
    );
  });

  it('of a skipped date does not say that it had to be skipped', () => {
    const skipped = { ...offer, isSkipped: true as const };
    expect(textOf(skipped)).toContain('You skipped Tuesday 1 December at 18:00. It is free again');
    const forLeo = { clientName: 'Leo Costa', bookedBy: 'Ana Costa' };
    expect(textOf({ ...skipped, who: forLeo })).toContain(
      'Tuesday 1 December at 18:00 was skipped for Leo. It is free again',
    );
  });

  it('gives the place, until when the time is held, and how to answer', () => {
    const text = textOf(offer);
    for (const words of [
      '12 Camden Row',
      'Held for you until Tuesday 24 November at 09:30',
      `Answer yes or no:\n${offerUrl}`,
    ])
      expect(text).toContain(words);
  });
});

it('contains no name while the address has yet to be confirmed', () => {
  const joined = {
    kind: 'waitlist',
    state: 'joined',
    practice: testPractice,
    entryId: 'e',
    mustConfirm: true,
  } as const;
  const { text } = renderMessage({ ...joined, who: { clientName: 'Ana Costa' } }, {}, NOW);
  expect(text).not.toContain('Ana');
});

it('describes the request, before and after it is confirmed', () => {
  const joined = { kind: 'waitlist', state: 'joined', practice: testPractice, entryId: 'e' } as const;
  const waitsFor = {
    ...({ service: 'Swedish', minutes: 60, therapist: 'Mira Kovač', cadence: 'once', sessions: 1 } as const),
    ...{ fromOn: '2026-12-01', untilOn: '2026-12-31', dayParts: getDayPartBit(2, 'evening'), atTime: null },
  };
  for (const mustConfirm of [true, false])
    expect(renderMessage({ ...joined, mustConfirm, waitsFor }, {}, NOW).text).toContain(
      'Your request:\n  Swedish, 60 minutes, with Mira Kovač\n  Tue evenings, from 1 Dec to 31 Dec',
    );
});

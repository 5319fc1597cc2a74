import type { BookingChoice } from '@/app/book/booking-choice';

export const timeZone = 'Europe/Dublin';

/** Four Thursdays, two with Swedish and two with sports. */
export const choice: BookingChoice = {
  step: 'dates',
  serviceId: 'swedish',
  minutes: 60,
  cadence: 'weekly',
  sessions: 4,
  wanted: 4,
  therapistId: null,
  from: null,
  preset: 'two',
  ladder: ['swedish', 'swedish', 'sports', 'sports'],
  week: null,
  day: null,
  part: 'all',
  everyStart: false,
  standing: { on: '2026-12-10', time: '17:30', therapistId: 'mira' },
  picks: {},
  key: null,
  again: null,
  isForTwo: false,
  second: null,
};

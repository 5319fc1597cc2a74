import { renderToString } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { BookingContext } from '@/app/book/booking-context';
import { parseBookingChoice } from '@/app/book/parse-booking-choice';
import { NoTimesInDayPartNotice } from './no-times-notice';

const therapists = [
  { id: 'mira', name: 'Mira Kovac' },
  { id: 'tom', name: 'Tom Byrne' },
];
const services = [
  {
    id: 'swedish',
    name: 'Swedish',
    pressure: 2,
    lengths: [{ minutes: 60, priceCents: 8000 }],
    therapists: ['mira', 'tom'],
  },
];
const offer = { services, therapists, maxSessions: 26, today: '2026-11-28', windowDays: 365 };
const window = {
  from: '2026-11-30',
  until: '2026-12-07',
  earlier: null,
  later: '2026-12-07',
  weekB: null,
};

function shownFor(params: Record<string, string>, offered = offer) {
  const choice = parseBookingChoice({ step: 'time', type: 'swedish', sessions: '8', ...params }, offered);
  const booking = { choice, offer: offered, names: { mira: 'Mira', tom: 'Tom' }, practice: { locale: 'en-IE' } };
  return renderToString(
    <NoTimesInDayPartNotice booking={booking as unknown as BookingContext} window={window} />,
  ).replace(/<!--.*?-->/g, '');
}

it('says which part of the day has no time, and links to the other parts, later weeks, other therapists and the waiting list', () => {
  const html = shownFor({ part: 'evening', therapist: 'mira' });
  expect(html).toContain('No free evening times with Mira on these days');
  expect(html).toMatch(/<a href="\/book\?(?![^"]*part=)[^"]*therapist=mira[^"]*#suits">Any time of day</);
  expect(html).toMatch(/<a href="\/book\?[^"]*week=2026-12-07[^"]*part=evening[^"]*">Start the week of 7 Dec</);
  expect(html).toMatch(/<a href="\/book\?[^"]*part=evening[^"]*#suits">Look with anyone</);
  expect(html).toMatch(/<a href="\/book\/wait\?[^"]*part=evening[^"]*">Wait for a time</);
});

it('names no therapist where anyone would do', () => {
  const html = shownFor({ part: 'saturday' });
  expect(html).toContain('No free Saturday times on these days');
  expect(html).not.toContain('Look with anyone');
});

it('leads to nobody else where one therapist alone gives the massage', () => {
  const alone = { ...offer, services: [{ ...services[0]!, therapists: ['mira'] }] };
  expect(shownFor({ part: 'evening', therapist: 'mira' }, alone)).not.toContain('Look with anyone');
});

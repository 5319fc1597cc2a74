import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { parseBookingChoice } from '@/app/book/parse-booking-choice';
import { PlanForm } from './plan-form';

const swedish = {
  id: 'swedish',
  name: 'Swedish',
  pressure: 1,
  lengths: [{ minutes: 60, priceCents: 6800 }],
  therapists: ['mira'],
  summary: '',
  suits: '',
};
const offer = {
  services: [swedish],
  therapists: [{ id: 'mira', name: 'Mira' }],
  maxSessions: 26,
  today: '2026-11-23',
  windowDays: 400,
};

function wordsFor(ladder: string[]): string {
  const question = { slug: 'sciatica', minutes: 60, cadence: 'weekly' as const, ladder };
  const choice = parseBookingChoice({ from: 'sciatica' }, { ...offer, question });
  const money = { currency: 'EUR', locale: 'en-IE' };
  return renderToStaticMarkup(<PlanForm offer={{ ...offer, question }} choice={choice} money={money} basis={null} />);
}

it('names the suggested massages that cannot be booked online, and does not say that nobody gives them', () => {
  expect(wordsFor(['swedish', 'sports', 'deep-tissue'])).toContain(
    'The page suggests 3. It suggests sports and deep tissue massage, which cannot be booked online here and is left out.',
  );
  expect(wordsFor(['sports', 'sports'])).not.toContain('we do not offer');
});

it('names none where all that the page suggests can be booked', () => {
  expect(wordsFor(['swedish', 'swedish'])).toContain('The page suggests 2. You can stop after any session.');
});

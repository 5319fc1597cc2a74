import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { AppointmentActions } from './appointment-actions';

const NOW = Date.parse('2026-12-01T18:00:00Z');
const HOUR = 3_600_000;

function render(startsAt: number): string {
  const facts = {
    ...{ uid: 'a', status: 'booked', version: 1, seriesVersion: 1, timeZone: 'Europe/Dublin' },
    ...{ startsAt, cancelUntil: startsAt - 24 * HOUR, arrivedAt: null, begunAt: null, isLateCancel: false },
    client: { phoneLink: null },
  } as unknown as Parameters<typeof AppointmentActions>[0]['facts'];
  return renderToStaticMarkup(
    <AppointmentActions facts={facts} now={NOW} back="" openHref="/practice/calendar?open=a" />,
  );
}

it('offers to cancel an upcoming appointment, and to say how one went that has begun', () => {
  expect(render(NOW + HOUR)).toContain('ask=cancel');
  const begun = render(NOW - HOUR);
  expect(begun).not.toContain('ask=cancel');
  for (const label of ['Done', 'No-show', 'Late cancel']) expect(begun).toContain(label);
});

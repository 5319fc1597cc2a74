import { expect, it } from 'vitest';
import { reader } from '@/db/connection/database-client';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { listWeeklyInstants, makeSeriesRequest, NOW } from '@/db/testing/test-requests';
import { planBooking } from '@/scheduling/plan-booking';
import { gatherBookingRules } from './booking-rules';
import { chooseTherapistsAndRooms } from './choose-resources';

setUpTestDatabase({ now: NOW });

async function chooseForRetry() {
  const db = await reader();
  const request = makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', 8), { therapistId: 'any' });
  const { rules } = await gatherBookingRules(db, request.appointments, NOW);
  const planned = planBooking(request, rules);
  if (!planned.ok) throw new Error(JSON.stringify(planned.issues));
  const options = { isForStaff: false, isTrial: true, isRetry: true };
  const chosen = await chooseTherapistsAndRooms(db, planned.plan.dates, rules, options);
  if (!chosen.ok) throw new Error(JSON.stringify(chosen.refused));
  return chosen.choices.map(({ therapistId, roomId }) => ({ therapistId, roomId }));
}

it('gives all dates of a series to one therapist in one room in a retry, too', async () => {
  const choices = await chooseForRetry();
  expect(choices).toEqual(Array.from({ length: 8 }, () => choices[0]));
});

it('chooses among all who are free in a retry, not always the first', async () => {
  const tries = await Promise.all(Array.from({ length: 40 }, chooseForRetry));
  expect(new Set(tries.map(([first]) => first!.therapistId)).size).toBeGreaterThan(1);
  expect(new Set(tries.map(([first]) => first!.roomId)).size).toBeGreaterThan(1);
});

import { expect, it } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import { moveAppointments } from '@/db/booking/move-appointments';
import { markArrived, undoOutcome } from '@/db/booking/outcomes';
import { at, plantTimeOff } from '@/db/testing/test-appointments';
import { testDatabase } from '@/db/testing/test-database';
import { NOW, OWNER_VIEWER, requestOf } from '@/db/testing/test-requests';
import { getCalendarVersion } from './calendar-version';

const { write } = testDatabase({ now: NOW });
const MONDAY = '2026-11-30';
const START = at('2026-12-01', '18:00');

it('is another after each change of the week, and the same as long as there is none', async () => {
  const seen: number[] = [];
  const look = async () => seen.push(await getCalendarVersion(OWNER_VIEWER, MONDAY));
  await look();
  const booked = await bookSeries(OWNER_VIEWER, requestOf(START), { now: NOW });
  const uid = booked.ok ? booked.appointments[0]!.uid : '';
  await look();
  await markArrived(OWNER_VIEWER, uid, { now: START });
  await look();
  await undoOutcome(OWNER_VIEWER, uid, { now: START });
  await look();
  const there = { uid, scope: 'this' as const, therapistId: 'mira', startsAt: at('2026-12-09', '18:00') };
  expect(await moveAppointments(OWNER_VIEWER, there, { now: NOW })).toMatchObject({ ok: true });
  await look();
  await moveAppointments(OWNER_VIEWER, { ...there, startsAt: at('2026-12-02', '18:00') }, { now: NOW });
  await look();
  await cancelAppointments(OWNER_VIEWER, { uid, scope: 'this' }, { now: NOW });
  await look();
  await write((tx) => plantTimeOff(tx, 'mira', ['2026-12-03', '12:00'], ['2026-12-03', '14:00']));
  await look();
  expect(seen.filter((version, at) => version === seen[at - 1])).toEqual([]);
  await look();
  expect(seen.at(-1)).toBe(seen.at(-2));
});

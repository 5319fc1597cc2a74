import { expect, it } from 'vitest';
import { listServices } from '@/db/practice/services';
import { insertTestAppointment, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { listBookableStarts } from './bookable-starts';
import { listNextBookableStarts } from './next-bookable-starts';

const now = Date.UTC(2026, 10, 23, 9);
const { write } = setUpTestDatabase({ now });
const TUESDAY = '2026-12-01';

const call = async () =>
  listNextBookableStarts({ services: await listServices(), minutes: 60, from: TUESDAY, days: 2 }, now);

it('lists each start of each therapist once, earliest first, with the massages they give', async () => {
  const found = await call();
  expect(found.map(({ startsAt }) => startsAt)).toEqual(found.map(({ startsAt }) => startsAt).sort((a, b) => a - b));
  expect(new Set(found.map(({ startsAt, therapistId }) => `${startsAt} ${therapistId}`)).size).toBe(found.length);
  for (const { id } of await listServices()) {
    const openings = await listBookableStarts({ serviceId: id, minutes: 60, from: TUESDAY, days: 2 }, now);
    const pairs = (openings.ok ? openings.openings : []).flatMap(({ startsAt, therapists }) =>
      therapists.map((therapistId) => `${startsAt} ${therapistId}`),
    );
    const listed = found.filter(({ serviceIds }) => serviceIds.includes(id));
    expect(pairs.length).toBeGreaterThan(0);
    expect(listed.map(({ startsAt, therapistId }) => `${startsAt} ${therapistId}`).sort()).toEqual(pairs.sort());
  }
});

it('leaves out taken times, and lengths that a massage does not have', async () => {
  const at = instantAt(TUESDAY, '18:00');
  expect((await call()).some(({ startsAt, therapistId }) => startsAt === at && therapistId === 'mira')).toBe(true);
  await write((tx) => insertTestAppointment(tx, { id: 'a', on: TUESDAY, time: '18:00', therapistId: 'mira' }));
  expect((await call()).some(({ startsAt, therapistId }) => startsAt === at && therapistId === 'mira')).toBe(false);
  const services = await listServices();
  expect(await listNextBookableStarts({ services, minutes: 17, from: TUESDAY, days: 2 }, now)).toEqual([]);
});

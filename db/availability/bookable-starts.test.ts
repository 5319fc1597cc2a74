import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { claimCells, releaseHolds } from '@/db/claims/claims';
import { holidays, hoursOverrides, therapists } from '@/db/schema';
import { insertTestAppointment, insertTestTimeOff, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { toWallTime } from '@/scheduling/zone-conversion';
import { type BookableStartsQuery, listBookableStarts } from './bookable-starts';

const now = Date.UTC(2026, 10, 23, 9);
const { write } = setUpTestDatabase({ now });
const TUESDAY = '2026-12-01';
const HOUR = 3_600_000;

const request = (more: Partial<BookableStartsQuery> = {}): BookableStartsQuery => ({
  serviceId: 'swedish',
  minutes: 60,
  from: TUESDAY,
  days: 1,
  ...more,
});

async function timesOf(more: Partial<BookableStartsQuery> = {}, when = now): Promise<string[]> {
  const found = await listBookableStarts(request(more), when);
  if (!found.ok) throw new Error(JSON.stringify(found.issues));
  return found.openings.map(({ startsAt }) => toWallTime(found.timeZone, startsAt).time);
}

async function whoAt(time: string, more: Partial<BookableStartsQuery> = {}): Promise<string[]> {
  const found = await listBookableStarts(request(more), now);
  return (found.ok && found.openings.find(({ startsAt }) => startsAt === instantAt(TUESDAY, time))?.therapists) || [];
}

describe('an empty day', () => {
  it('offers every quarter of an hour in which a massage ends inside the working hours', async () => {
    const times = await timesOf({ therapistId: 'mira' });
    expect(times[0]).toBe('12:00');
    expect(times).toContain('14:30');
    expect(times).not.toContain('14:45');
    expect(times).toContain('16:00');
    expect(times.at(-1)).toBe('19:00');
  });

  it('names everybody who gives the massage and works then, and nobody else', async () => {
    expect(await whoAt('12:30')).toEqual(['mira', 'jun']);
    expect(await whoAt('11:00', { serviceId: 'deep-tissue' })).toEqual(['tom', 'jun']);
  });

  it('offers nothing within the notice, in the past, or beyond the booking window', async () => {
    expect((await timesOf({ therapistId: 'mira' }, instantAt(TUESDAY, '15:30') - 120_000))[0]).toBe('17:30');
    expect(await timesOf({ from: '2026-11-17' })).toEqual([]);
    const last = await listBookableStarts(request({ from: '2027-12-24', days: 31 }), now);
    const days = last.ok ? last.openings.map(({ startsAt }) => toWallTime(last.timeZone, startsAt).on) : [];
    expect(days.at(-1)).toBe('2027-12-28');
  });
});

describe('what is taken', () => {
  it('rules out starts whose massage or clean-up would meet an appointment', async () => {
    await write((tx) => insertTestAppointment(tx, { id: 'a', on: TUESDAY, time: '18:00', therapistId: 'mira' }));
    const times = await timesOf({ therapistId: 'mira' });
    expect(times).toContain('16:45');
    expect(times).not.toContain('17:00');
    expect(times).not.toContain('19:00');
    expect(await whoAt('18:00')).toEqual(['jun']);
  });

  it('offers the time of a cancelled appointment again', async () => {
    await write((tx) =>
      insertTestAppointment(tx, { id: 'a', on: TUESDAY, time: '18:00', therapistId: 'mira', status: 'cancelled' }),
    );
    expect(await whoAt('18:00')).toEqual(['mira', 'jun']);
  });

  it('leaves out time off, only for the therapist who is off', async () => {
    await write((tx) => insertTestTimeOff(tx, 'mira', [TUESDAY, '00:00'], ['2026-12-02', '00:00']));
    expect(await timesOf({ therapistId: 'mira' })).toEqual([]);
    expect(await whoAt('18:00')).toEqual(['jun']);
  });

  it('counts a hold until it expires', async () => {
    await write(async (tx) => {
      const held = {
        ownerUid: 'h',
        kind: 'hold' as const,
        start: instantAt(TUESDAY, '18:00'),
        end: instantAt(TUESDAY, '19:15'),
      };
      await claimCells(tx, [{ ...held, resourceId: 'therapist:mira', expiresAt: now + HOUR }], now);
    });
    expect(await whoAt('18:00')).toEqual(['jun']);
    expect(await timesOf({ therapistId: 'mira' }, now + 2 * HOUR)).toContain('18:00');
    await write((tx) => releaseHolds(tx, ['h']));
  });

  it('is offered at no time when every suitable room is taken, even if the therapist is free', async () => {
    await write(async (tx) => {
      const booked = { on: TUESDAY, time: '12:00', serviceId: 'deep-tissue' };
      await insertTestAppointment(tx, { ...booked, id: 'a', therapistId: 'tom', roomId: 'street' });
      await insertTestAppointment(tx, { ...booked, id: 'b', therapistId: 'aoife', roomId: 'garden' });
    });
    expect(await whoAt('12:15', { serviceId: 'deep-tissue' })).toEqual([]);
    expect(await whoAt('12:15', { serviceId: 'swedish' })).toEqual(['mira', 'jun']);
  });

  it('follows the hours of a changed day, and is closed on a holiday whatever its hours', async () => {
    const changed = {
      therapistId: 'mira',
      hours: [['09:00', '10:00']] as [string, string][],
      timeZone: 'Europe/Dublin',
    };
    await write(async (tx) => {
      await tx.insert(hoursOverrides).values([
        { ...changed, on: TUESDAY },
        { ...changed, on: '2026-12-02' },
      ]);
      await tx.insert(holidays).values({ on: '2026-12-02', name: 'Day of the Test' });
    });
    expect(await timesOf({ therapistId: 'mira', days: 2 })).toEqual(['09:00']);
  });

  it('leaves out a therapist who no longer takes appointments', async () => {
    await write((tx) => tx.update(therapists).set({ isActive: false }).where(eq(therapists.id, 'jun')).returning());
    expect(await whoAt('18:00')).toEqual(['mira']);
  });
});

describe('an invalid request', () => {
  it.each([
    ['an unknown massage', { serviceId: 'hot-stone' }, 'serviceId'],
    ['a length that is not sold', { minutes: 45 }, 'minutes'],
    ['no length', { minutes: Number.NaN }, 'minutes'],
    ['a day that does not exist', { from: '2027-02-29' }, 'from'],
    ['a day beyond the window', { from: '2037-01-01' }, 'from'],
    ['a day at the end of time', { from: '9999-12-31' }, 'from'],
    ['a day long past', { from: '1990-01-01' }, 'from'],
    ['no days', { days: 0 }, 'days'],
    ['too many days', { days: 32 }, 'days'],
    ['half a day', { days: 1.5 }, 'days'],
    ['a therapist who does not offer it', { serviceId: 'deep-tissue', therapistId: 'aoife' }, 'therapistId'],
    ['an unknown therapist', { therapistId: 'nobody' }, 'therapistId'],
  ])('refuses %s and names the field', async (_what, more, field) => {
    const found = await listBookableStarts(request(more), now);
    expect(found).toMatchObject({ ok: false, reason: 'invalid', issues: [{ path: [field] }] });
  });
});

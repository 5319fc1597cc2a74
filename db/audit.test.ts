import { and, eq } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { claimCells, releaseCells, releaseHolds, toAbsenceClaim, toAppointmentClaims } from '@/db/claims/claims';
import { listResourceNumbers } from '@/db/claims/resource-and-owner-numbers';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, makeSeriesRequest, NOW } from '@/db/testing/test-requests';
import { audit } from './audit';
import { appointments, claims, clients, holds, series, timeOff } from './schema';

const db = setUpTestDatabase({ now: NOW });
const MINUTE = 60_000;
const SIX = instantAt('2026-12-01', '18:00');

async function booked(other: Parameters<typeof makeSeriesRequest>[1] = {}) {
  const result = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(SIX, other), { now: NOW });
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.appointments[0]!.uid;
}
const findings = async () => (await audit()).map(({ finding, rows }) => `${finding}: ${rows.length}`);

// These tests break data on purpose. Clear it, because an audit follows every test.
afterEach(() =>
  db.write(async (tx) => {
    await tx.delete(claims);
    await tx.delete(holds);
    await tx.delete(timeOff);
    await tx.update(appointments).set({ status: 'cancelled', cancelledAt: NOW, cancelledBy: 'practice' });
  }),
);

describe('the audit', () => {
  it('is clean when every booked appointment has exactly its cells', async () => {
    await booked();
    expect(await audit()).toEqual([]);
  });

  it('finds an appointment without its cells', async () => {
    const uid = await booked();
    await db.write(async (tx) => {
      const rows = await tx.select().from(appointments).where(eq(appointments.id, uid));
      await releaseCells(tx, rows.flatMap(toAppointmentClaims), NOW);
    });
    expect(await findings()).toEqual(['Time is taken without cells: 2']);
  });

  it('finds a single missing cell, and names its owner', async () => {
    const uid = await booked();
    await db.write(async (tx) => {
      const numbers = await listResourceNumbers(tx, ['room:garden']);
      const isMissing = and(eq(claims.resource, numbers.get('room:garden')!), eq(claims.cell, SIX / 300_000 + 3));
      await tx.delete(claims).where(isMissing);
    });
    expect(await audit()).toMatchObject([
      {
        finding: 'Cells differ from the time their owner takes',
        rows: [{ ownerUid: uid, resourceId: 'room:garden', cells: 14 }],
      },
    ]);
  });

  it('finds the cells of an appointment that was cancelled by a direct update', async () => {
    const uid = await booked();
    await db.write((tx) =>
      tx
        .update(appointments)
        .set({ status: 'cancelled', cancelledAt: NOW, cancelledBy: 'client' })
        .where(eq(appointments.id, uid)),
    );
    expect(await findings()).toEqual(['Cells are claimed for what is not there, or was cancelled: 2']);
  });

  it('finds two appointments that overlap with one therapist and in one room', async () => {
    await booked();
    const other = await booked({ therapistId: 'jun' });
    await db.write((tx) =>
      tx.update(appointments).set({ therapistId: 'mira', roomId: 'garden' }).where(eq(appointments.id, other)),
    );
    expect(await findings()).toEqual([
      'Cells are claimed for what is not there, or was cancelled: 2',
      'Time is taken without cells: 2',
      'Two appointments overlap with one therapist: 1',
      'Two appointments overlap in one room: 1',
    ]);
  });

  it('finds time off that has no cells', async () => {
    await db.write(async (tx) => {
      const off = { id: 'leave', therapistId: 'tom', startAt: SIX, endAt: SIX + 60 * MINUTE };
      await tx.insert(timeOff).values({ ...off, kind: 'leave', createdAt: NOW });
    });
    expect(await findings()).toEqual(['Time is taken without cells: 1']);
  });

  it('finds cells of a therapist who is not employed and of a room that does not exist', async () => {
    const external = { ownerUid: 'x', kind: 'external' as const, start: SIX, end: SIX + 10 * MINUTE };
    await db.write((tx) =>
      claimCells(
        tx,
        ['therapist:ghost', 'room:attic', 'sofa', 'therapist:mira'].map((resourceId) => ({ ...external, resourceId })),
        NOW,
      ),
    );
    const [ofNobody, ...others] = await audit();
    expect([ofNobody!.finding, ofNobody!.rows.length]).toEqual([
      'Cells are claimed for what is not there, or was cancelled',
      4,
    ]);
    expect(others).toEqual([
      {
        finding: 'Cells are claimed of no therapist and no room there is',
        rows: ['room:attic', 'sofa', 'therapist:ghost'].map((resourceId) => ({ resourceId, cells: 2 })),
      },
    ]);
  });

  it('finds a hold that lasts longer than any hold may, when given a clock', async () => {
    const hold = { ownerUid: 'hold:key:browser', kind: 'hold' as const, start: SIX, end: SIX + 5 * MINUTE };
    const holdFor = (minutes: number) =>
      db.write(async (tx) => {
        await releaseHolds(tx, [hold.ownerUid]);
        const request = ['therapist:mira', 'room:garden'].map((resourceId) => ({ ...hold, resourceId }));
        await claimCells(
          tx,
          request.map((entry) => ({ ...entry, expiresAt: NOW + minutes * MINUTE })),
          NOW,
        );
      });
    await holdFor(10);
    expect(await audit({ now: NOW })).toEqual([]);
    await holdFor(12);
    expect(await audit()).toEqual([]);
    expect(await audit({ now: NOW })).toEqual([
      {
        finding: 'A hold lasts longer than holds do here',
        rows: [{ ownerUid: hold.ownerUid, expiresAt: NOW + 12 * MINUTE }],
      },
    ]);
  });

  it('finds a hold whose name is missing, and a name without a hold', async () => {
    const hold = { ownerUid: 'hold:key:browser', kind: 'hold' as const, start: SIX, end: SIX + 5 * MINUTE };
    const request = ['therapist:mira', 'room:garden'].map((resourceId) => ({ ...hold, resourceId, expiresAt: SIX }));
    const finding = 'A hold has no name, or nothing is held under its name: 1';
    await db.write((tx) => claimCells(tx, request, NOW));
    const [name] = await db.write((tx) => tx.delete(holds).returning());
    expect(await findings()).toEqual([finding]);
    await db.write((tx) => tx.insert(holds).values(name!));
    expect(await findings()).toEqual([]);
    await db.write((tx) => tx.delete(claims));
    expect(await findings()).toEqual([finding]);
  });

  it('compares cells, not only owner numbers, when two owners share a number', async () => {
    const [first, second] = [SIX, SIX + 120 * MINUTE].map((startAt, k) => {
      // These two ids hash to the same owner number.
      return { id: ['Aa', 'BB'][k]!, therapistId: 'tom', startAt, endAt: startAt + 60 * MINUTE };
    }) as [typeof timeOff.$inferSelect, typeof timeOff.$inferSelect];
    await db.write(async (tx) => {
      for (const row of [first, second]) {
        await tx.insert(timeOff).values({ ...row, kind: 'leave', createdAt: NOW });
        await claimCells(tx, [toAbsenceClaim('time_off', row)], NOW);
      }
    });
    expect(await findings()).toEqual([]);
    await db.write((tx) => releaseCells(tx, [toAbsenceClaim('time_off', second)], NOW));
    expect(await db.connection().reader.$count(claims)).toBe(12);
    expect(await findings()).toEqual(['Cells differ from the time their owner takes: 1']);
  });

  it('finds a rebooking hold that no row records', async () => {
    const hold = { ownerUid: 'again:x', kind: 'hold' as const, start: SIX, end: SIX + 5 * MINUTE };
    const request = ['therapist:mira', 'room:garden'].map((resourceId) => ({ ...hold, resourceId, expiresAt: SIX }));
    await db.write((tx) => claimCells(tx, request, NOW));
    expect(await audit({ now: NOW })).toEqual([
      {
        finding: 'A time is held to be booked again, and not as it was noted',
        rows: [{ ownerUid: 'again:x', expiresAt: SIX }],
      },
    ]);
  });

  it('finds an appointment of another client than its series', async () => {
    const uid = await booked();
    const other = { id: 'other', name: 'Other', email: 'other@example.org', createdAt: NOW };
    await db.write(async (tx) => {
      await tx.insert(clients).values(other);
      await tx.update(appointments).set({ clientId: 'other' }).where(eq(appointments.id, uid));
    });
    expect(await findings()).toEqual(['An appointment is another client’s than its series: 1']);
    await db.write((tx) => tx.update(series).set({ clientId: 'other' }));
  });

  it('accepts a whole hold, and finds one whose room is missing for part of its time', async () => {
    const common = { ownerUid: 'hold:key:browser', kind: 'hold' as const, expiresAt: NOW + MINUTE };
    const hold = (resourceId: string, minutes: number) => ({
      ...common,
      resourceId,
      start: SIX,
      end: SIX + minutes * MINUTE,
    });
    const take = (...request: ReturnType<typeof hold>[]) => db.write((tx) => claimCells(tx, request, NOW));
    await take(hold('therapist:mira', 60), hold('room:garden', 60));
    expect(await audit()).toEqual([]);
    await db.write((tx) => releaseHolds(tx, [common.ownerUid]));
    await take(hold('therapist:mira', 60), hold('room:garden', 50));
    expect(await findings()).toEqual(['A hold keeps a therapist without a room, or a room without a therapist: 2']);
    await db.write((tx) => releaseHolds(tx, [common.ownerUid]));
  });
});

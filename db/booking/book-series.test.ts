import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { deriveManageToken, hashToken } from '@/db/access/manage-tokens';
import { getSeries } from '@/db/appointments/series';
import { claimCells } from '@/db/claims/claims';
import { computeOwnerNumber, listResourceNumbers } from '@/db/claims/resource-and-owner-numbers';
import { getNotificationFactsToSend } from '@/db/delivery/notification-facts-to-send';
import * as schema from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import {
  ANONYMOUS_VIEWER,
  linkViewer,
  listWeeklyInstants,
  makeSeriesRequest,
  NOW,
  OWNER_VIEWER,
} from '@/db/testing/test-requests';
import { toWallTime } from '@/scheduling/zone-conversion';
import { bookSeries } from './book-series';
import type { SeriesRequest } from './booking-request-schemas';

const db = setUpTestDatabase({ now: NOW });
const MINUTE = 60_000;
const SIX = instantAt('2026-12-01', '18:00');

const book = (request: SeriesRequest, now = NOW) => bookSeries(ANONYMOUS_VIEWER, request, { now });
async function booked(request: SeriesRequest) {
  const result = await book(request);
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result;
}
async function rowsOf(table: typeof schema.series) {
  return db.connection().reader.select().from(table);
}
const all = <T>(table: T) => rowsOf(table as typeof schema.series) as Promise<Record<string, unknown>[]>;
/** Every row that a refused booking must leave unchanged. */
async function written() {
  const { clients, series, appointments, claims, outbox, idempotencyKeys, auditEvents } = schema;
  const counts: Record<string, number> = {};
  for (const [name, table] of Object.entries({
    clients,
    series,
    appointments,
    claims,
    outbox,
    idempotencyKeys,
    auditEvents,
  })) {
    counts[name] = (await all(table)).length;
  }
  return counts;
}
const NOTHING = { clients: 0, series: 0, appointments: 0, claims: 0, outbox: 0, idempotencyKeys: 0, auditEvents: 0 };
async function invalidPaths(request: SeriesRequest, now = NOW) {
  const result = await book(request, now);
  expect(await written()).toEqual(NOTHING);
  return !result.ok && result.reason === 'invalid' ? result.issues.map(({ path }) => path.join('.')) : result;
}

describe('a series that is booked', () => {
  it('stores its dates, room, price, note, question and skipped dates', async () => {
    const starts = listWeeklyInstants('2026-12-01', '18:00', 4);
    const { seriesId } = await booked(
      makeSeriesRequest([starts[0]!, starts[1]!, starts[3]!], {
        appointments: [0, 1, 3].map((k) => ({
          startsAt: starts[k]!,
          therapistId: 'mira',
          serviceId: k === 3 ? 'sports' : 'swedish',
          position: k + 1,
        })),
        standing: { firstOn: '2026-12-01', time: '18:00', therapistId: 'mira' },
        skipped: [{ position: 3, on: '2026-12-15' }],
        note: 'The left side.\r\nGently.',
        questionSlug: 'hamstring-tendinopathy',
        client: { name: ' Ana Costa ', email: 'Ana@Example.org', phone: '01 555 0177' },
      }),
    );
    expect(await getSeries(linkViewer(seriesId), seriesId)).toMatchObject({
      cadence: 'weekly',
      firstOn: '2026-12-01',
      time: '18:00',
      sessions: 4,
      therapist: { id: 'mira', name: 'Mira Kovač' },
      client: { name: 'Ana Costa', email: 'ana@example.org', phone: '+35315550177' },
      note: 'The left side.\nGently.',
      questionSlug: 'hamstring-tendinopathy',
      skipped: [{ position: 3, on: '2026-12-15', startsAt: starts[2] }],
      appointments: [
        { position: 1, localStart: '2026-12-01T18:00', room: { id: 'garden' }, priceCents: 6800, isMoved: false },
        { position: 2, startsAt: starts[1], endsAt: starts[1]! + 60 * MINUTE, status: 'booked', sequence: 0 },
        { position: 4, service: { id: 'sports', name: 'Sports' }, priceCents: 7400, nominalStartsAt: starts[3] },
      ],
    });
  });

  it('gives each date a random id of its own, with a beginning that only this series shares', async () => {
    const idsOf = async (firstOn: string) => {
      const { appointments } = await booked(makeSeriesRequest(listWeeklyInstants(firstOn, '18:00', 4)));
      return appointments.map(({ uid }) => uid);
    };
    const [early, late] = [await idsOf('2026-12-01'), await idsOf('2027-01-12')];
    for (const id of [...early, ...late]) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(new Set([...early, ...late].map((id) => id.slice(13))).size).toBe(8);
    const beginnings = [early, late].map((ids) => new Set(ids.map((id) => id.slice(0, 13))));
    expect(beginnings.map(({ size }) => size)).toEqual([1, 1]);
    expect(beginnings[0]).not.toEqual(beginnings[1]);
  });

  it('claims the padded time of the therapist and of the room', async () => {
    const { appointments } = await booked(makeSeriesRequest(SIX));
    const claims = await all(schema.claims);
    expect(claims).toHaveLength(2 * 15);
    const numbers = await listResourceNumbers(db.connection().reader, ['therapist:mira', 'room:garden']);
    expect(new Set(claims.map(({ resource }) => resource))).toEqual(new Set(numbers.values()));
    const owner = computeOwnerNumber({ kind: 'appointment', ownerUid: appointments[0]!.uid });
    expect(new Set(claims.map((row) => row.owner))).toEqual(new Set([owner]));
  });

  it('writes one mail to the client, one to each therapist, and one line of history', async () => {
    const starts = listWeeklyInstants('2026-12-01', '18:00', 2);
    const { seriesId, manageToken } = await booked(
      makeSeriesRequest(starts, {
        appointments: starts.map((startsAt, k) => ({
          startsAt,
          therapistId: k ? 'jun' : 'mira',
          serviceId: 'swedish',
        })),
        note: 'My sciatica again',
        questionSlug: 'sciatica',
      }),
    );
    const mail = (await db.connection().reader.select().from(schema.outbox)).sort((a, b) =>
      a.toEmail < b.toEmail ? -1 : 1,
    );
    const results = mail.map(async (entry) => [
      entry.toEmail,
      (await getNotificationFactsToSend(db.connection().reader, entry, NOW))!.notification,
    ]);
    expect(await Promise.all(results)).toMatchObject([
      ['ana@example.org', { series: { uid: seriesId, appointments: [{ position: 1 }, { position: 2 }] } }],
      ['jun@fortnight.example', { series: { appointments: [{ position: 2, therapist: 'Jun Sato' }] } }],
      ['mira@fortnight.example', { series: { appointments: [{ position: 1, start: starts[0] }] } }],
    ]);
    expect(new Set(mail.map(({ messageId }) => messageId)).size).toBe(3);
    const history = await all(schema.auditEvents);
    expect(history).toMatchObject([{ action: 'booked', actor: 'reader', subject: `series:${seriesId}`, at: NOW }]);
    for (const private_ of ['sciatica', manageToken]) {
      expect(JSON.stringify([mail, await Promise.all(results), history])).not.toContain(private_);
    }
  });

  it('keeps the manage token as a hash only', async () => {
    const { seriesId, manageToken } = await booked(makeSeriesRequest(SIX));
    expect(manageToken).toBe(deriveManageToken(seriesId));
    expect(await all(schema.manageTokens)).toEqual([
      { tokenHash: hashToken(manageToken), seriesId, generation: 0, createdAt: NOW, renewedAt: null },
    ]);
  });

  it('keeps 18:00 across the clock change, and the plan in wall time', async () => {
    const starts = listWeeklyInstants('2027-03-16', '18:00', 4);
    const { seriesId } = await booked(makeSeriesRequest(starts));
    const view = await getSeries(linkViewer(seriesId), seriesId);
    expect(view!.appointments.map(({ localStart }) => localStart.slice(11))).toEqual([
      '18:00',
      '18:00',
      '18:00',
      '18:00',
    ]);
    expect(view!.appointments.some(({ isMoved }) => isMoved)).toBe(false);
  });

  it('marks a repaired date as moved from its place in the plan', async () => {
    const starts = listWeeklyInstants('2026-12-01', '18:00', 3);
    const { seriesId } = await booked(makeSeriesRequest([starts[0]!, starts[1]! - 75 * MINUTE, starts[2]!]));
    const view = await getSeries(linkViewer(seriesId), seriesId);
    expect(view!.appointments.map(({ isMoved, nominalStartsAt }) => [isMoved, nominalStartsAt])).toEqual([
      [false, starts[0]],
      [true, starts[1]],
      [false, starts[2]],
    ]);
  });

  it('45 recognises a client whose name is typed with other Unicode forms or invisible marks', async () => {
    await booked(
      makeSeriesRequest(instantAt('2026-12-01', '18:00'), {
        client: { name: 'Jose\u0301 Costa', email: 'j@example.org' },
      }),
    );
    await booked(
      makeSeriesRequest(instantAt('2026-12-02', '18:00'), {
        client: { name: '\u200bJosé\u00a0Costa', email: 'j＠example.org' },
      }),
    );
    expect((await all(schema.clients)).map(({ name }) => name)).toEqual(['José Costa']);
  });

  it('recognises a client by name and address, and does not let a stranger change a stored number', async () => {
    await booked(makeSeriesRequest(SIX));
    await booked(
      makeSeriesRequest(instantAt('2026-12-02', '18:00'), {
        client: { name: 'Ana Costa', email: 'ANA@example.org', phone: '+353 86 555 0100' },
      }),
    );
    await booked(
      makeSeriesRequest(instantAt('2026-12-09', '18:00'), {
        client: { name: 'Ana Costa', email: 'ana@example.org', phone: '+353 99 999 9999' },
      }),
    );
    await booked(
      makeSeriesRequest(instantAt('2026-12-03', '18:00'), { client: { name: 'Rui Costa', email: 'ana@example.org' } }),
    );
    expect((await all(schema.clients)).map(({ name, phone }) => [name, phone]).sort()).toEqual([
      ['Ana Costa', '+353865550100'],
      ['Rui Costa', null],
    ]);
  });

  it('takes another room when the first is taken', async () => {
    await booked(makeSeriesRequest(SIX));
    const { seriesId } = await booked(makeSeriesRequest(SIX, { therapistId: 'jun' }));
    const view = await getSeries(linkViewer(seriesId), seriesId);
    expect(view!.appointments[0]!.room.id).toBe('street');
  });

  it('gives the whole series to one free therapist for "any"', async () => {
    const starts = listWeeklyInstants('2026-12-01', '18:00', 3);
    await booked(makeSeriesRequest(starts[1]!, { therapistId: 'mira' }));
    const { appointments } = await booked(makeSeriesRequest(starts, { therapistId: 'any' }));
    expect(appointments.map(({ therapistId }) => therapistId)).toEqual(['jun', 'jun', 'jun']);
  });
});

describe('all or nothing', () => {
  it('books none of 26 dates when the 17th is taken, and names it with alternatives', async () => {
    const starts = listWeeklyInstants('2026-12-01', '18:00', 26);
    await booked(makeSeriesRequest(starts[16]!, { client: { name: 'Nia Walsh', email: 'nia@example.org' } }));
    const before = await written();
    const result = await book(makeSeriesRequest(starts));
    expect(result).toMatchObject({
      ok: false,
      reason: 'taken',
      clashes: [{ position: 17, startsAt: starts[16], therapistId: 'mira', serviceId: 'swedish', reason: 'booked' }],
    });
    const [clash] = !result.ok && result.reason === 'taken' ? result.clashes : [];
    expect(clash!.alternatives).toHaveLength(3);
    expect(await written()).toEqual(before);
    const repaired = starts.map((startsAt, k) => (k === 16 ? clash!.alternatives[0]!.start : startsAt));
    expect(
      await book(
        makeSeriesRequest(repaired, { standing: { firstOn: '2026-12-01', time: '18:00', therapistId: 'mira' } }),
      ),
    ).toMatchObject({ ok: true });
  });

  it('says when a date falls in time off, and when no room is free', async () => {
    await db.write(async (tx) => {
      const off = { id: 'leave', therapistId: 'mira', startAt: SIX, endAt: SIX + 60 * MINUTE };
      await tx.insert(schema.timeOff).values({ ...off, kind: 'leave', createdAt: NOW });
      await claimCells(
        tx,
        [{ ownerUid: 'leave', kind: 'time_off', resourceId: 'therapist:mira', start: SIX, end: SIX + 60 * MINUTE }],
        NOW,
      );
      const rooms = schema.roomServices;
      await tx.delete(rooms).where(eq(rooms.roomId, 'street'));
      await tx.delete(rooms).where(eq(rooms.roomId, 'loft'));
    });
    expect(await book(makeSeriesRequest(SIX))).toMatchObject({ clashes: [{ reason: 'time_off' }] });
    await booked(makeSeriesRequest(instantAt('2026-12-02', '18:00'), { therapistId: 'mira' }));
    expect(await book(makeSeriesRequest(instantAt('2026-12-02', '18:00'), { therapistId: 'jun' }))).toMatchObject({
      clashes: [{ reason: 'room', therapistId: 'jun' }],
    });
  });

  it('refuses a start whose clean-up would overlap the next appointment, and takes one that just fits', async () => {
    await booked(makeSeriesRequest(SIX));
    expect(await book(makeSeriesRequest(SIX - 60 * MINUTE))).toMatchObject({ reason: 'taken' });
    expect(await book(makeSeriesRequest(SIX - 75 * MINUTE))).toMatchObject({ ok: true });
  });

  it('takes the time of a hold that has expired', async () => {
    await db.write((tx) =>
      claimCells(
        tx,
        [
          {
            ownerUid: 'h',
            kind: 'hold',
            resourceId: 'therapist:mira',
            start: SIX,
            end: SIX + MINUTE,
            expiresAt: NOW + 5,
          },
        ],
        NOW,
      ),
    );
    expect(await book(makeSeriesRequest(SIX))).toMatchObject({ clashes: [{ reason: 'booked' }] });
    expect(await book(makeSeriesRequest(SIX), NOW + 5)).toMatchObject({ ok: true });
  });
});

describe('the idempotency key', () => {
  it('gets the first answer again, however often it is sent and whatever happened to the series', async () => {
    const request = makeSeriesRequest(SIX);
    const first = await booked(request);
    const again = await book(
      { ...request, client: { ...request.client, email: 'ANA@example.org ' } },
      NOW + 23 * 60 * MINUTE,
    );
    expect(again).toEqual({ ...first, replayed: true });
    expect(await written()).toMatchObject({ series: 1, outbox: 2, auditEvents: 1 });
  });

  it('is refused with another body', async () => {
    const request = makeSeriesRequest(SIX);
    await booked(request);
    const before = await written();
    expect(await book({ ...request, minutes: 30 })).toEqual({ ok: false, reason: 'idempotency_mismatch' });
    expect(await written()).toEqual(before);
  });

  it('is forgotten after 24 hours', async () => {
    const request = makeSeriesRequest(SIX);
    await booked(request);
    const next = { ...makeSeriesRequest(instantAt('2026-12-02', '18:00')), idempotencyKey: request.idempotencyKey };
    expect(await book(next, NOW + 24 * 60 * MINUTE - 1)).toMatchObject({ reason: 'idempotency_mismatch' });
    expect(await book(next, NOW + 24 * 60 * MINUTE)).toMatchObject({ ok: true, replayed: false });
  });

  it('is not stored for a booking that was refused', async () => {
    const request = makeSeriesRequest(SIX - 60 * MINUTE);
    await booked(makeSeriesRequest(SIX));
    await book(request);
    expect(await book({ ...request, appointments: makeSeriesRequest(SIX - 75 * MINUTE).appointments })).toMatchObject({
      ok: true,
    });
  });
});

describe('a request that could never be granted', () => {
  const entry = (startsAt: number, other: Parameters<typeof makeSeriesRequest>[1] = {}) =>
    invalidPaths(makeSeriesRequest(startsAt, other));
  const TIME = ['appointments.0.startsAt'];

  it('is refused when it is for the past, too soon, or too far ahead', async () => {
    expect(await entry(instantAt('2026-11-17', '18:00'))).toEqual(TIME);
    expect(await invalidPaths(makeSeriesRequest(SIX), SIX - 119 * MINUTE)).toEqual(TIME);
    expect(await entry(instantAt('2037-12-01', '18:00'))).toEqual(TIME);
  });

  it('is refused off the grid, outside working hours, on a holiday, or at an invalid time', async () => {
    expect(await entry(SIX + 5 * MINUTE)).toEqual(TIME);
    expect(await entry(SIX + 1)).toEqual(TIME);
    expect(await entry(instantAt('2026-12-01', '20:00'))).toEqual(TIME);
    expect(await entry(instantAt('2026-12-05', '18:00'))).toEqual(TIME);
    for (const odd of [Number.NaN, Number.POSITIVE_INFINITY, -5, 0.5, '18:00' as unknown as number])
      expect(await entry(odd)).toEqual(TIME);
    await db.write((tx) => tx.insert(schema.holidays).values({ on: '2026-12-01', name: 'Stocktaking' }));
    expect(await entry(SIX)).toEqual(TIME);
  });

  it('is refused for a length, massage or therapist that is not offered', async () => {
    for (const minutes of [0, -30, 100_000, 45]) expect(await entry(SIX, { minutes })).not.toHaveLength(0);
    expect(await entry(SIX, { serviceId: 'hot-stone' })).toEqual(['appointments.0.serviceId']);
    expect(await entry(SIX, { therapistId: 'aoife', serviceId: 'deep-tissue' })).toEqual([
      'appointments.0.therapistId',
    ]);
    expect(await entry(SIX, { therapistId: '__proto__' })).toEqual(['appointments.0.therapistId']);
    await db.write((tx) =>
      tx.update(schema.therapists).set({ isActive: false }).where(eq(schema.therapists.id, 'mira')),
    );
    expect(await entry(SIX)).toEqual(['appointments.0.therapistId']);
  });

  it('is refused with a repeated date, dates out of order or overlapping, or too many dates', async () => {
    const other = ['appointments.1.startsAt'];
    expect(await invalidPaths(makeSeriesRequest([SIX, SIX]))).toEqual(other);
    expect(await invalidPaths(makeSeriesRequest([instantAt('2026-12-08', '18:00'), SIX]))).toEqual(other);
    expect(await invalidPaths(makeSeriesRequest([SIX, SIX + 45 * MINUTE]))).toEqual(other);
    expect(await invalidPaths(makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', 27)))).toEqual([
      'appointments',
    ]);
    expect(await invalidPaths(makeSeriesRequest([]))).toEqual(['appointments']);
    expect(
      await invalidPaths({ ...makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', 2)), cadence: 'once' }),
    ).toEqual(['appointments']);
  });

  it('is refused when its positions do not count 1, 2, 3', async () => {
    const request = makeSeriesRequest(SIX);
    const [date] = request.appointments;
    expect(await invalidPaths({ ...request, appointments: [{ ...date!, position: 2 }] })).toEqual(['appointments']);
    expect(
      await invalidPaths({
        ...request,
        cadence: 'weekly',
        skipped: [
          { position: 1, on: '2026-11-24' },
          { position: 1, on: '2026-11-24' },
        ],
      }),
    ).toEqual(['appointments']);
  });

  it('is refused without a valid name, address or key', async () => {
    const item = (client: Partial<SeriesRequest['client']>) =>
      entry(SIX, { client: { name: 'Ana', email: 'ana@example.org', ...client } });
    for (const name of ['', '  ', 'a'.repeat(121), 'Ana\r\nBcc: x@example.org', 'A\u0000na'])
      expect(await item({ name })).toEqual(['client.name']);
    for (const email of [
      'a@x.com,b@y.com',
      '"a@evil"@good.org',
      'ana',
      'ana@example',
      `${'a'.repeat(250)}@example.org`,
      'a@x.org\r\nBcc: b@y.org',
    ]) {
      expect(await item({ email })).toEqual(['client.email']);
    }
    expect(await item({ phone: '<b>' })).toEqual(['client.phone']);
    expect(await entry(SIX, { note: 'n'.repeat(2001) })).toEqual(['note']);
    expect(await entry(SIX, { idempotencyKey: '' })).toEqual(['idempotencyKey']);
  });

  it('cannot set its own price, status or client id', async () => {
    const smuggled = { ...makeSeriesRequest(SIX), priceCents: 1, status: 'completed', clientId: 'ruth', role: 'owner' };
    const { seriesId } = await booked(smuggled);
    const view = await getSeries(linkViewer(seriesId), seriesId);
    expect(view!.appointments[0]).toMatchObject({ priceCents: 6800, status: 'booked' });
  });

  it('is too soon for a client but in time for the practice', async () => {
    const late = SIX - 30 * MINUTE;
    expect(await bookSeries(OWNER_VIEWER, makeSeriesRequest(SIX), { now: late })).toMatchObject({ ok: true });
    expect(toWallTime('Europe/Dublin', late).time).toBe('17:30');
  });
});

describe('a massage for somebody else', () => {
  const mia = { name: 'Mia Lane', email: 'lane@example.org' };
  const forMia = () => ({ ...makeSeriesRequest(SIX), client: mia, bookedBy: 'Ada Lane' });
  const readNews = async (seriesId: string) => {
    const waiting = { ...(await all(schema.outbox)).find((row) => row.toEmail === mia.email)!, seriesId };
    const found = await getNotificationFactsToSend(db.connection().reader, waiting as never, NOW);
    const notification = found?.notification;
    return notification && 'series' in notification && 'audience' in notification ? notification.series : null;
  };

  it('belongs to the person who comes, under the booker’s address, and stores who booked it', async () => {
    const { seriesId } = await booked(forMia());
    const view = await getSeries(linkViewer(seriesId), seriesId);
    expect(view).toMatchObject({ client: mia, bookedBy: 'Ada Lane' });
    expect((await all(schema.clients)).map(({ name }) => name)).toEqual(['Mia Lane']);
  });

  it('is announced without names until the address is confirmed, and then with both', async () => {
    const { seriesId } = await booked(forMia());
    const unconfirmed = await readNews(seriesId);
    expect(unconfirmed).toMatchObject({ clientName: '' });
    expect(unconfirmed).not.toHaveProperty('bookedBy');
    const word = { email: mia.email, way: 'link' as const, confirmedAt: NOW };
    await db.connection().transact((tx) => tx.insert(schema.confirmedAddresses).values(word));
    expect(await readNews(seriesId)).toMatchObject({ clientName: 'Mia Lane', bookedBy: 'Ada Lane' });
  });

  it('stores no second name where the booker comes themselves', async () => {
    const { seriesId } = await booked({ ...forMia(), bookedBy: ' Mia  Lane ' });
    expect((await getSeries(linkViewer(seriesId), seriesId))?.bookedBy).toBeNull();
  });

  it('keeps the booker’s name when staff book for them again', async () => {
    const { seriesId } = await booked(forMia());
    const [{ id }] = (await all(schema.clients)) as [{ id: string }];
    const later = { ...makeSeriesRequest(SIX + 7 * 86_400_000), client: { id } };
    const again = await bookSeries(OWNER_VIEWER, later, { now: NOW + MINUTE });
    if (!again.ok) throw new Error(again.reason);
    expect((await getSeries(OWNER_VIEWER, again.seriesId))?.bookedBy).toBe('Ada Lane');
    expect((await getSeries(OWNER_VIEWER, seriesId))?.bookedBy).toBe('Ada Lane');
  });

  it('is refused when the booker’s name is not valid', async () => {
    expect(await invalidPaths({ ...forMia(), bookedBy: 'a\u0000b' })).toEqual(['bookedBy']);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { and, eq, gt, ne, or } from 'drizzle-orm';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { findManageLinkViewer, getManageToken } from '@/db/access/manage-tokens';
import type { Viewer } from '@/db/access/viewer';
import { bookSeries } from '@/db/booking/book-series';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import { handOverDates, previewHandOver } from '@/db/booking/hand-over-dates';
import { moveAppointments } from '@/db/booking/move-appointments';
import { undoBulkChange } from '@/db/booking/undo-bulk-change';
import { replaceAndSendLink } from '@/db/messages/replace-and-send-link';
import { deleteRoom } from '@/db/offer/rooms';
import { deleteExpiredRows } from '@/db/people/delete-expired-rows';
import { eraseClient } from '@/db/people/erase-client';
import { deleteTrialBookings, getTrialBookingsState } from '@/db/people/trial-bookings';
import {
  appointments,
  auditEvents,
  calendarDepartures,
  calendarFeeds,
  clients,
  practices,
  rooms,
  therapists,
  users,
} from '@/db/schema';
import { insertTestAppointment, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import {
  ANONYMOUS_VIEWER,
  clientViewer,
  DESK_VIEWER,
  linkViewer,
  listWeeklyInstants,
  makeSeriesRequest,
  NOW,
  OWNER_VIEWER,
  therapistViewer,
} from '@/db/testing/test-requests';
import { formatCalendarFeed } from '@/mail/calendar-feed';
import { readEvents } from '@/testing/calendar-apps';
import fc, { getPropertyTestRuns } from '@/testing/property-tests';
import { getFeedContents } from './feed-contents';
import { changeFeedDetail, countFeeds, getFeedSettings, makeFeed, removeFeed } from './feeds';

const db = setUpTestDatabase({ now: NOW });
const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-feeds-'));
beforeEach(() => vi.stubEnv('DATA_DIR', folder));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});
const DAY = 86_400_000;
const MIRA = therapistViewer('mira');
const clock = { now: NOW };

async function makeToken(viewer: Viewer, roomId?: string): Promise<string> {
  const result = await makeFeed(viewer, roomId, clock);
  if (!result.ok) throw new Error(result.reason);
  return result.token;
}
async function read(token: string, now = NOW) {
  const feed = await getFeedContents(token, [], { now });
  if (!feed?.dates) throw new Error('The address opens nothing.');
  return feed;
}
const eventsOf = async (token: string, now = NOW) => readEvents(formatCalendarFeed(await read(token, now), now));
const titles = async (token: string) => (await eventsOf(token)).map(({ event }) => event.summary);

async function booked(starts: number | number[], other: Parameters<typeof makeSeriesRequest>[1] = {}) {
  const result = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(starts, other), clock);
  if (!result.ok) throw new Error(JSON.stringify(result));
  return { uids: result.appointments.map(({ uid }) => uid), seriesId: result.seriesId };
}

describe('the wording of a calendar', () => {
  it('is in the client’s language for a client, and in the practice’s for a therapist', async () => {
    const { seriesId } = await booked(listWeeklyInstants('2026-12-01', '18:00', 2));
    await db.write(async (tx) => {
      await tx.update(practices).set({ mailLanguage: 'de' });
      await tx.update(clients).set({ language: 'fr' }).where(eq(clients.email, 'ana@example.org'));
    });
    const [mine, hers] = [await makeToken(linkViewer(seriesId)), await makeToken(MIRA)];
    expect((await titles(mine)).toString()).toMatch(/^Massage (avec Mira Kovač \(1 sur 2\)|1 sur 2)/);
    expect((await titles(hers))[0]).toMatch(/^Massage 1 von 2/);
  });
});

describe('a calendar address', () => {
  it('is made on demand, can be shown again, and is stored only as a hash', async () => {
    expect(await getFeedSettings(MIRA)).toBeNull();
    const token = await makeToken(MIRA);
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(await getFeedSettings(MIRA)).toEqual({ token, detail: 'massage', createdAt: NOW });
    expect(JSON.stringify(await db.connection().reader.select().from(calendarFeeds))).not.toContain(token);
  });

  it('is made only once when it is requested twice at the same moment', async () => {
    const both = await Promise.all([makeToken(MIRA), makeToken(MIRA)]);
    expect(both).toContain((await getFeedSettings(MIRA))?.token);
    expect(await db.connection().reader.select().from(calendarFeeds)).toHaveLength(1);
  });

  it('stops working when it is replaced or removed; a new one has the detail of the old', async () => {
    const first = await makeToken(MIRA);
    await changeFeedDetail(MIRA, { detail: 'names' }, clock);
    const second = await makeToken(MIRA);
    expect(second).not.toBe(first);
    expect(await getFeedContents(first, [], clock)).toBeNull();
    expect(await read(second)).toMatchObject({ detail: 'names' });
    expect(await removeFeed(MIRA, undefined, clock)).toEqual({ ok: true });
    expect(await getFeedContents(second, [], clock)).toBeNull();
    expect(await removeFeed(MIRA, undefined, clock)).toEqual({ ok: false, reason: 'not_found' });
    const actions = (await db.connection().reader.select().from(auditEvents)).map(({ action }) => action);
    expect(actions.filter((action) => action.startsWith('calendar address')).sort()).toEqual([
      'calendar address changed',
      'calendar address made',
      'calendar address made',
      'calendar address removed',
    ]);
  });

  it.each(['', 'x'.repeat(43), '../etc/passwd', `${'x'.repeat(42)}\0`])(
    'made up as %j opens nothing',
    async (token) => {
      expect(await getFeedContents(token, [], clock)).toBeNull();
    },
  );

  it('does not work as a manage link, nor a manage link as a calendar address', async () => {
    const { seriesId } = await booked(instantAt('2026-12-01', '18:00'));
    expect(await getFeedContents(await getManageToken(seriesId), [], clock)).toBeNull();
    expect(await findManageLinkViewer(await makeToken(linkViewer(seriesId)), NOW)).toBeNull();
  });

  it('is for people who have dates here, and for a room only for the owner', async () => {
    const refused = { ok: false, reason: 'not_found' };
    for (const viewer of [ANONYMOUS_VIEWER, DESK_VIEWER, OWNER_VIEWER])
      expect(await makeFeed(viewer, undefined, clock)).toEqual(refused);
    for (const viewer of [ANONYMOUS_VIEWER, DESK_VIEWER, MIRA, linkViewer('x')])
      expect(await makeFeed(viewer, 'garden', clock)).toEqual(refused);
    for (const roomId of ['attic', 'no\0room']) expect(await makeFeed(OWNER_VIEWER, roomId, clock)).toEqual(refused);
    await makeToken(OWNER_VIEWER, 'garden');
    for (const change of [
      await changeFeedDetail(MIRA, { roomId: 'garden', detail: 'names' }, clock),
      await changeFeedDetail(OWNER_VIEWER, { roomId: 'garden', detail: 'everything' }, clock),
      await removeFeed(MIRA, 'garden', clock),
    ])
      expect(change).toEqual(refused);
    await makeToken(MIRA);
    expect(await countFeeds(OWNER_VIEWER)).toBe(2);
    expect(await getFeedSettings(MIRA, 'garden')).toBeNull();
    expect(await getFeedSettings(OWNER_VIEWER, 'garden')).toMatchObject({ detail: 'massage' });
  });

  it('stops working when the therapist leaves, or when the link it was made with is replaced', async () => {
    const mira = await makeToken(MIRA);
    await db.write((tx) => tx.update(therapists).set({ isActive: false }).where(eq(therapists.id, 'mira')));
    expect(await getFeedContents(mira, [], clock)).toBeNull();
    expect(await makeFeed(MIRA, undefined, clock)).toEqual({ ok: false, reason: 'not_found' });
    const { seriesId } = await booked(instantAt('2026-12-01', '18:00'), { therapistId: 'jun' });
    const link = await makeToken(linkViewer(seriesId));
    expect(await replaceAndSendLink(OWNER_VIEWER, seriesId, NOW)).toBe(true);
    expect(await getFeedContents(link, [], clock)).toBeNull();
  });

  it('stops working when its room, its client or the test bookings are deleted', async () => {
    await db.write((tx) => tx.insert(rooms).values({ id: 'attic', name: 'Attic', position: 9 }));
    const attic = await makeToken(OWNER_VIEWER, 'attic');
    expect(await deleteRoom(OWNER_VIEWER, 'attic', clock)).toEqual({ ok: true });
    const una = { name: 'Una Cole', email: 'una@example.org' };
    const first = await makeToken(
      linkViewer((await booked(instantAt('2026-12-01', '18:00'), { client: una })).seriesId),
    );
    await eraseClient(una.email, NOW);
    await db.write((tx) => tx.update(practices).set({ isDemo: false, createdAt: NOW }));
    const second = await makeToken(linkViewer((await booked(instantAt('2026-12-02', '18:00'))).seriesId));
    const { bookings: counted } = await getTrialBookingsState(OWNER_VIEWER, clock);
    const [practice] = await db.connection().reader.select().from(practices);
    const request = { seen: JSON.stringify(counted), typedName: practice!.name };
    expect(await deleteTrialBookings(OWNER_VIEWER, request, clock)).toMatchObject({ ok: true });
    for (const token of [attic, first, second]) expect(await getFeedContents(token, [], clock)).toBeNull();
  });
});

describe('the contents of a feed', () => {
  it('show no client’s name, unless the therapist chooses so', async () => {
    const token = await makeToken(MIRA);
    await booked(listWeeklyInstants('2026-12-01', '18:00', 2), { note: 'my knee', questionSlug: 'sciatica' });
    await booked(instantAt('2026-12-03', '17:30'));
    expect(await titles(token)).toEqual(['Massage 1 of 2', 'Massage', 'Massage 2 of 2']);
    await changeFeedDetail(MIRA, { detail: 'busy' }, clock);
    const busy = formatCalendarFeed(await read(token), NOW);
    expect(busy).not.toMatch(/Massage \d|LOCATION|DESCRIPTION/);
    expect(await titles(token)).toEqual(['Busy', 'Busy', 'Busy']);
    await changeFeedDetail(MIRA, { detail: 'names' }, clock);
    expect(await titles(token)).toEqual(['Ana Costa (1 of 2)', 'Ana Costa', 'Ana Costa (2 of 2)']);
    expect(formatCalendarFeed(await read(token), NOW)).not.toMatch(/knee|sciatica|ana@|manage/);
  });

  it('never show a client’s name for a room', async () => {
    await booked(instantAt('2026-12-01', '18:00'));
    const [row] = await db.connection().reader.select({ roomId: appointments.roomId }).from(appointments);
    const token = await makeToken(OWNER_VIEWER, row!.roomId);
    expect(await titles(token)).toEqual(['Massage']);
    await changeFeedDetail(OWNER_VIEWER, { roomId: row!.roomId, detail: 'names' }, clock);
    expect(await titles(token)).toEqual(['Massage with Mira Kovač']);
  });

  it('are one plan for a link, and all that is booked with the address for a signed-in client', async () => {
    await db.write((tx) => tx.insert(users).values({ id: 'ana-user', email: 'Ana@example.org', role: 'client' }));
    const ana: Viewer = {
      ...(clientViewer('ana@example.org') as Extract<Viewer, { role: 'client' }>),
      userId: 'ana-user',
    };
    const { seriesId } = await booked(listWeeklyInstants('2026-12-01', '18:00', 2));
    await booked(instantAt('2026-12-03', '17:30'));
    await booked(instantAt('2026-12-03', '14:00'), { client: { name: 'Ben', email: 'ben@example.org' } });
    expect(await titles(await makeToken(linkViewer(seriesId)))).toEqual(['Massage 1 of 2', 'Massage 2 of 2']);
    const all = await makeToken(ana);
    expect(await titles(all)).toEqual(['Massage 1 of 2', 'Massage', 'Massage 2 of 2']);
    await changeFeedDetail(ana, { detail: 'names' }, clock);
    expect((await titles(all))[0]).toBe('Massage with Mira Kovač (1 of 2)');
  });

  it('show a cancelled date for 30 days, and past dates for a year', async () => {
    const token = await makeToken(MIRA);
    const { uids } = await booked(listWeeklyInstants('2026-12-29', '18:00', 2));
    await db.write((tx) =>
      insertTestAppointment(tx, {
        id: 'old',
        on: '2025-11-01',
        time: '10:00',
        therapistId: 'mira',
        status: 'completed',
      }),
    );
    await db.write((tx) =>
      insertTestAppointment(tx, {
        id: 'past',
        on: '2026-01-06',
        time: '10:00',
        therapistId: 'mira',
        status: 'completed',
      }),
    );
    await cancelAppointments(OWNER_VIEWER, { uid: uids[0]!, scope: 'this' }, clock);
    const results = async (now: number) =>
      (await eventsOf(token, now)).map(
        ({ event }) => `${event.component.getFirstPropertyValue('status')} ${event.summary}`,
      );
    expect(await results(NOW + 30 * DAY - 1)).toEqual([
      'CONFIRMED Massage',
      'CANCELLED Cancelled: Massage 1 of 2',
      'CONFIRMED Massage 2 of 2',
    ]);
    expect(await results(NOW + 30 * DAY)).toEqual(['CONFIRMED Massage', 'CONFIRMED Massage 2 of 2']);
  });
});

describe('a date that moves to another therapist', () => {
  const results = async (token: string, now = NOW) =>
    (await eventsOf(token, now)).map(({ event, start }) => {
      return [event.component.getFirstPropertyValue('status'), event.summary, start, event.sequence];
    });
  const SIX = instantAt('2026-12-01', '18:00');
  const move = (uid: string, therapistId: string, startsAt = SIX) =>
    moveAppointments(OWNER_VIEWER, { uid, startsAt, therapistId, scope: 'this' }, clock);

  it('is cancelled in the calendar that it leaves, for 30 days, and confirmed in the new one', async () => {
    const [mira, jun] = [await makeToken(MIRA), await makeToken(therapistViewer('jun'))];
    const { uids } = await booked(SIX);
    const { tag } = await read(mira);
    expect(await move(uids[0]!, 'jun')).toMatchObject({ ok: true });
    expect((await read(mira)).tag).not.toBe(tag);
    expect(await results(mira)).toEqual([['CANCELLED', 'Cancelled: Massage', SIX, 1]]);
    expect(await results(jun)).toEqual([['CONFIRMED', 'Massage', SIX, 1]]);
    expect(await results(mira, NOW + 30 * DAY - 1)).toHaveLength(1);
    expect(await results(mira, NOW + 30 * DAY)).toEqual([]);
    await deleteExpiredRows(NOW + 30 * DAY - 1);
    expect(await db.connection().reader.$count(calendarDepartures)).toBeGreaterThan(0);
    await deleteExpiredRows(NOW + 30 * DAY);
    expect(await db.connection().reader.$count(calendarDepartures)).toBe(0);
  });

  it('appears once in a calendar that it moves back to', async () => {
    const [mira, jun] = [await makeToken(MIRA), await makeToken(therapistViewer('jun'))];
    const { uids } = await booked(SIX);
    await move(uids[0]!, 'jun');
    await move(uids[0]!, 'mira');
    expect(await results(mira)).toEqual([['CONFIRMED', 'Massage', SIX, 2]]);
    expect(await results(jun)).toEqual([['CANCELLED', 'Cancelled: Massage', SIX, 2]]);
    await move(uids[0]!, 'jun');
    expect(await results(mira)).toEqual([['CANCELLED', 'Cancelled: Massage', SIX, 3]]);
  });

  it('keeps its former time in the calendar that it leaves, and shows no client’s name for a room', async () => {
    const { uids } = await booked(SIX);
    const [row] = await db.connection().reader.select().from(appointments);
    const room = await makeToken(OWNER_VIEWER, row!.roomId);
    const mira = await makeToken(MIRA);
    // That room is taken at the other time.
    const later = instantAt('2026-12-02', '18:00');
    await db.write((tx) =>
      insertTestAppointment(tx, {
        ...{ id: 'other', on: '2026-12-02', time: '18:00', therapistId: 'tom', roomId: row!.roomId },
        ...{ serviceId: row!.serviceId },
      }),
    );
    await changeFeedDetail(OWNER_VIEWER, { roomId: row!.roomId, detail: 'names' }, clock);
    expect(await move(uids[0]!, 'jun', later)).toMatchObject({ ok: true });
    const cancelledEvent = ['CANCELLED', 'Cancelled: Massage with Jun Sato', SIX, 1];
    expect(await results(room)).toContainEqual(cancelledEvent);
    expect(await results(mira)).toEqual([['CANCELLED', 'Cancelled: Massage', SIX, 1]]);
  });

  it('leaves with a hand-over, and comes back when the hand-over is undone', async () => {
    const [mira, jun] = [await makeToken(MIRA), await makeToken(therapistViewer('jun'))];
    const { uids } = await booked(SIX);
    const plan = await previewHandOver(OWNER_VIEWER, { uid: uids[0]!, to: 'jun' }, clock);
    const { version, places } = plan!.dates[0]!;
    const decisions = [{ uid: uids[0]!, version, choice: 'move' as const, ...places[0]! }];
    const input = await handOverDates(OWNER_VIEWER, { uid: uids[0]!, to: 'jun', decisions, reason: 'Jun.' }, clock);
    if (!input.ok) throw new Error(input.reason);
    expect((await results(mira)).map(([status]) => status)).toEqual(['CANCELLED']);
    expect(await undoBulkChange(OWNER_VIEWER, input.undoId, clock)).toEqual({ ok: true });
    expect((await results(mira)).map(([status]) => status)).toEqual(['CONFIRMED']);
    expect((await results(jun)).map(([status]) => status)).toEqual(['CANCELLED']);
  });
});

describe('the tag of a feed', () => {
  it('stays the same while nothing changes, and then no dates are returned', async () => {
    const token = await makeToken(MIRA);
    await booked(instantAt('2026-12-01', '18:00'));
    const { tag, since } = await read(token);
    expect(await getFeedContents(token, ['x', tag], { now: NOW + 5_000 })).toEqual({ tag, since });
    expect((await read(token, NOW + 5_000)).tag).toBe(tag);
  });

  it('changes with everything the feed shows, including names', async () => {
    const token = await makeToken(MIRA);
    const tags = [(await read(token)).tag];
    const changed = async (change: () => Promise<unknown>) => {
      await change();
      tags.push((await read(token)).tag);
    };
    const { uids } = await booked(listWeeklyInstants('2026-12-01', '18:00', 2));
    await changed(async () => {});
    await changed(() =>
      moveAppointments(
        OWNER_VIEWER,
        { uid: uids[0]!, startsAt: instantAt('2026-12-02', '18:00'), scope: 'this' },
        clock,
      ),
    );
    await changed(() => cancelAppointments(OWNER_VIEWER, { uid: uids[1]!, scope: 'this' }, clock));
    await changed(() => changeFeedDetail(MIRA, { detail: 'names' }, clock));
    await changed(() => db.write((tx) => tx.update(clients).set({ name: 'Ana Costa Lima' })));
    await changed(() => db.write((tx) => tx.update(practices).set({ timeZone: 'Europe/Lisbon' })));
    expect(new Set(tags).size).toBe(tags.length);
  });
});

it('matches the table after any edits, as another iCalendar parser reads it', { timeout: 120_000 }, async () => {
  const tokens: [string, string][] = [];
  const starts = Array.from({ length: 20 }, (_, day) =>
    ['12:00', '13:30', '16:00', '18:00'].map((time) =>
      instantAt(new Date(Date.UTC(2026, 11, 1 + day)).toISOString().slice(0, 10), time),
    ),
  ).flat();
  const edit = fc.record({
    kind: fc.constantFrom('book', 'book', 'move', 'cancel'),
    start: fc.constantFrom(...starts),
    who: fc.constantFrom('mira', 'jun'),
    which: fc.nat(),
  });
  for (const id of ['mira', 'jun']) tokens.push([id, await makeToken(therapistViewer(id))]);
  /** Whatever a calendar has shown once, it must later show with its outcome. */
  const everShown = new Map<string, Set<string>>([
    ['mira', new Set()],
    ['jun', new Set()],
  ]);
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 5, maxLength: 12 }), async (edits) => {
      for (const { kind, start, who, which: index } of edits) {
        const rows = await db.connection().reader.select().from(appointments).where(eq(appointments.status, 'booked'));
        const uid = rows[index % Math.max(1, rows.length)]?.id;
        if (kind === 'book') await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(start, { therapistId: who }), clock);
        else if (uid && kind === 'move')
          await moveAppointments(OWNER_VIEWER, { uid, startsAt: start, therapistId: who, scope: 'this' }, clock);
        else if (uid) await cancelAppointments(OWNER_VIEWER, { uid, scope: 'this' }, clock);
      }
      for (const [id, token] of tokens) {
        const all = (await eventsOf(token)).map(({ start, end, event }) => {
          const status = event.component.getFirstPropertyValue('status');
          return { uid: event.uid, start, end, sequence: event.sequence, isCancelled: status === 'CANCELLED' };
        });
        const rows = await db
          .connection()
          .reader.select()
          .from(appointments)
          .where(
            and(
              eq(appointments.therapistId, id),
              or(ne(appointments.status, 'cancelled'), gt(appointments.cancelledAt, NOW - 30 * DAY)),
            ),
          );
        const current = new Set(rows.map((row) => row.id));
        const removed = all.filter(({ uid }) => !current.has(uid));
        expect(removed.every(({ isCancelled }) => isCancelled)).toBe(true);
        const shown = all.filter(({ uid }) => current.has(uid));
        const ever = everShown.get(id)!;
        for (const uid of ever) expect(all.map((each) => each.uid)).toContain(uid);
        for (const { uid } of all) ever.add(uid);
        const held = rows.map((row) => ({
          ...{ uid: row.id, start: row.startAt, end: row.endAt, sequence: row.sequence },
          isCancelled: row.status === 'cancelled',
        }));
        const sorted = <T extends { uid: string }>(list: T[]) => list.sort((a, b) => (a.uid < b.uid ? -1 : 1));
        expect(sorted(shown)).toEqual(sorted(held));
      }
    }),
    { numRuns: getPropertyTestRuns(12) },
  );
  const rows = await db.connection().reader.select().from(appointments);
  const kinds = [
    rows.some((row) => row.status === 'cancelled'),
    rows.some((row) => row.startAt !== row.nominalStartAt),
  ];
  expect(kinds).toEqual([true, true]); // there was something to compare
});

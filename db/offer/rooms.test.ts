import { expect, it } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { appointments, outbox } from '@/db/schema';
import { insertTestAppointment, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, makeSeriesRequest, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { listMassageSettings, saveMassage } from './massages';
import { bringBackRoom, deleteRoom, listRooms, moveRoomInOrder, type RoomForm, retireRoom, saveRoom } from './rooms';

const db = setUpTestDatabase({ now: NOW });
const clock = { now: NOW };
const UNDECIDED = { seen: [], cancelling: [] };
const SEEN = { seen: [{ uid: 'booked', version: 1 }], cancelling: [] as string[] };

const roomOf = async (id: string) => (await listRooms(OWNER_VIEWER)).find((room) => room.id === id)!;
async function save(id: string | null, form: RoomForm, decision = UNDECIDED as typeof SEEN) {
  const mark = id === null ? '' : (await roomOf(id)).mark;
  return saveRoom(OWNER_VIEWER, { id, mark, form, decision }, clock);
}
const plant = () =>
  db.write((tx) => insertTestAppointment(tx, { id: 'booked', on: '2026-12-01', time: '18:00', therapistId: 'mira' }));
const bookedIn = async () => (await db.connection().reader.select().from(appointments)).map(({ roomId }) => roomId);

it('adds a room, renames it, moves it to the top, and deletes it while it was never booked', async () => {
  expect(await save(null, { name: 'Cellar', serviceIds: ['swedish'] })).toEqual({ ok: true, id: 'cellar' });
  expect(await save('cellar', { name: 'Old cellar', serviceIds: ['swedish', 'sports'] })).toMatchObject({ ok: true });
  for (let place = 3; place > 0; place--) expect(await moveRoomInOrder(OWNER_VIEWER, 'cellar', -1, clock)).toBe(true);
  const [first] = await listRooms(OWNER_VIEWER);
  expect(first).toMatchObject({ id: 'cellar', name: 'Old cellar', serviceIds: ['sports', 'swedish'], isUnused: true });
  await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-02', '18:00')), clock);
  expect(await bookedIn()).toEqual(['cellar']);
  expect(await deleteRoom(OWNER_VIEWER, 'cellar', clock)).toEqual({ ok: false, reason: 'used' });
  expect(await deleteRoom(OWNER_VIEWER, 'street', clock)).toEqual({ ok: true });
});

it('refuses a room without a name, with a name that is taken, and after somebody else has saved it', async () => {
  expect(await save(null, { name: ' ', serviceIds: [] })).toMatchObject({ reason: 'invalid' });
  expect(await save(null, { name: 'Loft', serviceIds: [] })).toMatchObject({ reason: 'invalid' });
  const { mark } = await roomOf('loft');
  await save('loft', { name: 'Attic', serviceIds: ['swedish'] });
  const late = { id: 'loft', mark, form: { name: 'Roof', serviceIds: [] }, decision: UNDECIDED };
  expect(await saveRoom(OWNER_VIEWER, late, clock)).toEqual({ ok: false, reason: 'changed' });
});

it('lists the booked dates before a room is retired: they stay, and no new ones are put there', async () => {
  await plant();
  expect(await retireRoom(OWNER_VIEWER, 'garden', UNDECIDED, clock)).toMatchObject({
    reason: 'stranded',
    dates: [{ uid: 'booked', clientName: 'Nia Walsh' }],
  });
  expect((await roomOf('garden')).isActive).toBe(true);
  expect(await retireRoom(OWNER_VIEWER, 'garden', SEEN, clock)).toEqual({ ok: true });
  await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-02', '18:00')), clock);
  expect((await bookedIn()).sort()).toEqual(['garden', 'street']);
  expect(await bringBackRoom(OWNER_VIEWER, 'garden', clock)).toBe(true);
  expect(await bringBackRoom(OWNER_VIEWER, 'garden', clock)).toBe(false);
});

it('lists the booked dates of a massage that the room no longer suits', async () => {
  await plant();
  const without = { name: 'Garden room', serviceIds: ['sports', 'deep-tissue'] };
  expect(await save('garden', without)).toMatchObject({ reason: 'stranded', dates: [{ uid: 'booked' }] });
  expect(await save('garden', without, { ...SEEN, cancelling: ['booked'] })).toMatchObject({ ok: true });
  expect((await db.connection().reader.select().from(appointments))[0]).toMatchObject({ status: 'cancelled' });
});

it('moves booked dates to another room that suits and is free, at the same hour, and sends no message', async () => {
  const plantIn = (
    id: string,
    time: string,
    more: { roomId?: string; therapistId?: string; serviceId?: string } = {},
  ) => db.write((tx) => insertTestAppointment(tx, { id, on: '2026-12-01', time, therapistId: 'mira', ...more }));
  await plantIn('free', '14:00');
  await plantIn('in the way', '16:15', { roomId: 'street', therapistId: 'jun' });
  await plantIn('next', '16:15');
  await plantIn('deep', '18:00', { serviceId: 'deep-tissue' });
  await plantIn('beside', '18:00', { roomId: 'street', therapistId: 'jun' });
  const first = await retireRoom(OWNER_VIEWER, 'garden', UNDECIDED, clock);
  if (first.ok || first.reason !== 'stranded') throw new Error(JSON.stringify(first));
  expect(first.dates.map(({ uid, otherRoom }) => [uid, otherRoom?.id])).toEqual([
    ['free', 'street'],
    ['next', 'loft'],
    ['deep', undefined],
  ]);
  const seen = first.dates.map(({ uid, version }) => ({ uid, version }));
  const to = (uid: string, roomId: string) => ({ uid, roomId });
  const decided = (moving: { uid: string; roomId: string }[]) => ({ seen, cancelling: [], moving });
  for (const wrong of [to('deep', 'street'), to('free', 'loft'), to('beside', 'loft')])
    expect(await retireRoom(OWNER_VIEWER, 'garden', decided([wrong]), clock)).toMatchObject({ reason: 'stranded' });
  const moving = [to('free', 'street'), to('next', 'loft')];
  expect(await retireRoom(OWNER_VIEWER, 'garden', decided(moving), clock)).toEqual({ ok: true });
  const { reader } = db.connection();
  const rows = await reader.select().from(appointments);
  const now = Object.fromEntries(rows.map(({ id, roomId, version }) => [id, `${roomId} ${version}`]));
  expect(now).toMatchObject({ free: 'street 2', next: 'loft 2', deep: 'garden 1', beside: 'street 1' });
  expect(await reader.select().from(outbox)).toEqual([]);
});

it('moves no date to a room that loses its massage in the same step', async () => {
  await plant();
  const { lengths, noticeMinutes: _, windowDays: __, ...massage } = (await listMassageSettings(OWNER_VIEWER))[0]!;
  const words = {
    pressure: '1',
    setupMinutes: '0',
    cleanupMinutes: '15',
    noticeHours: '',
    windowDays: '',
    latestStart: '',
  };
  const prices = lengths.map(({ minutes, priceCents }) => ({ minutes: `${minutes}`, price: `${priceCents / 100}` }));
  const form = { ...massage, ...words, lengths: prices, roomIds: ['loft'] };
  const request = { id: 'swedish', mark: massage.mark, form, decision: UNDECIDED };
  expect(await saveMassage(OWNER_VIEWER, request, clock)).toMatchObject({
    reason: 'stranded',
    dates: [{ uid: 'booked', otherRoom: { id: 'loft', name: 'Loft' } }],
  });
});

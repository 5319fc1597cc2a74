import { beforeEach, describe, expect, it } from 'vitest';
import type { Staff } from '@/db/access/viewer';
import { buildClientSearchText } from '@/db/input/search-text';
import { clients } from '@/db/schema';
import { insertTestAppointment, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { DESK_VIEWER, NOW, OWNER_VIEWER, therapistViewer } from '@/db/testing/test-requests';
import { listClients, suggestClients } from './find-clients';

const db = setUpTestDatabase({ now: NOW });

const PEOPLE = [
  { id: 'zoe', name: 'Zoë Ní Bhriain', email: 'zoe@example.org', phone: '+353875550134' },
  { id: 'ben', name: 'Ben Cole', email: 'cole_family@example.org', phone: '+35315550177;ext=22' },
  { id: 'una', name: 'Una Cole', email: 'cole_family@example.org', phone: null },
  { id: 'max', name: 'Max 100% Power', email: '', phone: null },
];

beforeEach(() =>
  db.write(async (tx) => {
    await tx
      .insert(clients)
      .values(PEOPLE.map((person) => ({ ...person, createdAt: NOW, searchText: buildClientSearchText(person) })));
  }),
);

const found = async (words: string, viewer: Staff = OWNER_VIEWER) =>
  (await suggestClients(viewer, words)).map(({ id }) => id);

describe('a client is found', () => {
  it.each([
    ['zoe', ['zoe']],
    ['ZOË ní', ['zoe']],
    ['bhriain zoe', ['zoe']],
    ['087 555 0134', ['zoe']],
    ['+353 87 555', ['zoe']],
    ['00353 87-555', ['zoe']],
    ['0134', ['zoe']],
    ['5550', ['ben', 'zoe']],
    ['cole', ['ben', 'una']],
    ['una cole_family', ['una']],
    ['100%', ['max']],
    ['%', ['max']],
    ['e_f', ['ben', 'una']],
    ["' or 1=1 --", []],
    ['nobody', []],
  ])('by %j', async (words, ids) => {
    expect(await found(words)).toEqual(ids);
  });

  it('with their number in national format, and as a link', async () => {
    expect(await suggestClients(OWNER_VIEWER, 'zoe')).toMatchObject([
      { phone: '087 555 0134', phoneLink: 'tel:+353875550134' },
    ]);
  });
});

describe('the list of clients', () => {
  beforeEach(() =>
    db.write(async (tx) => {
      const mira = { therapistId: 'mira', client: 'una' };
      await insertTestAppointment(tx, { id: 'a1', on: '2026-11-03', time: '18:00', ...mira, status: 'completed' });
      await insertTestAppointment(tx, { id: 'a2', on: '2026-11-10', time: '18:00', ...mira, status: 'cancelled' });
      await insertTestAppointment(tx, { id: 'a3', on: '2026-12-01', time: '18:00', ...mira });
      await insertTestAppointment(tx, { id: 'a4', on: '2026-12-08', time: '18:00', ...mira });
      await insertTestAppointment(tx, {
        ...{ id: 'a5', on: '2026-11-27', time: '09:00', serviceId: 'sports', roomId: 'street' },
        ...{ therapistId: 'tom', client: 'una' },
      });
      await insertTestAppointment(tx, {
        ...{ id: 'a6', on: '2026-12-04', time: '09:00', serviceId: 'sports', roomId: 'street' },
        ...{ therapistId: 'tom', client: 'ben', status: 'cancelled' },
      });
    }),
  );
  const list = (viewer: Staff, words = '', page = 1) => listClients(viewer, { words, page }, { now: NOW });

  it('shows everyone to the owner and the front desk, with the next and the last date that stand', async () => {
    for (const viewer of [OWNER_VIEWER, DESK_VIEWER]) {
      const { clients: rows, total } = await list(viewer);
      expect(total).toBe(4);
      expect(rows.map(({ id }) => id)).toEqual(['ben', 'max', 'una', 'zoe']);
      expect(rows.find(({ id }) => id === 'una')).toMatchObject({
        nextAt: instantAt('2026-11-27', '09:00'),
        lastAt: instantAt('2026-11-03', '18:00'),
      });
      expect(rows[0]).toMatchObject({ nextAt: null, lastAt: null });
    }
  });

  it('shows a therapist the clients who have or had an appointment with them, and only those dates', async () => {
    const mira = await list(therapistViewer('mira'));
    expect(mira).toMatchObject({ total: 1, clients: [{ id: 'una', nextAt: instantAt('2026-12-01', '18:00') }] });
    const tom = await list(therapistViewer('tom'));
    expect(tom.clients.map(({ id }) => id)).toEqual(['ben', 'una']);
    expect(tom.clients[1]).toMatchObject({ nextAt: instantAt('2026-11-27', '09:00'), lastAt: null });
    expect((await list(therapistViewer('jun'))).clients).toEqual([]);
    expect(await found('zoe', therapistViewer('tom'))).toEqual([]);
  });

  it('comes in pages, and shows the last page when a later one is requested', async () => {
    const many = Array.from({ length: 60 }, (_, at) => {
      const person = { name: `Guest ${String(at).padStart(3, '0')}`, email: `guest-${at}@example.org`, phone: null };
      return { ...person, id: `guest-${at}`, createdAt: NOW, searchText: buildClientSearchText(person) };
    });
    await db.write(async (tx) => {
      await tx.insert(clients).values(many);
    });
    const first = await list(OWNER_VIEWER, 'guest');
    expect(first).toMatchObject({ total: 60, page: 1, pages: 2 });
    expect(first.clients).toHaveLength(50);
    const last = await list(OWNER_VIEWER, 'guest', 99);
    expect(last).toMatchObject({ page: 2 });
    expect(last.clients.at(-1)?.name).toBe('Guest 059');
    expect(await list(OWNER_VIEWER, 'guest', Number.NaN)).toMatchObject({ page: 1 });
    expect(await list(OWNER_VIEWER, 'nobody')).toMatchObject({ total: 0, page: 1, pages: 1, clients: [] });
  });
});

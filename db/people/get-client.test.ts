import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Staff } from '@/db/access/viewer';
import { bookSeries } from '@/db/booking/book-series';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import { reader } from '@/db/connection/database-client';
import { listMailToClient } from '@/db/delivery/outbox-for-staff';
import { appointments, clients, series } from '@/db/schema';
import { insertTestAppointment } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import {
  ANONYMOUS_VIEWER,
  DESK_VIEWER,
  listWeeklyInstants,
  makeSeriesRequest,
  NOW,
  OWNER_VIEWER,
  therapistViewer,
} from '@/db/testing/test-requests';
import { encryptAlerts } from './client-alert-encryption';
import { eraseClientOnRequest, exportClient } from './client-data-requests';
import { replayErasures } from './erase-client';
import { listClients } from './find-clients';
import { getClient } from './get-client';

const db = setUpTestDatabase({ now: NOW });
const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-client-'));
beforeEach(() => vi.stubEnv('DATA_DIR', folder));
beforeEach(() => rmSync(path.join(folder, 'erased.txt'), { force: true }));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const FAMILY = 'walsh@example.org';
const MIRA = therapistViewer('mira');
const TOM = therapistViewer('tom');

/** Una has four Tuesdays with Mira, and a cancelled date with Tom; her son has nothing. */
let una = '';
beforeEach(async () => {
  const booked = await bookSeries(
    ANONYMOUS_VIEWER,
    makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', 4), {
      client: { name: 'Una Walsh', email: FAMILY, phone: '087 555 0134' },
      note: 'Sore xylophone elbow',
      questionSlug: 'tennis-elbow',
    }),
    { now: NOW },
  );
  if (!booked.ok) throw new Error(booked.reason);
  const [row] = await (await reader())
    .select({ id: series.clientId })
    .from(series)
    .where(eq(series.id, booked.seriesId));
  una = row!.id;
  await db.write(async (tx) => {
    await tx
      .update(clients)
      .set({ sealedAlerts: encryptAlerts(['Allergic to nut oils', 'No hard pressure']), favouriteTherapistId: 'mira' })
      .where(eq(clients.id, una));
    await tx.insert(clients).values({ id: 'kit', name: 'Kit Walsh', email: FAMILY, createdAt: NOW });
    await insertTestAppointment(tx, {
      ...{
        id: 'called-off',
        on: '2026-12-03',
        time: '12:00',
        therapistId: 'tom',
        roomId: 'street',
        serviceId: 'sports',
      },
      ...{ client: una, status: 'cancelled' },
    });
    await tx.update(appointments).set({ isLateCancel: true }).where(eq(appointments.id, 'called-off'));
  });
});

describe('the page of a client', () => {
  it('shows everything to the owner', async () => {
    const client = (await getClient(OWNER_VIEWER, una))!;
    expect(client).toMatchObject({
      name: 'Una Walsh',
      email: FAMILY,
      phone: '087 555 0134',
      phoneLink: 'tel:+353875550134',
      favouriteTherapist: { id: 'mira', name: 'Mira Kovač' },
      household: [{ id: 'kit', name: 'Kit Walsh' }],
      alerts: ['Allergic to nut oils', 'No hard pressure'],
      booking: 'online',
    });
    expect(client.plans.map(({ note }) => note).sort()).toEqual(['Sore xylophone elbow', null]);
    const off = client.plans.flatMap((plan) => plan.appointments).find(({ uid }) => uid === 'called-off');
    expect(off).toMatchObject({ status: 'cancelled', isLateCancel: true });
    expect(client.history).toMatchObject([{ action: 'booked', facts: { appointments: 4 }, by: { kind: 'visitor' } }]);
  });

  it('shows the front desk nothing about the client’s health', async () => {
    const client = (await getClient(DESK_VIEWER, una))!;
    expect(client).toMatchObject({ name: 'Una Walsh', alerts: null });
    expect(client.plans).toHaveLength(2);
    expect(JSON.stringify(client)).not.toMatch(/nut oils|hard pressure|xylophone|tennis-elbow/);
  });

  it('shows a therapist their own plans, and the alerts only while they have a date with the client', async () => {
    const toMira = (await getClient(MIRA, una))!;
    expect(toMira.plans).toMatchObject([{ note: 'Sore xylophone elbow' }]);
    expect(toMira.alerts).toEqual(['Allergic to nut oils', 'No hard pressure']);
    // Kit never had an appointment with her.
    expect(toMira.household).toEqual([]);
    const toTom = (await getClient(TOM, una))!;
    expect(toTom.plans.flatMap((plan) => plan.appointments)).toMatchObject([{ uid: 'called-off' }]);
    expect(toTom.alerts).toBeNull();
    expect(JSON.stringify(toTom)).not.toMatch(/nut oils|xylophone|tennis-elbow/);
  });

  it.each([
    ['a therapist who never saw them', therapistViewer('jun'), () => una],
    ['anybody, by a malformed id', OWNER_VIEWER, () => "' or 1=1 --"],
    ['anybody, by an unknown id', OWNER_VIEWER, () => 'nobody'],
  ])('is not found by %s', async (_who, viewer: Staff, id) => {
    expect(await getClient(viewer, id())).toBeNull();
    expect(await listMailToClient(viewer, id(), { now: NOW })).toEqual([]);
  });

  it('has a history of who did what', async () => {
    const [first] = (await getClient(OWNER_VIEWER, una))!.plans.flatMap((plan) =>
      plan.appointments.filter(({ status }) => status === 'booked'),
    );
    await cancelAppointments(MIRA, { uid: first!.uid, scope: 'this' }, { now: NOW + 1 });
    expect((await getClient(DESK_VIEWER, una))!.history[0]).toMatchObject({
      action: 'cancelled',
      by: { kind: 'staff', name: 'Mira Kovač' },
    });
  });

  it('shows the e-mails sent to the client, and none that were sent to staff', async () => {
    const kinds = async (viewer: Staff) =>
      (await listMailToClient(viewer, una, { now: NOW })).map(({ toEmail }) => toEmail);
    expect(await kinds(DESK_VIEWER)).toEqual([FAMILY]);
    expect(await kinds(MIRA)).toEqual([FAMILY]);
    expect(await kinds(TOM)).toEqual([]);
  });
});

describe('the stored data of a client', () => {
  it('is the same for the owner as for the export command', async () => {
    const stored = JSON.stringify(await exportClient(OWNER_VIEWER, una, NOW + 1));
    for (const own of ['Una Walsh', 'Kit Walsh', 'nut oils', 'xylophone']) expect(stored).toContain(own);
    expect(await exportClient(OWNER_VIEWER, 'nobody', NOW)).toBeNull();
    expect((await getClient(OWNER_VIEWER, una))!.history[0]).toMatchObject({ action: 'exported' });
  });

  it('is erased after the client’s name was typed, with everyone who shares the address', async () => {
    const wrong = await eraseClientOnRequest(OWNER_VIEWER, { id: una, typedName: 'Una Wals' }, NOW);
    expect(wrong).toEqual({ ok: false, reason: 'other_name' });
    expect(await getClient(OWNER_VIEWER, una)).not.toBeNull();
    expect(await eraseClientOnRequest(OWNER_VIEWER, { id: una, typedName: ' una  walsh' }, NOW)).toMatchObject({
      ok: true,
      freed: 4,
    });
    expect(await getClient(OWNER_VIEWER, una)).toBeNull();
    expect(await getClient(OWNER_VIEWER, 'kit')).toBeNull();
    expect(await eraseClientOnRequest(OWNER_VIEWER, { id: una, typedName: 'Una Walsh' }, NOW)).toEqual({
      ok: false,
      reason: 'not_found',
    });
  });

  it('is erased for that client alone where there is no address, and again after a restored backup', async () => {
    const walkIns = ['Pat Byrne', 'Lee Hart'].map((name, at) => ({
      id: `walk-in-${at}`,
      name,
      email: '',
      createdAt: NOW,
    }));
    const put = (some: typeof walkIns) =>
      db.write(async (tx) => {
        await tx.insert(clients).values(some);
      });
    await put(walkIns);
    const stored = await exportClient(OWNER_VIEWER, 'walk-in-0', NOW);
    expect(JSON.stringify(stored)).toContain('Pat Byrne');
    expect(JSON.stringify(stored)).not.toContain('Lee Hart');
    expect(await eraseClientOnRequest(OWNER_VIEWER, { id: 'walk-in-0', typedName: 'Pat Byrne' }, NOW)).toMatchObject({
      ok: true,
    });
    const names = async () =>
      (await listClients(OWNER_VIEWER, { words: '', page: 1 }, { now: NOW })).clients.map(({ name }) => name).sort();
    expect(await names()).toEqual(['Kit Walsh', 'Lee Hart', 'Una Walsh']);
    expect(readFileSync(path.join(folder, 'erased.txt'), 'utf8')).not.toContain('walk-in');
    await put(walkIns.slice(0, 1));
    expect(await replayErasures(NOW)).toBe(1);
    expect(await names()).toEqual(['Kit Walsh', 'Lee Hart', 'Una Walsh']);
  });
});

it('shows neither a page nor a list entry for an erased client who stays in the books', async () => {
  await db.write((tx) =>
    insertTestAppointment(tx, {
      id: 'took-place',
      on: '2026-11-10',
      time: '18:00',
      therapistId: 'mira',
      client: una,
      status: 'completed',
    }),
  );
  expect(await eraseClientOnRequest(OWNER_VIEWER, { id: una, typedName: 'Una Walsh' }, NOW)).toMatchObject({
    ok: true,
  });
  expect(await getClient(OWNER_VIEWER, una)).toBeNull();
  expect((await listClients(OWNER_VIEWER, { words: '', page: 1 }, { now: NOW })).total).toBe(0);
});

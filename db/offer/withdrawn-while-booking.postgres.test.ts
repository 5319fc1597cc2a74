import { and, eq, inArray } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { addTimeOff } from '@/db/booking/add-time-off';
import { bookSeries } from '@/db/booking/book-series';
import { bookSkipped } from '@/db/booking/book-skipped';
import { changeSeriesMassageOrTherapist } from '@/db/booking/change-series-massage-or-therapist';
import { closeDays } from '@/db/booking/close-and-reopen-days';
import { extendSeries } from '@/db/booking/extend-series';
import { handOverDates, previewHandOver } from '@/db/booking/hand-over-dates';
import { moveAppointments } from '@/db/booking/move-appointments';
import { moveAsStaff } from '@/db/booking/move-as-staff';
import { previewHours, saveHours } from '@/db/booking/save-hours';
import { swapAppointments } from '@/db/booking/swap-appointments';
import { undoDeskChange } from '@/db/booking/undo-desk-change';
import type { Connection, Db, RollBack } from '@/db/connection/connection';
import { setConnectionForTests, transact } from '@/db/connection/database-client';
import { appointments, skips } from '@/db/schema';
import { insertTestAppointment, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import {
  ANONYMOUS_VIEWER,
  DESK_VIEWER,
  linkViewer,
  makeSeriesRequest,
  NOW,
  OWNER_VIEWER,
} from '@/db/testing/test-requests';
import { addToWaitlist } from '@/db/testing/test-waitlist';
import { isQueryWaitingForLock } from '@/db/testing/two-connections';
import { acceptOfferAsStaff } from '@/db/waitlist/accept-offer';
import { makeOffer } from '@/db/waitlist/make-offer';
import { deleteMassage, listMassageSettings, retireMassage, saveMassage } from './massages';
import { deleteRoom, listRooms, retireRoom, saveRoom } from './rooms';
import { listTeam, removeMember, saveMember } from './team';

// A date is booked at the same moment as a setting withdraws what it needs. Whichever comes first, no date may remain
// that is no longer offered and that nobody was shown.

const db = setUpTestDatabase({ now: NOW });
const clock = { now: NOW };
const ON = '2026-12-01';
const SIX = instantAt(ON, '18:00');
const WEEK = 7 * 86_400_000;

type Answer = { ok: boolean; reason?: string };
type Doing = () => Promise<Answer>;

/** Runs the first, and holds back its commit until the second has ended or is waiting for the first. */
async function together(first: Doing, second: Doing): Promise<[Answer, Answer]> {
  const own = db.connection();
  const other = await db.another();
  let commit = () => {};
  const mayCommit = new Promise<void>((resolve) => {
    commit = resolve;
  });
  let arrive = () => {};
  const hasWritten = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const slow: Connection = {
    ...other,
    transact: <T>(fn: (tx: Db, undo: RollBack) => Promise<T>) =>
      other.transact(async (tx, undo) => {
        const value = await fn(tx, undo);
        arrive();
        await mayCommit;
        return value;
      }),
  };
  setConnectionForTests(slow);
  const firstResult = first();
  await Promise.race([hasWritten, firstResult]);
  setConnectionForTests(own);
  let isOver = false;
  const two = second().finally(() => {
    isOver = true;
  });
  while (!isOver && !(await isQueryWaitingForLock(own))) await new Promise((resolve) => setTimeout(resolve, 5));
  commit();
  return Promise.all([firstResult, two]);
}

const reader = () => db.connection().reader;
const seenOf = async (therapistId: string, serviceId: string) => {
  const found = await reader()
    .select()
    .from(appointments)
    .where(
      and(
        eq(appointments.status, 'booked'),
        eq(appointments.therapistId, therapistId),
        eq(appointments.serviceId, serviceId),
      ),
    );
  return found.map(({ id: uid, version }) => ({ uid, version }));
};

async function junWithoutSwedish(): Promise<Doing> {
  const member = (await listTeam(OWNER_VIEWER)).find(({ id }) => id === 'jun')!;
  const caps = { capDayMinutes: '', capWeekMinutes: '', capDeepDayMinutes: '', capDeepWeekMinutes: '' };
  const form = { ...member, ...caps, role: 'therapist', prices: {}, serviceIds: ['sports', 'deep-tissue'] };
  const decision = { seen: await seenOf('jun', 'swedish'), cancelling: [] };
  return () => saveMember(OWNER_VIEWER, { id: 'jun', mark: member.mark, form, decision }, clock);
}

const UNDECIDED = { seen: [], cancelling: [] };
const book = (therapistId: string, startsAt = SIX, viewer = ANONYMOUS_VIEWER) =>
  bookSeries(viewer as typeof ANONYMOUS_VIEWER, makeSeriesRequest(startsAt, { therapistId }), clock);

/**
 * Each of these withdraws something that Jun's booking needs: Swedish, on that day at six, in the one room where it is
 * given.
 */
const WITHDRAWALS: Record<string, () => Promise<Doing>> = {
  'a therapist who gives a massage no more': junWithoutSwedish,
  'a therapist who leaves': async () => () => removeMember(OWNER_VIEWER, 'jun', UNDECIDED, clock),
  'a massage that is retired': async () => () => retireMassage(OWNER_VIEWER, 'swedish', UNDECIDED, clock),
  'a massage that somebody gives no more': async () => {
    const { lengths, ...massage } = (await listMassageSettings(OWNER_VIEWER)).find(({ id }) => id === 'swedish')!;
    const form = {
      ...massage,
      pressure: `${massage.pressure}`,
      setupMinutes: '0',
      cleanupMinutes: '15',
      noticeHours: '',
      windowDays: '',
      latestStart: '',
      lengths: lengths.map(({ minutes }) => ({ minutes: `${minutes}`, price: '60' })),
      therapistIds: ['mira', 'aoife'],
    };
    return () => saveMassage(OWNER_VIEWER, { id: 'swedish', mark: massage.mark, form, decision: UNDECIDED }, clock);
  },
  'a room that is retired': async () => () => retireRoom(OWNER_VIEWER, 'garden', UNDECIDED, clock),
  'a room that is deleted': async () => () => deleteRoom(OWNER_VIEWER, 'garden', clock),
  'a massage that is deleted': async () => () => deleteMassage(OWNER_VIEWER, 'swedish', clock),
  'a room that suits a massage no more': async () => {
    const { name, mark } = (await listRooms(OWNER_VIEWER)).find(({ id }) => id === 'garden')!;
    const form = { name, serviceIds: ['sports'] };
    return () => saveRoom(OWNER_VIEWER, { id: 'garden', mark, form, decision: UNDECIDED }, clock);
  },
  'a day off': async () => {
    const change = { kind: 'days', therapistId: 'jun', from: ON, until: ON, hours: [] };
    const preview = await previewHours(OWNER_VIEWER, change, clock);
    if (!preview.ok) throw new Error(preview.reason);
    return () => saveHours(OWNER_VIEWER, { change, seen: preview.seen, decisions: [] }, clock);
  },
  'a day on which the practice is closed': async () => {
    const rows = await reader().select().from(appointments);
    const decisions = rows.map(({ id: uid, version }) => ({ uid, version, choice: 'keep' as const }));
    const days = [{ on: ON, name: 'Painting' }];
    return () => closeDays(OWNER_VIEWER, { days, decisions }, clock);
  },
};

/** Every way in which a Swedish massage can be booked with Jun. What it needs beforehand is prepared. */
const WRITES: Record<string, () => Promise<Doing>> = {
  booked: async () => () => book('jun'),
  'booked at the desk': async () => () => book('jun', SIX, DESK_VIEWER as never),
  'moved by its client': async () => {
    await plant('hers', { therapistId: 'mira' });
    const to = { uid: 'hers', startsAt: SIX + WEEK, therapistId: 'jun', scope: 'this' as const };
    return () => moveAppointments(linkViewer('hers-series'), to, clock);
  },
  'moved at the desk': async () => {
    await plant('hers', { therapistId: 'mira' });
    const to = { uid: 'hers', version: 1, startsAt: SIX, therapistId: 'jun', scope: 'this' as const };
    return () => moveAsStaff(DESK_VIEWER, to, clock);
  },
  'moved, and undone': async () => {
    await plant('his', { therapistId: 'jun' });
    const to = { uid: 'his', version: 1, startsAt: SIX, therapistId: 'mira', scope: 'this' as const };
    const result = await moveAsStaff(OWNER_VIEWER, to, clock);
    if (!result.ok) throw new Error(result.reason);
    return () => undoDeskChange(OWNER_VIEWER, result.undo!, clock);
  },
  swapped: async () => {
    await plant('hers', { therapistId: 'mira' });
    await plant('his', { therapistId: 'jun', serviceId: 'sports', on: '2026-12-02' });
    const seen = (uid: string) => ({ uid, version: 1 });
    return () => swapAppointments(DESK_VIEWER, [seen('hers'), seen('his')], clock);
  },
  'added to a plan': async () => {
    await plant('his', { therapistId: 'jun', sessions: 2 });
    return () => extendSeries(linkViewer('his-series'), { seriesId: 'his-series', sessions: 1 }, clock);
  },
  'booked after it was skipped': async () => {
    await plant('his', { therapistId: 'jun', sessions: 2 });
    const skip = { seriesId: 'his-series', position: 2, nominalOn: '2026-12-08', nominalStartAt: SIX + WEEK };
    await db.write((tx) => tx.insert(skips).values({ ...skip, createdAt: NOW }));
    return () => bookSkipped(linkViewer('his-series'), { seriesId: 'his-series', position: 2 }, clock);
  },
  'handed over': async () => {
    await plant('hers', { therapistId: 'mira' });
    const plan = await previewHandOver(OWNER_VIEWER, { uid: 'hers', to: 'jun' }, clock);
    expect(plan?.dates).toHaveLength(1);
    const decisions = [{ uid: 'hers', version: 1, choice: 'move' as const, startsAt: SIX, therapistId: 'jun' }];
    return () => handOverDates(OWNER_VIEWER, { uid: 'hers', to: 'jun', decisions, reason: '' }, clock);
  },
  'moved for an absence': async () => {
    await plant('hers', { therapistId: 'mira' });
    const decisions = [{ uid: 'hers', version: 1, choice: 'move' as const, startsAt: SIX, therapistId: 'jun' }];
    const span = { start: instantAt(ON, '12:00'), end: instantAt(ON, '20:00'), kind: 'leave' as const };
    return () => addTimeOff(OWNER_VIEWER, { therapistIds: ['mira'], ...span, decisions, reason: '' }, clock);
  },
  'offered, and accepted': async () => {
    const entryId = await addToWaitlist('Wanda Wait', NOW, { therapistId: 'jun' });
    const found = { kind: 'entry' as const, entryId, therapistId: 'jun', starts: [SIX] };
    const offer = await makeOffer(OWNER_VIEWER, found, { now: NOW, source: 'desk' });
    if (!offer.ok) throw new Error(offer.reason);
    return () => acceptOfferAsStaff(DESK_VIEWER, offer.offerId, clock);
  },
  'given another therapist for the rest of a plan': async () => {
    await plant('hers', { therapistId: 'mira', sessions: 2 });
    const request = { seriesId: 'hers-series', version: 1, serviceId: 'swedish', therapistId: 'jun' };
    return () =>
      transact((tx, undo) => changeSeriesMassageOrTherapist(tx, undo, linkViewer('hers-series'), request, NOW));
  },
};

function plant(id: string, other: Partial<Parameters<typeof insertTestAppointment>[1]> & { therapistId: string }) {
  return db.write((tx) => insertTestAppointment(tx, { id, on: ON, time: '18:00', ...other }));
}

/** Uids of the Swedish massages booked with Jun. */
const junsSwedish = async () => (await seenOf('jun', 'swedish')).map(({ uid }) => uid);

describe.each(Object.entries(WRITES))('a date that is %s while its therapist’s massage is withdrawn', (_, prepare) => {
  it('is among the dates shown when the booking comes first', async () => {
    const write = await prepare();
    const withdraw = await junWithoutSwedish();
    const [written, withdrawn] = await together(write, withdraw);
    expect(written).toMatchObject({ ok: true });
    expect(withdrawn).toMatchObject({ ok: false, reason: 'stranded' });
    const { dates } = withdrawn as unknown as { dates: { uid: string }[] };
    expect(dates.map(({ uid }) => uid).sort()).toEqual((await junsSwedish()).sort());
  });

  it('is not booked with that therapist when the withdrawal comes first', async () => {
    const write = await prepare();
    const withdraw = await junWithoutSwedish();
    const before = await junsSwedish();
    const [withdrawn, written] = await together(withdraw, write);
    expect(withdrawn).toMatchObject({ ok: true });
    expect(written.ok).toBe(false);
    expect(await junsSwedish()).toEqual(before);
  });
});

describe.each(Object.entries(WITHDRAWALS))('%s, while a date that needs it is booked', (_, prepare) => {
  // The loft and the street are taken, so the date can only be in the garden.
  const inTheGarden = async () => {
    await db.write(async (tx) => {
      for (const [therapistId, roomId] of [
        ['tom', 'street'],
        ['aoife', 'loft'],
      ] as const)
        await insertTestAppointment(tx, {
          id: roomId,
          on: ON,
          time: '18:00',
          therapistId,
          roomId,
          serviceId: 'sports',
        });
    });
  };

  it('is refused when the booking comes first', async () => {
    await inTheGarden();
    const withdraw = await prepare();
    const [booked, withdrawn] = await together(() => book('jun'), withdraw);
    expect(booked).toMatchObject({ ok: true });
    expect(withdrawn.ok).toBe(false);
    expect(['stranded', 'booked', 'changed', 'used']).toContain(withdrawn.reason);
  });

  it('prevents the booking when it comes first', async () => {
    await inTheGarden();
    const withdraw = await prepare();
    const [withdrawn, booked] = await together(withdraw, () => book('jun'));
    expect(withdrawn).toMatchObject({ ok: true });
    expect(booked.ok).toBe(false);
    expect(
      await reader()
        .select()
        .from(appointments)
        .where(inArray(appointments.therapistId, ['jun'])),
    ).toEqual([]);
  });
});

it('does not make bookings at the same moment wait for each other', async () => {
  const [a, b] = await together(
    () => book('jun'),
    () => book('mira', SIX + WEEK),
  );
  expect([a.ok, b.ok]).toEqual([true, true]);
});

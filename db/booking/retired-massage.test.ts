import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { audit } from '@/db/audit';
import { listPossibleMoveTimes } from '@/db/availability/possible-move-times';
import { appointments, services } from '@/db/schema';
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
import { bookSeries } from './book-series';
import { listDatesInTimeOff } from './dates-in-time-off';
import { extendSeries } from './extend-series';
import { handOverDates, previewHandOver } from './hand-over-dates';
import { moveAsStaff } from './move-as-staff';
import { proposeMove } from './propose-move';
import { swapAppointments } from './swap-appointments';

// What is booked of a massage stays when the massage is retired, and can still be moved, swapped and handed over.

const db = setUpTestDatabase({ now: NOW });
const clock = { now: NOW };

async function bookAndRetire(starts: number[] = listWeeklyInstants('2026-12-01', '18:00', 3)) {
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(starts), clock);
  if (!booked.ok) throw new Error(JSON.stringify(booked));
  await db.write((tx) => tx.update(services).set({ isActive: false }).where(eq(services.id, 'swedish')));
  return { seriesId: booked.seriesId, uids: booked.appointments.map(({ uid }) => uid) };
}
const row = async (uid: string) =>
  (await db.connection().reader.select().from(appointments).where(eq(appointments.id, uid)))[0]!;

it('can be moved by staff and by the client, to the times that are shown', async () => {
  const { uids, seriesId } = await bookAndRetire();
  for (const viewer of [OWNER_VIEWER, linkViewer(seriesId)]) {
    const shown = await listPossibleMoveTimes(viewer, { uid: uids[0]!, from: '2026-12-02', days: 1 }, NOW);
    expect(shown).toContain(instantAt('2026-12-02', '14:00'));
  }
  const target = { startsAt: instantAt('2026-12-02', '14:00'), scope: 'this' as const };
  expect(await moveAsStaff(OWNER_VIEWER, { uid: uids[0]!, ...target }, clock)).toMatchObject({ ok: true });
  expect(await row(uids[0]!)).toMatchObject({ localStart: '2026-12-02T14:00', serviceId: 'swedish' });
  const wide = { uid: uids[1]!, startsAt: instantAt('2026-12-08', '17:00'), scope: 'following' as const };
  const proposal = await proposeMove(linkViewer(seriesId), wide, clock);
  expect(proposal).toMatchObject({ ok: true, dates: [{ clash: null }, { clash: null }] });
  expect(await audit()).toEqual([]);
});

it('can be swapped, and handed over to a colleague who gave it', async () => {
  const { uids } = await bookAndRetire();
  const seen = await Promise.all([uids[0]!, uids[1]!].map(async (uid) => ({ uid, version: (await row(uid)).version })));
  expect(await swapAppointments(OWNER_VIEWER, [seen[0]!, seen[1]!], clock)).toMatchObject({ ok: true });

  const plan = await previewHandOver(OWNER_VIEWER, { uid: uids[1]!, to: 'jun' }, clock);
  expect(plan!.heirs.map(({ id }) => id)).toEqual(['aoife', 'jun']);
  const decisions = plan!.dates.map(({ uid, version, places: [place] }) => {
    return { uid, version, choice: 'move' as const, startsAt: place!.startsAt, therapistId: place!.therapistId };
  });
  const handed = await handOverDates(OWNER_VIEWER, { uid: uids[1]!, to: 'jun', decisions, reason: '' }, clock);
  expect(handed).toMatchObject({ ok: true });
  expect(await row(uids[1]!)).toMatchObject({ therapistId: 'jun' });
  expect(await audit()).toEqual([]);
});

it('is offered other times and colleagues when its therapist is away', async () => {
  await bookAndRetire();
  const day = { start: instantAt('2026-12-01', '00:00'), end: instantAt('2026-12-02', '00:00') };
  const away = { therapistIds: ['mira'], ...day, kind: 'leave' as const };
  const [date] = await listDatesInTimeOff(OWNER_VIEWER, away, clock);
  expect(date!.places.length).toBeGreaterThan(1);
});

it('cannot be booked anew, or made longer', async () => {
  const { seriesId } = await bookAndRetire();
  const anew = makeSeriesRequest(instantAt('2026-12-03', '14:00'));
  expect(await bookSeries(OWNER_VIEWER, anew, clock)).toMatchObject({ ok: false, reason: 'invalid' });
  expect(await extendSeries(OWNER_VIEWER, { seriesId, sessions: 1 }, clock)).toMatchObject({ ok: false });
});

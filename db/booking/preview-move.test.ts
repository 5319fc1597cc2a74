import { asc, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { audit } from '@/db/audit';
import { transact } from '@/db/connection/database-client';
import { insertDemoPractice } from '@/db/demo/demo-practice';
import { lockOfferForChange } from '@/db/practice/lock-offer';
import { appointments, outbox, practices, series, therapists } from '@/db/schema';
import { deleteAllRows, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import {
  ANONYMOUS_VIEWER,
  linkViewer,
  listWeeklyInstants,
  makeSeriesRequest,
  NOW,
  OWNER_VIEWER,
} from '@/db/testing/test-requests';
import fc, { getPropertyTestRuns } from '@/testing/property-tests';
import { addTimeOff } from './add-time-off';
import type { MoveRepair } from './apply-move-repairs';
import { bookSeries } from './book-series';
import { cancelAppointments } from './cancel-appointments';
import type { MoveRequest } from './decide-move';
import { type MoveResult, moveAppointments } from './move-appointments';
import { previewMove } from './preview-move';
import { proposeMove } from './propose-move';
import { lockForCapCount } from './unconfirmed-caps';

const db = setUpTestDatabase({ now: NOW });
const HOUR = 3_600_000;
const TEAM = ['mira', 'jun', 'tom', 'aoife'];

const rows = () => db.connection().reader.select().from(appointments).orderBy(asc(appointments.id));

// Days from too near to be moved to beyond the booking window, with hours inside and outside working hours, on and off
// the grid.
const day = fc.constantFrom('2026-11-24', '2026-12-01', '2026-12-02');
const time = fc.constantFrom('16:15', '17:00', '18:00');
const start = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(day, time).map(([on, at]) => instantAt(on, at)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('2026-11-23', '2026-12-05', '2027-12-31'), fc.constantFrom('09:00', '18:07', '12:10'))
      .map(([on, at]) => instantAt(on, at)),
  },
);
const who = fc.constantFrom(...TEAM);
const scope = fc.constantFrom('this' as const, 'following' as const, 'all' as const);
const repair = fc.record({
  position: fc.integer({ min: 1, max: 4 }),
  choice: fc.constantFrom('stay' as const, 'skip' as const, 'move' as const),
  startsAt: start,
  therapistId: who,
});
const booking = fc.record({
  do: fc.constant('book' as const),
  on: day,
  at: time,
  weeks: fc.integer({ min: 1, max: 4 }),
  therapistId: fc.constantFrom(...TEAM, 'any'),
  serviceId: fc.constantFrom('swedish', 'sports'),
  isConfirmed: fc.boolean(),
});
const other = fc.oneof(
  fc.record({ do: fc.constant('cancel' as const), which: fc.nat(20) }),
  fc.record({ do: fc.constant('time off' as const), therapistId: who, start }),
);
const move = fc.record({
  do: fc.constant('move' as const),
  which: fc.nat(20),
  isByStaff: fc.boolean(),
  startsAt: fc.option(start),
  therapistId: fc.option(fc.constantFrom(...TEAM, 'any'), { nil: undefined, freq: 2 }),
  minutes: fc.option(fc.constantFrom(30, 60, 90, 75), { nil: undefined, freq: 2 }),
  scope,
  repairs: fc.option(fc.uniqueArray(repair, { selector: ({ position }) => position, maxLength: 2 }), {
    nil: undefined,
    freq: 2,
  }),
  isAnyHour: fc.boolean(),
  respectsCaps: fc.boolean(),
});
type Move = typeof move extends fc.Arbitrary<infer T> ? T : never;
const calendar = fc.tuple(
  fc.array(booking, { minLength: 4, maxLength: 10 }),
  fc.array(fc.oneof({ weight: 4, arbitrary: move }, { weight: 1, arbitrary: other }), { minLength: 3, maxLength: 8 }),
);

async function openPractice() {
  await db.write(async (tx) => {
    await deleteAllRows(tx);
    await insertDemoPractice(tx, NOW);
    // Low limits, so that a few unconfirmed dates, or a few dates of one therapist on one day, already exceed them.
    await tx.update(practices).set({ unconfirmedWeekPercent: 5, movesPerDate: 2 });
    await tx.update(therapists).set({ capDayMinutes: 120 }).where(eq(therapists.id, 'jun'));
  });
}

let clients = 0;

async function book({
  on,
  at,
  weeks,
  therapistId,
  serviceId,
  isConfirmed,
}: typeof booking extends fc.Arbitrary<infer T> ? T : never) {
  const client = { name: `Client ${++clients}`, email: `client-${clients}@example.org` };
  const request = makeSeriesRequest(listWeeklyInstants(on, at, weeks), { therapistId, serviceId, client });
  await bookSeries(ANONYMOUS_VIEWER, request, { now: NOW, ...(!isConfirmed && { sender: `10.0.0.${clients % 200}` }) });
}

/** The result of a move, in the form of its preview. */
function toPreviewed(result: MoveResult) {
  if (result.ok) return { ok: true, clashes: [] };
  if (result.reason !== 'taken') return result;
  // The preview reports a holiday as `closed`.
  const clashes = result.clashes.map(({ position, reason }) => [position, reason === 'holiday' ? 'closed' : reason]);
  return { ok: true, clashes };
}

async function expectSame({ which, isByStaff, isAnyHour, respectsCaps, repairs, ...target }: Move) {
  const all = await rows();
  const booked = all.filter(({ status }) => status === 'booked');
  const row = booked[which % booked.length];
  if (!row) return;
  const viewer = isByStaff ? OWNER_VIEWER : linkViewer(row.seriesId);
  const request: MoveRequest = {
    uid: row.id,
    startsAt: target.startsAt ?? row.startAt,
    therapistId: target.therapistId,
    scope: target.scope,
    minutes: isByStaff ? target.minutes : undefined,
    ...(repairs && { repairs: repairs as MoveRepair[] }),
  };
  const manner = isByStaff ? { isAnyHour, respectsCaps } : {};
  const mails = await db.connection().reader.select().from(outbox);
  const preview = await previewMove(viewer, request, { now: NOW, ...manner });
  const isPlain =
    target.scope !== 'this' && !repairs && target.therapistId === undefined && request.minutes === undefined;
  const proposal =
    isPlain && !isAnyHour && !(isByStaff && respectsCaps)
      ? await proposeMove(viewer, { ...request, scope: target.scope as 'all' }, { now: NOW })
      : null;
  expect(await rows()).toEqual(all);
  expect(await db.connection().reader.select().from(outbox)).toEqual(mails);

  const result = await moveAppointments(viewer, request, { now: NOW, ...manner });
  const previewed = preview.ok
    ? { ok: true, clashes: preview.moves.flatMap(({ position, clash }) => (clash ? [[position, clash]] : [])) }
    : preview;
  expect(previewed).toEqual(toPreviewed(result));
  if (preview.ok && result.ok) {
    const after = new Map((await rows()).map((entry) => [entry.id, entry]));
    for (const { uid, startsAt, therapistId } of preview.moves) {
      expect(after.get(uid)!.startAt).toBe(startsAt);
      if (therapistId !== 'any') expect(after.get(uid)!.therapistId).toBe(therapistId);
    }
  }
  if (proposal?.ok && preview.ok) {
    const inTheWay = proposal.dates.filter(({ clash }) => clash !== null).map(({ position }) => position);
    expect(inTheWay).toEqual(preview.moves.filter(({ clash }) => clash !== null).map(({ position }) => position));
  }
  if (proposal && !proposal.ok && !preview.ok) expect(proposal.reason).toBe(preview.reason);
}

describe('the preview of a move', () => {
  it('predicts the result of the move, and changes nothing itself', async () => {
    await fc.assert(
      fc.asyncProperty(calendar, async ([booked, steps]) => {
        await openPractice();
        for (const each of booked) await book(each);
        for (const step of steps) {
          if (step.do === 'move') await expectSame(step);
          else if (step.do === 'time off')
            await addTimeOff(
              OWNER_VIEWER,
              { therapistIds: [step.therapistId], start: step.start, end: step.start + 2 * HOUR, kind: 'leave' },
              { now: NOW },
            );
          else {
            const all = await rows();
            const row = all[step.which % all.length];
            if (row) await cancelAppointments(OWNER_VIEWER, { uid: row.id, scope: 'this' }, { now: NOW });
          }
        }
        expect(await audit()).toEqual([]);
      }),
      { numRuns: getPropertyTestRuns(25) },
    );
  }, 120_000);

  it('waits for no writer, and no writer waits for it', async () => {
    const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', 3)), {
      now: NOW,
    });
    if (!booked.ok) throw new Error(booked.reason);
    const request = {
      uid: booked.appointments[0]!.uid,
      startsAt: instantAt('2026-12-02', '17:00'),
      scope: 'all' as const,
    };
    const preview = await transact(async (tx) => {
      await lockOfferForChange(tx);
      await lockForCapCount(tx);
      await tx.update(series).set({ hasCalendarAlarm: true });
      return previewMove(linkViewer(booked.seriesId), request, { now: NOW });
    });
    expect(preview).toMatchObject({ ok: true, moves: [{ clash: null }, { clash: null }, { clash: null }] });
  });
});

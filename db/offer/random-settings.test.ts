import { expect, it } from 'vitest';
import { audit } from '@/db/audit';
import { addTimeOff } from '@/db/booking/add-time-off';
import type { DateDecision } from '@/db/booking/apply-date-decisions';
import { bookSeries } from '@/db/booking/book-series';
import { listDatesInTimeOff } from '@/db/booking/dates-in-time-off';
import { handOverDates, previewHandOver } from '@/db/booking/hand-over-dates';
import { moveAsStaff } from '@/db/booking/move-as-staff';
import { swapAppointments } from '@/db/booking/swap-appointments';
import { undoBulkChange } from '@/db/booking/undo-bulk-change';
import { undoDeskChange } from '@/db/booking/undo-desk-change';
import { insertDemoPractice } from '@/db/demo/demo-practice';
import { appointments, roomServices, rooms, services, therapistServices, therapists } from '@/db/schema';
import { deleteAllRows, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, listWeeklyInstants, makeSeriesRequest, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import fc, { getPropertyTestRuns } from '@/testing/property-tests';
import { bringBackMassage, listMassageSettings, retireMassage, saveMassage } from './massages';
import { bringBackRoom, listRooms, retireRoom, saveRoom } from './rooms';
import type { StrandedBookingDecisions, StrandedBookings } from './stranded-bookings';
import { bringBackMember, listTeam, removeMember, saveMember } from './team';

// Whatever is set, booked, moved and undone, every upcoming date must still be bookable with its massage, therapist and
// room, unless the owner was shown the date and kept it.

const db = setUpTestDatabase({ now: NOW });
const clock = { now: NOW };
const HOUR = 3_600_000;
const MASSAGES = ['swedish', 'sports', 'deep-tissue'];
const TEAM = ['mira', 'jun', 'tom', 'aoife'];
const ROOMS = ['garden', 'street', 'loft'];

const someOf = (all: string[]) => fc.subarray(all);
const oneOf = (all: string[]) => fc.constantFrom(...all);
const index = fc.nat(20);
const scope = fc.constantFrom('this' as const, 'following' as const, 'all' as const);
const start = fc
  .tuple(oneOf(['2026-12-01', '2026-12-02', '2026-12-03']), oneOf(['12:00', '14:00', '16:15', '18:00']))
  .map(([on, time]) => instantAt(on, time));
const setting = fc.oneof(
  fc.record({ do: fc.constant('massage' as const), id: oneOf(MASSAGES), team: someOf(TEAM), rooms: someOf(ROOMS) }),
  fc.record({ do: fc.constant('room' as const), id: oneOf(ROOMS), massages: someOf(MASSAGES) }),
  fc.record({
    do: fc.constant('member' as const),
    id: oneOf(TEAM),
    massages: someOf(MASSAGES),
    role: oneOf(['therapist', 'therapist', 'front_desk', 'owner']),
    gives: fc.boolean(),
  }),
  fc.record({
    do: fc.constantFrom('retire' as const, 'bring back' as const),
    id: oneOf([...MASSAGES, ...ROOMS, ...TEAM]),
  }),
);
const change = fc.oneof(
  fc.record({ do: fc.constant('move' as const), which: index, start, who: oneOf(TEAM), scope }),
  fc.record({ do: fc.constant('swap' as const), which: index, other: index }),
  fc.record({ do: fc.constant('hand over' as const), which: index, who: oneOf(TEAM) }),
  fc.record({ do: fc.constant('time off' as const), who: oneOf(TEAM), start }),
);
const booking = fc.record({
  do: fc.constant('book' as const),
  start,
  who: oneOf([...TEAM, 'any']),
  massage: oneOf(MASSAGES),
  weeks: fc.integer({ min: 1, max: 3 }),
});
const undo = fc.constant({ do: 'undo' as const });
/** Mostly a change, then a setting while the change can still be undone, then the undo. */
const steps = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.tuple(change, setting, undo) },
      { weight: 1, arbitrary: fc.tuple(change, undo) },
      { weight: 1, arbitrary: fc.tuple(setting, booking) },
    ),
    { minLength: 2, maxLength: 6 },
  )
  .map((groups): Step[] => groups.flat());
type ValueOf<A> = A extends fc.Arbitrary<infer T> ? T : never;
type Setting = ValueOf<typeof setting>;
type Step = Setting | ValueOf<typeof change> | ValueOf<typeof booking> | ValueOf<typeof undo>;
type Row = typeof appointments.$inferSelect;

const MOVED_AFTER_ITS_MASSAGE_WAS_RETIRED: Step[] = [
  { do: 'retire', id: 'swedish' },
  { do: 'move', which: 0, start: instantAt('2026-12-01', '12:00'), who: 'aoife', scope: 'this' },
  { do: 'member', id: 'aoife', massages: [], role: 'therapist', gives: true },
];

const BROUGHT_BACK_WITHOUT_THE_MASSAGE: Step[] = [
  { do: 'move', which: 1, start: instantAt('2026-12-01', '16:15'), who: 'mira', scope: 'this' },
  { do: 'member', id: 'mira', massages: [], role: 'front_desk', gives: false },
  { do: 'move', which: 1, start: instantAt('2026-12-01', '12:00'), who: 'aoife', scope: 'this' },
  { do: 'member', id: 'mira', massages: [], role: 'therapist', gives: false },
  { do: 'undo' },
];

/** In an order that is the same in every run, so that a step that names a date by its place can be repeated. */
const rows = () =>
  db
    .connection()
    .reader.select()
    .from(appointments)
    .orderBy(appointments.startAt, appointments.therapistId, appointments.status, appointments.createdAt);
const booked = async () => (await rows()).filter(({ status, startAt }) => status === 'booked' && startAt > NOW);

/** A date that could not be booked as it stands, and each reason why. */
type Impossible = Row & { why: string[] };

/** The dates that could not be booked with their massage, therapist and room now, read straight from the tables. */
async function listImpossible(): Promise<Impossible[]> {
  const { reader } = db.connection();
  const active = async (table: typeof services | typeof rooms | typeof therapists) =>
    new Set((await reader.select().from(table)).filter(({ isActive }) => isActive).map(({ id }) => id));
  const [massages, places, people] = [await active(services), await active(rooms), await active(therapists)];
  const gives = new Set(
    (await reader.select().from(therapistServices)).map((row) => `${row.serviceId} ${row.therapistId}`),
  );
  const suits = new Set((await reader.select().from(roomServices)).map((row) => `${row.serviceId} ${row.roomId}`));
  const whyNot = ({ serviceId, therapistId, roomId }: Row) => [
    ...(massages.has(serviceId) ? [] : [`${serviceId} is retired`]),
    ...(people.has(therapistId) ? [] : [`${therapistId} has left`]),
    ...(places.has(roomId) ? [] : [`${roomId} is retired`]),
    ...(gives.has(`${serviceId} ${therapistId}`) ? [] : [`${therapistId} does not give ${serviceId}`]),
    ...(suits.has(`${serviceId} ${roomId}`) ? [] : [`${roomId} does not suit ${serviceId}`]),
  ];
  return (await booked()).map((row) => ({ ...row, why: whyNot(row) })).filter(({ why }) => why.length > 0);
}

class Practice {
  /**
   * The dates that the owner was shown and kept, each with the reasons why it could not be booked. It may be moved
   * afterwards (to another therapist, say, while its massage stays retired), but not into a new reason.
   */
  keptDespite = new Map<string, Set<string>>();
  undo: (() => Promise<unknown>) | null = null;
  settings = 0;
  shown = 0;
  moved = 0;
  undone = 0;
  clients = 0;

  async take(step: Step): Promise<void> {
    if ('id' in step) return this.set(step);
    const dates = await booked();
    const dateOf = (at: number) => dates[at % dates.length];
    switch (step.do) {
      case 'book': {
        const client = { name: `Client ${++this.clients}`, email: `client${this.clients}@example.org` };
        const starts = Array.from({ length: step.weeks }, (_, week) => step.start + week * 7 * 24 * HOUR);
        await bookSeries(
          ANONYMOUS_VIEWER,
          makeSeriesRequest(starts, { client, therapistId: step.who, serviceId: step.massage }),
          clock,
        );
        return;
      }
      case 'move': {
        const date = dateOf(step.which);
        if (!date) return;
        const to = { startsAt: step.start, therapistId: step.who, scope: step.scope };
        const result = await moveAsStaff(
          OWNER_VIEWER,
          { uid: date.id, version: date.version, ...to, isAcknowledged: true },
          clock,
        );
        if (result.ok && result.undo) this.undo = () => undoDeskChange(OWNER_VIEWER, result.undo!, clock);
        return;
      }
      case 'swap': {
        const [first, second] = [dateOf(step.which), dateOf(step.other)];
        if (!first || !second) return;
        const seen = ({ id: uid, version }: Row) => ({ uid, version });
        const result = await swapAppointments(OWNER_VIEWER, [seen(first), seen(second)], {
          ...clock,
          isAcknowledged: true,
        });
        if (result.ok) this.undo = () => undoDeskChange(OWNER_VIEWER, result.undo, clock);
        return;
      }
      case 'hand over': {
        const uid = dateOf(step.which)?.id;
        const plan = uid === undefined ? null : await previewHandOver(OWNER_VIEWER, { uid, to: step.who }, clock);
        if (!plan?.to) return;
        const request = { uid: uid!, to: step.who, decisions: decide(plan.dates), reason: '' };
        const result = await handOverDates(OWNER_VIEWER, request, clock);
        if (result.ok) this.undo = () => undoBulkChange(OWNER_VIEWER, result.undoId, clock);
        return;
      }
      case 'time off': {
        const request = {
          therapistIds: [step.who],
          start: step.start - 2 * HOUR,
          end: step.start + 6 * HOUR,
          kind: 'leave' as const,
        };
        const decisions = decide(await listDatesInTimeOff(OWNER_VIEWER, request, clock));
        const result = await addTimeOff(OWNER_VIEWER, { ...request, decisions, reason: '' }, clock);
        if (result.ok && result.undoId) this.undo = () => undoBulkChange(OWNER_VIEWER, result.undoId!, clock);
        return;
      }
      case 'undo': {
        const result = await this.undo?.();
        if ((result as { ok: boolean } | undefined)?.ok) this.undone++;
        this.undo = null;
        return;
      }
    }
  }

  /**
   * Saves once without a decision. Of the dates that are then shown, some get another room where one is free, some move
   * to a proposed place, some are cancelled, the rest are kept.
   */
  private async set(step: Setting): Promise<void> {
    const before = new Set((await listImpossible()).map(({ id }) => id));
    const first = await this.save(step, { seen: [], cancelling: [] });
    if (first === null) return;
    this.settings++;
    if (!isStranded(first)) return;
    this.shown++;
    const shown = first.dates.map(({ uid }) => uid);
    const seen = first.dates.map(({ uid, version }) => ({ uid, version }));
    const cancelling = shown.filter((_, at) => at % 2 === 1);
    const moving = first.dates.flatMap(({ uid, otherRoom }, at) =>
      otherRoom && at % 4 === 0 ? [{ uid, roomId: otherRoom.id }] : [],
    );
    const elsewhere = first.dates.flatMap(({ uid, places: [place] }, at) =>
      place && at % 4 === 2 ? [{ uid, startsAt: place.startsAt, therapistId: place.therapistId }] : [],
    );
    this.moved += elsewhere.length;
    expect(await this.save(step, { seen, cancelling, moving, elsewhere })).toMatchObject({ ok: true });
    const standing = await rows();
    for (const { id, status } of standing) if (cancelling.includes(id)) expect(status).toBe('cancelled');
    const now = await listImpossible();
    for (const row of now) {
      if (!before.has(row.id)) expect(shown).toContain(row.id);
      // A proposed place mends everything but that the massage itself is retired.
      if (elsewhere.some(({ uid }) => uid === row.id)) expect(row.why).toEqual([`${row.serviceId} is retired`]);
      // Another room only helps when the room is the problem: a date whose therapist is no longer right stays listed,
      // in its new room.
      const moved = moving.find(({ uid }) => uid === row.id);
      if (moved)
        expect({ before: before.has(row.id), roomId: row.roomId }).toEqual({ before: true, roomId: moved.roomId });
      if (shown.includes(row.id))
        this.keptDespite.set(row.id, new Set([...(this.keptDespite.get(row.id) ?? []), ...row.why]));
    }
  }

  private async save(
    step: Setting,
    decision: StrandedBookingDecisions,
  ): Promise<{ ok: boolean } | StrandedBookings | null> {
    const { id } = step;
    if (step.do === 'massage') {
      const found = (await listMassageSettings(OWNER_VIEWER)).find((massage) => massage.id === id);
      if (!found) return null;
      const words = {
        pressure: `${found.pressure}`,
        setupMinutes: `${found.setupMinutes}`,
        cleanupMinutes: `${found.cleanupMinutes}`,
      };
      const lengths = found.lengths.map(({ minutes, priceCents }) => ({
        minutes: `${minutes}`,
        price: (priceCents / 100).toFixed(2),
      }));
      const rules = { noticeHours: '', windowDays: '', latestStart: '' };
      const form = { ...found, ...words, ...rules, lengths, therapistIds: step.team, roomIds: step.rooms };
      return saveMassage(OWNER_VIEWER, { id, mark: found.mark, form, decision }, clock);
    }
    if (step.do === 'room') {
      const found = (await listRooms(OWNER_VIEWER)).find((room) => room.id === id)!;
      const form = { name: found.name, serviceIds: step.massages };
      return saveRoom(OWNER_VIEWER, { id, mark: found.mark, form, decision }, clock);
    }
    const member = (await listTeam(OWNER_VIEWER)).find(({ therapistId }) => therapistId === id);
    if (step.do === 'member') {
      if (!member || member.role === null) return null;
      const caps = { capDayMinutes: '', capWeekMinutes: '', capDeepDayMinutes: '', capDeepWeekMinutes: '' };
      const form = {
        ...member,
        ...caps,
        prices: {},
        role: step.role,
        givesMassages: step.gives,
        serviceIds: step.massages,
      };
      return saveMember(OWNER_VIEWER, { id: member.id, mark: member.mark, form, decision }, clock);
    }
    if (step.do === 'retire') {
      if (MASSAGES.includes(id)) return retireMassage(OWNER_VIEWER, id, decision, clock);
      if (ROOMS.includes(id)) return retireRoom(OWNER_VIEWER, id, decision, clock);
      return member ? removeMember(OWNER_VIEWER, member.id, decision, clock) : null;
    }
    const bringBack = MASSAGES.includes(id) ? bringBackMassage : ROOMS.includes(id) ? bringBackRoom : bringBackMember;
    await bringBack(OWNER_VIEWER, bringBack === bringBackMember ? (member?.id ?? id) : id, clock);
    return null;
  }
}

const isStranded = (result: { ok: boolean } | StrandedBookings): result is StrandedBookings => 'dates' in result;

/** Takes the first proposal for each date, and cancels every third date. */
function decide(dates: Awaited<ReturnType<typeof listDatesInTimeOff>>): DateDecision[] {
  return dates.map(({ uid, version, places: [place] }, at) => {
    if (at % 3 === 2) return { uid, version, choice: 'cancel' };
    if (!place) return { uid, version, choice: 'keep' };
    return { uid, version, choice: 'move', startsAt: place.startsAt, therapistId: place.therapistId };
  });
}

it('lists every date that a random setting strands, whatever is booked, moved and undone in between', async () => {
  const seen = { settings: 0, shown: 0, undone: 0 };
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      await db.write(async (tx) => {
        await deleteAllRows(tx);
        await insertDemoPractice(tx, NOW);
      });
      const practice = new Practice();
      for (const therapistId of TEAM) {
        const client = { name: `With ${therapistId}`, email: `${therapistId}@example.org` };
        await bookSeries(
          ANONYMOUS_VIEWER,
          makeSeriesRequest(listWeeklyInstants('2026-12-01', '14:00', 3), { client, therapistId: 'any' }),
          clock,
        );
      }
      for (const each of all) {
        await practice.take(each);
        const unlisted = (await listImpossible()).filter(({ id, why }) =>
          why.some((reason) => !practice.keptDespite.get(id)?.has(reason)),
        );
        expect(unlisted, `unlisted after ${JSON.stringify(each)}`).toEqual([]);
        expect(await audit()).toEqual([]);
      }
      seen.settings += practice.settings;
      seen.shown += practice.shown;
      seen.undone += practice.undone;
    }),
    {
      numRuns: getPropertyTestRuns(12),
      examples: [[MOVED_AFTER_ITS_MASSAGE_WAS_RETIRED], [BROUGHT_BACK_WITHOUT_THE_MASSAGE]],
    },
  );
  if (process.env.FC_RUNS === undefined) {
    expect(seen.settings).toBeGreaterThan(8);
    expect(seen.shown).toBeGreaterThan(2);
    expect(seen.undone).toBeGreaterThan(1);
  }
}, 120_000);

import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { reader } from '@/db/connection/database-client';
import { appointments, intakes, series, sessionChecks, therapistServices, therapists } from '@/db/schema';
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
import { getClientHealthStatus, markAnswersDiscussed } from './client-health-status';
import { describeHealthLimits, findHealthBookingLimits } from './health-booking-limits';
import { saveSessionCheck } from './pre-session-check';
import { findDatesWithUntrainedTherapist, findPrenatalTherapistsForClient } from './prenatal-therapists';
import { type IntakeScreenValues, saveIntakeScreen } from './save-intake';
import {
  bookSkippedUnlessWithheld,
  extendSeriesUnlessWithheld,
  findWithheldMassageOfPlan,
  isMassageWithheldFrom,
  moveToAllowedTherapists,
  proposeMoveToAllowedTherapists,
} from './withheld-massages';

const db = setUpTestDatabase({ now: NOW });
const clock = { now: NOW };
const LINK = (seriesId: string) => ({ role: 'link', seriesId }) as const;
type Link = ReturnType<typeof LINK>;

/** Only Mira is trained. */
async function book(therapistId: string) {
  await db.write(async (tx) => {
    await tx.update(therapists).set({ trainedForPregnancy: false });
    await tx.update(therapists).set({ trainedForPregnancy: true }).where(eq(therapists.id, 'mira'));
    await tx.insert(therapistServices).values({ therapistId: 'jun', serviceId: 'swedish' }).onConflictDoNothing();
  });
  const request = makeSeriesRequest(listWeeklyInstants('2026-12-01', '17:00', 2), {
    serviceId: 'swedish',
    therapistId,
  });
  const booked = await bookSeries(ANONYMOUS_VIEWER, request, clock);
  if (!booked.ok) throw new Error(JSON.stringify(booked));
  return LINK(booked.seriesId);
}

async function answer(link: Link, health: { yes?: string[]; unsure?: string[] }, at = clock) {
  const { yes = [], unsure = [] } = health;
  const none = { yes: [], unsure: [], none: true, about: {} };
  const screens: IntakeScreenValues[] = [
    {
      ...{ screen: 'agree', treated: true, healthKept: true, writtenTo: false },
      ...{ isMinor: false, guardianName: '', guardianIsPresent: false },
    },
    { screen: 'now', ...none },
    { screen: 'lately', ...none },
    { screen: 'health', yes, unsure, none: yes.length === 0, about: {} },
    { screen: 'hopes', hopes: 'Rest', touch: false, aboutTouch: '', own: {} },
  ];
  for (const values of screens) expect(await saveIntakeScreen(link, values, at)).toMatchObject({ ok: true });
}

const datesOf = async (link: Link) =>
  (await reader()).select().from(appointments).where(eq(appointments.seriesId, link.seriesId));
async function move(link: Link, therapistId?: string, viewer: Link | typeof OWNER_VIEWER = link) {
  const [first] = await datesOf(link);
  const request = { uid: first!.id, startsAt: first!.startAt + 3_600_000, therapistId, scope: 'this' as const };
  return moveToAllowedTherapists(viewer, request, clock);
}
const more = (link: Link) => extendSeriesUnlessWithheld(link, { seriesId: link.seriesId, sessions: 1 }, clock);
const clientOf = async (link: Link) => (await datesOf(link))[0]!.clientId;

describe('a pregnant client', () => {
  it.each([{ yes: ['pregnant'] }, { yes: ['pregnant'], unsure: ['pregnant'] }])(
    'can choose only trained therapists: %o',
    async (health) => {
      const link = await book('jun');
      expect(await findPrenatalTherapistsForClient(link, clock)).toBeNull();
      await answer(link, health);
      expect(await findPrenatalTherapistsForClient(link, clock)).toEqual({
        therapistIds: ['mira'],
        isPregnancyStated: true,
      });
      expect(await findWithheldMassageOfPlan(link, clock)).toEqual({
        serviceId: 'swedish',
        why: expect.stringContaining('trained for it'),
      });
      expect(await more(link)).toEqual({ ok: false, reason: 'held_back' });
      const skipped = { seriesId: link.seriesId, position: 2 };
      expect(await bookSkippedUnlessWithheld(link, skipped, clock)).toEqual({ ok: false, reason: 'held_back' });
      expect(await move(link)).toEqual({ ok: false, reason: 'held_back' });
      expect(await move(link, 'jun')).toEqual({ ok: false, reason: 'held_back' });
      expect((await datesOf(link)).every(({ therapistId }) => therapistId === 'jun')).toBe(true);
      expect(await move(link, 'mira')).toMatchObject({ ok: true });
      expect((await datesOf(link)).map(({ therapistId }) => therapistId).sort()).toEqual(['jun', 'mira']);
    },
  );

  it('can move several dates at once if all go to a trained therapist', async () => {
    const link = await book('jun');
    await answer(link, { yes: ['pregnant'] });
    const [first] = await datesOf(link);
    const request = (therapistId?: string) => {
      return { uid: first!.id, startsAt: first!.startAt + 3_600_000, therapistId, scope: 'all' as const };
    };
    for (const therapistId of [undefined, 'jun'])
      expect(await moveToAllowedTherapists(link, request(therapistId), clock)).toEqual({
        ok: false,
        reason: 'held_back',
      });
    expect(await moveToAllowedTherapists(link, request('mira'), clock)).toMatchObject({ ok: true });
    expect((await datesOf(link)).map(({ therapistId }) => therapistId)).toEqual(['mira', 'mira']);
  });

  it('can move dates that are all with a trained therapist already', async () => {
    const trained = await book('mira');
    await answer(trained, { yes: ['pregnant'] });
    const [own] = await datesOf(trained);
    const request = { uid: own!.id, startsAt: own!.startAt + 3_600_000, scope: 'all' as const };
    expect(await moveToAllowedTherapists(trained, request, clock)).toMatchObject({ ok: true });
  });

  it('gets a trained therapist when they ask for anyone', async () => {
    const link = await book('jun');
    await answer(link, { yes: ['pregnant'] });
    expect(await move(link, 'any')).toMatchObject({ ok: true });
    expect((await datesOf(link)).map(({ therapistId }) => therapistId).sort()).toEqual(['jun', 'mira']);
  });

  it('can move one date with a repair to a trained therapist, and with no other repair', async () => {
    const link = await book('mira');
    await answer(link, { yes: ['pregnant'] });
    const [first, second] = await datesOf(link);
    const moved = (therapistId: string) => {
      const repair = { position: 2, choice: 'move' as const, startsAt: second!.startAt - 3_600_000, therapistId };
      const request = { uid: first!.id, startsAt: first!.startAt + 3_600_000, scope: 'all' as const };
      return moveToAllowedTherapists(link, { ...request, repairs: [repair] }, clock);
    };
    expect(await moved('jun')).toEqual({ ok: false, reason: 'held_back' });
    expect(await moved('mira')).toMatchObject({ ok: true });
  });

  it('is proposed no time with an untrained therapist when a date clashes', async () => {
    const link = await book('mira');
    const [first, second] = await datesOf(link);
    const LATER = 2 * 3_600_000;
    const inTheWay = makeSeriesRequest([second!.startAt + LATER], { serviceId: 'swedish', therapistId: 'mira' });
    const other = { ...inTheWay, client: { name: 'Ben Byrne', email: 'ben@example.org' } };
    expect(await bookSeries(ANONYMOUS_VIEWER, other, clock)).toMatchObject({ ok: true });
    const request = { uid: first!.id, startsAt: first!.startAt + LATER, scope: 'all' as const };
    const named = async () => {
      const proposal = await proposeMoveToAllowedTherapists(link, request, clock);
      const refused = await moveToAllowedTherapists(link, request, clock);
      if (!proposal.ok || refused.ok || refused.reason !== 'taken') throw new Error('Nothing clashed.');
      const clashes = [...proposal.dates.filter(({ clash }) => clash !== null), ...refused.clashes];
      return clashes.map(({ alternatives }) => new Set(alternatives.map(({ therapistId }) => therapistId)));
    };
    for (const therapistIds of await named()) expect(therapistIds.size).toBeGreaterThan(1);
    await answer(link, { yes: ['pregnant'] });
    expect(await named()).toEqual([new Set(['mira']), new Set(['mira'])]);
  });

  it('continues as before with a trained therapist', async () => {
    const link = await book('mira');
    await answer(link, { yes: ['pregnant'] });
    expect(await findWithheldMassageOfPlan(link, clock)).toBeNull();
    expect(await more(link)).toMatchObject({ ok: true });
    expect(await move(link)).toMatchObject({ ok: true });
  });

  it('gets only trained therapists because of a check before a session, until that session is over, marked or not', async () => {
    const link = await book('jun');
    await answer(link, {});
    const [first] = (await datesOf(link)).sort((a, b) => a.startAt - b.startAt);
    const results = {
      uid: first!.id,
      seen: 0,
      isNew: true as const,
      yes: ['pregnant'],
      unsure: [],
      none: false,
      about: {},
    };
    expect(await saveSessionCheck(link, results, { now: first!.startAt - 1 })).toMatchObject({ ok: true });
    for (const [now, trained] of [
      [first!.endAt - 1, ['mira']],
      [first!.endAt, null],
    ] as const) {
      expect((await findPrenatalTherapistsForClient(link, { now }))?.therapistIds ?? null).toEqual(trained);
      const who = { clientId: first!.clientId, serviceId: 'swedish', therapistId: 'jun' };
      expect(await isMassageWithheldFrom(who, { now })).toBe(trained !== null);
    }
  });

  it('is offered no freed time with an untrained therapist', async () => {
    const link = await book('jun');
    await answer(link, { yes: ['pregnant'] });
    const who = { clientId: await clientOf(link), serviceId: 'swedish' };
    expect(await isMassageWithheldFrom({ ...who, therapistId: 'jun' }, clock)).toBe(true);
    expect(await isMassageWithheldFrom({ ...who, therapistId: 'mira' }, clock)).toBe(false);
  });

  it('may stay with their own therapist once it was discussed, but may choose no other untrained one', async () => {
    const link = await book('jun');
    await answer(link, { yes: ['pregnant'] });
    const settled = { clientId: await clientOf(link), at: NOW };
    expect(await markAnswersDiscussed(OWNER_VIEWER, settled, clock)).toMatchObject({ ok: true });
    expect((await findPrenatalTherapistsForClient(link, clock))?.therapistIds.sort()).toEqual(['jun', 'mira']);
    expect(await more(link)).toMatchObject({ ok: true });
    expect(await move(link, 'aoife')).toEqual({ ok: false, reason: 'held_back' });
  });

  it('can be moved by staff to any therapist', async () => {
    const link = await book('jun');
    await answer(link, { yes: ['pregnant'] });
    expect(await move(link, 'jun', OWNER_VIEWER)).toMatchObject({ ok: true });
  });
});

describe('a client whose answers cannot be read here', () => {
  const UNREADABLE = 'A'.repeat(48);
  const drop = () => db.write((tx) => tx.update(intakes).set({ sealedIntake: UNREADABLE }));

  it('may be pregnant: they can choose only trained therapists, and read why', async () => {
    const link = await book('jun');
    await answer(link, {});
    expect(await findPrenatalTherapistsForClient(link, clock)).toBeNull();
    await drop();
    expect(await findPrenatalTherapistsForClient(link, clock)).toEqual({
      therapistIds: ['mira'],
      isPregnancyStated: false,
    });
    expect(await move(link, 'jun')).toEqual({ ok: false, reason: 'held_back' });
    expect(await more(link)).toEqual({ ok: false, reason: 'held_back' });
    const why = expect.stringContaining('cannot open what you said');
    expect(await findWithheldMassageOfPlan(link, clock)).toEqual({ serviceId: 'swedish', why });
    const limits = await findHealthBookingLimits(link, clock);
    expect(limits && (await describeHealthLimits(limits)).at(-1)).toEqual({ names: [], why });
    expect(await findDatesWithUntrainedTherapist(OWNER_VIEWER, await clientOf(link), clock)).toMatchObject({
      isPregnancyStated: false,
      dates: [{}, {}],
    });
    const freed = { clientId: await clientOf(link), serviceId: 'swedish', therapistId: 'jun' };
    expect(await isMassageWithheldFrom(freed, clock)).toBe(true);
    expect(await move(link, 'mira')).toMatchObject({ ok: true });
  });

  it('may stay with their own therapist once it was discussed, and has a free choice once they answer again', async () => {
    const link = await book('jun');
    await answer(link, {});
    const settled = { clientId: await clientOf(link), at: NOW };
    await markAnswersDiscussed(OWNER_VIEWER, settled, clock);
    await drop();
    expect((await findPrenatalTherapistsForClient(link, clock))?.therapistIds.sort()).toEqual(['jun', 'mira']);
    await answer(link, {}, { now: NOW + 1 });
    expect(await findPrenatalTherapistsForClient(link, clock)).toBeNull();
  });

  it('needs a call if the check before a session said so, which then has to be discussed', async () => {
    const link = await book('jun');
    await answer(link, {});
    const [first] = (await datesOf(link)).sort((a, b) => a.startAt - b.startAt);
    const now = first!.startAt - 1;
    const none = { yes: [], unsure: [], none: true, about: {} };
    await saveSessionCheck(link, { uid: first!.id, seen: 0, isNew: false, ...none }, { now });
    const status = async () => await getClientHealthStatus(OWNER_VIEWER, first!.clientId, { now });
    expect(await status()).toMatchObject({ level: 'answered', sheet: { next: { answer: { urgency: null } } } });
    await db.write((tx) => tx.update(sessionChecks).set({ sealedBefore: UNREADABLE }));
    expect(await status()).toMatchObject({
      level: 'needs_call',
      sheet: { next: { answer: { urgency: 'talk_first' } } },
    });
    expect(await findPrenatalTherapistsForClient(link, { now })).toEqual({
      therapistIds: ['mira'],
      isPregnancyStated: false,
    });
  });
});

describe('the dates of a pregnant client with an untrained therapist', () => {
  it('are listed, with the trained therapists, for those who treat the client and nobody else', async () => {
    const link = await book('jun');
    const clientId = await clientOf(link);
    expect(await findDatesWithUntrainedTherapist(OWNER_VIEWER, clientId, clock)).toBeNull();
    await answer(link, { yes: ['pregnant'] });
    const found = { dates: [{ therapist: expect.stringContaining('Jun') }, {}], trained: [{ id: 'mira' }] };
    for (const viewer of [OWNER_VIEWER, therapistViewer('jun')])
      expect((await getClientHealthStatus(viewer, clientId, clock))?.sheet?.untrained).toMatchObject(found);
    expect(await getClientHealthStatus(DESK_VIEWER, clientId, clock)).toEqual({ level: 'needs_call', sheet: null });
    expect(await findDatesWithUntrainedTherapist(therapistViewer('tom'), clientId, clock)).toBeNull();
  });

  it('are none once they are with a trained therapist', async () => {
    const link = await book('mira');
    await answer(link, { yes: ['pregnant'] });
    expect(await findDatesWithUntrainedTherapist(OWNER_VIEWER, await clientOf(link), clock)).toMatchObject({
      dates: [],
    });
    expect(await (await reader()).select().from(series)).toHaveLength(1);
  });
});

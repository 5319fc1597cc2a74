import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { getCalendar } from '@/db/appointments/calendar';
import { bookSeries } from '@/db/booking/book-series';
import { findViewerByUserId } from '@/db/messages/sign-in';
import { listServices } from '@/db/practice/services';
import { appointments, calendarFeeds, outbox, services, sessions, therapists, users } from '@/db/schema';
import { insertTestAppointment, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, makeSeriesRequest, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import type { StrandedBookingDecisions } from './stranded-bookings';
import { addMember, bringBackMember, listTeam, removeMember, saveMember } from './team';
import type { TeamMemberFormInput } from './team-member-schema';

const db = setUpTestDatabase({ now: NOW });
const clock = { now: NOW };
const UNDECIDED: StrandedBookingDecisions = { seen: [], cancelling: [] };

const memberOf = async (id: string) => (await listTeam(OWNER_VIEWER)).find((member) => member.id === id)!;
async function save(id: string, form: Partial<TeamMemberFormInput>, decision = UNDECIDED, mark?: string) {
  const member = await memberOf(id);
  const text = (value: number | null) => (value === null ? '' : `${value}`);
  const input: TeamMemberFormInput = {
    ...member,
    role: member.role ?? '',
    capDayMinutes: text(member.capDayMinutes),
    capWeekMinutes: text(member.capWeekMinutes),
    capDeepDayMinutes: text(member.capDeepDayMinutes),
    capDeepWeekMinutes: text(member.capDeepWeekMinutes),
    prices: {},
    ...form,
  };
  return saveMember(OWNER_VIEWER, { id, mark: mark ?? member.mark, form: input, decision }, clock);
}
const signIn = (userId: string) =>
  db.write((tx) => tx.insert(sessions).values({ sessionToken: `of ${userId}`, userId, expires: new Date(NOW * 2) }));
const signedIn = async () => (await db.connection().reader.select().from(sessions)).map(({ userId }) => userId).sort();
const plant = () =>
  db.write((tx) => insertTestAppointment(tx, { id: 'booked', on: '2026-12-01', time: '18:00', therapistId: 'mira' }));
const anotherOwner = () => db.write((tx) => tx.update(users).set({ role: 'owner' }).where(eq(users.id, 'nora')));

describe('a new team member', () => {
  it('signs in with their role; a therapist also gets an unused id and colour', async () => {
    const added = await addMember(
      OWNER_VIEWER,
      { name: 'Dr. Mira Óg', email: 'New@Example.org', role: 'therapist' },
      clock,
    );
    if (!added.ok) throw new Error(JSON.stringify(added));
    expect(added.email).toBe('new@example.org');
    const member = await memberOf(added.id);
    expect(member).toMatchObject({ role: 'therapist', therapistId: 'mira-2', givesMassages: true, serviceIds: [] });
    const colours = (await listTeam(OWNER_VIEWER))
      .filter(({ givesMassages }) => givesMassages)
      .map((member) => member.colour);
    expect(new Set(colours).size).toBe(colours.length);
    expect(await findViewerByUserId(added.id)).toMatchObject({ role: 'therapist', therapistId: 'mira-2' });
  });

  it('may have been a client before, but may not work here already', async () => {
    const ana = { name: 'Ana Costa', email: 'ana@example.org', role: 'front_desk' };
    expect(await addMember(OWNER_VIEWER, ana, clock)).toMatchObject({ ok: true, id: 'ana' });
    expect(await findViewerByUserId('ana')).toMatchObject({ role: 'front_desk' });
    expect(await addMember(OWNER_VIEWER, ana, clock)).toMatchObject({ issues: [{ path: ['email'] }] });
    expect(await addMember(OWNER_VIEWER, { name: '', email: 'x', role: 'client' }, clock)).toMatchObject({
      issues: [{ path: ['name'] }, { path: ['email'] }, { path: ['role'] }],
    });
  });
});

describe('the settings of a therapist', () => {
  it('decide what is offered with them; only prices that differ from the usual are stored', async () => {
    const form = {
      about: 'Calm.',
      serviceIds: ['swedish'],
      prices: { 'swedish.60': '75', 'swedish.90': '96.00', 'sports.60': '99', 'swedish.45': '50' },
      capDayMinutes: '300',
      trainedForPregnancy: true,
    };
    expect(await save('mira', form)).toEqual({ ok: true, id: 'mira' });
    expect(await memberOf('mira')).toMatchObject({
      trainedForPregnancy: true,
      about: 'Calm.',
      serviceIds: ['swedish'],
      prices: [{ serviceId: 'swedish', minutes: 60, priceCents: 7500 }],
      capDayMinutes: 300,
      capWeekMinutes: null,
    });
    await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-01', '18:00')), clock);
    expect((await db.connection().reader.select().from(appointments))[0]).toMatchObject({ priceCents: 7500 });
  });

  it('are refused with an error at each wrong field, and after somebody else has saved them', async () => {
    const bad = { name: '', colour: '#ff0000', capDayMinutes: 'five', prices: { 'swedish.60': 'much' } };
    const refused = await save('mira', bad);
    if (refused.ok || refused.reason !== 'invalid') throw new Error(JSON.stringify(refused));
    expect(refused.issues.map(({ path }) => path.join('.')).sort()).toEqual(
      ['capDayMinutes', 'colour', 'name', 'prices.swedish.60'].sort(),
    );
    const { mark } = await memberOf('mira');
    await save('mira', { about: 'Sooner.' });
    expect(await save('mira', { about: 'Later.' }, UNDECIDED, mark)).toEqual({ ok: false, reason: 'changed' });
  });

  it('are refused where a week would have less than one day of it', async () => {
    const issuesOf = async (caps: Partial<TeamMemberFormInput>) => {
      const result = await save('mira', caps);
      return result.ok || result.reason !== 'invalid' ? result.ok : result.issues;
    };
    expect(await issuesOf({ capDayMinutes: '100', capWeekMinutes: '50' })).toEqual([
      { path: ['capWeekMinutes'], message: 'A week cannot have less than one day, which is 100 minutes.' },
    ]);
    expect(await issuesOf({ capDeepDayMinutes: '90', capDeepWeekMinutes: '89', name: '' })).toMatchObject([
      { path: ['name'] },
      { path: ['capDeepWeekMinutes'], message: 'A week cannot have less than one day, which is 90 minutes.' },
    ]);
    expect((await memberOf('mira')).capWeekMinutes).toBeNull();
    const caps = { capDayMinutes: '100', capWeekMinutes: '100', capDeepDayMinutes: '', capDeepWeekMinutes: '60' };
    expect(await issuesOf(caps)).toBe(true);
  });

  it('list the booked dates of a massage before the therapist stops giving it', async () => {
    await plant();
    const without = { serviceIds: ['sports'] };
    expect(await save('mira', without)).toMatchObject({ reason: 'stranded', dates: [{ uid: 'booked' }] });
    const seen = [{ uid: 'booked', version: 1 }];
    expect(await save('mira', without, { seen, cancelling: [] })).toMatchObject({ ok: true });
    expect((await db.connection().reader.select().from(appointments))[0]).toMatchObject({ status: 'booked' });
  });
});

describe('a stranded date', () => {
  const statesOf = async () =>
    (await db.connection().reader.select().from(appointments)).map(({ id, therapistId, startAt, status }) => {
      return { id, therapistId, startAt, status };
    });

  it('moves to a colleague at the same hour when that is decided, and its client is told', async () => {
    await plant();
    const startAt = instantAt('2026-12-01', '18:00');
    const request = await removeMember(OWNER_VIEWER, 'mira', UNDECIDED, clock);
    if (request.ok || request.reason !== 'stranded') throw new Error(JSON.stringify(request));
    const place = request.dates[0]!.places[0];
    expect(place).toMatchObject({ startsAt: startAt });
    expect(place!.therapistId).not.toBe('mira');
    const seen = [{ uid: 'booked', version: 1 }];
    const elsewhere = [{ uid: 'booked', startsAt: place!.startsAt, therapistId: place!.therapistId }];
    expect(await removeMember(OWNER_VIEWER, 'mira', { seen, cancelling: [], elsewhere }, clock)).toEqual({ ok: true });
    expect(await statesOf()).toEqual([{ id: 'booked', therapistId: place!.therapistId, startAt, status: 'booked' }]);
    expect((await db.connection().reader.select().from(outbox)).length).toBeGreaterThan(0);
  });

  it('moves to a colleague even if its massage was retired before', async () => {
    await plant();
    await db.write((tx) => tx.update(services).set({ isActive: false }).where(eq(services.id, 'swedish')));
    const request = await removeMember(OWNER_VIEWER, 'mira', UNDECIDED, clock);
    if (request.ok || request.reason !== 'stranded') throw new Error(JSON.stringify(request));
    const { startsAt, therapistId } = request.dates[0]!.places[0]!;
    const decision = { seen: [{ uid: 'booked', version: 1 }], cancelling: [] };
    const elsewhere = [{ uid: 'booked', startsAt, therapistId }];
    expect(await removeMember(OWNER_VIEWER, 'mira', { ...decision, elsewhere }, clock)).toEqual({ ok: true });
    expect(await statesOf()).toEqual([{ id: 'booked', therapistId, startAt: startsAt, status: 'booked' }]);
  });

  it('never moves to a therapist who no longer gives the massage, nor to a time that nobody can give', async () => {
    await plant();
    const request = await save('mira', { serviceIds: ['sports'] });
    if (request.ok || request.reason !== 'stranded') throw new Error(JSON.stringify(request));
    const place = request.dates[0]!.places[0];
    expect(place!.therapistId).not.toBe('mira');
    const seen = [{ uid: 'booked', version: 1 }];
    const decide = (startsAt: number, therapistId: string) =>
      save(
        'mira',
        { serviceIds: ['sports'] },
        { seen, cancelling: [], elsewhere: [{ uid: 'booked', startsAt, therapistId }] },
      );
    const before = await statesOf();
    expect(await decide(place!.startsAt, 'mira'), 'who does not give it').toMatchObject({ reason: 'stranded' });
    expect(await decide(instantAt('2026-12-01', '03:00'), place!.therapistId)).toMatchObject({ reason: 'stranded' });
    expect(await statesOf(), 'nothing was changed').toEqual(before);
    expect((await memberOf('mira')).serviceIds).toContain('swedish');
    expect(await decide(place!.startsAt, place!.therapistId)).toMatchObject({ ok: true });
  });
});

describe('a change of role', () => {
  it('ends the sessions of that member, and of nobody else', async () => {
    await signIn('mira');
    await signIn('ruth');
    expect(await save('mira', { role: 'owner', givesMassages: true })).toMatchObject({ ok: true });
    expect(await signedIn()).toEqual(['ruth']);
    expect(await findViewerByUserId('mira')).toMatchObject({ role: 'owner', therapistId: 'mira' });
    expect(await save('mira', { role: 'front_desk' })).toMatchObject({ ok: true });
    expect((await listServices())[0]!.therapists).not.toContain('mira');
  });

  it('is refused to owners for themselves, and for the last owner', async () => {
    expect(await save('ruth', { role: 'therapist' })).toEqual({ ok: false, reason: 'yourself' });
    const stranger = { ...OWNER_VIEWER, userId: 'nora' };
    const { mark } = await memberOf('ruth');
    const form = { ...(await memberOf('ruth')), role: 'front_desk', prices: {} } as unknown as TeamMemberFormInput;
    const caps = { capDayMinutes: '', capWeekMinutes: '', capDeepDayMinutes: '', capDeepWeekMinutes: '' };
    const request = { id: 'ruth', mark, form: { ...form, ...caps }, decision: UNDECIDED };
    expect(await saveMember(stranger, request, clock)).toEqual({ ok: false, reason: 'last_owner' });
    await anotherOwner();
    expect(await saveMember(stranger, request, clock)).toMatchObject({ ok: true });
  });
});

describe('a member who leaves', () => {
  it('is signed out and can no longer be booked, once the owner has seen each of their dates', async () => {
    await plant();
    await signIn('mira');
    expect(await removeMember(OWNER_VIEWER, 'mira', UNDECIDED, clock)).toMatchObject({
      reason: 'stranded',
      dates: [{ uid: 'booked', clientName: 'Nia Walsh' }],
    });
    expect(await signedIn()).toEqual(['mira']);
    const seen = [{ uid: 'booked', version: 1 }];
    await db.write((tx) =>
      tx
        .insert(calendarFeeds)
        .values({ id: 'feed', tokenHash: 'hash', therapistId: 'mira', detail: 'busy', createdAt: NOW }),
    );
    expect(await removeMember(OWNER_VIEWER, 'mira', { seen, cancelling: [] }, clock)).toEqual({ ok: true });
    expect(await db.connection().reader.select().from(calendarFeeds)).toEqual([]);
    expect(await signedIn()).toEqual([]);
    expect(await findViewerByUserId('mira')).toMatchObject({ role: 'client' });
    expect((await listServices())[0]!.therapists).not.toContain('mira');
    // The dates that they still have are shown on their day, and the therapist on no other day.
    const shown = async (from: string, to: string) =>
      (await getCalendar(OWNER_VIEWER, { from, to, whose: 'everyone' })).therapists.map(({ id }) => id);
    expect(await shown('2026-12-01', '2026-12-02')).toContain('mira');
    expect(await shown('2026-12-02', '2026-12-03')).not.toContain('mira');
    expect((await memberOf('mira')).role).toBeNull();
    const inactiveSince = async () => {
      const found = await db.connection().reader.select().from(therapists).where(eq(therapists.id, 'mira'));
      return found[0]!.inactiveSince;
    };
    expect(await inactiveSince()).toBe(clock.now);
    expect(await bringBackMember(OWNER_VIEWER, 'mira', clock)).toBe(true);
    expect(await inactiveSince()).toBeNull();
    expect(await findViewerByUserId('mira')).toMatchObject({ role: 'therapist' });
  });

  it('leaves suggestions that keep to the caps of colleagues, and name the limit where there is no other', async () => {
    await db.write(async (tx) => {
      const date = { on: '2026-12-01', therapistId: 'jun', roomId: 'loft' } as const;
      for (const time of ['12:00', '15:30', '18:00'])
        await insertTestAppointment(tx, { ...date, id: time, time, client: time });
      await tx.update(therapists).set({ capDayMinutes: 60, capWeekMinutes: 120 });
    });
    const suggestions = async () => {
      const asked = await removeMember(OWNER_VIEWER, 'jun', UNDECIDED, clock);
      if (asked.ok || asked.reason !== 'stranded') throw new Error(JSON.stringify(asked));
      return asked.dates.map(({ places }) => places[0]!);
    };
    const within = await suggestions();
    expect(within.map(({ exceeds }) => exceeds)).toEqual([undefined, undefined, undefined]);
    const days = within.map(({ startsAt, therapistId }) => `${therapistId} ${Math.floor(startsAt / 86_400_000)}`);
    expect(new Set(days).size).toBe(3);
    await db.write((tx) => tx.update(therapists).set({ capDayMinutes: null, capWeekMinutes: 30 }));
    const exceeds = [{ cap: 'weekMinutes', minutes: 30 }];
    expect(await suggestions()).toMatchObject([{ exceeds }, { exceeds }, { exceeds }]);
  });

  it('may work at the front desk, but cannot be oneself or the last owner', async () => {
    await signIn('nora');
    expect(await removeMember(OWNER_VIEWER, 'nora', UNDECIDED, clock)).toEqual({ ok: true });
    expect(await signedIn()).toEqual([]);
    expect((await listTeam(OWNER_VIEWER)).map(({ id }) => id)).not.toContain('nora');
    expect(await removeMember(OWNER_VIEWER, 'ruth', UNDECIDED, clock)).toEqual({ ok: false, reason: 'yourself' });
    const stranger = { ...OWNER_VIEWER, userId: 'nora' };
    expect(await removeMember(stranger, 'ruth', UNDECIDED, clock)).toEqual({ ok: false, reason: 'last_owner' });
    expect(await removeMember(OWNER_VIEWER, 'nobody', UNDECIDED, clock)).toEqual({ ok: false, reason: 'not_found' });
  });
});

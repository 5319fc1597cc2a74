import { eq, ne } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { isConfirmedEmailAddress } from '@/db/access/confirmed-email-addresses';
import { makeOfferToken, makeWaitlistToken } from '@/db/access/emailed-link-tokens';
import { getSeries } from '@/db/appointments/series';
import { audit } from '@/db/audit';
import { addTimeOff } from '@/db/booking/add-time-off';
import { bookSeries } from '@/db/booking/book-series';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import { closeDays, reopenDay } from '@/db/booking/close-and-reopen-days';
import { handOverDates, previewHandOver } from '@/db/booking/hand-over-dates';
import { holdTimes } from '@/db/booking/holds';
import { moveAppointments } from '@/db/booking/move-appointments';
import { previewHours, saveHours } from '@/db/booking/save-hours';
import { listTimeOff, removeTimeOff } from '@/db/booking/time-off';
import { undoBulkChange } from '@/db/booking/undo-bulk-change';
import { setHoldExpiry } from '@/db/claims/claims';
import { recordFreedTimes } from '@/db/claims/freed-times';
import { offerHoldName } from '@/db/claims/hold-names';
import { prepareMailFacts } from '@/db/delivery/prepare-mail-facts';
import {
  appointments,
  auditEvents,
  bouncedAddresses,
  clients,
  freedTimes,
  outbox,
  practices,
  roomServices,
  waitlistEntries,
  waitlistOffers,
} from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import {
  ANONYMOUS_VIEWER,
  DESK_VIEWER,
  linkViewer,
  listWeeklyInstants,
  makeSeriesRequest,
  NOW,
  OWNER_VIEWER,
  therapistViewer,
} from '@/db/testing/test-requests';
import { addToWaitlist, bookAs, makeJoinRequest } from '@/db/testing/test-waitlist';
import { ANY_DAY_PART } from '@/scheduling/waitlist-matching';
import { acceptOffer } from './accept-offer';
import { confirmEntryByLink, leaveWaitlistByEntryLink } from './confirm-and-end-entries';
import { declineOffer, withdrawOffer } from './decline-offer';
import { joinWaitlist, joinWaitlistForSooner } from './join-waitlist';
import { offerFreedTime } from './offer-freed-time';
import { recordFreedByRuleChange } from './record-freed-by-rule-change';
import { answerOfferAsStaff, confirmEntryAsStaff, offerByHand } from './staff-waitlist-actions';
import { countFilledSessions, listOpenOffers, listPossibleOffersForEntry, listWaitlist } from './waiting-clients';
import { findEntryByLink, listSkipsHeld } from './waitlist-link-views';

const db = setUpTestDatabase({ now: NOW });
const MINUTE = 60_000;
const SIX = instantAt('2026-12-01', '18:00');
const SETTLED = NOW + 6 * MINUTE;

const read = () => db.connection().reader;
const offers = () => read().select().from(waitlistOffers).orderBy(waitlistOffers.createdAt, waitlistOffers.id);
const openOffers = async () => (await offers()).filter(({ answeredAt }) => answeredAt === null);
const offerOf = async (entryId: string) => (await offers()).filter((offer) => offer.entryId === entryId).at(-1);
const look = (now = SETTLED, worker = 'one') => offerFreedTime(worker, now, async () => false);
const cancel = (uid: string, now = NOW, scope: 'this' | 'all' = 'this') =>
  cancelAppointments(OWNER_VIEWER, { uid, scope }, { now });
const uidOf = (booked: { appointments: { uid: string }[] }, k = 0) => booked.appointments[k]!.uid;

/** Forgets time that is free already, which these tests are not about. */
async function settle(now = NOW) {
  await db.write((tx) => tx.delete(freedTimes));
  return now;
}

/** Marks all mail as sent. */
const sendAll = () => db.write((tx) => tx.update(outbox).set({ sentAt: NOW }));

describe('freed time', () => {
  it('is offered to the client on the list, but only after it has stayed free for five minutes', async () => {
    const booked = await bookAs('Nia Walsh', SIX, NOW);
    const entryId = await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
    await settle();
    await cancel(uidOf(booked));
    expect(await look(NOW + 4 * MINUTE)).toBe(0);
    expect(await look()).toBe(1);
    expect(await offerOf(entryId)).toMatchObject({
      firstStartAt: SIX,
      therapistId: 'mira',
      expiresAt: SETTLED + 30 * MINUTE,
      answeredAt: null,
    });
    expect(await audit({ now: SETTLED })).toEqual([]);
    const mail = await read().select().from(outbox).where(eq(outbox.toEmail, 'ana.costa@example.org'));
    expect(mail.map(({ facts }) => facts)).toMatchObject([
      { kind: 'waitlist', state: 'joined' },
      { kind: 'waitlist', state: 'offer', starts: [SIX], therapist: 'Mira Kovač' },
    ]);
  });

  it('is held while it is offered: nobody else can book it, and its client can accept it', async () => {
    const booked = await bookAs('Nia Walsh', SIX, NOW);
    const entryId = await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
    await settle();
    await cancel(uidOf(booked));
    await look();
    await expect(bookAs('Tom Kelly', SIX, SETTLED)).rejects.toThrow('taken');
    const offer = await offerOf(entryId);
    const accepted = await acceptOffer(makeOfferToken(offer!.id), { now: SETTLED + MINUTE });
    if (!accepted.ok) throw new Error(accepted.reason);
    const series = await getSeries(OWNER_VIEWER, accepted.seriesId);
    expect(series!.appointments).toMatchObject([{ startsAt: SIX, status: 'booked', therapist: { id: 'mira' } }]);
    expect(await offerOf(entryId)).toMatchObject({ answer: 'accepted', seriesId: accepted.seriesId });
    const [entry] = await read().select().from(waitlistEntries);
    expect(entry).toMatchObject({ endedAs: 'booked' });
    // Accepting twice books once.
    expect(await acceptOffer(makeOfferToken(offer!.id), { now: SETTLED + MINUTE })).toEqual({
      ok: false,
      reason: 'gone',
    });
  });

  it('goes to the next client after a refusal or no answer, and not to the same one again', async () => {
    const booked = await bookAs('Nia Walsh', SIX, NOW);
    const first = await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
    const second = await addToWaitlist('Bea Lynch', NOW + 1, { untilOn: '2026-12-01' });
    const third = await addToWaitlist('Cora Daly', NOW + 2, { untilOn: '2026-12-01' });
    await settle();
    await cancel(uidOf(booked));
    await look();
    expect((await openOffers()).map(({ entryId }) => entryId)).toEqual([first]);
    const token = makeOfferToken((await offerOf(first))!.id);
    expect(await declineOffer(token, { now: SETTLED + MINUTE })).toEqual({ ok: true });
    expect(await declineOffer(token, { now: SETTLED + MINUTE })).toEqual({ ok: false, reason: 'gone' });
    expect(await look(SETTLED + MINUTE)).toBe(1);
    expect((await openOffers()).map(({ entryId }) => entryId)).toEqual([second]);
    await sendAll();
    expect(await look(SETTLED + 30 * MINUTE)).toBe(0);
    expect(await look(SETTLED + 31 * MINUTE)).toBe(1);
    await sendAll();
    expect(await offerOf(second)).toMatchObject({ answer: 'expired' });
    expect((await openOffers()).map(({ entryId }) => entryId)).toEqual([third]);
    expect(await look(SETTLED + 62 * MINUTE)).toBe(0);
    expect(await openOffers()).toEqual([]);
    expect(await read().select().from(freedTimes)).toEqual([]);
    expect(await audit({ now: SETTLED + 62 * MINUTE })).toEqual([]);
  });

  it('cannot be accepted after its deadline, even before a worker has ended it', async () => {
    const booked = await bookAs('Nia Walsh', SIX, NOW);
    const entryId = await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
    await settle();
    await cancel(uidOf(booked));
    await look();
    const offer = await offerOf(entryId);
    expect(await acceptOffer(makeOfferToken(offer!.id), { now: offer!.expiresAt })).toEqual({
      ok: false,
      reason: 'gone',
    });
    await bookAs('Tom Kelly', SIX, offer!.expiresAt);
    expect(await look(offer!.expiresAt + MINUTE)).toBe(0);
  });

  it('is not offered while somebody holds it to book, and is when the hold ends', async () => {
    const booked = await bookAs('Nia Walsh', SIX, NOW);
    await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
    await settle();
    await cancel(uidOf(booked));
    const holder = { key: 'plan', browser: 'browser', sender: '203.0.113.7' };
    const held = await holdTimes(makeSeriesRequest(SIX), holder, { now: SETTLED - MINUTE });
    if (!held.ok) throw new Error(held.reason);
    expect(await look()).toBe(0);
    expect(await look(held.expiresAt)).toBe(1);
  });

  it('is not offered when it was taken again meanwhile, as when a date is dragged away and back', async () => {
    const booked = await bookAs('Nia Walsh', SIX, NOW);
    await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
    await settle();
    const move = (startsAt: number) =>
      moveAppointments(OWNER_VIEWER, { uid: uidOf(booked), startsAt, scope: 'this' }, { now: NOW });
    expect(await move(instantAt('2026-12-01', '12:00'))).toMatchObject({ ok: true });
    expect(await move(SIX)).toMatchObject({ ok: true });
    expect(await look()).toBe(0);
  });

  it.each([
    [
      'a date is moved away',
      async (uid: string) =>
        moveAppointments(
          OWNER_VIEWER,
          { uid, startsAt: instantAt('2026-12-01', '12:00'), scope: 'this' },
          { now: NOW },
        ),
    ],
    [
      'its client cancels',
      async (uid: string, seriesId: string) =>
        cancelAppointments(linkViewer(seriesId), { uid, scope: 'this' }, { now: NOW }),
    ],
  ])('is recorded when %s', async (_, free) => {
    const booked = await bookAs('Nia Walsh', SIX, NOW);
    const entryId = await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
    await settle();
    expect(await free(uidOf(booked), booked.seriesId)).toMatchObject({ ok: true });
    expect(await look()).toBe(1);
    expect(await offerOf(entryId)).toMatchObject({ firstStartAt: SIX });
  });

  it('is recorded when time off is removed', async () => {
    const leave = {
      therapistIds: ['mira'],
      start: instantAt('2026-12-01', '00:00'),
      end: instantAt('2026-12-02', '00:00'),
      kind: 'leave' as const,
    };
    expect(await addTimeOff(OWNER_VIEWER, leave, { now: NOW })).toMatchObject({ ok: true });
    const entryId = await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
    await settle();
    const [off] = await listTimeOff(OWNER_VIEWER, { now: NOW });
    await removeTimeOff(OWNER_VIEWER, off!.id, { now: NOW });
    expect(await look()).toBe(1);
    expect(await offerOf(entryId)).toMatchObject({ firstStartAt: SIX });
  });

  it('is recorded when a closed day is reopened, and when working hours are extended', async () => {
    const day = { on: '2026-12-01', name: 'Outing' };
    const closing = { days: [day], decisions: [] };
    expect(await closeDays(OWNER_VIEWER, closing, { now: NOW })).toMatchObject({ ok: true });
    const entryId = await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
    await settle();
    await reopenDay(OWNER_VIEWER, day.on, { now: NOW });
    expect(await look()).toBe(1);
    expect(await offerOf(entryId)).toMatchObject({ firstStartAt: SIX });

    // Nobody works on Sundays.
    const sunday = { fromOn: '2026-12-06', untilOn: '2026-12-06', atTime: '12:00' };
    const second = await addToWaitlist('Bea Lynch', NOW, sunday);
    await settle();
    const change = {
      ...{ kind: 'days' as const, therapistId: 'mira', from: '2026-12-06', until: '2026-12-06' },
      hours: [['12:00', '14:00']] as [string, string][],
    };
    const planned = await previewHours(OWNER_VIEWER, change, { now: NOW });
    if (!planned.ok) throw new Error(JSON.stringify(planned));
    await saveHours(OWNER_VIEWER, { change, seen: planned.seen, decisions: [] }, { now: NOW });
    expect(await look()).toBe(1);
    expect(await offerOf(second)).toMatchObject({ firstStartAt: instantAt('2026-12-06', '12:00') });
  });

  it('that already exists is offered to a new request', async () => {
    const entryId = await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
    expect(await look()).toBe(1);
    expect(await offerOf(entryId)).toMatchObject({ firstStartAt: SIX });
  });

  it('is held for a shorter time close to its start, and not offered at all when too little time is left', async () => {
    const booked = await bookAs('Nia Walsh', SIX, NOW);
    const entryId = await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
    await settle();
    const late = SIX - 2 * 60 * MINUTE - 20 * MINUTE;
    await cancel(uidOf(booked), late);
    expect(await look(late + 5 * MINUTE)).toBe(1);
    expect(await offerOf(entryId)).toMatchObject({ expiresAt: SIX - 2 * 60 * MINUTE });
    expect(await look(SIX - 2 * 60 * MINUTE)).toBe(0);
  });
});

describe('the order of offers', () => {
  /** Books Ana's Tuesdays at 18:00 except the second, which Nia has. */
  async function skipSecond() {
    const starts = listWeeklyInstants('2026-12-01', '18:00', 3);
    const inTheWay = await bookAs('Nia Walsh', starts[1]!, NOW);
    const plan = await bookSeries(
      ANONYMOUS_VIEWER,
      makeSeriesRequest([starts[0]!, starts[2]!], {
        appointments: [0, 2].map((k) => ({
          position: k + 1,
          startsAt: starts[k]!,
          therapistId: 'mira',
          serviceId: 'swedish',
        })),
        standing: { firstOn: '2026-12-01', time: '18:00', therapistId: 'mira' },
        skipped: [{ position: 2, on: '2026-12-08' }],
      }),
      { now: NOW },
    );
    if (!plan.ok) throw new Error(JSON.stringify(plan));
    return { plan, inTheWay, second: starts[1]! };
  }

  it('puts the client who skipped that date first, then whole standing times, then urgent requests, then age', async () => {
    const { plan, inTheWay, second } = await skipSecond();
    const only = { fromOn: '2026-12-08', untilOn: '2026-12-08' };
    const old = await addToWaitlist('Old Request', NOW, only);
    const urgent = await addToWaitlist('Urgent Request', NOW + 1, { ...only, isUrgent: true });
    await settle();
    await cancel(uidOf(inTheWay));
    await look();
    const [toSkip] = await openOffers();
    expect(toSkip).toMatchObject({ skipSeriesId: plan.seriesId, skipPosition: 2, firstStartAt: second });
    await declineOffer(makeOfferToken(toSkip!.id), { now: SETTLED });
    await look();
    expect((await openOffers()).map(({ entryId }) => entryId)).toEqual([urgent]);
    await declineOffer(makeOfferToken((await openOffers())[0]!.id), { now: SETTLED });
    await look();
    expect((await openOffers()).map(({ entryId }) => entryId)).toEqual([old]);
  });

  it('gives an accepted skipped date its place in the plan again', async () => {
    const { plan, inTheWay } = await skipSecond();
    await cancel(uidOf(inTheWay));
    await look();
    const held = await listSkipsHeld({ role: 'link', seriesId: plan.seriesId }, { now: SETTLED });
    expect([...held]).toEqual([[2, SETTLED + 30 * MINUTE]]);
    const [offer] = await openOffers();
    expect(await acceptOffer(makeOfferToken(offer!.id), { now: SETTLED })).toMatchObject({ seriesId: plan.seriesId });
    const series = await getSeries(OWNER_VIEWER, plan.seriesId);
    expect(series).toMatchObject({
      skipped: [],
      appointments: [{ position: 1 }, { position: 2, status: 'booked' }, {}],
    });
  });

  it('keeps the client who skipped that date first after an unsent e-mail, but not with an undeliverable address', async () => {
    const { plan, inTheWay } = await skipSecond();
    await settle();
    await cancel(uidOf(inTheWay));
    expect(await look()).toBe(1);
    const [first] = await openOffers();
    expect(await look(first!.expiresAt)).toBe(1);
    expect((await offers()).map(({ skipSeriesId, answer }) => [skipSeriesId, answer])).toEqual([
      [plan.seriesId, 'unsent'],
      [plan.seriesId, null],
    ]);
    const [again] = await openOffers();
    const email = (await read().select().from(clients)).find(({ name }) => name === 'Ana Costa')!.email;
    await db.write((tx) => tx.insert(bouncedAddresses).values({ email, bouncedAt: NOW }));
    expect(await look(again!.expiresAt)).toBe(0);
  });

  it('leaves out skipped dates at other hours, too soon, or of a plan that was cancelled', async () => {
    const { plan, inTheWay } = await skipSecond();
    const next = { uid: uidOf(inTheWay), startsAt: instantAt('2026-12-08', '18:15'), scope: 'this' as const };
    expect(await moveAppointments(OWNER_VIEWER, next, { now: NOW })).toMatchObject({ ok: true });
    expect(await look()).toBe(0); // still in the way
    const late = instantAt('2026-12-08', '17:00');
    await cancel(uidOf(inTheWay), late);
    expect(await look(late + 6 * MINUTE)).toBe(0);
    await db.write((tx) => tx.delete(freedTimes));
    const [first] = plan.appointments;
    await cancelAppointments(linkViewer(plan.seriesId), { uid: first!.uid, scope: 'all' }, { now: NOW });
    await db.write((tx) =>
      recordFreedTimes(
        tx,
        [{ therapistId: 'mira', start: instantAt('2026-12-08', '18:00'), end: instantAt('2026-12-08', '20:00') }],
        NOW,
      ),
    );
    expect(await look()).toBe(0);
  });

  it('offers a cancelled standing time of eight as a whole, before any single date of it', async () => {
    const starts = listWeeklyInstants('2026-12-01', '18:00', 8);
    const booked = await bookAs('Nia Walsh', starts, NOW);
    await addToWaitlist('Single Request', NOW, { untilOn: '2027-01-19' });
    const wholeRequest = await addToWaitlist('Whole Request', NOW + 1, {
      cadence: 'weekly',
      sessions: 8,
      untilOn: '2026-12-31',
    });
    await settle();
    await cancel(uidOf(booked), NOW, 'all');
    expect(await look()).toBe(1);
    const offer = await offerOf(wholeRequest);
    expect(offer!.dates.map(({ startsAt }) => startsAt)).toEqual(starts);
    const accepted = await acceptOffer(makeOfferToken(offer!.id), { now: SETTLED });
    if (!accepted.ok) throw new Error(accepted.reason);
    const series = await getSeries(OWNER_VIEWER, accepted.seriesId);
    expect(series).toMatchObject({ cadence: 'weekly', sessions: 8, time: '18:00' });
    expect(series!.appointments.map(({ startsAt }) => startsAt)).toEqual(starts);
  });

  it('gives single dates to other clients when nobody waits for the whole', async () => {
    const starts = listWeeklyInstants('2026-12-01', '18:00', 3);
    const booked = await bookAs('Nia Walsh', starts, NOW);
    for (const name of ['Ana Costa', 'Bea Lynch']) await addToWaitlist(name, NOW);
    await addToWaitlist('Longer Request', NOW, {
      cadence: 'weekly',
      sessions: 4,
      untilOn: '2026-12-15',
      fromOn: '2026-12-01',
    });
    await bookAs('In Theway', instantAt('2026-12-22', '18:00'), NOW);
    await bookAs('In Thetoo', instantAt('2026-12-29', '18:00'), NOW);
    await settle();
    await cancel(uidOf(booked), NOW, 'all');
    expect(await look()).toBe(2);
    expect((await openOffers()).map(({ firstStartAt }) => firstStartAt).sort()).toEqual(starts.slice(0, 2));
  });
});

describe('an offer of something sooner', () => {
  const later = instantAt('2026-12-15', '18:00');

  async function waitSooner() {
    const own = await bookAs('Ana Costa', later, NOW);
    const inTheWay = await bookAs('Nia Walsh', SIX, NOW);
    const joined = await joinWaitlistForSooner(
      OWNER_VIEWER,
      { uid: uidOf(own), therapistId: 'mira', dayParts: 2 ** 21 - 1, isUrgent: false },
      { now: NOW },
    );
    if (!joined.ok) throw new Error(JSON.stringify(joined));
    await settle();
    await cancel(uidOf(inTheWay));
    return { mine: own, entryId: joined.entryId };
  }

  it('moves the later date in the same step when it is accepted', async () => {
    const { mine: own, entryId } = await waitSooner();
    await look();
    const offer = await offerOf(entryId);
    expect(offer!.firstStartAt).toBeLessThan(later);
    expect(await acceptOffer(makeOfferToken(offer!.id), { now: SETTLED })).toMatchObject({ seriesId: own.seriesId });
    const series = await getSeries(OWNER_VIEWER, own.seriesId);
    expect(series!.appointments).toMatchObject([{ startsAt: offer!.firstStartAt, status: 'booked' }]);
  });

  it('is lost when that date is cancelled, and no other is made', async () => {
    const { mine: own, entryId } = await waitSooner();
    await look();
    const offer = await offerOf(entryId);
    await cancel(uidOf(own), SETTLED);
    expect(await acceptOffer(makeOfferToken(offer!.id), { now: SETTLED })).toEqual({ ok: false, reason: 'lost' });
    expect(await offerOf(entryId)).toMatchObject({ answer: 'lost' });
    expect(await look(SETTLED + 6 * MINUTE)).toBe(0);
    expect(await audit({ now: SETTLED })).toEqual([]);
  });
});

describe('a waitlist request', () => {
  const online = { name: 'Zoe Quinn', email: 'zoe@example.org' };

  it('from an unconfirmed address creates no client, and gets no offer until its link is pressed', async () => {
    const joined = await joinWaitlist(ANONYMOUS_VIEWER, makeJoinRequest({ untilOn: '2026-12-01' }), online, {
      now: NOW,
    });
    expect(joined).toMatchObject({ ok: true, mustConfirm: true });
    if (!joined.ok) return;
    expect(await read().select().from(clients).where(eq(clients.email, online.email))).toEqual([]);
    expect(await look()).toBe(0);
    expect(await confirmEntryByLink(makeWaitlistToken(joined.entryId), { now: NOW })).toEqual({ ok: true });
    expect(await confirmEntryByLink(makeWaitlistToken(joined.entryId), { now: NOW })).toEqual({ ok: true });
    expect(await look()).toBe(1);
  });

  it('can be confirmed once by staff for a caller, which does not confirm the address', async () => {
    const joined = await joinWaitlist(ANONYMOUS_VIEWER, makeJoinRequest({ untilOn: '2026-12-01' }), online, {
      now: NOW,
    });
    if (!joined.ok) throw new Error(joined.reason);
    const refused = { ok: false, reason: 'not_found' };
    expect(await confirmEntryAsStaff(therapistViewer('tom'), joined.entryId, { now: NOW })).toEqual(refused);
    expect(await confirmEntryAsStaff(DESK_VIEWER, 'nobody', { now: NOW })).toEqual(refused);
    expect(await look()).toBe(0);
    expect(await confirmEntryAsStaff(therapistViewer('mira'), joined.entryId, { now: NOW })).toEqual({ ok: true });
    expect(await confirmEntryAsStaff(DESK_VIEWER, joined.entryId, { now: NOW })).toEqual(refused);
    expect(await isConfirmedEmailAddress(read(), online.email)).toBe(false);
    const [client] = await read().select().from(clients).where(eq(clients.email, online.email));
    const results = (await read().select().from(auditEvents)).filter(({ action }) => action === 'waits by phone');
    expect(results).toMatchObject([{ subject: `client:${client!.id}`, actor: expect.stringContaining('therapist') }]);
    expect(await look()).toBe(1);
    const seen = () => findEntryByLink(makeWaitlistToken(joined.entryId), { now: NOW });
    expect(await seen()).toMatchObject({ isConfirmed: true, isAddressConfirmed: false, confirmsAddress: true });
    expect(await confirmEntryByLink(makeWaitlistToken(joined.entryId), { now: NOW })).toEqual({ ok: true });
    expect(await isConfirmedEmailAddress(read(), online.email)).toBe(true);
    expect(await seen()).toMatchObject({ isAddressConfirmed: true, confirmsAddress: false });
  });

  it('confirms only the address that its link was sent to, and none where the practice approves each client', async () => {
    const joined = await joinWaitlist(ANONYMOUS_VIEWER, makeJoinRequest(), online, { now: NOW });
    if (!joined.ok) throw new Error(joined.reason);
    const press = () => confirmEntryByLink(makeWaitlistToken(joined.entryId), { now: NOW });
    const seen = () => findEntryByLink(makeWaitlistToken(joined.entryId), { now: NOW });
    await confirmEntryAsStaff(DESK_VIEWER, joined.entryId, { now: NOW });
    const moveTo = (email: string) =>
      db.write((tx) => tx.update(clients).set({ email }).where(eq(clients.name, online.name)));
    await moveTo('new.zoe@example.org');
    expect(await press()).toEqual({ ok: true });
    expect(await seen()).toMatchObject({ isAddressConfirmed: false, confirmsAddress: false });
    for (const email of [online.email, 'new.zoe@example.org'])
      expect(await isConfirmedEmailAddress(read(), email)).toBe(false);
    await moveTo(online.email);
    await db.write((tx) => tx.update(practices).set({ newClients: 'approve' }));
    expect(await press()).toEqual({ ok: true });
    expect(await seen()).toMatchObject({ isAddressConfirmed: false, confirmsAddress: false });
    expect(await isConfirmedEmailAddress(read(), online.email)).toBe(false);
  });

  it('cannot be confirmed once it has ended', async () => {
    const joined = await joinWaitlist(ANONYMOUS_VIEWER, makeJoinRequest(), online, { now: NOW });
    if (!joined.ok) throw new Error(joined.reason);
    await leaveWaitlistByEntryLink(makeWaitlistToken(joined.entryId), { now: NOW });
    expect(await confirmEntryAsStaff(DESK_VIEWER, joined.entryId, { now: NOW })).toEqual({
      ok: false,
      reason: 'not_found',
    });
  });

  it('is refused beyond five for one address, whatever the names', async () => {
    for (let k = 0; k < 5; k++) {
      const joined = await joinWaitlist(DESK_VIEWER, makeJoinRequest(), { ...online, name: `Zoe ${k}` }, { now: NOW });
      expect(joined).toMatchObject({ ok: true });
    }
    expect(await joinWaitlist(ANONYMOUS_VIEWER, makeJoinRequest(), online, { now: NOW })).toEqual({
      ok: false,
      reason: 'too_many',
    });
    const [first] = await read().select().from(waitlistEntries);
    expect(await leaveWaitlistByEntryLink(makeWaitlistToken(first!.id), { now: NOW })).toEqual({ ok: true });
    expect(await joinWaitlist(ANONYMOUS_VIEWER, makeJoinRequest(), online, { now: NOW })).toMatchObject({ ok: true });
  });

  it('releases its offer when its client leaves the list', async () => {
    const entryId = await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
    const next = await addToWaitlist('Bea Lynch', NOW + 1, { untilOn: '2026-12-01' });
    await look();
    expect(await leaveWaitlistByEntryLink(makeWaitlistToken(entryId), { now: SETTLED })).toEqual({ ok: true });
    expect(await leaveWaitlistByEntryLink(makeWaitlistToken(entryId), { now: SETTLED })).toEqual({
      ok: false,
      reason: 'not_found',
    });
    expect(await offerOf(entryId)).toMatchObject({ answer: 'withdrawn' });
    expect(await look()).toBe(1);
    expect(await offerOf(next)).toMatchObject({ answer: null });
  });

  it.each([
    ['days that are past', { fromOn: '2026-11-01', untilOn: '2026-11-02' }, 'untilOn'],
    ['days in the wrong order', { untilOn: '2026-11-30' }, 'untilOn'],
    ['no part of any day', { dayParts: 0 }, 'dayParts'],
    ['a therapist who does not give it', { therapistId: 'tom' }, 'therapistId'],
    ['a length that is not offered', { minutes: 45 }, 'minutes'],
    ['one date of a regular time', { cadence: 'weekly' as const, sessions: 1 }, 'sessions'],
    ['several dates of once', { sessions: 2 }, 'sessions'],
    ['more dates than are booked', { cadence: 'weekly' as const, sessions: 27 }, 'sessions'],
    ['an unknown massage', { serviceId: 'thai' }, 'serviceId'],
  ])('for %s is refused', async (_, wrong, field) => {
    const joined = await joinWaitlist(ANONYMOUS_VIEWER, makeJoinRequest(wrong), online, { now: NOW });
    expect(joined).toMatchObject({ ok: false, reason: 'invalid', issues: [{ path: [field] }] });
  });

  it('needs a valid way to reach its client', async () => {
    const join = (client: { name: string; email: string; phone?: string }, viewer = OWNER_VIEWER as never) =>
      joinWaitlist(viewer, makeJoinRequest(), client, { now: NOW });
    expect(await join({ name: 'Zoe', email: '' })).toMatchObject({ issues: [{ path: ['client', 'phone'] }] });
    expect(await join({ name: 'Zoe', email: '', phone: '01 555 0142' })).toMatchObject({ ok: true });
    expect(await join({ name: 'Zoe', email: '' }, ANONYMOUS_VIEWER as never)).toMatchObject({
      issues: [{ path: ['client', 'email'] }],
    });
  });
});

describe('staff', () => {
  it('see the list, offer by hand, record answers from the phone, and count the sessions filled', async () => {
    const entryId = await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
    await settle();
    const clock = { now: SETTLED };
    const [possible] = await listPossibleOffersForEntry(DESK_VIEWER, entryId, clock);
    expect(possible).toMatchObject({ therapistId: 'mira', starts: [SIX] });
    const request = { entryId, therapistId: 'mira', firstStartAt: SIX };
    expect(await offerByHand(therapistViewer('jun'), request, clock)).toEqual({ ok: false, reason: 'taken' });
    expect(await offerByHand(DESK_VIEWER, request, clock)).toMatchObject({ ok: true });
    expect(await offerByHand(DESK_VIEWER, request, clock)).toEqual({ ok: false, reason: 'taken' });
    const [waiting] = await listWaitlist(DESK_VIEWER, clock);
    expect(waiting).toMatchObject({
      id: entryId,
      offers: 1,
      open: { firstStartAt: SIX },
      client: { name: 'Ana Costa' },
    });
    expect(await listWaitlist(therapistViewer('jun'), clock)).toEqual([]);
    const results = { entryId, offerId: waiting!.open!.id, answer: 'yes' as const };
    expect(await answerOfferAsStaff(therapistViewer('jun'), results, clock)).toEqual({ ok: false, reason: 'gone' });
    expect(await answerOfferAsStaff(DESK_VIEWER, results, clock)).toEqual({ ok: true });
    expect(await listWaitlist(DESK_VIEWER, clock)).toEqual([]);
    expect(await countFilledSessions(clock)).toEqual({ sessions: 1, minutes: 60 });
    const [offer] = await offers();
    const series = await getSeries(OWNER_VIEWER, offer!.seriesId!);
    await cancel(series!.appointments[0]!.uid, SETTLED);
    expect(await countFilledSessions(clock)).toEqual({ sessions: 0, minutes: 0 });
  });
});

it('one of 200 simultaneous answers to an offer books it, and the others get that it is gone', async () => {
  const booked = await bookAs('Nia Walsh', SIX, NOW);
  const entryId = await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
  await settle();
  await cancel(uidOf(booked));
  await look();
  const token = makeOfferToken((await offerOf(entryId))!.id);
  const answers = await Promise.all(Array.from({ length: 200 }, () => acceptOffer(token, { now: SETTLED })));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  expect(answers.filter((answer) => !answer.ok && answer.reason === 'gone')).toHaveLength(199);
});

it('several workers make one offer between them, and another continues where one died', async () => {
  const booked = await bookAs('Nia Walsh', SIX, NOW);
  await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
  await settle();
  await cancel(uidOf(booked));
  // A worker that died after it had leased what was due.
  await db.write((tx) => tx.update(freedTimes).set({ leasedBy: 'dead', leasedUntil: SETTLED + 2 * MINUTE }));
  expect(await look()).toBe(0);
  const later = SETTLED + 2 * MINUTE;
  const counts = await Promise.all(['one', 'two', 'three', 'four'].map((worker) => look(later, worker)));
  expect(counts.reduce((sum, many) => sum + many, 0)).toBe(1);
  expect(await openOffers()).toHaveLength(1);
});

describe('an offer whose e-mail waits', () => {
  const WORKER = 'worker';
  async function offerSix() {
    const booked = await bookAs('Nia Walsh', SIX, NOW);
    const entryId = await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
    await settle();
    await cancel(uidOf(booked));
    await look();
    return (await offerOf(entryId))!;
  }
  async function prepareOffer(offer: { outboxId: string | null }, now: number) {
    const id = offer.outboxId!;
    await db.write((tx) =>
      tx
        .update(outbox)
        .set({ leasedBy: WORKER, leasedUntil: now + MINUTE })
        .where(eq(outbox.id, id)),
    );
    return prepareMailFacts(id, WORKER, now);
  }

  it('can be answered within a time that begins when its e-mail is sent', async () => {
    const offer = await offerSix();
    const sent = SETTLED + 20 * MINUTE;
    expect(await prepareOffer(offer, sent)).toMatchObject({ notification: { until: sent + 30 * MINUTE } });
    expect((await openOffers())[0]!.expiresAt).toBe(sent + 30 * MINUTE);
    expect(await audit({ now: sent })).toEqual([]);
    // The hold lasts as long.
    await expect(bookAs('Tom Kelly', SIX, SETTLED + 40 * MINUTE)).rejects.toThrow('taken');
    expect(await acceptOffer(makeOfferToken(offer.id), { now: SETTLED + 45 * MINUTE })).toMatchObject({ ok: true });
  });

  it('expires when it can no longer be booked', async () => {
    const offer = await offerSix();
    const [practice] = await read().select().from(practices);
    const last = SIX - practice!.noticeMinutes * MINUTE;
    await db.write((tx) => tx.update(waitlistOffers).set({ expiresAt: last }));
    await db.write((tx) => setHoldExpiry(tx, offerHoldName(offer.id), last));
    expect(await prepareOffer(offer, last - 2 * MINUTE)).toMatchObject({ notification: { until: last } });
  });

  it('is made to the same client again when its e-mail was never sent, and not when it was', async () => {
    const offer = await offerSix();
    expect(await look(offer.expiresAt)).toBe(1);
    expect((await offers()).map(({ answer, entryId }) => [answer, entryId])).toEqual([
      ['unsent', offer.entryId],
      [null, offer.entryId],
    ]);
    const again = (await openOffers())[0]!;
    await db.write((tx) => tx.update(outbox).set({ sentAt: NOW }).where(eq(outbox.id, again.outboxId!)));
    expect(await look(again.expiresAt)).toBe(0);
    expect((await offers()).map(({ answer }) => answer)).toEqual(['unsent', 'expired']);
  });

  it('is not made to the same client again when its e-mail was given up, because the address is undeliverable', async () => {
    const offer = await offerSix();
    await db.write((tx) => tx.update(outbox).set({ deadAt: NOW }).where(eq(outbox.id, offer.outboxId!)));
    expect(await look(offer.expiresAt)).toBe(0);
    expect((await offers()).map(({ answer }) => answer)).toEqual(['expired']);
  });
});

describe('an offer that staff can withdraw', () => {
  async function offerSix() {
    const booked = await bookAs('Nia Walsh', SIX, NOW);
    const first = await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
    const second = await addToWaitlist('Bea Lynch', NOW + 1, { untilOn: '2026-12-01' });
    await settle();
    await cancel(uidOf(booked));
    await look();
    return { first, second, offer: (await offerOf(first))! };
  }

  it('is shown and can be withdrawn, and then goes to the next client after a moment, not to the same', async () => {
    const { first, second, offer } = await offerSix();
    expect(await listOpenOffers(DESK_VIEWER, { now: SETTLED })).toMatchObject([
      { id: offer.id, client: { name: 'Ana Costa' }, starts: [SIX], isSkipped: false, isUnsent: true },
    ]);
    expect(await listOpenOffers(therapistViewer('jonas'), { now: SETTLED })).toEqual([]);
    expect(await withdrawOffer(therapistViewer('jonas'), offer.id, { now: SETTLED })).toEqual({
      ok: false,
      reason: 'gone',
    });
    expect(await withdrawOffer(DESK_VIEWER, offer.id, { now: SETTLED })).toEqual({ ok: true });
    expect(await withdrawOffer(DESK_VIEWER, offer.id, { now: SETTLED })).toEqual({ ok: false, reason: 'gone' });
    expect(await listOpenOffers(DESK_VIEWER, { now: SETTLED })).toEqual([]);
    expect(await look(SETTLED + 4 * MINUTE)).toBe(0);
    expect(await look(SETTLED + 5 * MINUTE)).toBe(1);
    expect((await openOffers()).map(({ entryId }) => entryId)).toEqual([second]);
    expect(await offerOf(first)).toMatchObject({ answer: 'taken_back' });
    expect(await audit({ now: SETTLED + 5 * MINUTE })).toEqual([]);
  });

  it('gives way to an absence', async () => {
    const { offer } = await offerSix();
    const day = {
      therapistIds: ['mira'],
      start: instantAt('2026-12-01', '08:00'),
      end: instantAt('2026-12-01', '22:00'),
    };
    expect(await addTimeOff(OWNER_VIEWER, { ...day, kind: 'leave' }, { now: SETTLED })).toMatchObject({ ok: true });
    expect((await offers()).find(({ id }) => id === offer.id)).toMatchObject({ answer: 'withdrawn' });
    expect(await look(SETTLED + MINUTE)).toBe(0);
    expect(await audit({ now: SETTLED })).toEqual([]);
  });
});

describe('an offer of time that a change has freed', () => {
  const clock = { now: NOW };

  it('ends when a hand-over is undone and takes its time back', async () => {
    const booked = await bookAs('Nia Walsh', SIX, NOW);
    const uid = uidOf(booked);
    const plan = await previewHandOver(OWNER_VIEWER, { uid, to: 'jun' }, clock);
    const [{ version, places }] = plan!.dates as [(typeof plan & object)['dates'][number]];
    const decisions = [{ uid, version, choice: 'move' as const, ...places[0]! }];
    const input = await handOverDates(OWNER_VIEWER, { uid, to: 'jun', decisions, reason: 'Jun takes over.' }, clock);
    if (!input.ok) throw new Error(input.reason);
    expect(await look()).toBe(0);
    // A client who joins is offered free time, whatever freed it.
    const entryId = await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
    expect(await look()).toBe(1);
    expect(await undoBulkChange(OWNER_VIEWER, input.undoId, { now: SETTLED + MINUTE })).toEqual({ ok: true });
    expect(await offerOf(entryId)).toMatchObject({ firstStartAt: SIX, answer: 'withdrawn' });
    const series = await getSeries(OWNER_VIEWER, booked.seriesId);
    expect(series!.appointments).toMatchObject([{ startsAt: SIX, therapist: { id: 'mira' }, status: 'booked' }]);
    expect(await look(SETTLED + 7 * MINUTE)).toBe(0);
    expect(await audit({ now: SETTLED + MINUTE })).toEqual([]);
  });

  it('ends when an absence is undone and its date needs the room', async () => {
    const booked = await bookAs('Nia Walsh', SIX, NOW);
    const uid = uidOf(booked);
    const day = {
      therapistIds: ['mira'],
      start: instantAt('2026-12-01', '00:00'),
      end: instantAt('2026-12-02', '00:00'),
    };
    const decisions = [{ uid, version: 1, choice: 'cancel' as const }];
    const ill = { ...day, kind: 'leave' as const, decisions, reason: 'Mira is ill.' };
    const removed = await addTimeOff(OWNER_VIEWER, ill, clock);
    if (!removed.ok || !removed.undoId) throw new Error(JSON.stringify(removed));
    // Only one room is left, so a colleague is offered in the room that the date had.
    const [row] = await read().select().from(appointments).where(eq(appointments.id, uid));
    await db.write((tx) => tx.delete(roomServices).where(ne(roomServices.roomId, row!.roomId)));
    const entryId = await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01', therapistId: 'jun' });
    expect(await look()).toBe(1);
    expect(await undoBulkChange(OWNER_VIEWER, removed.undoId, { now: SETTLED + MINUTE })).toEqual({ ok: true });
    expect(await offerOf(entryId)).toMatchObject({ answer: 'withdrawn', therapistId: 'jun' });
    const series = await getSeries(OWNER_VIEWER, booked.seriesId);
    expect(series!.appointments).toMatchObject([{ startsAt: SIX, status: 'booked' }]);
    expect(await audit({ now: SETTLED + MINUTE })).toEqual([]);
  });

  it('is made again when the absence that withdrew it is removed', async () => {
    const booked = await bookAs('Nia Walsh', SIX, NOW);
    const entryId = await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
    await settle();
    await cancel(uidOf(booked));
    await look();
    const day = {
      therapistIds: ['mira'],
      start: instantAt('2026-12-01', '08:00'),
      end: instantAt('2026-12-01', '22:00'),
    };
    const removed = await addTimeOff(OWNER_VIEWER, { ...day, kind: 'leave' }, { now: SETTLED });
    if (!removed.ok) throw new Error(removed.reason);
    expect(await offerOf(entryId)).toMatchObject({ answer: 'withdrawn' });
    expect(await removeTimeOff(OWNER_VIEWER, removed.ids[0]!, { now: SETTLED + MINUTE })).toEqual({ ok: true });
    expect(await look(SETTLED + 7 * MINUTE)).toBe(1);
    expect(await offerOf(entryId)).toMatchObject({ firstStartAt: SIX, answer: null });
  });
});

describe('coming sooner', () => {
  it('cannot be requested for a date that can no longer be moved', async () => {
    const booked = await bookAs('Nia Walsh', SIX, NOW);
    const request = { uid: uidOf(booked), therapistId: 'any', dayParts: 1, isUrgent: false };
    const joining = joinWaitlistForSooner(linkViewer(booked.seriesId), request, { now: SIX - 60 * MINUTE });
    expect(await joining).toEqual({ ok: false, reason: 'too_late' });
  });

  it('ends when the date to be replaced is cancelled', async () => {
    const booked = await bookAs('Nia Walsh', SIX, NOW);
    const request = { uid: uidOf(booked), therapistId: 'any', dayParts: ANY_DAY_PART, isUrgent: false };
    expect(await joinWaitlistForSooner(DESK_VIEWER, request, { now: NOW })).toMatchObject({ ok: true });
    await look();
    expect(await read().select().from(waitlistEntries)).toMatchObject([{ endedAs: null }]);
    await cancel(uidOf(booked), SETTLED);
    await look(SETTLED + MINUTE);
    expect(await read().select().from(waitlistEntries)).toMatchObject([{ endedAs: 'removed' }]);
  });
});

describe('the time that can be booked', () => {
  it('is looked at again when the window, the rooms or the rules change, and only then', async () => {
    const noted = async () => (await read().select().from(freedTimes)).length;
    const first = await recordFreedByRuleChange(undefined, NOW);
    const some = await noted();
    expect(some).toBeGreaterThan(0);
    expect(await recordFreedByRuleChange(first, NOW + MINUTE)).toBe(first);
    expect(await noted()).toBe(some);
    const nextDay = await recordFreedByRuleChange(first, NOW + 24 * 60 * MINUTE);
    expect(nextDay).not.toBe(first);
    expect(await noted()).toBe(2 * some);
    await db.write((tx) => tx.update(practices).set({ noticeMinutes: 7 }));
    expect(await recordFreedByRuleChange(nextDay, NOW + 24 * 60 * MINUTE)).not.toBe(nextDay);
    expect(await noted()).toBe(3 * some);
  });
});

it('the waitlist accepts a limited number of unconfirmed requests from one network in a day', async () => {
  const [practice] = await read().select().from(practices);
  const most = practice!.unconfirmedPerSender;
  const call = (k: number, now = NOW) =>
    joinWaitlist(
      ANONYMOUS_VIEWER,
      makeJoinRequest(),
      { name: 'Eve', email: `eve${k}@example.org` },
      { now, sender: '203.0.113.7' },
    );
  for (let k = 0; k < most; k++) expect(await call(k)).toMatchObject({ ok: true });
  expect(await call(most)).toEqual({ ok: false, reason: 'too_often' });
  expect(await call(most, NOW + 25 * 60 * MINUTE)).toMatchObject({ ok: true });
});

it('offers no more of a day than the limit on holds allows, until some of them have ended', async () => {
  await db.write((tx) => tx.update(practices).set({ heldDayPercent: 1 }));
  const four = instantAt('2026-12-01', '16:00');
  const booked = await bookAs('Nia Walsh', SIX, NOW);
  const other = await bookAs('Tom Kelly', four, NOW);
  await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
  await addToWaitlist('Bea Lynch', NOW + 1, { untilOn: '2026-12-01', atTime: '16:00' });
  await settle();
  await cancel(uidOf(booked));
  await cancel(uidOf(other));
  expect(await look()).toBe(1);
  await sendAll();
  const [first] = await openOffers();
  expect(await look(SETTLED + 11 * MINUTE)).toBe(0);
  await declineOffer(makeOfferToken(first!.id), { now: SETTLED + 12 * MINUTE });
  expect(await look(SETTLED + 22 * MINUTE)).toBe(1);
  expect((await openOffers()).map(({ firstStartAt }) => firstStartAt)).toEqual([four]);
  expect(await audit({ now: SETTLED + 22 * MINUTE })).toEqual([]);
});

it('skips a candidate that fails, and goes on with the rest', async () => {
  const booked = await bookAs('Nia Walsh', SIX, NOW);
  await addToWaitlist('Ana Costa', NOW, { untilOn: '2026-12-01' });
  const fine = await addToWaitlist('Bea Lynch', NOW + 1, { untilOn: '2026-12-01' });
  await settle();
  await cancel(uidOf(booked));
  let request = 0;
  const breaksOnce = async () => {
    if (request++ === 0) throw new Error('made to fail');
    return false;
  };
  expect(await offerFreedTime('one', SETTLED, breaksOnce)).toBe(1);
  expect((await openOffers()).map(({ entryId }) => entryId)).toEqual([fine]);
});

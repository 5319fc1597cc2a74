import { describe, expect, it } from 'vitest';
import { makeWaitlistToken } from '@/db/access/emailed-link-tokens';
import { freedTimes, practices } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, DESK_VIEWER, linkViewer, NOW, therapistViewer } from '@/db/testing/test-requests';
import { addToWaitlist, bookAs, makeJoinRequest } from '@/db/testing/test-waitlist';
import { ANY_DAY_PART } from '@/scheduling/waitlist-matching';
import { joinWaitlist, joinWaitlistForSooner } from './join-waitlist';
import {
  answerOfferAsStaff,
  confirmEntryAsStaff,
  offerByHand,
  removeWaitlistEntryAsStaff,
} from './staff-waitlist-actions';
import { listOpenOffers, listPossibleOffersForEntry, listWaitlist } from './waiting-clients';
import { findEntryByLink } from './waitlist-link-views';

const db = setUpTestDatabase({ now: NOW });
const clock = { now: NOW };
const SIX = instantAt('2026-12-01', '18:00');
const [MIRA, JUN, TOM] = ['mira', 'jun', 'tom'].map(therapistViewer) as [Therapist, Therapist, Therapist];
type Therapist = ReturnType<typeof therapistViewer>;

const namesFor = async (viewer: Parameters<typeof listWaitlist>[0]) =>
  (await listWaitlist(viewer, clock)).map(({ client }) => client.name);

describe('a client who waits for any therapist', () => {
  const forAnyone = { therapistId: 'any', untilOn: '2026-12-01', atTime: null };

  it('is shown to each therapist who gives the massage, and to no other', async () => {
    await addToWaitlist('Ana Costa', NOW, forAnyone);
    await addToWaitlist('Bea Lynch', NOW + 1, { therapistId: 'mira' });
    expect(await namesFor(MIRA)).toEqual(['Ana Costa', 'Bea Lynch']);
    expect(await namesFor(JUN)).toEqual(['Ana Costa']);
    expect(await namesFor(TOM)).toEqual([]);
    expect(await namesFor(DESK_VIEWER)).toEqual(['Ana Costa', 'Bea Lynch']);
  });

  it('can be offered each therapist’s own time, and no colleague can answer for it', async () => {
    const entryId = await addToWaitlist('Ana Costa', NOW, forAnyone);
    await db.write((tx) => tx.delete(freedTimes));
    const own = (await listPossibleOffersForEntry(JUN, entryId, clock)).find(
      ({ therapistId }) => therapistId === 'jun',
    )!;
    const request = { entryId, therapistId: 'jun', firstStartAt: own.starts[0]! };
    expect(await offerByHand(MIRA, request, clock)).toEqual({ ok: false, reason: 'taken' });
    expect(await offerByHand(JUN, request, clock)).toMatchObject({ ok: true });
    const openTo = async (viewer: Therapist) => (await listWaitlist(viewer, clock))[0]!.open!;
    const { id: offerId } = await openTo(MIRA);
    expect([(await openTo(MIRA)).mayAnswer, (await openTo(JUN)).mayAnswer]).toEqual([false, true]);
    const results = { entryId, offerId, answer: 'no' as const };
    expect(await answerOfferAsStaff(MIRA, results, clock)).toEqual({ ok: false, reason: 'gone' });
    expect(await answerOfferAsStaff(JUN, results, clock)).toEqual({ ok: true });
  });

  it('is offered by hand only what leaves time to answer before the notice begins', async () => {
    await db.write((tx) => tx.update(practices).set({ noticeMinutes: 120 }));
    const entryId = await addToWaitlist('Ana Costa', NOW, forAnyone);
    await db.write((tx) => tx.delete(freedTimes));
    const [earliest] = await listPossibleOffersForEntry(DESK_VIEWER, entryId, clock);
    const shortBefore = { now: earliest!.starts[0]! - 123 * 60_000 };
    const [possible] = await listPossibleOffersForEntry(DESK_VIEWER, entryId, shortBefore);
    const { therapistId, starts } = possible!;
    const request = { entryId, therapistId, firstStartAt: starts[0]! };
    expect(await offerByHand(DESK_VIEWER, request, shortBefore)).toMatchObject({ ok: true });
  });

  it('can be confirmed by each of them, and removed only by a therapist whose client it is', async () => {
    const zoe = { name: 'Zoe Quinn', email: 'zoe@example.org' };
    const joined = await joinWaitlist(ANONYMOUS_VIEWER, makeJoinRequest(forAnyone), zoe, clock);
    if (!joined.ok) throw new Error(joined.reason);
    expect(await confirmEntryAsStaff(TOM, joined.entryId, clock)).toEqual({ ok: false, reason: 'not_found' });
    expect(await listWaitlist(JUN, clock)).toMatchObject([{ isConfirmed: false, mayRemove: false }]);
    expect(await confirmEntryAsStaff(JUN, joined.entryId, clock)).toEqual({ ok: true });
    expect(await removeWaitlistEntryAsStaff(JUN, joined.entryId, clock)).toEqual({ ok: false, reason: 'not_found' });
    await bookAs('Ana Costa', SIX, NOW);
    const ofMira = await addToWaitlist('Ana Costa', NOW, forAnyone);
    expect(await removeWaitlistEntryAsStaff(JUN, ofMira, clock)).toEqual({ ok: false, reason: 'not_found' });
    expect(await removeWaitlistEntryAsStaff(MIRA, ofMira, clock)).toEqual({ ok: true });
    expect(await removeWaitlistEntryAsStaff(DESK_VIEWER, joined.entryId, clock)).toEqual({ ok: true });
    expect(await namesFor(JUN)).toEqual([]);
  });
});

it('the waitlist links to a client’s page only for that client’s own therapists', async () => {
  await bookAs('Ana Costa', SIX, NOW);
  await addToWaitlist('Ana Costa', NOW, { therapistId: 'mira' });
  const bea = await addToWaitlist('Bea Lynch', NOW + 1, { therapistId: 'mira', untilOn: '2026-12-02', atTime: null });
  const others = async (viewer: Therapist | typeof DESK_VIEWER) =>
    (await listWaitlist(viewer, clock)).map(({ client }) => client.isTheirs);
  expect(await others(MIRA)).toEqual([true, false]);
  expect(await others(DESK_VIEWER)).toEqual([true, true]);
  const [offer] = await listPossibleOffersForEntry(MIRA, bea, clock);
  const request = { entryId: bea, therapistId: 'mira', firstStartAt: offer!.starts[0]! };
  expect(await offerByHand(MIRA, request, clock)).toMatchObject({ ok: true });
  for (const [viewer, isTheirs] of [
    [MIRA, false],
    [DESK_VIEWER, true],
  ] as const)
    expect(await listOpenOffers(viewer, clock)).toMatchObject([{ client: { name: 'Bea Lynch', isTheirs } }]);
});

it('the page of an unconfirmed entry does not ask to confirm the address separately', async () => {
  const booked = await bookAs('Ana Costa', instantAt('2026-12-15', '18:00'), NOW);
  const { uid } = booked.appointments[0]!;
  const sooner = { uid, therapistId: 'any', dayParts: ANY_DAY_PART, isUrgent: false };
  const joined = await joinWaitlistForSooner(linkViewer(booked.seriesId), sooner, clock);
  if (!joined.ok) throw new Error(joined.reason);
  const entry = await findEntryByLink(makeWaitlistToken(joined.entryId), clock);
  expect(entry).toMatchObject({ isConfirmed: false, confirmsAddress: false });
});

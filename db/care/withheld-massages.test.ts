import { describe, expect, it } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { getConnection, reader } from '@/db/connection/database-client';
import { appointments, intakes } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import {
  ANONYMOUS_VIEWER,
  listWeeklyInstants,
  makeSeriesRequest,
  NOW,
  OWNER_VIEWER,
  therapistViewer,
} from '@/db/testing/test-requests';
import { markAnswersDiscussed } from './client-health-status';
import { findNextSession, saveSessionCheck } from './pre-session-check';
import { type IntakeScreenValues, saveIntakeScreen } from './save-intake';
import { extendSeriesUnlessWithheld, findWithheldMassageOfPlan, listWithheldMassages } from './withheld-massages';

setUpTestDatabase({ now: NOW });

const clock = { now: NOW };
const linkViewer = (seriesId: string) => ({ role: 'link', seriesId }) as const;
const SCREENS = ['now', 'lately', 'health'] as const;

async function book(serviceId: string, cadence = 2) {
  const request = makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', cadence), {
    serviceId,
    therapistId: 'any',
  });
  const booked = await bookSeries(ANONYMOUS_VIEWER, request, clock);
  if (!booked.ok) throw new Error(booked.reason);
  return linkViewer(booked.seriesId);
}

/** Every screen of the form, with "no" to all questions but these. */
function screens(yes: string[]): IntakeScreenValues[] {
  const agree: IntakeScreenValues = {
    ...{ screen: 'agree', treated: true, healthKept: true, writtenTo: false },
    ...{ isMinor: false, guardianName: '', guardianIsPresent: false },
  };
  const signs = SCREENS.map((screen): IntakeScreenValues => {
    const ticked = screen === 'health' ? yes : [];
    return { screen, yes: ticked, unsure: [], none: ticked.length === 0, about: {} };
  });
  return [agree, ...signs, { screen: 'hopes', hopes: 'Sleep through', touch: false, aboutTouch: '', own: {} }];
}
async function answer(link: ReturnType<typeof linkViewer>, yes: string[]) {
  for (const values of screens(yes)) expect(await saveIntakeScreen(link, values, clock)).toMatchObject({ ok: true });
}
const add = (link: ReturnType<typeof linkViewer>) =>
  extendSeriesUnlessWithheld(link, { seriesId: link.seriesId, sessions: 1 }, clock);
const booked = async () => (await (await reader()).select().from(appointments)).length;

describe('a massage that a client’s health answers rule out', () => {
  it('cannot be added by the client, who is told why', async () => {
    const link = await book('deep-tissue');
    expect(await listWithheldMassages(link, clock)).toEqual([]);
    await answer(link, ['thinner']);
    expect(await listWithheldMassages(link, clock)).toEqual([
      { serviceId: 'deep-tissue', why: expect.stringContaining('deep tissue massage is not offered') },
    ]);
    expect(await findWithheldMassageOfPlan(link, clock)).not.toBeNull();
    const before = await booked();
    expect(await add(link)).toEqual({ ok: false, reason: 'held_back' });
    expect(await booked()).toBe(before);
  });

  it('withholds nothing else: the client can add a lighter one', async () => {
    const link = await book('swedish');
    await answer(link, ['thinner']);
    expect(await findWithheldMassageOfPlan(link, clock)).toBeNull();
    expect(await add(link)).toMatchObject({ ok: true });
  });

  it('can be added again once somebody who treats them has discussed it', async () => {
    const link = await book('deep-tissue');
    await answer(link, ['thinner']);
    const [appointment] = await (await reader()).select().from(appointments);
    const request = { clientId: appointment!.clientId, at: NOW };
    expect(await markAnswersDiscussed(OWNER_VIEWER, request, clock)).toEqual({ ok: true });
    expect(await listWithheldMassages(link, clock)).toEqual([]);
    expect(await add(link)).toMatchObject({ ok: true });
  });

  it('is any massage, if an unfinished form reports an emergency', async () => {
    const link = await book('swedish');
    const [agree] = screens([]);
    await saveIntakeScreen(link, agree!, clock);
    await saveIntakeScreen(link, { screen: 'now', yes: ['saddle'], unsure: [], none: false, about: {} }, clock);
    expect(await add(link)).toEqual({ ok: false, reason: 'held_back' });
  });

  it('is any massage, if the check before a session reports an emergency', async () => {
    const link = await book('swedish');
    const [agree] = screens([]);
    await saveIntakeScreen(link, agree!, clock);
    const now = instantAt('2026-12-01', '17:00');
    const uid = (await findNextSession(link.seriesId, { now }))!;
    const results = { uid, seen: 0, isNew: true, yes: ['saddle'], unsure: [], none: false, about: {} } as const;
    expect(await saveSessionCheck(link, { ...results, yes: [...results.yes], unsure: [] }, { now })).toMatchObject({
      ok: true,
    });
    expect(await extendSeriesUnlessWithheld(link, { seriesId: link.seriesId, sessions: 1 }, { now })).toEqual({
      ok: false,
      reason: 'held_back',
    });
  });

  it('is none for a fever, which passes', async () => {
    const link = await book('deep-tissue');
    const [agree, now] = screens([]);
    for (const values of [agree!, now!]) await saveIntakeScreen(link, values, clock);
    await saveIntakeScreen(link, { screen: 'lately', yes: ['infection'], unsure: [], none: false, about: {} }, clock);
    expect(await listWithheldMassages(link, clock)).toEqual([]);
  });

  it('is the firmest if the answers cannot be decrypted', async () => {
    const link = await book('deep-tissue');
    await answer(link, []);
    await (await getConnection()).transact((tx) => tx.update(intakes).set({ sealedIntake: 'A'.repeat(48) }));
    expect(await listWithheldMassages(link, clock)).toMatchObject([{ serviceId: 'deep-tissue' }]);
  });

  it('is none if nothing was reported', async () => {
    const link = await book('deep-tissue');
    await answer(link, []);
    expect(await listWithheldMassages(link, clock)).toEqual([]);
    expect(await listWithheldMassages(linkViewer('nobody'), clock)).toEqual([]);
    expect(await listWithheldMassages(therapistViewer('aoife'), { clientId: 'nobody', ...clock })).toEqual([]);
  });
});

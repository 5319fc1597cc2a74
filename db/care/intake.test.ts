import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { safetyQuestionsByScreen } from '@/care/intake-questions';
import { bookSeries } from '@/db/booking/book-series';
import { confirmSeries } from '@/db/booking/confirm-booking';
import { reader } from '@/db/connection/database-client';
import { intakes, series } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
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
import { listConsents, withdrawConsent } from './consents';
import { listHealthAnswersForBookingUnchecked } from './health-answers-for-booking';
import { getIntake } from './intake';
import { type IntakeScreenValues, saveIntakeScreen } from './save-intake';

const linkViewer = (id: string) => ({ role: 'link', seriesId: id }) as const;
const db = setUpTestDatabase({ now: NOW });
const MIRA = therapistViewer('mira');
const TOM = therapistViewer('tom');
const clock = { now: NOW };
const DAY = 86_400_000;

const agree: IntakeScreenValues = {
  ...{ screen: 'agree', treated: true, healthKept: true, writtenTo: false },
  ...{ isMinor: false, guardianName: '', guardianIsPresent: false },
};
const noneOf = (screen: 'now' | 'lately' | 'health'): IntakeScreenValues => {
  return { screen, yes: [], unsure: [], none: true, about: {} };
};
const ticked = (screen: 'now' | 'lately' | 'health', yes: string[], about = {}): IntakeScreenValues => {
  return { screen, yes, unsure: [], none: false, about };
};
const hopes: IntakeScreenValues = { screen: 'hopes', hopes: 'Run ten miles', touch: false, aboutTouch: '', own: {} };
const thinner = ticked('health', ['thinner', 'allergy'], { allergy: 'Quillaja oil', skin: 'never ticked' });

/** Ana has four Tuesdays with Mira. */
let seriesId = '';
let clientId = '';
let LINK = linkViewer('');
beforeEach(async () => {
  seriesId = await book(listWeeklyInstants('2026-12-01', '18:00', 4), { questionSlug: 'hamstring-tendinopathy' });
  LINK = linkViewer(seriesId);
  clientId = (await rowOf(seriesId)).clientId;
});

async function book(starts: number | number[], other: Parameters<typeof makeSeriesRequest>[1] = {}): Promise<string> {
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(starts, other), clock);
  if (!booked.ok) throw new Error(booked.reason);
  return booked.seriesId;
}

async function rowOf(id: string) {
  return (await (await reader()).select().from(series).where(eq(series.id, id)))[0]!;
}

async function answerAll(
  viewer: Parameters<typeof getIntake>[0],
  health = noneOf('health'),
  now = NOW,
  client?: string,
) {
  for (const values of [agree, noneOf('now'), noneOf('lately'), health]) {
    expect(await saveIntakeScreen(viewer, values, { now }, client)).toMatchObject({ ok: true });
  }
  return saveIntakeScreen(viewer, hopes, { now }, client);
}

describe('the health form', () => {
  it('begins empty, and resumes where it was left', async () => {
    expect(await getIntake(LINK, clock)).toMatchObject({ draft: null, submitted: null, next: 'agree' });
    expect(await saveIntakeScreen(LINK, agree, clock)).toEqual({ ok: true, next: 'now', stop: false });
    expect(await saveIntakeScreen(LINK, noneOf('now'), clock)).toEqual({ ok: true, next: 'lately', stop: false });
    const view = await getIntake(LINK, clock);
    expect(view).toMatchObject({ next: 'lately', submitted: null });
    expect(view?.draft?.answers).toEqual({ saddle: 'no', chest: 'no', stroke: 'no' });
  });

  it('is judged once the last screen is saved', async () => {
    expect(await answerAll(LINK, thinner)).toEqual({ ok: true, next: 'done', stop: false });
    const view = await getIntake(LINK, clock);
    expect(view?.draft).toBeNull();
    expect(view?.submitted?.at).toBe(NOW);
    expect(view?.submitted?.verdict).toMatchObject({ tier: 'ask_first' });
    expect(view?.submitted?.verdict?.services).toMatchObject({ swedish: 'light_only', 'deep-tissue': 'not_offered' });
    // Only questions that were ticked have text.
    expect(view?.submitted?.answers?.about).toEqual({ allergy: 'Quillaja oil' });
    expect(view?.submitted?.answers?.hopes).toBe('Run ten miles');
  });

  it('stores nothing before consent', async () => {
    expect(await saveIntakeScreen(LINK, noneOf('now'), clock)).toEqual({ ok: false, reason: 'consent' });
    const without = await saveIntakeScreen(LINK, { ...agree, healthKept: false } as IntakeScreenValues, clock);
    expect(without).toMatchObject({ ok: false, reason: 'invalid', issues: [{ path: ['healthKept'] }] });
    expect(await (await reader()).select().from(intakes)).toEqual([]);
  });

  it('cannot be finished while a screen is missing', async () => {
    await saveIntakeScreen(LINK, agree, clock);
    expect(await saveIntakeScreen(LINK, hopes, clock)).toEqual({ ok: true, next: 'now', stop: false });
    expect((await getIntake(LINK, clock))?.submitted).toBeNull();
  });

  it('stops at once for an emergency, and stores the answer', async () => {
    await saveIntakeScreen(LINK, agree, clock);
    expect(await saveIntakeScreen(LINK, ticked('now', ['chest']), clock)).toMatchObject({ ok: true, stop: true });
    expect((await getIntake(LINK, clock))?.draft?.answers.chest).toBe('yes');
    expect(await saveIntakeScreen(LINK, noneOf('now'), clock)).toMatchObject({ ok: true, stop: false });
  });

  it('reports what is wrong, and saves nothing', async () => {
    await saveIntakeScreen(LINK, agree, clock);
    const nothing = await saveIntakeScreen(LINK, { ...ticked('now', []), none: false } as IntakeScreenValues, clock);
    expect(nothing).toMatchObject({ reason: 'invalid', issues: [{ path: ['signs'] }] });
    const long = await saveIntakeScreen(LINK, ticked('health', ['allergy'], { allergy: 'x'.repeat(501) }), clock);
    expect(long).toMatchObject({ reason: 'invalid', issues: [{ path: ['about-allergy'] }] });
    expect((await getIntake(LINK, clock))?.draft?.saved).toEqual(['agree']);
  });

  it('requires a guardian, who is present, for a client under 18', async () => {
    const alone = { ...agree, isMinor: true } as IntakeScreenValues;
    const refused = await saveIntakeScreen(LINK, alone, clock);
    expect(refused).toMatchObject({ issues: [{ path: ['guardianName'] }, { path: ['guardianIsPresent'] }] });
    const both = {
      ...agree,
      isMinor: true,
      guardianName: ' Rosa  Costa ',
      guardianIsPresent: true,
    } as IntakeScreenValues;
    expect(await saveIntakeScreen(LINK, both, clock)).toMatchObject({ ok: true });
    expect((await getIntake(LINK, clock))?.draft?.guardian).toEqual({ name: 'Rosa Costa', isPresent: true });
    const input = await listConsents(LINK);
    expect(input?.map(({ version }) => version)).toEqual(['2026-11-28 guardian', '2026-11-28 guardian']);
  });

  it('ends consents a client under 18 gave alone once a guardian consents, and the guardian’s once the client is 18', async () => {
    const guardian = {
      ...agree,
      isMinor: true,
      guardianName: 'Rosa Costa',
      guardianIsPresent: true,
    } as IntakeScreenValues;
    const standing = async () =>
      (await listConsents(LINK))!
        .filter(({ kind, withdrawn }) => kind !== 'booking' && withdrawn === null)
        .map(({ kind, version }) => `${kind} ${version}`)
        .sort();
    await saveIntakeScreen(LINK, { ...agree, writtenTo: true } as IntakeScreenValues, clock);
    expect(await standing()).toEqual([
      'health_kept 2026-11-28 adult',
      'treated 2026-11-28 adult',
      'written_to 2026-11-28',
    ]);
    await saveIntakeScreen(LINK, guardian, { now: NOW + 1 });
    expect(await standing()).toEqual(['health_kept 2026-11-28 guardian', 'treated 2026-11-28 guardian']);
    await saveIntakeScreen(LINK, agree, { now: NOW + 2 });
    expect(await standing()).toEqual(['health_kept 2026-11-28 adult', 'treated 2026-11-28 adult']);
  });

  it('remembers on the next form who answered for the client', async () => {
    await answerAll(LINK);
    expect(await getIntake(LINK, clock)).toMatchObject({ guardian: null });
    const guardian = { isMinor: true, guardianName: 'Rosa Costa', guardianIsPresent: true };
    const later = { now: NOW + 1 };
    await saveIntakeScreen(LINK, { ...agree, ...guardian } as IntakeScreenValues, later);
    for (const values of [noneOf('now'), noneOf('lately'), noneOf('health'), hopes])
      await saveIntakeScreen(LINK, values, later);
    expect(await getIntake(LINK, later)).toMatchObject({ draft: null, guardian: { name: 'Rosa Costa' } });
  });

  it('does not begin another form when the last screen is sent twice', async () => {
    await answerAll(LINK);
    expect(await saveIntakeScreen(LINK, hopes, clock)).toEqual({ ok: false, reason: 'incomplete' });
    expect(await (await reader()).select().from(intakes)).toHaveLength(1);
  });

  it('loses nothing when two devices save at once', async () => {
    await saveIntakeScreen(LINK, agree, clock);
    const both = [noneOf('now'), noneOf('lately'), noneOf('health')];
    await Promise.all(both.map((values) => saveIntakeScreen(LINK, values, clock)));
    expect((await getIntake(LINK, clock))?.draft?.saved).toEqual(['agree', 'now', 'lately', 'health']);
  });
});

describe('the health form is asked for again', () => {
  beforeEach(async () => {
    await answerAll(LINK, thinner);
  });

  it('after a year, and not before', async () => {
    expect((await getIntake(LINK, { now: NOW + 364 * DAY }))?.why).toBeNull();
    expect((await getIntake(LINK, { now: NOW + 365 * DAY }))?.why).toBe('old');
  });

  it('when its version has changed', async () => {
    await db.write((tx) => tx.update(intakes).set({ questionsVersion: '2020-01-01' }));
    expect((await getIntake(LINK, clock))?.why).toBe('version');
  });

  it('when the client comes for another reason, and the old answers stay until the new form is complete', async () => {
    const other = await book(instantAt('2026-12-10', '12:00'), { serviceId: 'sports', therapistId: 'tom' });
    await db.write((tx) =>
      tx
        .update(series)
        .set({ createdAt: NOW + 1 })
        .where(eq(series.id, other)),
    );
    const toOwner = () => getIntake(OWNER_VIEWER, clock, clientId);
    expect((await toOwner())?.why).toBe('reason');
    expect(await getIntake(linkViewer(other), clock)).toMatchObject({ submitted: null, isGivenElsewhere: false });
    await saveIntakeScreen(linkViewer(other), agree, { now: NOW + 1 });
    expect((await toOwner())?.submitted?.verdict?.tier).toBe('ask_first');
    await answerAll(linkViewer(other), noneOf('health'), NOW + 2);
    for (const view of [await toOwner(), await getIntake(linkViewer(other), clock)])
      expect(view).toMatchObject({ why: null, submitted: { at: NOW + 2, verdict: { tier: 'fine' } } });
  });
});

describe('the viewers who may answer and read the form', () => {
  it('include the therapist who treats the client and the owner, on the spot', async () => {
    for (const viewer of [MIRA, OWNER_VIEWER]) {
      await answerAll(viewer, thinner, NOW, clientId);
      expect((await getIntake(viewer, clock, clientId))?.submitted?.verdict?.tier).toBe('ask_first');
    }
    expect((await listConsents(MIRA, clientId))?.[0]?.way).toBe('staff');
  });

  it('include no other therapist, and no other client', async () => {
    await answerAll(LINK, thinner);
    expect(await getIntake(TOM, clock, clientId)).toBeNull();
    expect(await listConsents(TOM, clientId)).toBeNull();
    expect(await saveIntakeScreen(TOM, agree, clock, clientId)).toEqual({ ok: false, reason: 'not_found' });
    expect(await withdrawConsent(TOM, { kind: 'health_kept', clientId }, clock)).toMatchObject({ ok: false });
    const other = await book(instantAt('2026-12-03', '12:00'), {
      client: { name: 'Nia Walsh', email: 'nia@example.org' },
    });
    expect(await getIntake(linkViewer(other), clock)).toMatchObject({
      submitted: null,
      draft: null,
      isGivenElsewhere: false,
    });
    // A link reaches no other client, whichever id is passed.
    expect((await getIntake(linkViewer(other), clock, clientId))?.submitted).toBeNull();
    expect(await getIntake(linkViewer('made-up'), clock)).toBeNull();
  });

  it('do not include somebody who books with the same name and address, whoever confirms it', async () => {
    await answerAll(LINK, thinner);
    const same = await book(instantAt('2026-12-03', '12:00'));
    expect((await rowOf(same)).clientId).toBe(clientId);
    const view = await getIntake(linkViewer(same), clock);
    expect(view).toMatchObject({ submitted: null, draft: null });
    expect(await listConsents(linkViewer(same))).toEqual([]);
    await db.write((tx) =>
      tx
        .update(series)
        .set({ createdAt: NOW + 1 })
        .where(eq(series.id, same)),
    );
    for (const way of ['staff', 'link'] as const) {
      await confirmSeries(same, way, 'somebody', NOW);
      expect(await getIntake(linkViewer(same), clock)).toMatchObject({ submitted: null, draft: null });
    }
    // Answers given to staff are saved to the newest series, but that series' link cannot read them.
    await answerAll(MIRA, thinner, NOW + 1, clientId);
    expect((await getIntake(linkViewer(same), clock))?.submitted).toBeNull();
    expect((await getIntake(MIRA, clock, clientId))?.submitted?.verdict?.tier).toBe('ask_first');
    await saveIntakeScreen(MIRA, agree, clock, clientId);
    await saveIntakeScreen(MIRA, ticked('now', ['saddle']), clock, clientId);
    expect(await getIntake(linkViewer(same), clock)).toMatchObject({ draft: null, stop: null });
    await withdrawConsent(linkViewer(same), { kind: 'health_kept' }, clock);
    expect((await getIntake(LINK, clock))?.submitted).not.toBeNull();
  });
});

describe('what staff may see', () => {
  const standing = (viewer: Parameters<typeof getClientHealthStatus>[0], now = NOW) =>
    getClientHealthStatus(viewer, clientId, { now });

  it('is only how far the client is, for the front desk', async () => {
    expect(await standing(DESK_VIEWER)).toEqual({ level: 'not_yet', sheet: null });
    await answerAll(LINK);
    expect(await standing(DESK_VIEWER)).toEqual({ level: 'answered', sheet: null });
    expect(await standing(DESK_VIEWER, NOW + 365 * DAY)).toEqual({ level: 'not_yet', sheet: null });
    await answerAll(LINK, thinner, NOW + 1);
    expect(await standing(DESK_VIEWER)).toEqual({ level: 'needs_call', sheet: null });
  });

  it('is the answers, for those who treat the client', async () => {
    await answerAll(LINK, thinner);
    await answerAll(LINK, noneOf('health'), NOW + 1);
    for (const viewer of [MIRA, OWNER_VIEWER]) {
      const found = await standing(viewer);
      expect(found).toMatchObject({
        level: 'answered',
        sheet: { submitted: { verdict: { tier: 'fine' } }, isBegun: false },
      });
      expect(found?.sheet?.earlier).toEqual([{ at: NOW, tier: 'ask_first' }]);
    }
    expect(await standing(TOM)).toBeNull();
  });

  it('is shown to the client as discussed, until they answer again', async () => {
    await answerAll(LINK, thinner);
    expect((await getIntake(LINK, clock))?.submitted?.isSettled).toBe(false);
    await markAnswersDiscussed(OWNER_VIEWER, { clientId, at: NOW }, { now: NOW + 1 });
    expect((await getIntake(LINK, clock))?.submitted?.isSettled).toBe(true);
    await answerAll(LINK, thinner, NOW + 2);
    expect((await getIntake(LINK, clock))?.submitted?.isSettled).toBe(false);
  });

  it('needs no call once it was discussed, until something else is answered', async () => {
    await answerAll(LINK, thinner);
    expect(await markAnswersDiscussed(TOM, { clientId, at: NOW }, clock)).toEqual({ ok: false, reason: 'not_found' });
    expect(await markAnswersDiscussed(MIRA, { clientId, at: NOW - 1 }, clock)).toEqual({
      ok: false,
      reason: 'conflict',
    });
    expect(await markAnswersDiscussed(MIRA, { clientId, at: NOW }, { now: NOW + 1 })).toEqual({ ok: true });
    expect((await standing(DESK_VIEWER))?.level).toBe('answered');
    await answerAll(LINK, thinner, NOW + 2);
    expect((await standing(DESK_VIEWER))?.level).toBe('needs_call');
  });

  it('still needs a call when somebody else books with that name and answers that all is well', async () => {
    await answerAll(LINK, thinner);
    const other = await book(instantAt('2026-12-03', '12:00'));
    await answerAll(linkViewer(other), noneOf('health'), NOW + 1);
    expect((await standing(DESK_VIEWER))?.level).toBe('needs_call');
    await answerAll(MIRA, noneOf('health'), NOW + 2, clientId);
    expect((await standing(DESK_VIEWER))?.level).toBe('answered');
  });

  it('needs a call if an unfinished form says so, or if the consent to treatment was withdrawn', async () => {
    await saveIntakeScreen(LINK, agree, clock);
    expect((await standing(DESK_VIEWER))?.level).toBe('not_yet');
    await saveIntakeScreen(LINK, ticked('now', ['saddle']), clock);
    expect((await standing(DESK_VIEWER))?.level).toBe('needs_call');
    await answerAll(LINK, noneOf('health'), NOW + 1);
    expect((await standing(DESK_VIEWER))?.level).toBe('answered');
    await withdrawConsent(LINK, { kind: 'treated' }, { now: NOW + 2 });
    expect((await standing(DESK_VIEWER))?.level).toBe('needs_call');
  });
});

describe('answers under another key', () => {
  it('are reported to exist, but not shown', async () => {
    await answerAll(LINK, thinner);
    await db.write((tx) =>
      tx.update(intakes).set({ sealedIntake: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }),
    );
    expect((await getIntake(LINK, clock))?.submitted).toEqual({
      at: NOW,
      answers: null,
      verdict: null,
      isSettled: false,
    });
    expect(await getClientHealthStatus(MIRA, clientId, clock)).toMatchObject({
      level: 'needs_call',
      sheet: { submitted: { verdict: null } },
    });
  });
});

describe('an unfinished form under another key', () => {
  it('stays as it is when a new form is begun, and counts as a need for care until the new one is complete', async () => {
    await saveIntakeScreen(LINK, agree, clock);
    const locked = 'A'.repeat(48);
    await db.write((tx) => tx.update(intakes).set({ sealedIntake: locked }));
    expect(await saveIntakeScreen(LINK, noneOf('now'), clock)).toEqual({ ok: false, reason: 'incomplete' });
    expect((await getClientHealthStatus(DESK_VIEWER, clientId, clock))?.level).toBe('needs_call');
    expect(await listHealthAnswersForBookingUnchecked(await reader(), [seriesId], NOW)).toEqual([
      { answers: null, isSettled: false },
    ]);
    await answerAll(LINK, noneOf('health'), NOW + 1);
    const rows = await (await reader()).select().from(intakes);
    expect(rows.map(({ sealedIntake }) => sealedIntake === locked).sort()).toEqual([false, true]);
    expect((await getIntake(LINK, clock))?.submitted?.answers).toMatchObject({ hopes: expect.any(String) });
    expect((await getClientHealthStatus(DESK_VIEWER, clientId, clock))?.level).toBe('answered');
    expect(await listHealthAnswersForBookingUnchecked(await reader(), [seriesId], NOW)).toMatchObject([
      { answers: { clot: 'no' } },
    ]);
  });
});

describe('a form that staff have begun', () => {
  it('stays as it is when the link begins its own', async () => {
    await saveIntakeScreen(MIRA, agree, clock, clientId);
    await saveIntakeScreen(MIRA, ticked('now', ['clot']), clock, clientId);
    await saveIntakeScreen(LINK, agree, { now: NOW + 1 });
    expect((await getIntake(LINK, { now: NOW + 1 }))?.draft).toMatchObject({ saved: ['agree'], answers: {} });
    const rows = await (await reader()).select().from(intakes);
    expect(rows.map(({ way }) => way).sort()).toEqual(['link', 'staff']);
  });
});

describe('a consent', () => {
  beforeEach(async () => {
    await answerAll(LINK, thinner);
  });

  it('is stored once, with its words, version, time, way and hash', async () => {
    await saveIntakeScreen(LINK, agree, { now: NOW + 1 });
    const consents = (await listConsents(LINK))!;
    expect(consents.map(({ kind }) => kind)).toEqual(['health_kept', 'treated']);
    expect(consents[0]).toMatchObject({ version: '2026-11-28 adult', way: 'page', at: NOW, withdrawn: null });
    expect(consents[0]?.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('stays in the record when it is withdrawn, and its answers are deleted', async () => {
    expect(await withdrawConsent(LINK, { kind: 'health_kept' }, { now: NOW + 5 })).toEqual({ ok: true });
    expect(await withdrawConsent(LINK, { kind: 'health_kept' }, { now: NOW + 6 })).toEqual({ ok: true });
    const input = (await listConsents(LINK))!;
    expect(input.find(({ kind }) => kind === 'health_kept')?.withdrawn).toMatchObject({ at: NOW + 5, way: 'page' });
    expect(input.find(({ kind }) => kind === 'treated')?.withdrawn).toBeNull();
    expect(await (await reader()).select().from(intakes)).toEqual([]);
    const view = await getIntake(LINK, clock);
    expect(view).toMatchObject({ submitted: null, consents: { health_kept: 'withdrawn', treated: 'given' } });
    expect(await saveIntakeScreen(LINK, noneOf('now'), clock)).toEqual({ ok: false, reason: 'consent' });
  });

  it('can be given again', async () => {
    await withdrawConsent(LINK, { kind: 'health_kept' }, { now: NOW + 5 });
    await saveIntakeScreen(LINK, agree, { now: NOW + 7 });
    expect((await getIntake(LINK, clock))?.consents.health_kept).toBe('given');
    expect((await listConsents(LINK))?.filter(({ kind }) => kind === 'health_kept')).toHaveLength(2);
  });
});

it('the screens together ask every question', () => {
  expect(Object.values(safetyQuestionsByScreen).flat()).toHaveLength(20);
});

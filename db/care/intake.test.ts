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
import { listCurrentHealthAnswers } from './current-health-answers';
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

describe('the questions before the first visit', () => {
  it('begin with nothing, and go on where they were left', async () => {
    expect(await getIntake(LINK, clock)).toMatchObject({ draft: null, submitted: null, next: 'agree' });
    expect(await saveIntakeScreen(LINK, agree, clock)).toEqual({ ok: true, next: 'now', stop: false });
    expect(await saveIntakeScreen(LINK, noneOf('now'), clock)).toEqual({ ok: true, next: 'lately', stop: false });
    const view = await getIntake(LINK, clock);
    expect(view).toMatchObject({ next: 'lately', submitted: null });
    expect(view?.draft?.answers).toEqual({ saddle: 'no', chest: 'no', stroke: 'no' });
  });

  it('are judged once the last screen is saved', async () => {
    expect(await answerAll(LINK, thinner)).toEqual({ ok: true, next: 'done', stop: false });
    const view = await getIntake(LINK, clock);
    expect(view?.draft).toBeNull();
    expect(view?.submitted?.at).toBe(NOW);
    expect(view?.submitted?.verdict).toMatchObject({ tier: 'ask_first' });
    expect(view?.submitted?.verdict?.services).toMatchObject({ swedish: 'light_only', 'deep-tissue': 'not_offered' });
    // Only what was ticked has words.
    expect(view?.submitted?.answers?.about).toEqual({ allergy: 'Quillaja oil' });
    expect(view?.submitted?.answers?.hopes).toBe('Run ten miles');
  });

  it('keep nothing before it is agreed to', async () => {
    expect(await saveIntakeScreen(LINK, noneOf('now'), clock)).toEqual({ ok: false, reason: 'consent' });
    const without = await saveIntakeScreen(LINK, { ...agree, healthKept: false } as IntakeScreenValues, clock);
    expect(without).toMatchObject({ ok: false, reason: 'invalid', issues: [{ path: ['healthKept'] }] });
    expect(await (await reader()).select().from(intakes)).toEqual([]);
  });

  it('are not finished while a screen is missing', async () => {
    await saveIntakeScreen(LINK, agree, clock);
    expect(await saveIntakeScreen(LINK, hopes, clock)).toEqual({ ok: true, next: 'now', stop: false });
    expect((await getIntake(LINK, clock))?.submitted).toBeNull();
  });

  it('stop at once for what cannot wait, and keep it', async () => {
    await saveIntakeScreen(LINK, agree, clock);
    expect(await saveIntakeScreen(LINK, ticked('now', ['chest']), clock)).toMatchObject({ ok: true, stop: true });
    expect((await getIntake(LINK, clock))?.draft?.answers.chest).toBe('yes');
    expect(await saveIntakeScreen(LINK, noneOf('now'), clock)).toMatchObject({ ok: true, stop: false });
  });

  it('say what is wrong, and save nothing', async () => {
    await saveIntakeScreen(LINK, agree, clock);
    const nothing = await saveIntakeScreen(LINK, { ...ticked('now', []), none: false } as IntakeScreenValues, clock);
    expect(nothing).toMatchObject({ reason: 'invalid', issues: [{ path: ['signs'] }] });
    const long = await saveIntakeScreen(LINK, ticked('health', ['allergy'], { allergy: 'x'.repeat(501) }), clock);
    expect(long).toMatchObject({ reason: 'invalid', issues: [{ path: ['about-allergy'] }] });
    expect((await getIntake(LINK, clock))?.draft?.saved).toEqual(['agree']);
  });

  it('want a guardian, who is there, for somebody under 18', async () => {
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

  it('end what somebody under 18 agreed to by themselves once a guardian speaks for them, and the other way round', async () => {
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

  it('know on the next round who spoke for the client', async () => {
    await answerAll(LINK);
    expect(await getIntake(LINK, clock)).toMatchObject({ guardian: null });
    const guardian = { isMinor: true, guardianName: 'Rosa Costa', guardianIsPresent: true };
    const later = { now: NOW + 1 };
    await saveIntakeScreen(LINK, { ...agree, ...guardian } as IntakeScreenValues, later);
    for (const values of [noneOf('now'), noneOf('lately'), noneOf('health'), hopes])
      await saveIntakeScreen(LINK, values, later);
    expect(await getIntake(LINK, later)).toMatchObject({ draft: null, guardian: { name: 'Rosa Costa' } });
  });

  it('begin no other round when the last screen is sent twice', async () => {
    await answerAll(LINK);
    expect(await saveIntakeScreen(LINK, hopes, clock)).toEqual({ ok: false, reason: 'incomplete' });
    expect(await (await reader()).select().from(intakes)).toHaveLength(1);
  });

  it('lose nothing when two devices save at once', async () => {
    await saveIntakeScreen(LINK, agree, clock);
    const both = [noneOf('now'), noneOf('lately'), noneOf('health')];
    await Promise.all(both.map((values) => saveIntakeScreen(LINK, values, clock)));
    expect((await getIntake(LINK, clock))?.draft?.saved).toEqual(['agree', 'now', 'lately', 'health']);
  });
});

describe('are asked again', () => {
  beforeEach(async () => {
    await answerAll(LINK, thinner);
  });

  it('after a year, and until then they count', async () => {
    expect((await getIntake(LINK, { now: NOW + 364 * DAY }))?.why).toBeNull();
    expect((await getIntake(LINK, { now: NOW + 365 * DAY }))?.why).toBe('old');
  });

  it('when they are of another version', async () => {
    await db.write((tx) => tx.update(intakes).set({ questionsVersion: '2020-01-01' }));
    expect((await getIntake(LINK, clock))?.why).toBe('version');
  });

  it('when the client comes for something else, and the old answers stay until the new ones are whole', async () => {
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

describe('who may answer and read', () => {
  it('is the therapist who treats them and the owner, on the spot', async () => {
    for (const viewer of [MIRA, OWNER_VIEWER]) {
      await answerAll(viewer, thinner, NOW, clientId);
      expect((await getIntake(viewer, clock, clientId))?.submitted?.verdict?.tier).toBe('ask_first');
    }
    expect((await listConsents(MIRA, clientId))?.[0]?.way).toBe('staff');
  });

  it('is no other therapist, and no other client', async () => {
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
    // A link names nobody else, whatever is asked with it.
    expect((await getIntake(linkViewer(other), clock, clientId))?.submitted).toBeNull();
    expect(await getIntake(linkViewer('made-up'), clock)).toBeNull();
  });

  it('is not whoever books by the same name and address, whoever confirms it', async () => {
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
    // What was told to staff is written to the newest series, and is not read there by its link.
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

describe('what staff may know', () => {
  const standing = (viewer: Parameters<typeof getClientHealthStatus>[0], now = NOW) =>
    getClientHealthStatus(viewer, clientId, { now });

  it('is how far they are, for the front desk, and no more', async () => {
    expect(await standing(DESK_VIEWER)).toEqual({ level: 'not_yet', sheet: null });
    await answerAll(LINK);
    expect(await standing(DESK_VIEWER)).toEqual({ level: 'answered', sheet: null });
    expect(await standing(DESK_VIEWER, NOW + 365 * DAY)).toEqual({ level: 'not_yet', sheet: null });
    await answerAll(LINK, thinner, NOW + 1);
    expect(await standing(DESK_VIEWER)).toEqual({ level: 'needs_call', sheet: null });
  });

  it('is the answers, for those who treat them', async () => {
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

  it('is told to the client as talked over, until they answer anew', async () => {
    await answerAll(LINK, thinner);
    expect((await getIntake(LINK, clock))?.submitted?.isSettled).toBe(false);
    await markAnswersDiscussed(OWNER_VIEWER, { clientId, at: NOW }, { now: NOW + 1 });
    expect((await getIntake(LINK, clock))?.submitted?.isSettled).toBe(true);
    await answerAll(LINK, thinner, NOW + 2);
    expect((await getIntake(LINK, clock))?.submitted?.isSettled).toBe(false);
  });

  it('is no call any more once it was talked over, until something else is answered', async () => {
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

  it('stays a call when somebody else books by that name and answers that all is well', async () => {
    await answerAll(LINK, thinner);
    const other = await book(instantAt('2026-12-03', '12:00'));
    await answerAll(linkViewer(other), noneOf('health'), NOW + 1);
    expect((await standing(DESK_VIEWER))?.level).toBe('needs_call');
    await answerAll(MIRA, noneOf('health'), NOW + 2, clientId);
    expect((await standing(DESK_VIEWER))?.level).toBe('answered');
  });

  it('is a call where a round that is only begun says so, or who agreed to be treated does not any more', async () => {
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

describe('under another key', () => {
  it('answers are said to be there, and are not shown', async () => {
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

describe('a form that is only begun, under another key', () => {
  it('is left as it is where a new one is begun, and is a need of care until that is whole', async () => {
    await saveIntakeScreen(LINK, agree, clock);
    const locked = 'A'.repeat(48);
    await db.write((tx) => tx.update(intakes).set({ sealedIntake: locked }));
    expect(await saveIntakeScreen(LINK, noneOf('now'), clock)).toEqual({ ok: false, reason: 'incomplete' });
    expect((await getClientHealthStatus(DESK_VIEWER, clientId, clock))?.level).toBe('needs_call');
    expect(await listCurrentHealthAnswers(await reader(), [seriesId], NOW)).toEqual([
      { answers: null, isSettled: false },
    ]);
    await answerAll(LINK, noneOf('health'), NOW + 1);
    const rows = await (await reader()).select().from(intakes);
    expect(rows.map(({ sealedIntake }) => sealedIntake === locked).sort()).toEqual([false, true]);
    expect((await getIntake(LINK, clock))?.submitted?.answers).toMatchObject({ hopes: expect.any(String) });
    expect((await getClientHealthStatus(DESK_VIEWER, clientId, clock))?.level).toBe('answered');
    expect(await listCurrentHealthAnswers(await reader(), [seriesId], NOW)).toMatchObject([
      { answers: { clot: 'no' } },
    ]);
  });
});

describe('what staff have begun', () => {
  it('is left as it is where the link begins its own', async () => {
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

  it('is kept with its words, version, time, way and hash, each once', async () => {
    await saveIntakeScreen(LINK, agree, { now: NOW + 1 });
    const consents = (await listConsents(LINK))!;
    expect(consents.map(({ kind }) => kind)).toEqual(['health_kept', 'treated']);
    expect(consents[0]).toMatchObject({ version: '2026-11-28 adult', way: 'page', at: NOW, withdrawn: null });
    expect(consents[0]?.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('stays in the record when it is withdrawn, and the answers go with theirs', async () => {
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

it('asks every question on some screen', () => {
  expect(Object.values(safetyQuestionsByScreen).flat()).toHaveLength(20);
});

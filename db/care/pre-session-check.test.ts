import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { emptyNote, type NoteContent } from '@/care/session-notes';
import { bookSeries } from '@/db/booking/book-series';
import { moveAppointments } from '@/db/booking/move-appointments';
import { listDatesExemptFromMoveLimits } from '@/db/booking/move-limit-exemptions';
import { getConnection, reader } from '@/db/connection/database-client';
import { appointments, intakes, series, sessionChecks } from '@/db/schema';
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
import { getClientHealthStatus } from './client-health-status';
import { listConsents, withdrawConsent } from './consents';
import { listHealthAlertsOfSession } from './health-alerts';
import {
  findNextSession,
  getSessionCheck,
  type SessionCheckValues,
  type SessionCheckViewer,
  saveAllowedAreas,
  saveSessionCheck,
} from './pre-session-check';
import { type IntakeScreenValues, saveIntakeScreen } from './save-intake';
import { saveNote } from './write-session-notes';

setUpTestDatabase({ now: NOW });
const MIRA = therapistViewer('mira');
const TOM = therapistViewer('tom');
const HOUR = 3_600_000;
const START = instantAt('2026-12-01', '18:00');
/** An hour before the first session: too late to move or cancel any date online. */
const LATE = { now: START - HOUR };

let seriesId = '';
let clientId = '';
let uid = '';
const link = () => ({ role: 'link', seriesId }) as const;
const ticked = (yes: string[], about = {}): { uid: string } & SessionCheckValues => {
  return { uid, isNew: true, yes, unsure: [], none: false, about };
};
/** Sends the check from a page that was just opened. */
const send = async (
  viewer: SessionCheckViewer,
  values: { uid: string } & SessionCheckValues,
  clock: { now: number },
) => {
  const seen = (await getSessionCheck(DESK_VIEWER, uid, clock))?.answer?.at ?? 0;
  return saveSessionCheck(viewer, { ...values, seen }, clock);
};
const agree: IntakeScreenValues = {
  ...{ screen: 'agree', treated: true, healthKept: true, writtenTo: false },
  ...{ isMinor: false, guardianName: '', guardianIsPresent: false },
};

beforeEach(async () => {
  const booked = await bookSeries(
    ANONYMOUS_VIEWER,
    makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', 4), { questionSlug: 'hamstring-tendinopathy' }),
    { now: NOW },
  );
  if (!booked.ok) throw new Error(booked.reason);
  seriesId = booked.seriesId;
  clientId = (await (await reader()).select().from(series).where(eq(series.id, seriesId)))[0]!.clientId;
  uid = (await findNextSession(seriesId, LATE))!;
  await saveIntakeScreen(link(), agree, { now: NOW });
});

describe('the check before a session', () => {
  it('is open to the client from a day before until the session begins, and at the desk until it is over', async () => {
    const isOpenAt = async (now: number) => (await getSessionCheck(link(), uid, { now }))?.isOpen;
    expect(await isOpenAt(START - 24 * HOUR - 1)).toBe(false);
    expect(await isOpenAt(START - 24 * HOUR)).toBe(true);
    expect(await isOpenAt(START - 1)).toBe(true);
    expect(await isOpenAt(START)).toBe(false);
    expect((await getSessionCheck(DESK_VIEWER, uid, { now: START }))?.isOpen).toBe(true);
    const early = await send(link(), { uid, isNew: false }, { now: START - 25 * HOUR });
    expect(early).toEqual({ ok: false, reason: 'closed' });
  });

  it('saves "nothing new" with one press, and asks where the therapist may work', async () => {
    expect(await send(link(), { uid, isNew: false }, LATE)).toEqual({ ok: true, asksAreas: true });
    const view = await getSessionCheck(link(), uid, LATE);
    expect(view).toMatchObject({ areas: ['buttock', 'inner_thigh'], answer: { verdict: null, urgency: null } });
    expect(view?.answer?.answers?.isNew).toBe(false);
  });

  it('judges what is new, and informs those who treat the client', async () => {
    await send(link(), ticked(['thinner', 'infection'], { thinner: 'Quillaja tablets' }), LATE);
    const results = (await getSessionCheck(MIRA, uid, LATE))?.answer;
    expect(results?.verdict?.tier).toBe('not_today');
    expect(results?.verdict?.reasons.map(({ question }) => question)).toEqual(['infection', 'thinner']);
    expect(results?.answers?.about).toEqual({ thinner: 'Quillaja tablets' });
    const standing = await getClientHealthStatus(OWNER_VIEWER, clientId, LATE);
    expect(standing).toMatchObject({
      level: 'needs_call',
      sheet: { next: { uid, answer: { urgency: 'talk_first' } } },
    });
  });

  it('tells the front desk that they should talk first, but not why', async () => {
    await send(DESK_VIEWER, ticked(['chest']), LATE);
    const results = (await getSessionCheck(DESK_VIEWER, uid, LATE))?.answer;
    expect(results).toEqual({ at: LATE.now, answers: null, verdict: null, urgency: 'help_now' });
    expect(await getClientHealthStatus(DESK_VIEWER, clientId, LATE)).toEqual({ level: 'needs_call', sheet: null });
  });

  it('counts as nothing new if the list was opened and nothing was ticked', async () => {
    await send(link(), { uid, isNew: true, yes: [], unsure: [], none: true, about: {} }, LATE);
    expect((await getSessionCheck(link(), uid, LATE))?.answer).toMatchObject({
      verdict: null,
      answers: { isNew: false },
    });
  });

  it('is not overwritten by a page that was opened before it was saved', async () => {
    const fever = { ...ticked(['infection']), seen: 0 };
    const later = { now: LATE.now + 60_000 };
    expect(await saveSessionCheck(link(), fever, LATE)).toMatchObject({ ok: true });
    const stale = await saveSessionCheck(link(), { uid, seen: 0, isNew: false }, later);
    expect(stale).toEqual({ ok: false, reason: 'changed', at: LATE.now });
    expect((await getSessionCheck(link(), uid, later))?.answer?.answers?.isNew).toBe(true);
    expect(await saveSessionCheck(link(), { uid, seen: LATE.now, isNew: false }, later)).toMatchObject({ ok: true });
    // Pressing the button again gives the same result.
    expect(await saveSessionCheck(link(), { uid, seen: 0, isNew: false }, later)).toMatchObject({ ok: true });
  });

  it('requires a tick, and limits the length of the text', async () => {
    expect(await send(link(), ticked([]), LATE)).toMatchObject({ issues: [{ path: ['signs'] }] });
    const long = ticked(['allergy'], { allergy: 'x'.repeat(501) });
    expect(await send(link(), long, LATE)).toMatchObject({ issues: [{ path: ['about-allergy'] }] });
  });

  it('cannot be saved without consent, and is deleted when consent is withdrawn', async () => {
    await send(link(), ticked(['thinner']), LATE);
    await withdrawConsent(link(), { kind: 'health_kept' }, LATE);
    expect(await (await reader()).select().from(sessionChecks)).toEqual([]);
    expect((await getSessionCheck(link(), uid, LATE))?.hasConsent).toBe(false);
    expect(await send(link(), { uid, isNew: false }, LATE)).toEqual({ ok: false, reason: 'consent' });
  });

  it('is deleted when the link that consented withdraws, even if another link of the client answered', async () => {
    const other = await bookSeries(
      ANONYMOUS_VIEWER,
      makeSeriesRequest(listWeeklyInstants('2026-12-02', '18:00', 2), {}),
      {
        now: NOW,
      },
    );
    if (!other.ok) throw new Error(other.reason);
    const others = { role: 'link', seriesId: other.seriesId } as const;
    const now = instantAt('2026-12-02', '17:00');
    const first = (await findNextSession(other.seriesId, { now }))!;
    const results = { uid: first, seen: 0, isNew: false } as const;
    expect(await saveSessionCheck(others, results, { now })).toMatchObject({ ok: true });
    await withdrawConsent(link(), { kind: 'health_kept' }, { now: now + 1 });
    expect(await (await reader()).select().from(sessionChecks)).toEqual([]);
    // If the client consented through that link too, the answer stays.
    for (const viewer of [link(), others]) await saveIntakeScreen(viewer, agree, { now: now + 2 });
    expect(await saveSessionCheck(others, results, { now: now + 3 })).toMatchObject({ ok: true });
    await withdrawConsent(link(), { kind: 'health_kept' }, { now: now + 4 });
    expect(await (await reader()).select().from(sessionChecks)).toHaveLength(1);
  });

  it('is never left behind by a withdrawal at the same moment, nor is the form', async () => {
    for (let round = 0; round < 8; round++) {
      await saveIntakeScreen(link(), agree, LATE);
      await Promise.all([
        saveSessionCheck(link(), { uid, seen: 0, isNew: false }, LATE),
        saveIntakeScreen(link(), { screen: 'now', yes: [], unsure: [], none: true, about: {} }, LATE),
        withdrawConsent(link(), { kind: 'health_kept' }, LATE),
      ]);
      expect(await (await reader()).select().from(sessionChecks)).toEqual([]);
      expect(await (await reader()).select().from(intakes)).toEqual([]);
    }
  });

  it('is hidden from everybody else', async () => {
    const other = await bookSeries(
      ANONYMOUS_VIEWER,
      makeSeriesRequest(instantAt('2026-12-03', '12:00'), { client: { name: 'Nia Walsh', email: 'nia@example.org' } }),
      { now: NOW },
    );
    if (!other.ok) throw new Error(other.reason);
    const stranger = { role: 'link', seriesId: other.seriesId } as const;
    await send(link(), ticked(['thinner']), LATE);
    for (const viewer of [TOM, stranger]) {
      expect(await getSessionCheck(viewer, uid, LATE)).toBeNull();
      expect(await send(viewer, { uid, isNew: false }, LATE)).toEqual({ ok: false, reason: 'not_found' });
      expect(await saveAllowedAreas(viewer, { uid, allowed: [] }, LATE)).toEqual({ ok: false, reason: 'not_found' });
    }
  });
});

describe('a client who is ill', () => {
  const to = instantAt('2026-12-03', '12:00');
  const version = async () =>
    (await (await reader()).select().from(appointments).where(eq(appointments.id, uid)))[0]!.version;
  const move = async (now = LATE.now + 1) => {
    return moveAppointments(link(), { uid, startsAt: to, scope: 'this', version: await version() }, { now });
  };

  it('may move that date once after the deadline, and is asked again before the new date', async () => {
    expect(await move()).toEqual({ ok: false, reason: 'cutoff' });
    await send(link(), ticked(['infection']), LATE);
    expect(await listDatesExemptFromMoveLimits(link())).toEqual([uid]);
    expect(await move()).toMatchObject({ ok: true });
    expect(await listDatesExemptFromMoveLimits(link())).toEqual([]);
    expect((await getSessionCheck(link(), uid, { now: to - HOUR }))?.answer).toBeNull();
    const again = { uid, startsAt: instantAt('2026-12-10', '12:00'), scope: 'this', version: await version() } as const;
    expect(await moveAppointments(link(), again, { now: to - HOUR })).toEqual({ ok: false, reason: 'cutoff' });
  });

  it('is no longer exempt from the move limits once they are well after all', async () => {
    await send(link(), ticked(['infection']), LATE);
    await send(link(), { uid, isNew: false }, LATE);
    expect(await listDatesExemptFromMoveLimits(link())).toEqual([]);
    expect(await move()).toEqual({ ok: false, reason: 'cutoff' });
  });

  it('is exempt from the move limits too if the health form says so', async () => {
    await saveIntakeScreen(link(), { screen: 'lately', yes: ['infection'], unsure: [], none: false, about: {} }, LATE);
    expect(await listDatesExemptFromMoveLimits(link())).toEqual([uid]);
    expect(await move()).toMatchObject({ ok: true });
  });

  it('has it after the practice moved the date near, and not while it is far off', async () => {
    await send(link(), ticked(['infection']), LATE);
    const far = { uid, startsAt: instantAt('2026-12-17', '12:00'), scope: 'this', version: await version() } as const;
    expect(await moveAppointments(OWNER_VIEWER, far, LATE)).toMatchObject({ ok: true });
    expect(await listDatesExemptFromMoveLimits(link())).toEqual([]);
  });
});

describe('the alerts a therapist sees', () => {
  it('come from the form, the check before this session, and the places that were refused', async () => {
    const none = { yes: [], unsure: [], none: true, about: {} };
    const screens: IntakeScreenValues[] = [
      ...(['now', 'lately'] as const).map((screen) => ({ screen, ...none })),
      { screen: 'health', ...none, none: false, yes: ['thinner', 'allergy'], about: { allergy: 'Quillaja oil' } },
      { screen: 'hopes', hopes: '', touch: true, aboutTouch: 'My neck', own: {} },
    ];
    for (const values of screens) await saveIntakeScreen(link(), values, { now: NOW });
    const ofForm = [
      'Press lightly',
      'Avoid oils, scents or latex that cause a reaction: Quillaja oil',
      'Avoid the places marked as not to be touched: My neck',
    ];
    expect(await listHealthAlertsOfSession(MIRA, uid)).toEqual(ofForm);
    // They are also on the client's page, for those who may know.
    expect((await getClientHealthStatus(MIRA, clientId, LATE))?.sheet?.alerts).toEqual(ofForm);
    expect((await getClientHealthStatus(DESK_VIEWER, clientId, LATE))?.sheet).toBeNull();
    await send(link(), ticked(['skin'], { skin: 'Graze on the shin' }), LATE);
    await saveAllowedAreas(link(), { uid, allowed: ['buttock'] }, LATE);
    expect(await listHealthAlertsOfSession(OWNER_VIEWER, uid)).toEqual([
      ...ofForm,
      'Avoid the skin that is hurt or fragile: Graze on the shin',
      'This session not near the inner thighs',
    ]);
    expect(await listHealthAlertsOfSession(TOM, uid)).toEqual([]);
    expect(await listHealthAlertsOfSession(MIRA, '\0')).toEqual([]);
    await (await getConnection()).transact((tx) => tx.update(intakes).set({ sealedIntake: 'A'.repeat(48) }));
    expect((await listHealthAlertsOfSession(MIRA, uid))[0]).toMatch(/cannot be shown here: ask before you begin$/);
  });
});

describe('before a session of a client under 18', () => {
  beforeEach(async () => {
    const guardian = { isMinor: true, guardianName: 'Rosa Costa', guardianIsPresent: true };
    await saveIntakeScreen(link(), { ...agree, ...guardian } as IntakeScreenValues, { now: NOW + 1 });
  });

  it.each([
    ['by their link', link],
    ['at the desk', () => DESK_VIEWER],
    ['to the therapist who treats them', () => MIRA],
  ] as const)('their guardian answers, and that is recorded: %s', async (_, viewerOf) => {
    const viewer = viewerOf();
    expect(await getSessionCheck(viewer, uid, LATE)).toMatchObject({ isUnder18: true });
    const nothing = { uid, seen: 0, isNew: false } as const;
    expect(await saveSessionCheck(viewer, nothing, LATE)).toEqual({ ok: false, reason: 'guardian' });
    expect(await (await reader()).select().from(sessionChecks)).toEqual([]);
    expect(await saveSessionCheck(viewer, { ...nothing, signer: 'guardian' }, LATE)).toMatchObject({ ok: true });
    expect((await getSessionCheck(MIRA, uid, LATE))?.answer?.answers?.signer).toBe('guardian');
  });

  it('only their guardian can allow work near a sensitive place, in the guardian’s wording', async () => {
    await saveSessionCheck(link(), { uid, seen: 0, isNew: false, signer: 'guardian' }, LATE);
    const alone = await saveAllowedAreas(link(), { uid, allowed: ['buttock'] }, LATE);
    expect(alone).toEqual({ ok: false, reason: 'guardian' });
    expect(await saveAllowedAreas(link(), { uid, allowed: ['buttock'], signer: 'guardian' }, LATE)).toEqual({
      ok: true,
    });
    const consents = (await listConsents(link()))!.filter(({ kind }) => kind === 'sensitive_area');
    expect(consents.map(({ words, version }) => [words.slice(0, 86), version])).toEqual([
      ['I am the parent or guardian of this client, who is under 18, and say for them: For the', '2026-11-28 guardian'],
    ]);
  });

  it('the therapist is reminded that the guardian has to be present', async () => {
    expect(await listHealthAlertsOfSession(MIRA, uid)).toEqual([
      'Under 18: begin only when a parent or guardian is there',
    ]);
  });

  it('they answer for themselves once they are 18, and nobody can answer as a guardian', async () => {
    await saveIntakeScreen(link(), agree, { now: NOW + 2 });
    expect(await getSessionCheck(link(), uid, LATE)).toMatchObject({ isUnder18: false });
    const asGuardian = { uid, seen: 0, isNew: false, signer: 'guardian' } as const;
    expect(await saveSessionCheck(link(), asGuardian, LATE)).toEqual({ ok: false, reason: 'guardian' });
    expect(await send(link(), { uid, isNew: false }, LATE)).toMatchObject({ ok: true });
    expect((await getSessionCheck(MIRA, uid, LATE))?.answer?.answers?.signer).toBe('adult');
  });
});

describe('work near a sensitive place', () => {
  const ofSession = async () => (await listConsents(link()))!.filter(({ kind }) => kind === 'sensitive_area');

  it('is consented to for one session, in words that do not name the place', async () => {
    await send(link(), { uid, isNew: false }, LATE);
    expect(await saveAllowedAreas(link(), { uid, allowed: ['buttock', 'chest'] }, LATE)).toEqual({ ok: true });
    expect((await getSessionCheck(MIRA, uid, LATE))?.answer?.answers?.areas).toEqual({
      buttock: 'yes',
      inner_thigh: 'no',
    });
    const [consent] = await ofSession();
    expect(consent?.words).toMatch(/^For the session on Tuesday 1 December at 18:00: /);
    expect(consent?.withdrawn).toBeNull();
    // The client can report something new again without being asked about the places again.
    expect(await send(link(), { uid, isNew: false }, LATE)).toEqual({ ok: true, asksAreas: false });
  });

  it('can be refused later, which leaves the price unchanged', async () => {
    await send(link(), { uid, isNew: false }, LATE);
    await saveAllowedAreas(link(), { uid, allowed: ['buttock'] }, LATE);
    const priceOf = async () =>
      (await (await reader()).select().from(appointments).where(eq(appointments.id, uid)))[0]!.priceCents;
    const price = await priceOf();
    await saveAllowedAreas(link(), { uid, allowed: [] }, { now: LATE.now + 1 });
    expect((await ofSession()).map(({ withdrawn }) => withdrawn?.at)).toEqual([LATE.now + 1]);
    expect(await priceOf()).toBe(price);
    expect((await getSessionCheck(MIRA, uid, LATE))?.answer?.answers?.areas).toEqual({
      buttock: 'no',
      inner_thigh: 'no',
    });
  });

  it('is asked about if the last note of the plan marks a place to work on, but not a place to avoid', async () => {
    const next = START + 7 * 24 * HOUR;
    const second = (await findNextSession(seriesId, { now: START }))!;
    const note = (areas: NoteContent['areas']) => ({ ...emptyNote, did: 'Chest and back.', areas });
    const request = {
      uid,
      seen: 0,
      editor: 'page',
      edit: 1,
      content: note({ chest: 'focus-light', belly: 'avoid', 'calf-left': 'focus' }),
    };
    expect(await saveNote(MIRA, request, { now: START })).toMatchObject({ ok: true });
    const now = next - HOUR;
    const areasFor = async (viewer: SessionCheckViewer) => (await getSessionCheck(viewer, second, { now }))?.areas;
    expect(await areasFor(link())).toEqual(['buttock', 'inner_thigh', 'chest']);
    expect(await areasFor(MIRA)).toEqual(['buttock', 'inner_thigh', 'chest']);
    // Only those who treat a client may know where the client was treated: the front desk asks about all four places.
    expect(await areasFor(DESK_VIEWER)).toEqual(['buttock', 'inner_thigh', 'chest', 'abdomen']);
    expect(await areasFor(TOM)).toBeUndefined();
    const check = { uid: second, seen: 0, isNew: false } as const;
    expect(await saveSessionCheck(DESK_VIEWER, check, { now })).toEqual({ ok: true, asksAreas: true });
    await saveAllowedAreas(DESK_VIEWER, { uid: second, allowed: ['chest'] }, { now });
    expect((await getSessionCheck(MIRA, second, { now }))?.answer?.answers?.areas).toEqual({
      ...{ buttock: 'no', inner_thigh: 'no', chest: 'yes', abdomen: 'no' },
    });
    expect(await saveSessionCheck(link(), { ...check, seen: now }, { now })).toEqual({ ok: true, asksAreas: false });
    await saveAllowedAreas(link(), { uid: second, allowed: ['buttock', 'chest'] }, { now });
    expect((await getSessionCheck(MIRA, second, { now }))?.answer?.answers?.areas).toEqual({
      ...{ buttock: 'yes', inner_thigh: 'no', chest: 'yes', abdomen: 'no' },
    });
  });

  it('is asked about at the desk for every client, so that the front desk learns nothing', async () => {
    const other = await bookSeries(
      ANONYMOUS_VIEWER,
      makeSeriesRequest(listWeeklyInstants('2026-12-02', '18:00', 2), {}),
      {
        now: NOW,
      },
    );
    if (!other.ok) throw new Error(other.reason);
    const now = instantAt('2026-12-02', '17:00');
    const first = (await findNextSession(other.seriesId, { now }))!;
    const { areas, asksEverybody } = (await getSessionCheck(DESK_VIEWER, first, { now }))!;
    expect({ areas, asksEverybody }).toEqual({
      ...{ areas: ['buttock', 'inner_thigh', 'chest', 'abdomen'], asksEverybody: true },
    });
    expect(await getSessionCheck(OWNER_VIEWER, first, { now })).toMatchObject({ areas: [], asksEverybody: false });
  });

  it('is not asked about before they have talked about what is new', async () => {
    expect(await send(DESK_VIEWER, ticked(['allergy']), LATE)).toEqual({ ok: true, asksAreas: true });
    expect(await send(DESK_VIEWER, ticked(['infection']), LATE)).toEqual({ ok: true, asksAreas: false });
    expect(await send(link(), ticked(['chest']), LATE)).toEqual({ ok: true, asksAreas: false });
  });

  it('is not asked of a link because of a note on another plan', async () => {
    const other = await bookSeries(
      ANONYMOUS_VIEWER,
      makeSeriesRequest(listWeeklyInstants('2026-12-02', '18:00', 2), {}),
      {
        now: NOW,
      },
    );
    if (!other.ok) throw new Error(other.reason);
    const content = { ...emptyNote, did: 'Chest.', areas: { chest: 'focus' } as const };
    expect(await saveNote(MIRA, { uid, seen: 0, editor: 'page', edit: 1, content }, { now: START })).toMatchObject({
      ok: true,
    });
    const now = instantAt('2026-12-02', '17:00');
    const others = { role: 'link', seriesId: other.seriesId } as const;
    const first = (await findNextSession(other.seriesId, { now }))!;
    expect((await getSessionCheck(others, first, { now }))?.areas).toEqual([]);
  });

  it('is asked about after what is new, and only while the check is open', async () => {
    expect(await saveAllowedAreas(link(), { uid, allowed: [] }, LATE)).toEqual({ ok: false, reason: 'not_found' });
    await send(link(), { uid, isNew: false }, LATE);
    expect(await saveAllowedAreas(link(), { uid, allowed: [] }, { now: START })).toEqual({
      ok: false,
      reason: 'closed',
    });
  });
});

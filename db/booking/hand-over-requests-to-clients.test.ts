import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { makeHandOverToken } from '@/db/access/emailed-link-tokens';
import { audit } from '@/db/audit';
import { reader } from '@/db/connection/database-client';
import { getNotificationFactsToSend } from '@/db/delivery/notification-facts-to-send';
import { insertDemoPractice } from '@/db/demo/demo-practice';
import { deleteExpiredRows } from '@/db/people/delete-expired-rows';
import { DAY_MS } from '@/db/retention';
import { appointments, claims, handOverRequests, outbox, series } from '@/db/schema';
import { deleteAllRows, instantAt } from '@/db/testing/test-appointments';
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
import fc, { getPropertyTestRuns } from '@/testing/property-tests';
import { answerHandOverAsClientByLink, answerHandOverAsStaff, closeHandOverRequest } from './answer-hand-over';
import type { DateDecision } from './apply-date-decisions';
import { askAboutHandOver } from './ask-about-hand-over';
import { bookSeries } from './book-series';
import { cancelAppointments } from './cancel-appointments';
import { handOverDates, previewHandOver } from './hand-over-dates';
import {
  findHandOverRequestByLink,
  getOpenHandOverRequest,
  listHandOverRequests,
} from './hand-over-requests-to-clients';
import { undoBulkChange } from './undo-bulk-change';

const database = setUpTestDatabase({ now: NOW });
const clock = { now: NOW };
const later = { now: NOW + DAY_MS };

/** Books four Tuesdays at 18:00 with Mira. */
async function book() {
  const booked = await bookSeries(
    ANONYMOUS_VIEWER,
    makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', 4)),
    clock,
  );
  if (!booked.ok) throw new Error(JSON.stringify(booked));
  return { seriesId: booked.seriesId, uids: booked.appointments.map(({ uid }) => uid) };
}
async function occupyJun(on: string, time = '18:00', email = 'jo@example.org') {
  const client = { name: 'Jo Busy', email };
  const request = makeSeriesRequest(instantAt(on, time), { therapistId: 'jun', client });
  expect(await bookSeries(ANONYMOUS_VIEWER, request, clock)).toMatchObject({ ok: true });
}
async function proposed(uid: string): Promise<DateDecision[]> {
  const plan = await previewHandOver(OWNER_VIEWER, { uid, to: 'jun' }, clock);
  return plan!.dates.map(({ uid, version, places: [place] }): DateDecision => {
    if (!place) return { uid, version, choice: 'keep' };
    return { uid, version, choice: 'move', startsAt: place.startsAt, therapistId: place.therapistId };
  });
}
async function call(uid: string, viewer = OWNER_VIEWER as Parameters<typeof askAboutHandOver>[0]) {
  const request = { uid, to: 'jun', decisions: await proposed(uid), reason: 'Mira works less from May.', days: 3 };
  const result = await askAboutHandOver(viewer, request, clock);
  if (!result.ok) throw new Error(JSON.stringify(result));
  return { id: result.id, token: makeHandOverToken(result.id) };
}
async function booked() {
  const read = await reader();
  return {
    appointments: await read.select().from(appointments).orderBy(appointments.id),
    series: await read.select().from(series).orderBy(series.id),
    claims: await read.select().from(claims).orderBy(claims.resource, claims.cell),
  };
}
const whoGives = async (uids: string[]) => {
  const rows = (await booked()).appointments;
  return uids.map((uid) => rows.find(({ id }) => id === uid)!.therapistId);
};
const mail = async () =>
  (await (await reader()).select().from(outbox).where(eq(outbox.kind, 'hand_over'))).map((row) => ({
    ...row,
    state: (row.facts as { state: string }).state,
  }));

describe('a client who is asked about a hand-over', () => {
  it('keeps their dates as they are, nothing is held, and both therapists are notified', async () => {
    const { seriesId, uids } = await book();
    const before = await booked();
    const { id, token } = await call(uids[0]!);
    expect(await booked()).toEqual(before);
    const sent = await mail();
    expect(sent.map(({ toEmail, state }) => `${state} ${toEmail}`).sort()).toEqual([
      'ask ana@example.org',
      'asked jun@fortnight.example',
      'asked mira@fortnight.example',
    ]);
    const messages = await getNotificationFactsToSend(await reader(), sent.find(({ state }) => state === 'ask')!, NOW);
    expect(messages?.notification).toMatchObject({
      details: { from: 'Mira Kovač', to: 'Jun Sato', until: NOW + 3 * DAY_MS, reason: 'Mira works less from May.' },
    });
    const mailToJun = sent.find(({ toEmail }) => toEmail.startsWith('jun'))!;
    expect((await getNotificationFactsToSend(await reader(), mailToJun, NOW))?.notification).toMatchObject({
      details: { clientName: '' },
    });
    expect(await findHandOverRequestByLink(token, clock)).toMatchObject({ id, state: 'waiting', stayed: [] });
    expect(
      await getOpenHandOverRequest(linkViewer(seriesId) as { role: 'link'; seriesId: string }, clock),
    ).toMatchObject({
      id,
    });
    expect(await audit(clock)).toEqual([]);
  });

  it('says yes: all dates go over with the usual e-mail, and a second answer changes nothing', async () => {
    const { uids } = await book();
    await occupyJun('2026-12-15');
    const { token } = await call(uids[0]!);
    expect(await answerHandOverAsClientByLink(token, 'yes', later)).toEqual({ ok: true, moved: 4, stayed: 0 });
    expect(await whoGives(uids)).toEqual(['jun', 'jun', 'jun', 'jun']);
    const moved = (await (await reader()).select().from(outbox)).filter(({ kind }) => kind === 'moved');
    expect(moved.every(({ dueAt }) => dueAt === later.now)).toBe(true);
    expect(new Set(moved.map(({ toEmail }) => toEmail))).toContain('ana@example.org');
    const before = await booked();
    expect(await answerHandOverAsClientByLink(token, 'no', later)).toEqual({ ok: false, reason: 'gone' });
    expect(await booked()).toEqual(before);
    expect(await listHandOverRequests(OWNER_VIEWER, later)).toEqual([]);
    expect(await findHandOverRequestByLink(token, later)).toMatchObject({ state: 'accepted' });
    expect(await audit(later)).toEqual([]);
  });

  it('says yes after one of the new times is taken: that date stays, and staff are shown it', async () => {
    const { uids } = await book();
    const { token } = await call(uids[0]!);
    await occupyJun('2026-12-08');
    expect(await answerHandOverAsClientByLink(token, 'yes', later)).toEqual({ ok: true, moved: 3, stayed: 1 });
    expect(await whoGives(uids)).toEqual(['jun', 'mira', 'jun', 'jun']);
    const [shown] = await listHandOverRequests(OWNER_VIEWER, later);
    expect(shown).toMatchObject({ state: 'partly', stayed: [uids[1]] });
    expect(await closeHandOverRequest(OWNER_VIEWER, shown!.id, later)).toEqual({ ok: true });
    expect(await listHandOverRequests(OWNER_VIEWER, later)).toEqual([]);
    expect(await audit(later)).toEqual([]);
  });

  it('says yes after one date was cancelled and another moved: only unchanged dates go over', async () => {
    const { uids } = await book();
    const { token } = await call(uids[0]!);
    const [row] = (await booked()).appointments.filter(({ id }) => id === uids[0]);
    const removed = await cancelAppointments(
      OWNER_VIEWER,
      { uid: uids[0]!, scope: 'this', version: row!.version },
      clock,
    );
    expect(removed).toMatchObject({ ok: true });
    expect(await answerHandOverAsClientByLink(token, 'yes', later)).toEqual({ ok: true, moved: 3, stayed: 0 });
    expect(await audit(later)).toEqual([]);
  });

  it('says no: nothing changes, both therapists are notified, and staff see it until they close it', async () => {
    const { uids } = await book();
    const { token } = await call(uids[0]!);
    const before = await booked();
    expect(await answerHandOverAsClientByLink(token, 'no', later)).toEqual({ ok: true, moved: 0, stayed: 0 });
    expect((await booked()).appointments).toEqual(before.appointments);
    const results = (await mail()).filter(({ state }) => state === 'declined');
    expect(results.map(({ toEmail }) => toEmail).sort()).toEqual(['jun@fortnight.example', 'mira@fortnight.example']);
    expect(await listHandOverRequests(DESK_VIEWER, later)).toMatchObject([{ state: 'declined' }]);
  });

  it('does not answer: the link ends at the deadline, and staff can still record an answer', async () => {
    const { uids } = await book();
    const { id, token } = await call(uids[0]!);
    const over = { now: NOW + 3 * DAY_MS };
    expect(await listHandOverRequests(OWNER_VIEWER, over)).toMatchObject([{ state: 'unanswered' }]);
    expect(await answerHandOverAsClientByLink(token, 'yes', over)).toEqual({ ok: false, reason: 'gone' });
    const waiting = (await mail()).find(({ state }) => state === 'ask')!;
    expect(await getNotificationFactsToSend(await reader(), waiting, over.now)).toBeNull();
    expect(await answerHandOverAsStaff(OWNER_VIEWER, id, 'yes', over)).toMatchObject({ ok: true, moved: 4 });
    expect(await whoGives(uids)).toEqual(['jun', 'jun', 'jun', 'jun']);
  });

  it('can no longer answer once staff withdraw the request or hand over without an answer', async () => {
    const first = await book();
    const request = await call(first.uids[0]!);
    expect(await closeHandOverRequest(OWNER_VIEWER, request.id, clock)).toEqual({ ok: true });
    expect(await answerHandOverAsClientByLink(request.token, 'yes', clock)).toEqual({ ok: false, reason: 'gone' });
    expect((await mail()).filter(({ state }) => state === 'withdrawn')).toHaveLength(2);
    const two = await call(first.uids[0]!);
    expect(await findHandOverRequestByLink(request.token, clock)).toBeNull();
    const decisions = await proposed(first.uids[0]!);
    const input = { uid: first.uids[0]!, to: 'jun', decisions, reason: '' };
    expect(await handOverDates(OWNER_VIEWER, input, clock)).toMatchObject({ ok: true });
    expect(await answerHandOverAsClientByLink(two.token, 'yes', clock)).toEqual({ ok: false, reason: 'gone' });
    expect(await findHandOverRequestByLink(two.token, clock)).toMatchObject({ state: 'settled' });
  });

  it('can answer again once a hand-over without an answer is undone', async () => {
    const { seriesId, uids } = await book();
    const { id, token } = await call(uids[0]!);
    const before = await (await reader()).select().from(handOverRequests);
    const request = { uid: uids[0]!, to: 'jun', decisions: await proposed(uids[0]!), reason: '' };
    const result = await handOverDates(OWNER_VIEWER, request, clock);
    if (!result.ok) throw new Error(JSON.stringify(result));
    expect(await getOpenHandOverRequest({ role: 'link', seriesId }, clock)).toBeNull();
    expect(await undoBulkChange(OWNER_VIEWER, result.undoId, clock)).toEqual({ ok: true });
    expect(await (await reader()).select().from(handOverRequests)).toEqual(before);
    expect(await listHandOverRequests(OWNER_VIEWER, clock)).toMatchObject([{ id, state: 'waiting' }]);
    expect(await answerHandOverAsClientByLink(token, 'yes', later)).toEqual({ ok: true, moved: 4, stayed: 0 });
    expect(await whoGives(uids)).toEqual(['jun', 'jun', 'jun', 'jun']);
    expect(await audit(later)).toEqual([]);
  });

  it('has a declined request restored as declined by undo, and a closed one stay closed', async () => {
    const { uids } = await book();
    const handOverAndUndo = async () => {
      const request = { uid: uids[0]!, to: 'jun', decisions: await proposed(uids[0]!), reason: '' };
      const result = await handOverDates(OWNER_VIEWER, request, clock);
      if (!result.ok) throw new Error(JSON.stringify(result));
      expect(await undoBulkChange(OWNER_VIEWER, result.undoId, clock)).toEqual({ ok: true });
    };
    const { id, token } = await call(uids[0]!);
    await answerHandOverAsClientByLink(token, 'no', clock);
    await handOverAndUndo();
    expect(await listHandOverRequests(OWNER_VIEWER, clock)).toMatchObject([{ id, state: 'declined' }]);
    await closeHandOverRequest(OWNER_VIEWER, id, { now: NOW - 1 });
    await handOverAndUndo();
    expect(await listHandOverRequests(OWNER_VIEWER, clock)).toEqual([]);
  });

  it('is not asked the old question again by undo when a new one is open', async () => {
    const { uids } = await book();
    await call(uids[0]!);
    const request = { uid: uids[0]!, to: 'jun', decisions: await proposed(uids[0]!), reason: '' };
    const result = await handOverDates(OWNER_VIEWER, request, clock);
    if (!result.ok) throw new Error(JSON.stringify(result));
    const back = await previewHandOver(OWNER_VIEWER, { uid: uids[0]!, to: 'aoife' }, clock);
    const decisions = back!.dates.map(({ uid, version, places: [place] }): DateDecision => {
      if (!place) return { uid, version, choice: 'keep' };
      return { uid, version, choice: 'move', startsAt: place.startsAt, therapistId: place.therapistId };
    });
    const anew = { uid: uids[0]!, to: 'aoife', decisions, reason: '', days: 3 };
    expect(await askAboutHandOver(OWNER_VIEWER, anew, clock)).toMatchObject({ ok: true });
    const before = await booked();
    expect(await undoBulkChange(OWNER_VIEWER, result.undoId, clock)).toEqual({ ok: false, reason: 'changed' });
    expect(await booked()).toEqual(before);
  });
});

describe('asking a client', () => {
  it('is refused for dates that changed, would be cancelled, go to nobody, or are too near', async () => {
    const { uids } = await book();
    const decisions = await proposed(uids[0]!);
    const request = { uid: uids[0]!, to: 'jun', decisions, reason: '', days: 3 };
    const before = await booked();
    const cancels = decisions.map(({ uid, version }): DateDecision => ({ uid, version, choice: 'cancel' }));
    expect(await askAboutHandOver(OWNER_VIEWER, { ...request, decisions: cancels }, clock)).toMatchObject({
      reason: 'cancels',
    });
    const stored = decisions.map(({ uid, version }): DateDecision => ({ uid, version, choice: 'keep' }));
    expect(await askAboutHandOver(OWNER_VIEWER, { ...request, decisions: stored }, clock)).toMatchObject({
      reason: 'nothing',
    });
    expect(await askAboutHandOver(OWNER_VIEWER, { ...request, decisions: decisions.slice(1) }, clock)).toMatchObject({
      reason: 'changed',
    });
    expect(await askAboutHandOver(OWNER_VIEWER, { ...request, to: 'tom' }, clock)).toMatchObject({
      reason: 'not_found',
    });
    const near = { now: instantAt('2026-12-01', '17:10') };
    expect(await askAboutHandOver(OWNER_VIEWER, request, near)).toMatchObject({ reason: 'too_soon' });
    await occupyJun('2026-12-22');
    expect(await askAboutHandOver(OWNER_VIEWER, request, clock)).toEqual({
      ok: false,
      reason: 'move_taken',
      uid: uids[3],
    });
    expect(await (await reader()).select().from(handOverRequests)).toEqual([]);
    expect((await booked()).appointments.filter(({ id }) => uids.includes(id))).toEqual(
      before.appointments.filter(({ id }) => uids.includes(id)),
    );
  });

  it('is refused to other therapists, who cannot see the request either', async () => {
    const { uids } = await book();
    const decisions = await proposed(uids[0]!);
    const request = { uid: uids[0]!, to: 'jun', decisions, reason: '', days: 3 };
    expect(await askAboutHandOver(therapistViewer('jun'), request, clock)).toMatchObject({ reason: 'not_found' });
    const { id, token } = await call(uids[0]!, therapistViewer('mira'));
    // Mira asked it herself.
    expect((await mail()).map(({ toEmail }) => toEmail)).not.toContain('mira@fortnight.example');
    expect(await listHandOverRequests(therapistViewer('jun'), clock)).toEqual([]);
    expect(await answerHandOverAsStaff(therapistViewer('jun'), id, 'yes', clock)).toMatchObject({ reason: 'gone' });
    expect(await closeHandOverRequest(therapistViewer('jun'), id, clock)).toMatchObject({ reason: 'not_found' });
    expect(await listHandOverRequests(therapistViewer('mira'), clock)).toHaveLength(1);
    expect(await answerHandOverAsClientByLink(token, 'yes', clock)).toMatchObject({ ok: true, moved: 4 });
    expect(await whoGives(uids)).toEqual(['jun', 'jun', 'jun', 'jun']);
  });

  it('deletes the request 30 days after it was closed', async () => {
    const { uids } = await book();
    const { id } = await call(uids[0]!);
    await closeHandOverRequest(OWNER_VIEWER, id, clock);
    await deleteExpiredRows(NOW + 29 * DAY_MS);
    expect(await (await reader()).select().from(handOverRequests)).toHaveLength(1);
    await deleteExpiredRows(NOW + 31 * DAY_MS);
    expect(await (await reader()).select().from(handOverRequests)).toEqual([]);
  });

  it('takes one answer: the first', async () => {
    const { uids } = await book();
    const { id, token } = await call(uids[0]!);
    const answers = await Promise.all([
      answerHandOverAsClientByLink(token, 'yes', clock),
      answerHandOverAsStaff(OWNER_VIEWER, id, 'no', clock),
      answerHandOverAsClientByLink(token, 'yes', clock),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await audit(clock)).toEqual([]);
  });
});

it('random answers to random plans hold nothing twice, and move nothing without agreement', async () => {
  const tuesdays = ['2026-12-01', '2026-12-08', '2026-12-15', '2026-12-22'];
  const occupied = fc.uniqueArray(fc.constantFrom(...tuesdays));
  const dropped = fc.option(fc.integer({ min: 0, max: 3 }), { nil: null });
  await fc.assert(
    fc.asyncProperty(occupied, dropped, fc.constantFrom('yes', 'no', 'none'), async (days, removed, answer) => {
      await database.write(async (tx) => {
        await deleteAllRows(tx);
        await insertDemoPractice(tx, NOW);
      });
      const { uids } = await book();
      const { token } = await call(uids[0]!);
      for (const [n, on] of days.entries()) await occupyJun(on, '18:00', `jo${n}@example.org`);
      const rowOf = async (uid: string) => (await booked()).appointments.find(({ id }) => id === uid)!;
      if (removed !== null) {
        const { id: uid, version } = await rowOf(uids[removed]!);
        await cancelAppointments(OWNER_VIEWER, { uid, scope: 'this', version }, clock);
      }
      if (answer !== 'none')
        expect(await answerHandOverAsClientByLink(token, answer, later)).toMatchObject({ ok: true });
      for (const [n, uid] of uids.entries()) {
        const row = await rowOf(uid);
        const isTaken = days.includes(tuesdays[n]!);
        const goesOver = answer === 'yes' && removed !== n && !isTaken;
        expect(row.therapistId).toBe(goesOver ? 'jun' : 'mira');
        expect(row.startAt).toBe(row.nominalStartAt);
      }
      expect(await audit(later)).toEqual([]);
    }),
    { numRuns: getPropertyTestRuns(8) },
  );
  // A busy machine needs more time.
}, 120_000);

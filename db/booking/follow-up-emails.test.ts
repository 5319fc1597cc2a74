import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { confirmEmailAddress } from '@/db/access/confirmed-email-addresses';
import { makeRebookingToken } from '@/db/access/emailed-link-tokens';
import { bookSeries } from '@/db/booking/book-series';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import { setCalendarImport } from '@/db/calendars/calendar-import';
import { leaseDueCalendarImports, storeCalendarImportOutcome } from '@/db/calendars/import-busy-times';
import { holdNameCondition } from '@/db/claims/resource-and-owner-numbers';
import { listAlternativeTimes } from '@/db/delivery/alternative-times';
import { prepareMailFacts } from '@/db/delivery/prepare-mail-facts';
import { leaseDueMessages, markSent } from '@/db/messages/outbox-delivery';
import { getReminderSettings, saveReminderSettings } from '@/db/messages/reminder-settings';
import { collectAllClientData } from '@/db/people/all-client-data';
import { changeClient } from '@/db/people/change-client';
import { eraseClient } from '@/db/people/erase-client';
import { findPersonalDataIdsByEmail } from '@/db/people/personal-data-ids';
import {
  appointments,
  CLAIM_KINDS,
  claims,
  clients,
  confirmedAddresses,
  followUpOptOuts,
  followUps,
  freedTimes,
  outbox,
  practices,
  services,
} from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import {
  ANONYMOUS_VIEWER,
  linkViewer,
  listWeeklyInstants,
  makeSeriesRequest,
  NOW,
  OWNER_VIEWER,
  therapistViewer,
} from '@/db/testing/test-requests';
import { addTimeOff } from './add-time-off';
import { extendSeries } from './extend-series';
import { getFollowUpEmailPreference, saveFollowUpEmailPreference } from './follow-up-email-preference';
import { type FollowUpNotification, queueFollowUpEmails, type RebookingToHold } from './follow-up-emails';
import { holdTimes } from './holds';
import { proposeExtension } from './propose-extension';
import {
  endUnneededRebookingHolds,
  findRebookingHoldByLink,
  getRebookingHoldOfClient,
  releaseRebookingHold,
} from './rebooking-holds';

const db = setUpTestDatabase({ now: NOW });
type Link = { role: 'link'; seriesId: string };
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LAST = instantAt('2026-12-08', '18:00');
const MORNING = instantAt('2026-12-09', '09:00');

async function book({ isConfirmed = true } = {}) {
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', 2)), {
    now: NOW,
  });
  if (!booked.ok) throw new Error(JSON.stringify(booked));
  if (isConfirmed) await db.write((tx) => confirmEmailAddress(tx, 'ana@example.org', 'link', NOW));
  const link = linkViewer(booked.seriesId) as { role: 'link'; seriesId: string };
  return { link, uids: booked.appointments.map(({ uid }) => uid) };
}
async function deliver(now: number): Promise<FollowUpNotification[]> {
  const sent: FollowUpNotification[] = [];
  for (let rest = await leaseDueMessages('w', now, 50); rest.length > 0; rest = await leaseDueMessages('w', now, 50))
    for (const { id } of rest) {
      const mail = await prepareMailFacts(id, 'w', now);
      if (mail) await markSent(id, 'w', now);
      if (mail?.notification.kind === 'follow_up') sent.push(mail.notification);
    }
  return sent;
}
const write = (now: number, mayHold: (what: RebookingToHold) => Promise<boolean> = async () => true) =>
  queueFollowUpEmails({ now, mayHold });
/** Looks for due follow-ups as the worker does, from `from` on for so many days. */
async function look(from: number, days: number) {
  let written = 0;
  for (let now = from; now <= from + days * DAY; now += 3 * HOUR) written += await write(now);
  return written;
}
const mark = (uid: string, now: number) =>
  db.write((tx) => tx.update(appointments).set({ status: 'no_show', noShowAt: now }).where(eq(appointments.id, uid)));
const missedToo = () => db.write((tx) => tx.update(practices).set({ followUpMissedSince: 0 }));

describe('after the last date of a plan', () => {
  it('the client is asked once, the next morning, whether they want the same again', async () => {
    const { uids } = await book();
    expect(await look(instantAt('2026-12-06', '09:00'), 2.9)).toBe(0);
    const counts = await Promise.all([1, 2, 3].map(() => write(MORNING)));
    expect(counts.reduce((sum, count) => sum + count)).toBe(1);
    expect(await look(MORNING, 5)).toBe(0);
    const [sent, ...more] = await deliver(MORNING);
    expect(more).toEqual([]);
    expect(sent).toMatchObject({ about: 'again', uid: uids[1], clientName: 'Ana Costa' });
    expect(sent?.again).toEqual({
      ...{ serviceId: 'swedish', minutes: 60, cadence: 'weekly', sessions: 2, therapistId: 'mira' },
      ...{ on: '2026-12-15', time: '18:00' },
    });
  });

  it('nothing is sent while they have another date ahead, not even an e-mail already written', async () => {
    await book();
    const other = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-14', '18:00')), { now: NOW });
    expect(other.ok).toBe(true);
    expect(await look(MORNING, 3)).toBe(0);
    if (!other.ok) return;
    const cancelled = { uid: other.appointments[0]!.uid, scope: 'this' } as const;
    expect((await cancelAppointments(OWNER_VIEWER, cancelled, { now: MORNING })).ok).toBe(true);
    expect(await write(MORNING)).toBe(1);
    await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-14', '18:00')), { now: MORNING });
    expect(await deliver(MORNING + HOUR)).toEqual([]);
  });

  it('a cancelled last date does not count, and nothing is asked after a no-show', async () => {
    const { uids } = await book();
    await cancelAppointments(OWNER_VIEWER, { uid: uids[1]!, scope: 'this' }, { now: NOW });
    expect(await write(instantAt('2026-12-02', '09:00'))).toBe(1);
    await db.write(async (tx) => {
      await tx.delete(followUps);
      await tx.delete(outbox);
    });
    await mark(uids[0]!, LAST);
    expect(await look(instantAt('2026-12-02', '09:00'), 3)).toBe(0);
  });

  it('nothing is sent at night, nor more than three days later', async () => {
    await book();
    expect(await write(instantAt('2026-12-09', '20:30'))).toBe(0);
    expect(await write(instantAt('2026-12-11', '19:01'))).toBe(0);
    expect(await write(instantAt('2026-12-11', '18:59'))).toBe(1);
    expect(await deliver(instantAt('2026-12-11', '20:01'))).toEqual([]);
    expect(await deliver(instantAt('2026-12-12', '08:00'))).toEqual([]);
  });

  it.each([
    ['nobody confirmed the address', async () => db.write((tx) => tx.delete(confirmedAddresses))],
    ['they are blocked', async () => db.write((tx) => tx.update(clients).set({ booking: 'blocked' }))],
    ['they were erased', async () => eraseClient('ana@example.org', MORNING)],
    ['the owner wants none', async () => db.write((tx) => tx.update(practices).set({ followUpAgainSince: null }))],
  ])('nothing is sent where %s', async (_why, happen) => {
    await book();
    await happen();
    expect(await look(MORNING, 3)).toBe(0);
  });

  it('nothing is sent to a client who has opted out, before or after it was written', async () => {
    const { link } = await book();
    expect(await write(MORNING)).toBe(1);
    expect(await getFollowUpEmailPreference(link)).toBe(true);
    await saveFollowUpEmailPreference(link, false, { now: MORNING });
    expect(await getFollowUpEmailPreference(link)).toBe(false);
    expect(await deliver(MORNING)).toEqual([]);
    await db.write((tx) => tx.delete(followUps));
    expect(await look(MORNING, 3)).toBe(0);
    await saveFollowUpEmailPreference(link, true, { now: MORNING });
    expect(await write(MORNING + HOUR)).toBe(1);
    const read = db.connection().reader;
    const data = await collectAllClientData(read, await findPersonalDataIdsByEmail(read, 'ana@example.org'));
    expect(data.follow_ups).toMatchObject([{ about: 'again' }]);
    await saveFollowUpEmailPreference(link, false, { now: MORNING });
    await eraseClient('ana@example.org', MORNING);
    expect([await read.$count(followUps), await read.$count(followUpOptOuts)]).toEqual([0, 0]);
  });
});

describe('after a no-show', () => {
  it('nothing is sent until the owner turns it on, and then only for later no-shows', async () => {
    const { uids } = await book();
    await mark(uids[0]!, instantAt('2026-12-01', '18:30'));
    expect(await look(instantAt('2026-12-02', '09:00'), 1)).toBe(0);
    const settings = await getReminderSettings(OWNER_VIEWER);
    expect([settings.asksAgain, settings.writesMissed]).toEqual([true, false]);
    const request = { ...settings, writesMissed: true };
    const changedAt = instantAt('2026-12-03', '10:00');
    expect(await saveReminderSettings(OWNER_VIEWER, request, JSON.stringify(settings), { now: changedAt })).toEqual({
      ok: true,
    });
    // Dates that were due before the change get no e-mail because of it.
    expect(await look(changedAt, 1)).toBe(0);
    await mark(uids[1]!, LAST + 30 * 60_000);
    expect(await look(MORNING - 9 * HOUR, 5)).toBe(1);
    const [row] = await db.connection().reader.select().from(followUps);
    expect(row).toMatchObject({ appointmentId: uids[1], about: 'missed', writtenAt: MORNING });
  });

  it('an e-mail is sent the next morning, but not once the mark is undone', async () => {
    const { uids } = await book();
    await missedToo();
    await mark(uids[0]!, instantAt('2026-12-01', '18:30'));
    const now = instantAt('2026-12-02', '09:00');
    expect(await write(now)).toBe(1);
    await db.write((tx) =>
      tx.update(appointments).set({ status: 'booked', noShowAt: null }).where(eq(appointments.id, uids[0]!)),
    );
    expect(await deliver(now)).toEqual([]);
    await db.write(async (tx) => {
      await tx.delete(followUps);
    });
    await mark(uids[0]!, now);
    await write(now + HOUR);
    expect(await deliver(now + HOUR)).toMatchObject([{ about: 'missed', start: instantAt('2026-12-01', '18:00') }]);
  });
});

describe('the hold on the same time', () => {
  const UNTIL = instantAt('2026-12-12', '20:00');
  const again = listWeeklyInstants('2026-12-15', '18:00', 2);
  const hold = (days = 3) => db.write((tx) => tx.update(practices).set({ followUpHoldDays: days }));
  const cells = () => db.connection().reader.$count(claims, holdNameCondition('again:%'));
  const span = (start: number) => ({ start, end: start + HOUR });
  const find = (uid: string, starts = again, now = MORNING) =>
    findRebookingHoldByLink(makeRebookingToken(uid), { therapistId: 'mira', dates: starts.map(span) }, { now });
  const held = async () => {
    await hold();
    const { uids, link } = await book();
    expect(await write(MORNING)).toBe(1);
    return { uid: uids[1]!, link };
  };
  const bookAgain = (heldBy?: string, now = MORNING) =>
    bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(again), { now, ...(heldBy && { heldBy }) });

  it('lasts as long as the owner says, matches the e-mail, and keeps the time from others', async () => {
    const { uid } = await held();
    expect(await find(uid)).toEqual({ key: `again:${uid}`, until: UNTIL });
    expect((await deliver(MORNING))[0]?.again.held).toEqual({ state: 'kept', until: UNTIL, starts: again });
    expect(await bookAgain()).toMatchObject({ ok: false, reason: 'taken' });
    expect((await bookAgain(undefined, UNTIL)).ok).toBe(true);
  });

  it('can be booked by the link in its e-mail, and then ends', async () => {
    const { uid } = await held();
    const own = await find(uid);
    expect((await bookAgain(own?.key)).ok).toBe(true);
    expect([await find(uid), await cells()]).toEqual([null, 0]);
  });

  it('opens only by its own link, and only for its own dates', async () => {
    const { uid } = await held();
    expect(
      await findRebookingHoldByLink('A'.repeat(43), { therapistId: 'mira', dates: again.map(span) }, { now: MORNING }),
    ).toBeNull();
    expect(await find(uid, [again[0]! + HOUR])).toBeNull();
    expect(await find(uid, again, UNTIL)).toBeNull();
    expect(
      await findRebookingHoldByLink(makeRebookingToken(uid), { therapistId: 'jun', dates: [] }, { now: UNTIL }),
    ).toBeNull();
  });

  it('is not made where holding is off or the time is taken', async () => {
    await hold(0);
    const { uids } = await book();
    await hold(3);
    const sooner = await bookSeries(
      ANONYMOUS_VIEWER,
      makeSeriesRequest(again[1]!, { client: { name: 'Bo', email: 'bo@example.org' } }),
      {
        now: NOW,
      },
    );
    expect(sooner.ok).toBe(true);
    expect(await write(MORNING)).toBe(1);
    expect([await cells(), await find(uids[1]!)]).toEqual([0, null]);
    const [messages] = await deliver(MORNING);
    expect(messages?.again.held).toEqual({ state: 'taken' });
    const near = await listAlternativeTimes(messages!, MORNING, async () => null);
    expect(near.length).toBeGreaterThan(0);
    expect(near.every(({ sessions, cadence }) => sessions === 2 && cadence === 'weekly')).toBe(true);
    expect(near.some(({ start }) => start === again[0])).toBe(false);
  });

  it('is not made where the caller refuses it for the client, massage and therapist, and then the e-mail promises nothing', async () => {
    await hold();
    const { uids } = await book();
    const [client] = await db.connection().reader.select().from(clients);
    const request: RebookingToHold[] = [];
    const mayHold = async (what: RebookingToHold) => request.push(what) === 0;
    expect(await write(MORNING, mayHold)).toBe(1);
    expect(request).toEqual([{ clientId: client!.id, serviceId: 'swedish', therapistId: 'mira' }]);
    expect([await cells(), await find(uids[1]!)]).toEqual([0, null]);
    expect((await deliver(MORNING))[0]?.again).not.toHaveProperty('held');
  });

  it('is not made unless the owner turns it on', async () => {
    const { uids } = await book();
    expect(await write(MORNING)).toBe(1);
    expect([await cells(), await find(uids[1]!)]).toEqual([0, null]);
    expect((await deliver(MORNING))[0]?.again).not.toHaveProperty('held');
  });

  it('is not made where it would exceed the daily limit of held time', async () => {
    await hold();
    await book();
    await db.write((tx) => tx.update(practices).set({ heldDayPercent: 1 }));
    const other = { key: 'k', browser: 'b', sender: '203.0.113.9' };
    const request = { cadence: 'once' as const, minutes: 60 };
    const appointment = { startsAt: again[0]! - 4 * HOUR, therapistId: 'mira', serviceId: 'swedish' };
    expect((await holdTimes({ ...request, appointments: [appointment] }, other, { now: MORNING })).ok).toBe(true);
    expect(await write(MORNING)).toBe(1);
    expect(await cells()).toBe(0);
    expect((await deliver(MORNING))[0]?.again).not.toHaveProperty('held');
  });

  it.each([
    ['they end such e-mails', (link: Link) => saveFollowUpEmailPreference(link, false, { now: MORNING })],
    ['they are erased', () => eraseClient('ana@example.org', MORNING)],
    [
      'its therapist will not be there',
      () => {
        const request = { therapistIds: ['mira'], start: again[1]!, end: again[1]! + HOUR, kind: 'leave' as const };
        return addTimeOff(OWNER_VIEWER, request, { now: MORNING });
      },
    ],
    [
      'staff free it',
      async (_: Link, clientId: string) => releaseRebookingHold(OWNER_VIEWER, clientId, { now: MORNING }),
    ],
  ])('ends at once when %s', async (_why, happen) => {
    const { link } = await held();
    const [client] = await db.connection().reader.select().from(clients);
    expect(await cells()).toBeGreaterThan(0);
    await happen(link, client!.id);
    expect(await cells()).toBe(0);
    const freed = await db.connection().reader.select().from(freedTimes);
    expect(freed.filter(({ dueAt }) => dueAt === MORNING).length).toBeGreaterThanOrEqual(2);
  });

  const state = (values: Partial<typeof outbox.$inferInsert>) =>
    db.write((tx) => tx.update(outbox).set(values).where(eq(outbox.kind, 'follow_up')));
  it.each([
    ['its e-mail is given up', async () => state({ deadAt: MORNING })],
    ['its e-mail is dropped', async () => state({ droppedAt: MORNING })],
    [
      'they have booked another time',
      async () => {
        const other = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-14', '18:00')), {
          now: MORNING,
        });
        expect(other.ok).toBe(true);
      },
    ],
  ])('ends at the next check when %s', async (_why, happen) => {
    await held();
    expect(await endUnneededRebookingHolds({ now: MORNING })).toBe(0);
    const before = await cells();
    await happen();
    expect([await cells(), before]).toEqual([before, before]);
    expect(await endUnneededRebookingHolds({ now: MORNING + HOUR })).toBe(1);
    expect(await cells()).toBe(0);
    expect(await endUnneededRebookingHolds({ now: MORNING + HOUR })).toBe(0);
    const freed = await db.connection().reader.select().from(freedTimes);
    expect(freed.filter(({ dueAt }) => dueAt === MORNING + HOUR)).toHaveLength(2);
  });

  it('stays where a date that the client booked since is cancelled again', async () => {
    const { uid } = await held();
    const other = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-14', '18:00')), {
      now: MORNING,
    });
    if (!other.ok) throw new Error(other.reason);
    const cancelled = { uid: other.appointments[0]!.uid, scope: 'this' } as const;
    expect((await cancelAppointments(OWNER_VIEWER, cancelled, { now: MORNING })).ok).toBe(true);
    expect(await endUnneededRebookingHolds({ now: MORNING })).toBe(0);
    expect(await find(uid)).not.toBeNull();
  });

  it('is shown to staff, who can book it for the client', async () => {
    await held();
    const [client] = await db.connection().reader.select().from(clients);
    const id = client!.id;
    expect(await getRebookingHoldOfClient(OWNER_VIEWER, id, { now: MORNING })).toEqual({
      ...{ until: UNTIL, starts: again, therapist: expect.stringContaining('Mira') },
    });
    expect(await getRebookingHoldOfClient(therapistViewer('jun'), id, { now: MORNING })).toBeNull();
    expect(await releaseRebookingHold(therapistViewer('jun'), id, { now: MORNING })).toEqual({
      ok: false,
      reason: 'not_found',
    });
    expect(await getRebookingHoldOfClient(OWNER_VIEWER, id, { now: UNTIL })).toBeNull();
    const booked = await bookSeries(OWNER_VIEWER, { ...makeSeriesRequest(again), client: { id } }, { now: MORNING });
    expect(booked.ok).toBe(true);
    expect(await releaseRebookingHold(OWNER_VIEWER, id, { now: MORNING })).toEqual({ ok: false, reason: 'not_found' });
  });

  it('does not prevent its client from extending their plan', async () => {
    const { link } = await held();
    const more = { seriesId: link.seriesId, sessions: 2 };
    expect(await proposeExtension(link, more, { now: MORNING })).toMatchObject({ ok: true });
    expect(await cells()).toBeGreaterThan(0);
    expect(await extendSeries(link, more, { now: MORNING })).toMatchObject({ ok: true });
    expect(await cells()).toBe(0);
  });

  it('can be booked by staff who type the name and address of the client', async () => {
    await held();
    const other = makeSeriesRequest(again, { client: { name: 'Somebody else', email: 'ana@example.org' } });
    expect(await bookSeries(OWNER_VIEWER, other, { now: MORNING })).toMatchObject({ ok: false, reason: 'taken' });
    expect(await bookSeries(OWNER_VIEWER, makeSeriesRequest(again), { now: MORNING })).toMatchObject({ ok: true });
    expect(await cells()).toBe(0);
  });

  it('ends when its therapist becomes busy elsewhere', async () => {
    const { uid } = await held();
    await setCalendarImport(therapistViewer('mira'), 'https://calendar.example/mine.ics', { now: MORNING });
    const [due] = await leaseDueCalendarImports({ now: MORNING });
    const busy = { kind: 'read' as const, busy: [span(again[0]!)], etag: null };
    await storeCalendarImportOutcome(due!.id, busy, { now: MORNING });
    expect([await find(uid), await cells()]).toEqual([null, 0]);
    expect(await db.connection().reader.$count(claims, eq(claims.kind, CLAIM_KINDS.external))).toBeGreaterThan(0);
  });

  it('ends when its client is blocked from booking', async () => {
    const { uid } = await held();
    const [client] = await db.connection().reader.select().from(clients);
    const { id, version, name, email } = client!;
    const change = { id, version, name, email, phone: '', language: '', favouriteTherapistId: '', tags: '' };
    const blocked = { ...change, booking: 'blocked' as const, movesMail: false, endsLinks: false };
    expect(await changeClient(OWNER_VIEWER, blocked, { now: MORNING })).toEqual({ ok: true });
    expect([await find(uid), await cells()]).toEqual([null, 0]);
  });

  it('lasts as long as the massage can still be booked by its own shorter notice', async () => {
    await db.write(async (tx) => {
      await tx.update(practices).set({ noticeMinutes: 5 * 24 * 60 });
      await tx.update(services).set({ noticeMinutes: 60 });
    });
    await hold();
    const { uids } = await book();
    await write(MORNING);
    expect(await find(uids[1]!)).toMatchObject({ until: UNTIL });
  });

  it('lasts one of a few lengths that the owner can choose', async () => {
    const before = await getReminderSettings(OWNER_VIEWER);
    const change = (holdDays: number, seen = before) =>
      saveReminderSettings(OWNER_VIEWER, { ...before, holdDays }, JSON.stringify(seen), { now: NOW });
    expect(await change(4)).toEqual({ ok: false, reason: 'invalid' });
    expect(await change(5)).toEqual({ ok: true });
    expect((await getReminderSettings(OWNER_VIEWER)).holdDays).toBe(5);
  });
});

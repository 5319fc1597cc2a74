import { describe, expect, it } from 'vitest';
import { makeAttendanceToken, makeConfirmToken } from '@/db/access/emailed-link-tokens';
import { bookSeries } from '@/db/booking/book-series';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import { moveAppointments } from '@/db/booking/move-appointments';
import { collectAllClientData } from '@/db/people/all-client-data';
import { eraseClient } from '@/db/people/erase-client';
import { findPersonalDataIdsByEmail } from '@/db/people/personal-data-ids';
import { attendanceConfirmations, auditEvents, reminders } from '@/db/schema';
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
import { getClientReminderPreference, saveClientReminderPreference } from './client-reminder-preference';
import { confirmAttendance, findAttendanceDate } from './confirm-attendance';
import { leaseDueMessages, markFailed, markSent } from './outbox-delivery';
import { queueReminders } from './queue-reminders';
import { getReminderSettings, saveReminderSettings } from './reminder-settings';
import { getRemindersOfDate, listUnreachedDates } from './reminder-states';
import { replaceAndSendLink } from './replace-and-send-link';

const db = setUpTestDatabase({ now: NOW });
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FIRST = instantAt('2026-12-01', '18:00');

async function book(count = 2) {
  const booked = await bookSeries(
    ANONYMOUS_VIEWER,
    makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', count)),
    {
      now: NOW,
    },
  );
  if (!booked.ok) throw new Error(JSON.stringify(booked));
  return {
    link: linkViewer(booked.seriesId) as { role: 'link'; seriesId: string },
    uids: booked.appointments.map(({ uid }) => uid),
  };
}
const seen = async () => JSON.stringify(await getReminderSettings(OWNER_VIEWER));
const change = async (all: number[], own: { serviceId: string; steps: number[] | null }[] = [], now = NOW) =>
  saveReminderSettings(OWNER_VIEWER, { all, own }, await seen(), { now });

describe('the owner’s reminder settings', () => {
  it('begin with one day before; then up to three steps can be set, and others for one massage', async () => {
    const before = await getReminderSettings(OWNER_VIEWER);
    expect(before.all).toEqual([1440]);
    expect(before.own.every(({ steps }) => steps === null)).toBe(true);
    expect(await change([120, 7 * 1440, 1440], [{ serviceId: 'swedish', steps: [] }])).toEqual({ ok: true });
    const after = await getReminderSettings(OWNER_VIEWER);
    expect(after.all).toEqual([7 * 1440, 1440, 120]);
    expect(after.own.find(({ serviceId }) => serviceId === 'swedish')?.steps).toEqual([]);
    expect(await change([60], [{ serviceId: 'swedish', steps: null }])).toEqual({ ok: true });
    const last = await getReminderSettings(OWNER_VIEWER);
    expect(last.own.find(({ serviceId }) => serviceId === 'swedish')?.steps).toBeNull();
  });

  it.each([[[30]], [[15 * 1440]], [[90.5]], [[60, 60]], [[60, 120, 180, 240]]])('refuse %j', async (steps) => {
    expect(await change(steps)).toEqual({ ok: false, reason: 'invalid' });
    expect(await change([60], [{ serviceId: 'swedish', steps }])).toEqual({ ok: false, reason: 'invalid' });
  });

  it('are not saved when somebody else has changed them since', async () => {
    const old = await seen();
    await change([120]);
    expect(await saveReminderSettings(OWNER_VIEWER, { all: [60], own: [] }, old, { now: NOW })).toEqual({
      ok: false,
      reason: 'changed_since',
    });
  });

  it('send no late reminder when a massage returns to the general steps', async () => {
    await change([1440], [{ serviceId: 'swedish', steps: [] }]);
    await book(1);
    await change([1440], [{ serviceId: 'swedish', steps: null }], FIRST - 10 * HOUR);
    expect(await queueReminders({ now: FIRST - 10 * HOUR, isWhole: true })).toBe(0);
  });
});

describe('a client’s reminder preference', () => {
  it('is among the steps of their upcoming massages', async () => {
    await change([1440, 120], [{ serviceId: 'sports', steps: [60] }]);
    const { link, uids } = await book();
    expect(await getClientReminderPreference(link, { now: NOW })).toEqual({
      mode: 'each',
      steps: [1440, 120],
      skipped: [],
    });
    expect(await saveClientReminderPreference(link, { mode: 'each', wanted: [1440] }, { now: NOW })).toEqual({
      ok: true,
    });
    expect(await getClientReminderPreference(link, { now: NOW })).toMatchObject({ mode: 'each', skipped: [120] });
    await saveClientReminderPreference(link, { mode: 'weekly', wanted: [1440] }, { now: NOW });
    expect(await getClientReminderPreference(link, { now: NOW })).toMatchObject({ mode: 'weekly', skipped: [] });
    await saveClientReminderPreference(link, { mode: 'each', wanted: [] }, { now: NOW });
    expect(await getClientReminderPreference(link, { now: NOW })).toMatchObject({ mode: 'none' });
    for (const uid of uids) await cancelAppointments(OWNER_VIEWER, { uid, scope: 'this' }, { now: NOW });
    expect(await getClientReminderPreference(link, { now: NOW })).toMatchObject({ steps: [] });
  });

  it('does not exist where the practice sends no reminders, nor for an unknown plan', async () => {
    await change([]);
    const { link } = await book();
    expect(await getClientReminderPreference(link, { now: NOW })).toBeNull();
    const nobody = { role: 'link' as const, seriesId: 'nobody' };
    expect(await saveClientReminderPreference(nobody, { mode: 'none', wanted: [] }, { now: NOW })).toMatchObject({
      ok: false,
    });
  });
});

describe('"I’m coming"', () => {
  it('is recorded once by the link of one date, and not by opening the link', async () => {
    const { uids } = await book();
    const token = makeAttendanceToken(uids[0]!);
    expect(await findAttendanceDate(token, { now: NOW })).toMatchObject({ start: FIRST, state: 'asked' });
    expect(await db.connection().reader.select().from(attendanceConfirmations)).toEqual([]);
    for (let times = 0; times < 2; times++)
      expect(await confirmAttendance(token, FIRST, { now: NOW + times })).toEqual({ ok: true });
    expect(await findAttendanceDate(token, { now: NOW })).toMatchObject({ state: 'confirmed' });
    const events = await db.connection().reader.select().from(auditEvents);
    expect(events.filter(({ action }) => action === 'said they come')).toHaveLength(1);
    expect(await getRemindersOfDate(OWNER_VIEWER, uids[0]!, { now: NOW })).toMatchObject({ confirmedAt: NOW });
    expect(await getRemindersOfDate(OWNER_VIEWER, uids[1]!, { now: NOW })).toMatchObject({ confirmedAt: null });
  });

  it('is refused by a link sent together with a plan link that the practice has since replaced', async () => {
    const { link, uids } = await book();
    const first = makeAttendanceToken(uids[0]!);
    expect(await replaceAndSendLink(OWNER_VIEWER, link.seriesId, NOW)).toBe(true);
    expect(await findAttendanceDate(first, { now: NOW })).toBeNull();
    expect(await confirmAttendance(first, FIRST, { now: NOW })).toEqual({ ok: false, reason: 'not_found' });
    expect(await confirmAttendance(makeAttendanceToken(uids[0]!, 1), FIRST, { now: NOW })).toEqual({ ok: true });
  });

  it('is refused by another link, and for a moved, cancelled or past date', async () => {
    const { uids } = await book();
    const [uid] = uids as [string, string];
    const token = makeAttendanceToken(uid);
    for (const other of [makeConfirmToken(uid), token.slice(0, -1), `${token.slice(0, -2)}AA`, '']) {
      expect(await findAttendanceDate(other, { now: NOW })).toBeNull();
      expect(await confirmAttendance(other, FIRST, { now: NOW })).toEqual({ ok: false, reason: 'not_found' });
    }
    const unknown = makeAttendanceToken('00000000-0000-4000-8000-000000000000');
    expect(await confirmAttendance(unknown, FIRST, { now: NOW })).toEqual({ ok: false, reason: 'not_found' });
    await confirmAttendance(token, FIRST, { now: NOW });
    const to = { uid, startsAt: FIRST + DAY, therapistId: 'mira', scope: 'this' } as const;
    expect((await moveAppointments(OWNER_VIEWER, to, { now: NOW })).ok).toBe(true);
    expect(await findAttendanceDate(token, { now: NOW })).toMatchObject({ start: FIRST + DAY, state: 'asked' });
    expect(await confirmAttendance(token, FIRST, { now: NOW })).toEqual({ ok: false, reason: 'moved' });
    expect(await findAttendanceDate(token, { now: FIRST + DAY })).toMatchObject({ state: 'over' });
    await cancelAppointments(OWNER_VIEWER, { uid, scope: 'this' }, { now: NOW });
    expect(await findAttendanceDate(token, { now: NOW })).toMatchObject({ state: 'cancelled' });
    expect(await confirmAttendance(token, FIRST + DAY, { now: NOW })).toEqual({ ok: false, reason: 'over' });
  });
});

describe('the practice sees a date’s reminders', () => {
  const now = FIRST - DAY;

  it('as waiting, sent or failed, and the date among the unreached ones until it begins', async () => {
    await change([2 * 1440, 1440, 60]);
    const { uids } = await book(1);
    const [uid] = uids as [string];
    const states = async (at: number) =>
      (await getRemindersOfDate(OWNER_VIEWER, uid, { now: at }))?.reminders.map(({ step, state }) => [step, state]);
    expect(await states(NOW)).toEqual([
      [2880, 'waiting'],
      [1440, 'waiting'],
      [60, 'waiting'],
    ]);
    await queueReminders({ now: now - DAY, isWhole: true });
    for (const { id } of await leaseDueMessages('w', now - DAY, 50)) await markSent(id, 'w', now - DAY);
    await queueReminders({ now, isWhole: true });
    expect(await states(now)).toEqual([
      [2880, 'sent'],
      [1440, 'waiting'],
      [60, 'waiting'],
    ]);
    expect(await listUnreachedDates(OWNER_VIEWER, { now })).toEqual([]);
    for (const { id } of await leaseDueMessages('w', now, 50))
      await markFailed(id, 'w', { error: 'no', isFinal: true }, now);
    expect((await states(now))?.[1]).toEqual([1440, 'failed']);
    expect(await listUnreachedDates(DESK_VIEWER, { now })).toMatchObject([
      { uid, startsAt: FIRST, clientName: 'Ana Costa' },
    ]);
    expect(await listUnreachedDates(therapistViewer('mira'), { now })).toHaveLength(1);
    expect(await listUnreachedDates(therapistViewer('jun'), { now })).toEqual([]);
    expect(await listUnreachedDates(OWNER_VIEWER, { now: FIRST })).toEqual([]);
    await cancelAppointments(OWNER_VIEWER, { uid, scope: 'this' }, { now });
    expect(await listUnreachedDates(OWNER_VIEWER, { now })).toEqual([]);
    expect((await states(now))?.map(([, state]) => state)).toEqual(['sent', 'failed']);
  });

  it('for none of a colleague’s dates, nor for an unknown one', async () => {
    const { uids } = await book(1);
    expect(await getRemindersOfDate(therapistViewer('jun'), uids[0]!, { now })).toBeNull();
    expect(await getRemindersOfDate(OWNER_VIEWER, 'nobody', { now })).toBeNull();
    expect(await getRemindersOfDate(OWNER_VIEWER, '\0', { now })).toBeNull();
  });
});

it('all reminder data of a client is exported and erased with them', async () => {
  const { link, uids } = await book(1);
  await saveClientReminderPreference(link, { mode: 'each', wanted: [1440] }, { now: NOW });
  await confirmAttendance(makeAttendanceToken(uids[0]!), FIRST, { now: NOW });
  await queueReminders({ now: FIRST - DAY, isWhole: true });
  const rows = db.connection().reader;
  const data = await collectAllClientData(rows, await findPersonalDataIdsByEmail(rows, 'ana@example.org'));
  expect(Object.keys(data)).toEqual(expect.arrayContaining(['reminders', 'reminder_choices', 'attendances']));
  await eraseClient('ana@example.org', FIRST - DAY);
  expect(await rows.select().from(reminders)).toEqual([]);
  expect(await rows.select().from(attendanceConfirmations)).toEqual([]);
});

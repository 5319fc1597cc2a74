import { eq, inArray } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { getConsentText } from '@/care/consents';
import { confirmEmailAddress } from '@/db/access/confirmed-email-addresses';
import { bookSeries } from '@/db/booking/book-series';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import { moveAppointments } from '@/db/booking/move-appointments';
import { writeConsentWithWording } from '@/db/booking/write-consent';
import { withdrawConsent } from '@/db/care/consents';
import { prepareMailFacts } from '@/db/delivery/prepare-mail-facts';
import { changeClient } from '@/db/people/change-client';
import { appointments, clients, outbox, reminderPreferences, reminderRules, reminders, series } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, listWeeklyInstants, makeSeriesRequest, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { leaseDueMessages, markFailed, markSent } from './outbox-delivery';
import { queueReminders } from './queue-reminders';
import type { ReminderNotification } from './reminder-facts-to-send';
import { listUnreachedDates } from './reminder-states';

const db = setUpTestDatabase({ now: NOW });
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const FIRST = instantAt('2026-12-01', '18:00');

async function book(count = 2, { isConfirmed = true } = {}) {
  const booked = await bookSeries(
    ANONYMOUS_VIEWER,
    makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', count)),
    {
      now: NOW,
    },
  );
  if (!booked.ok) throw new Error(JSON.stringify(booked));
  if (isConfirmed) await db.write((tx) => confirmEmailAddress(tx, 'ana@example.org', 'link', NOW));
  return { seriesId: booked.seriesId, uids: booked.appointments.map(({ uid }) => uid) };
}

const setSteps = (steps: number[], changedAt = 0) =>
  db.write((tx) => tx.insert(reminderRules).values({ id: 'all', steps, changedAt }));
const choose = (seriesId: string, mode: 'each' | 'weekly' | 'none', skipped: number[] = []) =>
  db.write((tx) => tx.insert(reminderPreferences).values({ seriesId, mode, skipped, chosenAt: NOW }));

const written = async () => {
  const rows = await db.connection().reader.select().from(outbox);
  return rows.filter(({ kind }) => kind === 'reminder').sort((a, b) => a.createdAt - b.createdAt);
};
/** Looks for due reminders as the worker does, from one instant to another. */
async function look(from: number, to: number, every = HOUR) {
  for (let now = from; now <= to; now += every) await queueReminders({ now, isWhole: now === from });
}
/** Sends what is due at a moment, and returns the reminders among it. */
async function deliver(now: number): Promise<ReminderNotification[]> {
  const sent: ReminderNotification[] = [];
  for (let rest = await leaseDueMessages('w', now, 50); rest.length > 0; rest = await leaseDueMessages('w', now, 50))
    for (const { id } of rest) {
      const mail = await prepareMailFacts(id, 'w', now);
      if (mail) await markSent(id, 'w', now);
      if (mail?.notification.kind === 'reminder') sent.push(mail.notification);
    }
  return sent;
}
const stepsAndDates = async () =>
  (await db.connection().reader.select().from(reminders))
    .sort((a, b) => a.writtenAt - b.writtenAt)
    .map(({ stepMinutes, startAt, writtenAt }) => [stepMinutes, (startAt - FIRST) / DAY, (startAt - writtenAt) / HOUR]);

describe('reminders are written', () => {
  it('a day before each date, once, by default', async () => {
    await book(2);
    await look(NOW, FIRST + 8 * DAY);
    expect(await stepsAndDates()).toEqual([
      [1440, 0, 24],
      [1440, 7, 24],
    ]);
  });

  it('for each step that the practice has set', async () => {
    await setSteps([2 * 1440, 120]);
    await book(1);
    await look(NOW, FIRST);
    expect(await stepsAndDates()).toEqual([
      [2880, 0, 48],
      [120, 0, 2],
    ]);
  });

  it('by a massage’s own steps, which may be none', async () => {
    await setSteps([1440]);
    await db.write((tx) =>
      tx.insert(reminderRules).values({ id: 'swedish', serviceId: 'swedish', steps: [], changedAt: 0 }),
    );
    await book(2);
    await look(NOW, FIRST + 8 * DAY);
    expect(await stepsAndDates()).toEqual([]);
  });

  it('once, even by several servers at once on two connections', async () => {
    await book(2);
    const now = FIRST - DAY;
    await Promise.all([1, 2, 3, 4].map(() => queueReminders({ now, isWhole: true })));
    expect(await written()).toHaveLength(1);
    expect(await stepsAndDates()).toHaveLength(1);
  });

  it('not for a date that was booked after its step was due', async () => {
    await book(1);
    await db.write((tx) => tx.update(appointments).set({ createdAt: FIRST - 20 * HOUR }));
    await look(FIRST - 20 * HOUR, FIRST);
    expect(await written()).toEqual([]);
  });

  it('late rather than not at all, after a time when no server ran', async () => {
    await setSteps([3 * 1440]);
    await book(1);
    await queueReminders({ now: FIRST - 30 * HOUR, isWhole: false });
    expect(await written()).toHaveLength(0);
    await queueReminders({ now: FIRST - 30 * HOUR, isWhole: true });
    expect(await written()).toHaveLength(1);
  });

  it('not for a step that was added after it would have been due', async () => {
    await book(1);
    await setSteps([7 * 1440], FIRST - 30 * HOUR);
    await look(FIRST - 30 * HOUR, FIRST);
    expect(await written()).toEqual([]);
  });

  it('fewer, never, or once a week, as the client has chosen', async () => {
    await setSteps([1440, 120]);
    const { seriesId } = await book(3);
    await choose(seriesId, 'each', [120]);
    await look(NOW, FIRST);
    expect(await stepsAndDates()).toEqual([[1440, 0, 24]]);
    await db.write((tx) => tx.update(reminderPreferences).set({ mode: 'none', skipped: [] }));
    await look(FIRST, FIRST + 7 * DAY);
    expect(await stepsAndDates()).toHaveLength(1);
    await db.write((tx) => tx.update(reminderPreferences).set({ mode: 'weekly' }));
    await look(FIRST + 8 * DAY, FIRST + 14 * DAY);
    // The Sunday before a Tuesday at 18:00, at 17:00.
    expect((await stepsAndDates()).slice(1)).toEqual([[0, 14, 49]]);
  });

  it('once for the rest of the week in which a client chooses weekly, and then each Sunday', async () => {
    const { seriesId, uids } = await book(2);
    await db.write((tx) => tx.update(appointments).set({ createdAt: NOW - 30 * DAY }));
    const monday = instantAt('2026-11-30', '22:00');
    await db.write((tx) =>
      tx.insert(reminderPreferences).values({ seriesId, mode: 'weekly', skipped: [], chosenAt: monday }),
    );
    await look(monday, FIRST + 7 * DAY);
    // At 08:00 on the day itself, then on Sunday at 17:00.
    expect(await stepsAndDates()).toEqual([
      [0, 0, 10],
      [0, 7, 49],
    ]);
    await db.write((tx) => tx.update(reminderPreferences).set({ chosenAt: FIRST + 5 * DAY + HOUR }));
    await look(FIRST + 5 * DAY, FIRST + 7 * DAY);
    expect(await stepsAndDates()).toHaveLength(2);
    expect(uids).toHaveLength(2);
  });

  it('one a day to an unconfirmed address, however much was booked with it', async () => {
    await book(1, { isConfirmed: false });
    const other = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(listWeeklyInstants('2026-12-01', '16:00', 1)), {
      now: NOW,
    });
    expect(other.ok).toBe(true);
    await look(NOW, FIRST - 10 * HOUR);
    expect(await written()).toHaveLength(1);
    await db.write((tx) => confirmEmailAddress(tx, 'ana@example.org', 'link', NOW));
    await queueReminders({ now: FIRST - 10 * HOUR, isWhole: true });
    expect(await written()).toHaveLength(2);
  });

  it('once a week for two dates of that week, without dates cancelled before it is sent', async () => {
    const { seriesId, uids } = await book(2);
    await choose(seriesId, 'weekly');
    const moved = await moveAppointments(
      OWNER_VIEWER,
      { uid: uids[1]!, startsAt: instantAt('2026-12-03', '18:00'), therapistId: 'mira', scope: 'this' },
      { now: NOW + HOUR },
    );
    expect(moved.ok).toBe(true);
    await deliver(NOW + 2 * HOUR);
    const now = instantAt('2026-11-29', '17:00');
    await queueReminders({ now, isWhole: false });
    expect(await written()).toHaveLength(1);
    const cancelled = await cancelAppointments(OWNER_VIEWER, { uid: uids[0]!, scope: 'this' }, { now });
    expect(cancelled.ok).toBe(true);
    const [sent] = await deliver(now + MINUTE);
    expect(sent?.dates.map(({ uid }) => uid)).toEqual([uids[1]]);
  });
});

describe('a reminder is sent', () => {
  it('with the date as it is then, and with the client’s name only to a confirmed address', async () => {
    const { uids } = await book(1);
    await queueReminders({ now: FIRST - DAY, isWhole: true });
    const [sent] = await deliver(FIRST - DAY);
    expect(sent).toMatchObject({ step: 1440, clientName: 'Ana Costa', forms: ['health'] });
    expect(sent?.dates).toMatchObject([
      { uid: uids[0], start: FIRST, therapist: 'Mira Kovač', moveUntil: FIRST - 12 * HOUR, cancelUntil: FIRST - DAY },
    ]);
    expect(JSON.stringify((await written())[0])).not.toMatch(/pain|symptom|injur/i);
  });

  it('without a name to an unconfirmed address', async () => {
    await book(1, { isConfirmed: false });
    await queueReminders({ now: FIRST - DAY, isWhole: true });
    expect((await deliver(FIRST - DAY))[0]?.clientName).toBe('');
    expect(JSON.stringify((await written()).map(({ facts, told: messages }) => [facts, messages]))).not.toContain(
      'Ana Costa',
    );
  });

  it('not when its date has been cancelled since it was written', async () => {
    const { uids } = await book(1);
    await queueReminders({ now: FIRST - DAY, isWhole: true });
    await cancelAppointments(OWNER_VIEWER, { uid: uids[0]!, scope: 'this' }, { now: FIRST - DAY });
    expect(await deliver(FIRST - DAY + MINUTE)).toEqual([]);
    expect((await written()).map(({ droppedAt }) => droppedAt)).toEqual([FIRST - DAY + MINUTE]);
  });

  it('not when its date has been moved since, and the new date gets one of its own', async () => {
    const { uids } = await book(1);
    const now = FIRST - DAY;
    await queueReminders({ now, isWhole: true });
    const to = FIRST + 2 * DAY;
    const request = { uid: uids[0]!, startsAt: to, therapistId: 'mira', scope: 'this' } as const;
    expect((await moveAppointments(OWNER_VIEWER, request, { now })).ok).toBe(true);
    expect(await deliver(now + MINUTE)).toEqual([]);
    await look(now, to);
    expect(await stepsAndDates()).toEqual([
      [1440, 0, 24],
      [1440, 2, 24],
    ]);
    const again = await deliver(to - DAY);
    expect(again.map(({ dates }) => dates[0]?.start)).toEqual([to]);
  });

  it('not at night, however late the mail server recovers, and not in the morning if a later step is due by then', async () => {
    await setSteps([1440, 600]);
    await book(1);
    await queueReminders({ now: FIRST - DAY, isWhole: true });
    await deliver(NOW);
    const evening = instantAt('2026-11-30', '20:00');
    expect(await deliver(evening)).toEqual([]);
    const [held] = await written();
    expect(held).toMatchObject({ dueAt: instantAt('2026-12-01', '08:00'), leasedBy: null, attempts: 0 });
    expect(await leaseDueMessages('w', evening + HOUR, 50)).toEqual([]);
    await queueReminders({ now: instantAt('2026-12-01', '08:00'), isWhole: false });
    expect(await deliver(instantAt('2026-12-01', '08:00'))).toMatchObject([{ step: 600 }]);
  });

  it('again in the morning when it failed in the evening', async () => {
    await book(1);
    await deliver(NOW);
    await queueReminders({ now: FIRST - DAY, isWhole: true });
    const failed = instantAt('2026-11-30', '19:59');
    const [leased] = await leaseDueMessages('w', failed, 50);
    await prepareMailFacts(leased!.id, 'w', failed);
    await markFailed(leased!.id, 'w', { error: 'not now' }, failed);
    expect(await deliver(failed + 5 * MINUTE)).toEqual([]);
    expect(await leaseDueMessages('w', failed + 2 * HOUR, 50)).toEqual([]);
    expect(await deliver(instantAt('2026-12-01', '08:00'))).toHaveLength(1);
  });

  it('without holding up other messages while it waits for the morning', async () => {
    const { uids } = await book(2);
    await deliver(NOW);
    await queueReminders({ now: FIRST - DAY, isWhole: true });
    const failed = instantAt('2026-11-30', '19:59');
    const [leased] = await leaseDueMessages('w', failed, 50);
    await markFailed(leased!.id, 'w', { error: 'not now' }, failed);
    const later = failed + HOUR;
    await deliver(later - MINUTE);
    await cancelAppointments(OWNER_VIEWER, { uid: uids[1]!, scope: 'this' }, { now: later });
    const due = await leaseDueMessages('w', later + HOUR, 50);
    const rows = await db.connection().reader.select().from(outbox);
    const kinds = due.map(({ id }) => rows.find((row) => row.id === id)!.kind);
    expect(kinds).toContain('cancelled');
  });

  it('again to a client’s new address when it did not reach the former one', async () => {
    const { uids } = await book(1);
    await deliver(NOW);
    await queueReminders({ now: FIRST - DAY, isWhole: true });
    const failed = FIRST - DAY + MINUTE;
    const [leased] = await leaseDueMessages('w', failed, 50);
    await markFailed(leased!.id, 'w', { error: 'no such mailbox', isFinal: true }, failed);
    const [client] = await db.connection().reader.select().from(clients);
    const change = {
      ...{ id: client!.id, version: client!.version, name: client!.name, email: 'ana.new@example.org' },
      ...{ phone: '', language: '', favouriteTherapistId: '', tags: '', movesMail: true, endsLinks: false },
    };
    expect(await changeClient(OWNER_VIEWER, change, { now: failed + HOUR })).toEqual({ ok: true });
    expect(await listUnreachedDates(OWNER_VIEWER, { now: failed + HOUR })).toEqual([]);
    await queueReminders({ now: failed + HOUR, isWhole: false });
    expect(await deliver(failed + HOUR)).toMatchObject([{ step: 1440, dates: [{ uid: uids[0] }] }]);
  });

  it('without mention of the health form when the client has withdrawn consent to storing it', async () => {
    const { seriesId } = await book(1);
    await deliver(NOW);
    const link = { role: 'link', seriesId } as const;
    await db.write((tx) =>
      writeConsentWithWording(tx, getConsentText('health_kept', 'Fortnight'), {
        kind: 'health_kept',
        subject: { seriesId },
        way: 'page',
        now: NOW,
      }),
    );
    expect(await withdrawConsent(link, { kind: 'health_kept' }, { now: NOW + 1 })).toEqual({ ok: true });
    await queueReminders({ now: FIRST - DAY, isWhole: true });
    expect(await deliver(FIRST - DAY)).toMatchObject([{ forms: [] }]);
  });

  it('not once its client has turned reminders off', async () => {
    const { seriesId } = await book(1);
    await deliver(NOW);
    await queueReminders({ now: FIRST - DAY, isWhole: true });
    await choose(seriesId, 'none');
    expect(await deliver(FIRST - DAY)).toEqual([]);
  });
});

it('a date that was booked before reminders existed gets its reminder like any other', async () => {
  const { seriesId } = await book(1);
  await db.write((tx) => tx.update(series).set({ version: 5 }).where(eq(series.id, seriesId)));
  await queueReminders({ now: FIRST - 23 * HOUR, isWhole: true });
  expect(await deliver(FIRST - 23 * HOUR)).toHaveLength(1);
});

it('lets other requests run between when thousands of dates are looked at', async () => {
  const { uids } = await book(1);
  const { reader } = db.connection();
  const [date] = await reader.select().from(appointments).where(eq(appointments.id, uids[0]!));
  const [plan] = await reader.select().from(series).where(eq(series.id, date!.seriesId));
  const ids = Array.from({ length: 900 }, (_, k) => `many-${k}`);
  // All were booked after their reminder was due: each is looked at, and none is written.
  const createdAt = FIRST - 3 * HOUR;
  await db.write(async (tx) => {
    for (let at = 0; at < ids.length; at += 300) {
      const some = ids.slice(at, at + 300);
      await tx.insert(series).values(some.map((id) => ({ ...plan!, id })));
      await tx.insert(appointments).values(some.map((id) => ({ ...date!, createdAt, id, seriesId: id })));
    }
  });
  let turns = 0;
  let timer = setImmediate(function turn() {
    turns++;
    timer = setImmediate(turn);
  });
  try {
    expect(await queueReminders({ now: FIRST - 2 * HOUR, isWhole: true })).toBe(1);
  } finally {
    clearImmediate(timer);
    await db.write(async (tx) => {
      for (let at = 0; at < ids.length; at += 300) {
        await tx.delete(appointments).where(inArray(appointments.id, ids.slice(at, at + 300)));
        await tx.delete(series).where(inArray(series.id, ids.slice(at, at + 300)));
      }
    });
  }
  expect(turns).toBeGreaterThanOrEqual(5);
});

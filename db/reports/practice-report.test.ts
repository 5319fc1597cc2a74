import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Db } from '@/db/connection/connection';
import { recordPayment, recordRefund, reverseLedgerEntry } from '@/db/money/ledger';
import { appointments, practices, questionCounts, seriesQuestionPages, therapists } from '@/db/schema';
import { insertTestAppointment, insertTestTimeOff, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { toWallTime } from '@/scheduling/zone-conversion';
import { formatCsv } from './format-csv';
import { sumMinutesByWeekdayHour } from './hours-by-weekday';
import { getPeriodTotals } from './period-totals';
import { getPracticeReport } from './practice-report';
import { listReportRows } from './report-lists';

const database = setUpTestDatabase({ now: NOW });
/** When all dates of the tests are over. */
const now = instantAt('2026-12-02', '10:00');
const NOVEMBER = { from: '2026-11-01', to: '2026-12-01' };

beforeEach(() =>
  database.write(async (tx) => {
    const mira = { therapistId: 'mira' } as const;
    const plan = { ...mira, seriesId: 'plan', sessions: 2, client: 'nia' };
    // In October Nia came before. In November: her plan of two, which she completed, a no-show, a late cancel, and an
    // upcoming date.
    await insertTestAppointment(tx, {
      ...mira,
      id: 'before',
      on: '2026-10-06',
      time: '13:00',
      client: 'nia',
      status: 'completed',
    });
    await insertTestAppointment(tx, {
      ...plan,
      id: 'p1',
      position: 1,
      on: '2026-11-03',
      time: '13:00',
      status: 'completed',
    });
    await insertTestAppointment(tx, {
      ...plan,
      id: 'p2',
      position: 2,
      on: '2026-11-10',
      time: '13:00',
      status: 'completed',
    });
    await insertTestAppointment(tx, {
      ...mira,
      id: 'new',
      on: '2026-11-04',
      time: '13:00',
      client: 'ben',
      status: 'completed',
      serviceId: 'sports',
    });
    await insertTestAppointment(tx, { ...mira, id: 'back', on: '2026-11-25', time: '13:00', client: 'ben' });
    await insertTestAppointment(tx, {
      ...mira,
      id: 'missed',
      on: '2026-11-05',
      time: '13:00',
      client: 'cia',
      status: 'no_show',
    });
    await insertTestAppointment(tx, {
      ...mira,
      id: 'late',
      on: '2026-11-06',
      time: '13:00',
      client: 'cia',
      status: 'cancelled',
    });
    await insertTestAppointment(tx, {
      ...mira,
      id: 'early',
      on: '2026-11-07',
      time: '13:00',
      client: 'cia',
      status: 'cancelled',
    });
    await tx.update(appointments).set({ isLateCancel: true }).where(eq(appointments.id, 'late'));
    await tx.insert(seriesQuestionPages).values({ seriesId: 'new-series', questionSlug: 'sciatica', createdAt: 0 });
    await tx.insert(questionCounts).values([
      { on: '2026-11-30', slug: 'sciatica', kind: 'read', times: 40 },
      { on: '2026-12-01', slug: 'sciatica', kind: 'read', times: 999 },
      { on: '2026-11-01', slug: 'sciatica', kind: 'followed', times: 4 },
    ]);
  }),
);

describe('the report of a month', () => {
  it('counts the dates by their outcome', async () => {
    expect(await getPracticeReport(OWNER_VIEWER, NOVEMBER, { now })).toMatchObject({
      dates: 5,
      completed: 3,
      noShows: 1,
      cancelled: 1,
      lateCancels: 1,
      clients: { attended: 2, inPlan: 1, again: 0, once: 1, firstTime: 1, cameBack: 1 },
      series: { ended: 1, keptWhole: 1 },
    });
  });

  it('counts a month that is not over up to now, and names what is to come beside it', async () => {
    const add = (id: string, on: string, time: string, status?: 'completed' | 'no_show') =>
      database.write((tx) =>
        insertTestAppointment(tx, { id, on, time, therapistId: 'mira', client: 'dora', ...(status && { status }) }),
      );
    await add('under-way', '2026-11-24', '15:30');
    await add('done-early', '2026-11-24', '17:00', 'completed');
    await add('forgotten', '2026-11-19', '15:30');
    const at = instantAt('2026-11-24', '16:00');
    const report = await getPracticeReport(OWNER_VIEWER, NOVEMBER, { now: at });
    const { dates, completed, noShows, unmarked, toCome } = report;
    expect({ dates, completed, noShows, unmarked, toCome }).toEqual({
      dates: 6,
      completed: 4,
      noShows: 1,
      unmarked: 1,
      toCome: { dates: 2, bookedMinutes: 2 * 75, openMinutes: report.toCome.openMinutes },
    });
    expect(report.bookedMinutes).toBe(6 * 75);
    const rowsOf = (list: Parameters<typeof listReportRows>[2], now = at) =>
      listReportRows(OWNER_VIEWER, NOVEMBER, list, { now });
    const sumOf = async (list: Parameters<typeof listReportRows>[2]) =>
      (await rowsOf(list)).reduce((sum, { amount }) => sum + amount, 0);
    expect(await rowsOf('dates')).toHaveLength(dates);
    expect((await rowsOf('to_come')).map(({ id }) => id)).toEqual(['under-way', 'back']);
    expect(await sumOf('booked_hours')).toBe(report.bookedMinutes);
    expect(await sumOf('booked_to_come')).toBe(report.toCome.bookedMinutes);
    expect(await sumOf('open_hours')).toBe(report.openMinutes);
    expect(await sumOf('open_to_come')).toBe(report.toCome.openMinutes);
    expect((await rowsOf('open_hours')).every(({ until }) => until! <= at)).toBe(true);
    expect((await rowsOf('open_to_come')).every((row) => row.at >= at)).toBe(true);
    const after = await getPracticeReport(OWNER_VIEWER, NOVEMBER, { now });
    expect(after.toCome).toEqual({ dates: 0, bookedMinutes: 0, openMinutes: 0 });
    expect(after.dates).toBe(dates + toCome.dates);
    expect(after.openMinutes).toBe(report.openMinutes + report.toCome.openMinutes);
    expect(report.toCome.openMinutes).toBeGreaterThan(0);
    expect(report.openMinutes).toBeGreaterThan(0);
  });

  it('shows what was received, by therapist and massage, with tips apart, and what is due', async () => {
    const pay = (appointmentId: string, amountCents: number, tipCents: number, now: number) =>
      recordPayment(OWNER_VIEWER, { appointmentId, way: 'card', amountCents, tipCents }, { now });
    await pay('p1', 6800, 500, instantAt('2026-11-03', '14:30'));
    await pay('new', 3000, 0, instantAt('2026-11-04', '14:30'));
    await pay('p2', 6800, 0, instantAt('2026-12-02', '10:00'));
    const report = await getPracticeReport(OWNER_VIEWER, NOVEMBER, { now });
    expect(report).toMatchObject({ takenCents: 9800, tipCents: 500, dueCents: 3800 });
    expect(report.byTherapist).toEqual([
      { id: 'mira', name: 'Mira Kovač', sessions: 3, minutes: 180, takenCents: 9800 },
    ]);
    expect(report.byService.map(({ id, sessions, takenCents }) => [id, sessions, takenCents])).toEqual([
      ['swedish', 2, 6800],
      ['sports', 1, 3000],
    ]);
    expect(await listReportRows(OWNER_VIEWER, NOVEMBER, 'due', { now })).toMatchObject([{ id: 'new', amount: 3800 }]);
    const payments = await listReportRows(OWNER_VIEWER, NOVEMBER, 'payments', { now });
    expect(payments.map(({ client, amount }) => [client, amount])).toEqual([
      ['nia', 6800],
      ['ben', 3000],
    ]);
    expect(await getPracticeReport(OWNER_VIEWER, { from: '2026-12-01', to: '2027-01-01' }, { now })).toMatchObject({
      takenCents: 6800,
    });
  });

  it('parts what was received by way of paying, and says of each row what it is, how it was paid, and its receipt', async () => {
    let at = instantAt('2026-11-04', '14:30');
    const clock = () => ({ now: ++at });
    const pay = (appointmentId: string, way: 'cash' | 'card', amountCents: number, tipCents: number) =>
      recordPayment(OWNER_VIEWER, { appointmentId, way, amountCents, tipCents }, clock());
    await pay('p1', 'card', 6800, 500);
    const wrong = await pay('new', 'cash', 3000, 0);
    await pay('new', 'cash', 2000, 0);
    const reason = 'As agreed';
    await recordRefund(OWNER_VIEWER, { appointmentId: 'p1', way: 'cash', amountCents: 800, reason }, clock());
    if (!wrong.ok) throw new Error('not paid');
    await reverseLedgerEntry(OWNER_VIEWER, { entryId: wrong.entryId, reason }, clock());
    await pay('p1', 'card', 0, 300);
    const report = await getPracticeReport(OWNER_VIEWER, NOVEMBER, { now });
    expect(report.byWay).toEqual([
      { way: 'cash', takenCents: 1200 },
      { way: 'card', takenCents: 6800 },
    ]);
    const rowsOf = async (list: 'payments' | 'tips', way?: 'cash') =>
      (await listReportRows(OWNER_VIEWER, NOVEMBER, list, { now }, { way })).map((row) => [
        ...[row.kind, row.way, row.receipt, row.amount],
      ]);
    const cash = [
      ['payment', 'cash', 2, 3000],
      ['payment', 'cash', 3, 2000],
      ['refund', 'cash', null, -800],
      ['correction', 'cash', 2, -3000],
    ];
    expect(await rowsOf('payments')).toEqual([['payment', 'card', 1, 6800], ...cash]);
    expect(await rowsOf('payments', 'cash')).toEqual(cash);
    expect(await rowsOf('tips')).toEqual([
      ['payment', 'card', 1, 500],
      ['tip', 'card', 4, 300],
    ]);
  });

  it('splits clients by their standing at its end: in a plan, came again, once so far', async () => {
    await database.write(async (tx) => {
      const dates = { therapistId: 'mira', time: '17:00', status: 'completed' } as const;
      for (const on of ['2026-10-01', '2026-11-12'])
        await insertTestAppointment(tx, { ...dates, id: `dora-${on}`, on, client: 'dora' });
      for (const on of ['2026-11-16', '2026-11-17'])
        await insertTestAppointment(tx, { ...dates, id: `eve-${on}`, on, client: 'eve' });
    });
    const { clients } = await getPracticeReport(OWNER_VIEWER, NOVEMBER, { now });
    expect(clients).toMatchObject({ attended: 4, inPlan: 1, again: 2, once: 1, firstTime: 2 });
  });

  it('has the same totals when another month is compared with it', async () => {
    const paid = { appointmentId: 'p1', way: 'card', amountCents: 6800, tipCents: 500 } as const;
    await recordPayment(OWNER_VIEWER, paid, { now: instantAt('2026-11-03', '14:30') });
    const report = await getPracticeReport(OWNER_VIEWER, NOVEMBER, { now });
    const { takenCents, openMinutes, bookedMinutes } = report;
    expect(takenCents).toBe(6800);
    expect(bookedMinutes).toBeGreaterThan(0);
    expect(await getPeriodTotals(OWNER_VIEWER, NOVEMBER)).toEqual({ takenCents, openMinutes, bookedMinutes });
  });

  it('has, behind every figure, the list that the figure counts', async () => {
    const ids = async (list: Parameters<typeof listReportRows>[2]) =>
      (await listReportRows(OWNER_VIEWER, NOVEMBER, list, { now })).map(({ id }) => id);
    expect(await ids('completed')).toEqual(['p1', 'new', 'p2']);
    expect(await ids('no_show')).toEqual(['missed']);
    expect(await ids('late_cancel')).toEqual(['late']);
    expect(await ids('cancelled')).toEqual(['early']);
    expect(await ids('first_time')).toEqual(['new']);
    const { clients, byTherapist } = await getPracticeReport(OWNER_VIEWER, NOVEMBER, { now });
    expect(await ids('came_back')).toHaveLength(clients.cameBack);
    for (const { id: therapistId, sessions, takenCents } of byTherapist) {
      expect(await listReportRows(OWNER_VIEWER, NOVEMBER, 'completed', { now }, { therapistId })).toHaveLength(
        sessions,
      );
      const payments = await listReportRows(OWNER_VIEWER, NOVEMBER, 'payments', { now }, { therapistId });
      expect(payments.reduce((total, { amount }) => total + amount, 0)).toBe(takenCents);
    }
    expect(await listReportRows(OWNER_VIEWER, NOVEMBER, 'completed', { now }, { serviceId: 'nothing' })).toEqual([]);
    const due = await listReportRows(OWNER_VIEWER, NOVEMBER, 'due', { now });
    expect(due.length).toBeGreaterThan(1);
    const sum = due.reduce((total, { amount }) => total + amount, 0);
    expect((await getPracticeReport(OWNER_VIEWER, NOVEMBER, { now })).dueCents).toBe(sum);
  });

  it('names the dates that nobody has marked, and what is owed for one of them by what was paid', async () => {
    expect((await getPracticeReport(OWNER_VIEWER, NOVEMBER, { now: NOW })).unmarked).toBe(0);
    const before = await getPracticeReport(OWNER_VIEWER, NOVEMBER, { now });
    expect(before.unmarked).toBe(1);
    expect(await listReportRows(OWNER_VIEWER, NOVEMBER, 'unmarked', { now })).toMatchObject([{ id: 'back' }]);
    const paid = { appointmentId: 'back', way: 'card', amountCents: 3000, tipCents: 0 } as const;
    await recordPayment(OWNER_VIEWER, paid, { now: instantAt('2026-11-25', '14:30') });
    const after = await getPracticeReport(OWNER_VIEWER, NOVEMBER, { now });
    expect(after.dueCents - before.dueCents).toBe(3800);
    const due = await listReportRows(OWNER_VIEWER, NOVEMBER, 'due', { now });
    expect(due.find(({ id }) => id === 'back')).toMatchObject({ amount: 3800 });
  });

  it('counts a plan as ended once its last date is over', async () => {
    const dates = { therapistId: 'mira', seriesId: 'running', sessions: 2, client: 'dora', time: '17:00' } as const;
    await database.write(async (tx) => {
      await insertTestAppointment(tx, { ...dates, id: 'r1', position: 1, on: '2026-11-12', status: 'completed' });
      await insertTestAppointment(tx, { ...dates, id: 'r2', position: 2, on: '2026-11-26', status: 'completed' });
    });
    const end = instantAt('2026-11-26', '18:00');
    const ended = async (at: number) => {
      const { series } = await getPracticeReport(OWNER_VIEWER, NOVEMBER, { now: at });
      const lists = (['ended_plans', 'kept_plans'] as const).map((list) =>
        listReportRows(OWNER_VIEWER, NOVEMBER, list, { now: at }),
      );
      expect((await Promise.all(lists)).map(({ length }) => length)).toEqual([series.ended, series.keptWhole]);
      return series;
    };
    expect(await ended(end - 1)).toEqual({ ended: 1, keptWhole: 1 });
    expect(await ended(end)).toEqual({ ended: 2, keptWhole: 2 });
  });

  it('counts a plan that was broken off with its last date that was not cancelled, or when the last was cancelled', async () => {
    const dates = { therapistId: 'mira', sessions: 3, client: 'dora', time: '17:00' } as const;
    const cancel = (tx: Db, id: string, on: string) =>
      tx
        .update(appointments)
        .set({ cancelledAt: instantAt(on, '12:00') })
        .where(eq(appointments.id, id));
    await database.write(async (tx) => {
      const broken = { ...dates, seriesId: 'broken-off' };
      await insertTestAppointment(tx, { ...broken, id: 'b1', position: 1, on: '2026-11-12', status: 'completed' });
      await insertTestAppointment(tx, { ...broken, id: 'b2', position: 2, on: '2026-11-19', status: 'completed' });
      await insertTestAppointment(tx, { ...broken, id: 'b3', position: 3, on: '2026-12-17', status: 'cancelled' });
      await cancel(tx, 'b3', '2026-11-20');
      const given = { ...dates, seriesId: 'given-up' };
      await insertTestAppointment(tx, { ...given, id: 'g1', position: 1, on: '2027-01-12', status: 'cancelled' });
      await insertTestAppointment(tx, { ...given, id: 'g2', position: 2, on: '2027-01-19', status: 'cancelled' });
      await cancel(tx, 'g1', '2026-11-21');
      await cancel(tx, 'g2', '2026-11-23');
      const running = { ...dates, seriesId: 'running' };
      await insertTestAppointment(tx, { ...running, id: 'r1', position: 1, on: '2026-11-13', status: 'completed' });
      await insertTestAppointment(tx, { ...running, id: 'r2', position: 2, on: '2026-11-20', status: 'cancelled' });
      await insertTestAppointment(tx, { ...running, id: 'r3', position: 3, on: '2026-12-18' });
    });
    const ended = async (period: typeof NOVEMBER, at = now) => {
      const rows = await listReportRows(OWNER_VIEWER, period, 'ended_plans', { now: at });
      const { series } = await getPracticeReport(OWNER_VIEWER, period, { now: at });
      expect(series).toEqual({ ended: rows.length, keptWhole: rows.filter(({ id }) => id === 'plan').length });
      return rows.map(({ id, at: last, amount, outOf }) => [id, last, amount, outOf]);
    };
    const [whole, brokenOff, givenUp] = [
      ['plan', instantAt('2026-11-10', '13:00'), 2, 2],
      ['broken-off', instantAt('2026-11-19', '17:00'), 2, 3],
      ['given-up', instantAt('2026-11-23', '12:00'), 0, 2],
    ];
    expect(await ended(NOVEMBER)).toEqual([whole, brokenOff, givenUp]);
    expect(await ended(NOVEMBER, instantAt('2026-11-19', '18:00'))).toEqual([whole, brokenOff]);
    expect(await ended({ from: '2026-12-01', to: '2027-01-01' }, instantAt('2027-01-01', '10:00'))).toEqual([
      ['running', instantAt('2026-12-18', '17:00'), 1, 3],
    ]);
    expect(await ended({ from: '2027-01-01', to: '2027-02-01' }, instantAt('2027-02-01', '10:00'))).toEqual([]);
  });

  it('follows a page from its readers to a first date that took place', async () => {
    const november = await getPracticeReport(OWNER_VIEWER, { from: '2026-10-01', to: '2026-12-01' }, { now });
    expect(november.pages).toEqual([{ slug: 'sciatica', reads: 40, followed: 4, booked: 1, kept: 1 }]);
    expect(november.bookings.fromQuestions).toBe(1);
  });

  it('compares booked hours with open hours, without time off', async () => {
    const week = { from: '2026-11-02', to: '2026-11-09' };
    const before = await getPracticeReport(OWNER_VIEWER, week, { now });
    expect(before.bookedMinutes).toBe(3 * 75);
    await database.write((tx) => insertTestTimeOff(tx, 'mira', ['2026-11-02', '00:00'], ['2026-11-03', '00:00']));
    const after = await getPracticeReport(OWNER_VIEWER, week, { now });
    const mondayOf = ({ hours }: typeof after) =>
      hours.filter(({ weekday }) => weekday === 1).reduce((sum, { openMinutes }) => sum + openMinutes, 0);
    expect(mondayOf(before)).toBeGreaterThan(mondayOf(after));
    expect(before.openMinutes - after.openMinutes).toBe(mondayOf(before) - mondayOf(after));
  });

  it('counts open hours from the day the practice was set up, or from the therapist’s first date before it', async () => {
    const year = { from: '2026-01-01', to: '2027-01-01' };
    // A cancelled date is no sign that anybody worked.
    await database.write((tx) =>
      insertTestAppointment(tx, {
        ...{ id: 'never', on: '2026-09-08', time: '13:00', therapistId: 'tom' },
        ...{ client: 'ola', status: 'cancelled' },
      }),
    );
    const read = async () => {
      const report = await getPracticeReport(OWNER_VIEWER, year, { now });
      const rows = await listReportRows(OWNER_VIEWER, year, 'open_hours', { now });
      const minutes = rows.reduce((sum, { amount }) => sum + amount, 0);
      expect(report.openMinutes).toBe(minutes);
      expect(report.hours.reduce((sum, { openMinutes }) => sum + openMinutes, 0)).toBe(minutes);
      const firstOf = (id: string) => Math.min(...rows.flatMap((row) => (row.therapistId === id ? [row.at] : [])));
      return { mira: toWallTime('Europe/Dublin', firstOf('mira')).on, tom: firstOf('tom') };
    };
    const first = await read();
    expect(first.mira).toBe('2026-10-06');
    expect(first.tom).toBeGreaterThanOrEqual(instantAt('2026-11-23', '00:00'));
    expect(first.tom).toBeLessThan(instantAt('2026-11-25', '00:00'));
    const october = { from: '2026-10-01', to: '2026-11-01' };
    expect((await getPeriodTotals(OWNER_VIEWER, october)).openMinutes).toBeGreaterThan(0);
    expect((await getPeriodTotals(OWNER_VIEWER, { from: '2026-09-01', to: '2026-10-01' })).openMinutes).toBe(0);
  });

  it('counts open hours of somebody who joined later from that day', async () => {
    const november = { from: '2026-11-01', to: '2026-12-01' };
    const write = (at: number) =>
      database.write((tx) => tx.update(therapists).set({ joinedAt: at }).where(eq(therapists.id, 'tom')));
    const rows = async () => {
      const all = await listReportRows(OWNER_VIEWER, november, 'open_hours', { now });
      return all.filter(({ therapistId }) => therapistId === 'tom').map(({ at }) => at);
    };
    await database.write((tx) => tx.update(practices).set({ createdAt: instantAt('2026-10-01', '12:00') }));
    const before = await rows();
    await write(instantAt('2026-11-20', '15:00'));
    const after = await rows();
    expect(after).toEqual(before.filter((at) => at >= instantAt('2026-11-20', '00:00')));
    expect(after.length).toBeGreaterThan(0);
    expect(after.length).toBeLessThan(before.length);
  });

  it('counts the hours of a therapist who left until then, and all of them once they are back', async () => {
    const read = async () => {
      const { openMinutes } = await getPracticeReport(OWNER_VIEWER, NOVEMBER, { now });
      expect((await getPeriodTotals(OWNER_VIEWER, NOVEMBER)).openMinutes).toBe(openMinutes);
      const rows = await listReportRows(OWNER_VIEWER, NOVEMBER, 'open_hours', { now });
      expect(rows.reduce((sum, { amount }) => sum + amount, 0)).toBe(openMinutes);
      return {
        openMinutes,
        last: Math.max(...rows.flatMap((row) => (row.therapistId === 'mira' ? [row.until!] : []))),
      };
    };
    const before = await read();
    const change = (values: { isActive: boolean; inactiveSince: number | null }) =>
      database.write((tx) => tx.update(therapists).set(values).where(eq(therapists.id, 'mira')));
    const left = instantAt('2026-11-20', '12:00');
    await change({ isActive: false, inactiveSince: left });
    const after = await read();
    expect(after.last).toBeLessThanOrEqual(left);
    expect(after.last).toBeGreaterThan(instantAt('2026-11-17', '00:00'));
    expect(after.openMinutes).toBeLessThan(before.openMinutes);
    await change({ isActive: false, inactiveSince: null });
    expect((await read()).last).toBe(instantAt('2026-11-25', '14:00'));
    await change({ isActive: true, inactiveSince: null });
    expect(await read()).toEqual(before);
  });

  it('compares the fullest week with a cap', async () => {
    await database.write((tx) => tx.update(therapists).set({ capWeekMinutes: 600 }).where(eq(therapists.id, 'mira')));
    const { caps } = await getPracticeReport(OWNER_VIEWER, NOVEMBER, { now });
    // The no-show of that week is left out, as it is where somebody books.
    expect(caps).toEqual([{ list: 'fullest_week', id: 'mira', name: 'Mira Kovač', capMinutes: 600, mostMinutes: 120 }]);
  });

  it('counts whole weeks at its borders, and compares every cap there is', async () => {
    await database.write(async (tx) => {
      const dates = { therapistId: 'mira', status: 'completed' } as const;
      for (const [on, time, serviceId] of [
        ['2026-10-26', '09:00', 'swedish'], // a Monday, in the week of 1 November
        ['2026-10-27', '09:00', 'swedish'],
        ['2026-11-01', '09:00', 'swedish'],
        ['2026-11-30', '09:00', 'deep-tissue'], // a Monday, in the week of 1 December
        ['2026-11-30', '11:00', 'swedish'],
        ['2026-12-01', '09:00', 'deep-tissue'],
        ['2026-12-03', '09:00', 'swedish'],
      ] as const)
        await insertTestAppointment(tx, { ...dates, id: `${on} ${time}`, on, time, client: 'dora', serviceId });
      const caps = { capDayMinutes: 300, capWeekMinutes: 600, capDeepDayMinutes: 90, capDeepWeekMinutes: 180 };
      await tx.update(therapists).set(caps).where(eq(therapists.id, 'mira'));
    });
    const { caps } = await getPracticeReport(OWNER_VIEWER, NOVEMBER, { now });
    expect(caps.map(({ list, capMinutes, mostMinutes }) => [list, capMinutes, mostMinutes])).toEqual([
      ['fullest_day', 300, 120],
      ['fullest_week', 600, 240],
      ['fullest_deep_day', 90, 60],
      ['fullest_deep_week', 180, 120],
    ]);
    for (const { list, mostMinutes } of caps) {
      const rows = await listReportRows(OWNER_VIEWER, NOVEMBER, list, { now }, { therapistId: 'mira' });
      expect(rows.reduce((sum, { amount }) => sum + amount, 0)).toBe(mostMinutes);
    }
    const year = await getPracticeReport(OWNER_VIEWER, { from: '2026-01-01', to: '2027-01-01' }, { now });
    expect(year.caps.find(({ list }) => list === 'fullest_week')!.mostMinutes).toBe(240);
  });

  it('refuses an invalid period', async () => {
    await expect(getPracticeReport(OWNER_VIEWER, { from: '2026-11-02', to: '2026-11-01' }, { now })).rejects.toThrow(
      RangeError,
    );
    await expect(getPracticeReport(OWNER_VIEWER, { from: '2026-11-02', to: '2029-11-01' }, { now })).rejects.toThrow(
      RangeError,
    );
  });
});

it('hours are split where a local hour begins, also on the night the clocks go back', () => {
  const zone = 'Europe/Dublin';
  const open = [{ start: instantAt('2026-11-02', '09:30'), end: instantAt('2026-11-02', '11:15') }];
  expect(sumMinutesByWeekdayHour(zone, open, [])).toEqual([
    { weekday: 1, hour: 9, openMinutes: 30, bookedMinutes: 0 },
    { weekday: 1, hour: 10, openMinutes: 60, bookedMinutes: 0 },
    { weekday: 1, hour: 11, openMinutes: 15, bookedMinutes: 0 },
  ]);
  const night = [{ start: Date.UTC(2026, 9, 25, 0), end: Date.UTC(2026, 9, 25, 3) }];
  expect(sumMinutesByWeekdayHour(zone, [], night).map(({ hour, bookedMinutes }) => [hour, bookedMinutes])).toEqual([
    [1, 120],
    [2, 60],
  ]);
});

it('a cell that a spreadsheet would run is exported as text', () => {
  expect(
    formatCsv(
      ['Name', 'Price'],
      [
        ['=1+1', -5],
        ['Ann "A"', 68],
      ],
      'en-IE',
    ),
  ).toBe('\ufeff"Name","Price"\r\n"\'=1+1","-5"\r\n"Ann ""A""","68"\r\n');
});

it.each(['de-DE', 'fr-FR', 'es-ES', 'pt-BR'])(
  'a spreadsheet finds columns and numbers where %s writes a decimal comma',
  (locale) => {
    expect(formatCsv(['Name', 'Price'], [['Ann, 1.5; "A"', 68.5]], locale)).toBe(
      '\ufeff"Name";"Price"\r\n"Ann, 1.5; ""A""";"68,5"\r\n',
    );
  },
);

it.each(['en-IE', 'en-US', 'de-CH', 'ja-JP', 'ar-EG'])(
  'cells end at commas where %s writes a decimal point',
  (locale) => {
    expect(formatCsv(['Price'], [[68.5, -0.25]], locale)).toBe('\ufeff"Price"\r\n"68.5","-0.25"\r\n');
  },
);

import { and, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deriveManageToken, findManageLinkViewer } from '@/db/access/manage-tokens';
import { decryptBookingNote } from '@/db/appointments/booking-health-encryption';
import { audit } from '@/db/audit';
import { listStandingTimes } from '@/db/availability/standing-times';
import { reader } from '@/db/connection/database-client';
import { getStaleZoneWarning, prepareDatabase } from '@/db/operations/prepare-database';
import { listQuestionPageCounts } from '@/db/questions/question-page-counts';
import {
  appointments,
  CLAIM_KINDS,
  claims,
  clients,
  hoursOverrides,
  practices,
  series,
  therapists,
  users,
} from '@/db/schema';
import { deleteAllRows } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { OWNER_VIEWER } from '@/db/testing/test-requests';
import { getQuestion } from '@/questions/library';
import { addDays, weekdayOf } from '@/scheduling/day';
import { toWallTime } from '@/scheduling/zone-conversion';
import { buildDemoRows } from './build-demo-rows';
import { hasNoPractice, seedDemo } from './seed-demo';

const now = Date.UTC(2026, 10, 23, 9);
const { write } = setUpTestDatabase({ now });
const DAY = 86_400_000;

beforeEach(() => write(deleteAllRows));
afterEach(() => vi.unstubAllEnvs());

describe('the demo', () => {
  it('fills an empty database once, and its claims pass the audit', async () => {
    expect(await hasNoPractice()).toBe(true);
    await seedDemo(now);
    await seedDemo(now);
    expect(await hasNoPractice()).toBe(false);
    expect(await audit()).toEqual([]);
    const db = await reader();
    expect(await db.select({ isDemo: practices.isDemo }).from(practices)).toEqual([{ isDemo: true }]);
    expect(await db.$count(appointments)).toBeGreaterThan(220);
    expect(await db.$count(claims, eq(claims.kind, CLAIM_KINDS.time_off))).toBe(7 * 288 + 24 + 30);
    expect((await db.select({ role: users.role }).from(users)).map(({ role }) => role).toSorted()).toEqual([
      'client',
      'front_desk',
      'owner',
      ...Array(4).fill('therapist'),
    ]);
    expect(await db.$count(therapists)).toBe(4);
  });

  it('has a client whose e-mails are in German, with upcoming dates', async () => {
    await seedDemo(now);
    const dates = await (await reader())
      .select({ name: clients.name, startsAt: appointments.startAt })
      .from(clients)
      .innerJoin(appointments, eq(appointments.clientId, clients.id))
      .where(and(eq(clients.language, 'de'), eq(appointments.status, 'booked')));
    expect(new Set(dates.map(({ name }) => name))).toEqual(new Set(['Petra Novak']));
    expect(dates.some(({ startsAt }) => startsAt > now + 14 * DAY)).toBe(true);
  });

  it('counts at least as many readers of each question page as followers, and at least as many followers as plans', async () => {
    await seedDemo(now);
    const pages = await listQuestionPageCounts(OWNER_VIEWER, 91, now);
    expect(pages.length).toBeGreaterThan(5);
    for (const { slug, reads, followed, booked } of pages) {
      expect(getQuestion(slug), slug).not.toBeNull();
      expect(reads, slug).toBeGreaterThanOrEqual(followed);
      expect(followed, slug).toBeGreaterThanOrEqual(booked);
    }
  });

  it('gives every series a working manage link', async () => {
    await seedDemo(now);
    const [entry] = await (await reader()).select({ id: series.id }).from(series).limit(1);
    expect(await findManageLinkViewer(deriveManageToken(entry!.id))).toEqual({ role: 'link', seriesId: entry!.id });
  });

  it('has Ana in the middle of eight Thursdays with Mira, with her steps and her note', async () => {
    await seedDemo(now);
    const db = await reader();
    const [ana] = await db
      .select({ id: series.id, sealedNote: series.sealedNote, sessions: series.sessions })
      .from(series)
      .innerJoin(clients, eq(clients.id, series.clientId))
      .where(eq(clients.email, 'ana@example.org'));
    expect(ana!.sessions).toBe(8);
    expect(decryptBookingNote(ana!.sealedNote)).toContain('sit bone');
    const hers = await db.select().from(appointments).where(eq(appointments.seriesId, ana!.id));
    expect(hers).toHaveLength(8);
    expect(new Set(hers.map(({ status }) => status))).toEqual(new Set(['completed', 'booked']));
    expect(hers.filter(({ serviceId }) => serviceId === 'sports')).toHaveLength(4);
    // Christmas Eve ends at 13:00, so she comes the day before.
    expect(
      hers.filter(({ startAt, nominalStartAt }) => startAt !== nominalStartAt).map(({ localStart }) => localStart),
    ).toEqual(['2026-12-23T17:30']);
    expect(await db.$count(hoursOverrides, eq(hoursOverrides.on, '2026-12-24'))).toBe(3);
  });

  it('leaves a Tuesday at 18:00 open for eight weeks with some therapist', async () => {
    await seedDemo(now);
    const query = { serviceIds: Array(8).fill('swedish'), minutes: 60, cadence: 'weekly' as const, from: '2026-11-24' };
    const found = await listStandingTimes(query, now);
    const tuesdays = found.ok
      ? found.standingTimes.filter(({ firstOn, time }) => firstOn === '2026-11-24' && time === '18:00')
      : [];
    expect(tuesdays[0]?.open).toBe(8);
  });

  it('has the same rows for the same moment, and different ids in another week', () => {
    expect(buildDemoRows(now)).toEqual(buildDemoRows(now));
    const ids = new Set(buildDemoRows(now).appointments.map(({ id }) => id));
    expect(buildDemoRows(now + 7 * DAY).appointments.some(({ id }) => ids.has(id))).toBe(false);
  });

  it('is consistent on any day of the year: about 250 appointments, some of every status, none marked before its time', () => {
    for (let week = 0; week < 60; week++) {
      const moment = now + week * 8 * DAY + week * 3_600_000;
      const demo = buildDemoRows(moment);
      const today = toWallTime('Europe/Dublin', moment).on;
      const states = new Set(demo.appointments.map(({ status }) => status));
      expect(states).toEqual(new Set(['completed', 'booked', 'no_show', 'cancelled']));
      expect(demo.appointments.length).toBeGreaterThan(215);
      expect(demo.appointments.length).toBeLessThan(270);
      for (const appointment of demo.appointments) {
        expect(appointment.createdAt).toBeLessThan(appointment.startAt);
        if (appointment.status === 'booked') expect(appointment.endAt).toBeGreaterThan(moment - 2 * 3_600_000);
        else expect(appointment.cancelledAt ?? appointment.completedAt ?? appointment.noShowAt).toBeLessThan(moment);
        if (appointment.cancelledAt) expect(appointment.cancelledAt).toBeGreaterThan(appointment.createdAt);
      }
      const leave = demo.timeOff.find(({ kind }) => kind === 'leave')!;
      expect(leave.startAt).toBeGreaterThan(moment);
      expect(demo.holidays.every(({ on }) => on <= addDays(today, 440) && weekdayOf(on) >= 0)).toBe(true);
    }
  });
});

describe('the start of the server', () => {
  it('creates the demo in an empty database, and nothing the second time', async () => {
    await prepareDatabase(now);
    const db = await reader();
    const count = await db.$count(appointments);
    await prepareDatabase(now + DAY);
    expect(await db.$count(appointments)).toBe(count);
  });

  it('leaves the database empty with DEMO=0', async () => {
    vi.stubEnv('DEMO', '0');
    await prepareDatabase(now);
    expect(await hasNoPractice()).toBe(true);
  });

  it('warns of stale zone rules only where they matter', () => {
    expect(getStaleZoneWarning('America/Vancouver', '2025c')).toMatch(/America\/Vancouver.*2025c/);
    expect(getStaleZoneWarning('America/Vancouver', '2026c')).toBeNull();
    expect(getStaleZoneWarning('America/Vancouver', '2027a')).toBeNull();
    expect(getStaleZoneWarning('Europe/Dublin', '2025c')).toBeNull();
  });
});

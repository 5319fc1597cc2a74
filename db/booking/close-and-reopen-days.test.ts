import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { listBookableStarts } from '@/db/availability/bookable-starts';
import { reader } from '@/db/connection/database-client';
import { appointments, holidays, outbox } from '@/db/schema';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, listWeeklyInstants, makeSeriesRequest, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { bookSeries } from './book-series';
import { type CloseDaysRequest, closeDays, listClosedDays, reopenDay } from './close-and-reopen-days';
import type { DateWithReplacementTimes } from './propose-replacement-times';

const { write } = setUpTestDatabase({ now: NOW });
const clock = { now: NOW };
const CLOSED = { on: '2026-12-08', name: 'Stock-taking' };

beforeEach(() => write(async (tx) => void (await tx.delete(holidays))));

const close = (more: Partial<CloseDaysRequest> = {}) =>
  closeDays(OWNER_VIEWER, { days: [CLOSED], decisions: [], ...more }, clock);
const openOn = async (on: string) => {
  const found = await listBookableStarts({ serviceId: 'swedish', minutes: 60, from: on, days: 1 }, NOW);
  return found.ok && found.openings.length > 0;
};
const statuses = async () => {
  const rows = await (await reader()).select().from(appointments).orderBy(appointments.position);
  return rows.map(({ status }) => status);
};

async function bookAndSee() {
  await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', 3)), clock);
  const request = await close();
  if (request.ok || request.reason !== 'booked') throw new Error('It was not asked about.');
  return request.dates;
}

const choose = (listed: DateWithReplacementTimes[], choice: 'keep' | 'cancel') =>
  listed.map(({ uid, version }) => ({ uid, version, choice }));

describe('a day on which the practice is closed', () => {
  it('offers no times, is listed by its name, and can be reopened', async () => {
    expect(await openOn(CLOSED.on)).toBe(true);
    expect(await close()).toEqual({ ok: true, closed: 1, kept: 0, moved: 0, cancelled: 0 });
    expect(await listClosedDays(OWNER_VIEWER, clock)).toEqual([CLOSED]);
    expect(await openOn(CLOSED.on)).toBe(false);
    expect(await reopenDay(OWNER_VIEWER, CLOSED.on, clock)).toEqual({ ok: true });
    expect(await openOn(CLOSED.on)).toBe(true);
    expect(await reopenDay(OWNER_VIEWER, CLOSED.on, clock)).toEqual({ ok: false, reason: 'not_found' });
  });

  it('keeps its name when it is closed again under another', async () => {
    expect(await close()).toMatchObject({ ok: true });
    const other = { on: '2026-12-09', name: 'Painters' };
    expect(await close({ days: [other, { ...CLOSED, name: 'X' }] })).toEqual({
      ok: false,
      reason: 'invalid',
      issues: [
        {
          path: ['on'],
          message: 'Tue 8 Dec is closed already, as “Stock-taking”. To give it another name, open it again first.',
        },
      ],
    });
    expect(await listClosedDays(OWNER_VIEWER, clock)).toEqual([CLOSED]);
    expect(await close(), 'the same once more').toMatchObject({ ok: true });
  });

  it('is not closed before every booked client has been listed by name', async () => {
    const listed = await bookAndSee();
    expect(listed).toMatchObject([{ clientName: 'Ana Costa', therapist: 'Mira Kovač', service: 'Swedish' }]);
    expect(await listClosedDays(OWNER_VIEWER, clock)).toEqual([]);
  });

  it('keeps booked dates unless they are to be cancelled, and sends no e-mails for them', async () => {
    const listed = await bookAndSee();
    const db = await reader();
    const before = await db.$count(outbox);
    expect(await close({ decisions: choose(listed, 'keep') })).toEqual({
      ok: true,
      closed: 1,
      kept: 1,
      moved: 0,
      cancelled: 0,
    });
    expect(await statuses()).toEqual(['booked', 'booked', 'booked']);
    expect(await db.$count(outbox)).toBe(before);
  });

  it('cancels the chosen dates, and notifies their clients', async () => {
    const listed = await bookAndSee();
    const result = await close({ decisions: choose(listed, 'cancel') });
    expect(result).toEqual({ ok: true, closed: 1, kept: 0, moved: 0, cancelled: 1 });
    expect(await statuses()).toEqual(['booked', 'cancelled', 'booked']);
    const messages = await (await reader()).select().from(outbox).where(eq(outbox.toEmail, 'ana@example.org'));
    expect(messages.length).toBeGreaterThan(0);
  });

  it('proposes another time on a day that stays open, and moves dates there as decided', async () => {
    const listed = await bookAndSee();
    const [{ uid, version, startsAt, places }] = listed as [DateWithReplacementTimes];
    const [place] = places;
    const dayOf = (instant: number) => new Date(instant).toISOString().slice(0, 10);
    expect(dayOf(startsAt)).toBe(CLOSED.on);
    expect(dayOf(place!.startsAt)).not.toBe(CLOSED.on);
    const moving = (to: number): CloseDaysRequest['decisions'] => [
      { uid, version, choice: 'move', startsAt: to, therapistId: place!.therapistId },
    ];
    expect(await close({ decisions: moving(startsAt + 3_600_000) }), 'that day').toMatchObject({ reason: 'booked' });
    expect(await listClosedDays(OWNER_VIEWER, clock)).toEqual([]);
    expect(await close({ decisions: moving(place!.startsAt) })).toMatchObject({ ok: true, moved: 1, kept: 0 });
    const rows = await (await reader()).select().from(appointments).where(eq(appointments.id, uid));
    expect(rows).toMatchObject([{ status: 'booked', startAt: place!.startsAt }]);
  });

  it('moves nothing to a therapist of whom somebody has to be asked first, and proposes no such therapist', async () => {
    const listed = await bookAndSee();
    const [{ uid, version, therapistId }] = listed as [DateWithReplacementTimes];
    const context = { ...clock, listSuited: async () => [therapistId] };
    const request = await closeDays(OWNER_VIEWER, { days: [CLOSED], decisions: [] }, context);
    if (request.ok || request.reason !== 'booked') throw new Error('It was not asked about.');
    expect(request.dates[0]!.places.map((place) => place.therapistId)).toEqual([therapistId]);
    const open = await listBookableStarts(
      { serviceId: 'swedish', minutes: 60, from: '2026-12-09', days: 7, therapistId: 'jun' },
      NOW,
    );
    if (!open.ok) throw new Error('Jun gives nothing.');
    const decisions: CloseDaysRequest['decisions'] = [
      { uid, version, choice: 'move', startsAt: open.openings[0]!.startsAt, therapistId: 'jun' },
    ];
    const closing = { days: [CLOSED], decisions };
    expect(await closeDays(OWNER_VIEWER, closing, context)).toMatchObject({ ok: false, reason: 'booked' });
    expect(await closeDays(OWNER_VIEWER, closing, clock)).toMatchObject({ ok: true, moved: 1 });
  });

  it('asks again when another date has been booked meanwhile', async () => {
    const listed = await bookAndSee();
    const decisions = choose(listed, 'cancel').map((decision) => ({ ...decision, version: 99 }));
    expect(await close({ decisions })).toMatchObject({ ok: false, reason: 'booked' });
    expect(await statuses()).toEqual(['booked', 'booked', 'booked']);
  });

  it.each([
    ['no day', []],
    ['a day that does not exist', [{ on: '2026-02-30', name: 'x' }]],
    ['a day that is over', [{ on: '2026-11-22', name: 'x' }]],
    ['a day without a name', [{ on: '2026-12-08', name: ' ' }]],
    ['a day far away', [{ on: '2036-12-08', name: 'x' }]],
  ])('is refused when it is %s', async (_what, days) => {
    expect(await close({ days })).toMatchObject({ ok: false, reason: 'invalid' });
    expect(await (await reader()).$count(holidays)).toBe(0);
  });
});

import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { listServices } from '@/db/practice/services';
import { appointments, outbox, reminderRules, therapistPrices } from '@/db/schema';
import { insertTestAppointment, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, makeSeriesRequest, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import type { MassageForm } from './massage-form';
import {
  bringBackMassage,
  deleteMassage,
  listMassageSettings,
  moveMassageInOrder,
  retireMassage,
  saveMassage,
} from './massages';
import type { StrandedBookingDecisions } from './stranded-bookings';

const db = setUpTestDatabase({ now: NOW });
const UNDECIDED: StrandedBookingDecisions = { seen: [], cancelling: [] };
const clock = { now: NOW };

const massageOf = async (id: string) => (await listMassageSettings(OWNER_VIEWER)).find((massage) => massage.id === id)!;
async function formOf(id: string): Promise<MassageForm> {
  const { lengths, noticeMinutes: _, windowDays: __, ...massage } = await massageOf(id);
  return {
    ...massage,
    pressure: String(massage.pressure),
    setupMinutes: String(massage.setupMinutes),
    cleanupMinutes: String(massage.cleanupMinutes),
    noticeHours: '',
    windowDays: '',
    latestStart: '',
    lengths: lengths.map(({ minutes, priceCents }) => ({
      minutes: `${minutes}`,
      price: (priceCents / 100).toFixed(2),
    })),
  };
}
async function change(id: string, form: Partial<MassageForm>, decision = UNDECIDED, mark?: string) {
  const request = { id, mark: mark ?? (await massageOf(id)).mark, form: { ...(await formOf(id)), ...form }, decision };
  return saveMassage(OWNER_VIEWER, request, clock);
}
const plant = (id: string, on: string, other: { roomId?: string; serviceId?: string; therapistId?: string } = {}) =>
  db.write((tx) => insertTestAppointment(tx, { id, on, time: '18:00', therapistId: 'mira', ...other }));
const rows = () => db.connection().reader.select().from(appointments);

describe('the settings of a massage', () => {
  it('are offered as they were saved, with prices parsed as typed', async () => {
    const form = {
      name: ' Swedish, slow ',
      booking: 'approval',
      noticeHours: '24',
      windowDays: '60',
      latestStart: '18:00',
      lengths: [
        { minutes: '90', price: '99.5' },
        { minutes: '45', price: '55' },
        { minutes: '', price: '' },
      ],
      roomIds: ['loft'],
      therapistIds: ['jun', 'mira'],
    };
    expect(await change('swedish', form)).toEqual({ ok: true, id: 'swedish' });
    expect((await listServices())[0]).toMatchObject({
      name: 'Swedish, slow',
      booking: 'approval',
      noticeMinutes: 1440,
      windowDays: 60,
      latestStart: '18:00',
      lengths: [
        { minutes: 45, priceCents: 5500 },
        { minutes: 90, priceCents: 9950 },
      ],
      therapists: ['mira', 'jun'],
      rooms: ['loft'],
    });
  });

  it('also create a new massage, which gets an id of its own', async () => {
    const form = { ...(await formOf('swedish')), name: 'Swedish' };
    const saved = await saveMassage(OWNER_VIEWER, { id: null, mark: '', form, decision: UNDECIDED }, clock);
    expect(saved).toEqual({ ok: true, id: 'swedish-2' });
    expect((await listServices()).map(({ id }) => id)).toEqual(['swedish', 'sports', 'deep-tissue', 'swedish-2']);
    // Deleting also removes what was set for this massage alone.
    await db.write((tx) =>
      tx.insert(reminderRules).values({ id: 'swedish-2', serviceId: 'swedish-2', steps: [120], changedAt: NOW }),
    );
    expect(await deleteMassage(OWNER_VIEWER, 'swedish-2', clock)).toEqual({ ok: true });
  });

  it('are refused with an error at each wrong field, and nothing changes', async () => {
    const before = await listMassageSettings(OWNER_VIEWER);
    const bad = { name: '', cleanupMinutes: '-5', booking: 'all', pressure: '4', latestStart: '25:00' };
    const lengths = [
      { minutes: '60', price: '68' },
      { minutes: '60', price: '70' },
      { minutes: '90', price: '12,345' },
      { minutes: '7', price: '10' },
    ];
    const refused = await change('swedish', { ...bad, lengths });
    if (refused.ok || refused.reason !== 'invalid') throw new Error(JSON.stringify(refused));
    expect(refused.issues.map(({ path }) => path.join('.')).sort()).toEqual(
      ['booking', 'cleanupMinutes', 'latestStart', 'lengths.1', 'lengths.2', 'lengths.3', 'name', 'pressure'].sort(),
    );
    expect(await change('swedish', { lengths: [{ minutes: '', price: '' }] })).toMatchObject({ reason: 'invalid' });
    expect(await listMassageSettings(OWNER_VIEWER)).toEqual(before);
  });

  it('do not overwrite what somebody else has saved since', async () => {
    const { mark } = await massageOf('swedish');
    await change('swedish', { summary: 'Other words.' });
    expect(await change('swedish', { name: 'Late' }, UNDECIDED, mark)).toEqual({ ok: false, reason: 'changed' });
    expect((await massageOf('swedish')).name).toBe('Swedish');
  });

  it('drop a therapist’s own price of a removed length, and keep the price of booked dates', async () => {
    await db.write((tx) =>
      tx.insert(therapistPrices).values([
        { therapistId: 'mira', serviceId: 'swedish', minutes: 60, priceCents: 7000 },
        { therapistId: 'mira', serviceId: 'swedish', minutes: 90, priceCents: 9900 },
      ]),
    );
    await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-01', '18:00')), clock);
    expect(await change('swedish', { lengths: [{ minutes: '90', price: '80' }] })).toMatchObject({ ok: true });
    const prices = await db.connection().reader.select().from(therapistPrices);
    expect(prices.map(({ minutes }) => minutes)).toEqual([90]);
    expect((await rows())[0]).toMatchObject({ priceCents: 7000, minutes: 60, status: 'booked' });
  });

  it('move the massage up and down in the order, and no further than the ends', async () => {
    expect(await moveMassageInOrder(OWNER_VIEWER, 'sports', -1, clock)).toBe(true);
    expect((await listServices()).map(({ id }) => id)).toEqual(['sports', 'swedish', 'deep-tissue']);
    expect(await moveMassageInOrder(OWNER_VIEWER, 'sports', -1, clock)).toBe(false);
  });
});

describe('the booked dates of a massage', () => {
  it('are listed by name before a therapist or a room is taken from it, and stay unless they are cancelled', async () => {
    await plant('first', '2026-12-01');
    await plant('second', '2026-12-08');
    await plant('past', '2026-11-10');
    await plant('elsewhere', '2026-12-09', { therapistId: 'jun', roomId: 'loft' });
    const without = { therapistIds: ['aoife', 'jun'] };
    const request = await change('swedish', without);
    expect(request).toMatchObject({
      reason: 'stranded',
      dates: [
        { uid: 'first', clientName: 'Nia Walsh', service: 'Swedish', therapist: 'Mira Kovač' },
        { uid: 'second', startsAt: instantAt('2026-12-08', '18:00') },
      ],
    });
    expect((await massageOf('swedish')).therapistIds).toContain('mira');
    if (request.ok || request.reason !== 'stranded') throw new Error('Nothing was asked.');
    const seen = request.dates.map(({ uid, version }) => ({ uid, version }));
    expect(await change('swedish', without, { seen, cancelling: ['second'] })).toMatchObject({ ok: true });
    expect((await rows()).map(({ id, status }) => `${id} ${status}`).sort()).toEqual([
      'elsewhere booked',
      'first booked',
      'past booked',
      'second cancelled',
    ]);
    const messages = await db
      .connection()
      .reader.select()
      .from(outbox)
      .where(eq(outbox.toEmail, 'nia.walsh@example.org'));
    expect(messages).toHaveLength(1);
    expect((await massageOf('swedish')).therapistIds).toEqual(['aoife', 'jun']);
  });

  it('are shown again when they have changed meanwhile, and nothing is saved', async () => {
    await plant('first', '2026-12-01');
    const decision = { seen: [{ uid: 'first', version: 1 }], cancelling: ['first'] };
    await plant('second', '2026-12-08');
    const request = await retireMassage(OWNER_VIEWER, 'swedish', decision, clock);
    // At another time, too, the massage would be one that is retired.
    expect(request).toMatchObject({
      reason: 'stranded',
      dates: [
        { uid: 'first', places: [] },
        { uid: 'second', places: [] },
      ],
    });
    expect((await massageOf('swedish')).isActive).toBe(true);
    expect((await rows()).map(({ status }) => status)).toEqual(['booked', 'booked']);
  });

  it('stay when the massage is retired, which can be brought back and never deleted', async () => {
    await plant('first', '2026-12-01');
    const decision = { seen: [{ uid: 'first', version: 1 }], cancelling: [] };
    expect(await retireMassage(OWNER_VIEWER, 'swedish', decision, clock)).toEqual({ ok: true });
    expect((await listServices()).map(({ id }) => id)).not.toContain('swedish');
    expect((await rows())[0]).toMatchObject({ status: 'booked' });
    expect(await deleteMassage(OWNER_VIEWER, 'swedish', clock)).toEqual({ ok: false, reason: 'used' });
    expect(await bringBackMassage(OWNER_VIEWER, 'swedish', clock)).toBe(true);
    expect((await listServices()).map(({ id }) => id)).toContain('swedish');
    expect(await retireMassage(OWNER_VIEWER, 'no such', decision, clock)).toEqual({ ok: false, reason: 'not_found' });
  });
});

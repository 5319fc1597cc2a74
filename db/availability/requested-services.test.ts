import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { reader } from '@/db/connection/database-client';
import { getPractice, listPracticeHolidays } from '@/db/practice/practice';
import { listServices } from '@/db/practice/services';
import { listTherapists } from '@/db/practice/therapists';
import { holidays, practices, services, therapists } from '@/db/schema';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { checkRequestedServices } from './requested-services';

const { write } = setUpTestDatabase({ now: Date.UTC(2026, 10, 23, 9) });

describe('services', () => {
  it('are listed with their words, lengths, prices, therapists and rooms', async () => {
    const [swedish, , deep] = await listServices();
    expect(swedish).toMatchObject({
      id: 'swedish',
      pressure: 1,
      cleanupMinutes: 15,
      lengths: [
        { minutes: 30, priceCents: 4200 },
        { minutes: 60, priceCents: 6800 },
        { minutes: 90, priceCents: 9600 },
      ],
      therapists: ['mira', 'aoife', 'jun'],
      rooms: ['garden', 'street', 'loft'],
    });
    expect(deep).toMatchObject({ therapists: ['mira', 'tom', 'jun'], rooms: ['garden', 'street'] });
  });

  it('leave out what is no longer offered and who no longer works here', async () => {
    await write(async (tx) => {
      await tx.update(services).set({ isActive: false }).where(eq(services.id, 'sports'));
      await tx.update(therapists).set({ isActive: false }).where(eq(therapists.id, 'mira'));
    });
    expect((await listServices()).map(({ id, therapists }) => [id, therapists])).toEqual([
      ['swedish', ['aoife', 'jun']],
      ['deep-tissue', ['tom', 'jun']],
    ]);
    expect((await listTherapists()).map(({ id }) => id)).toEqual(['tom', 'aoife', 'jun']);
  });

  it('say of each therapist what they give', async () => {
    const tom = (await listTherapists()).find(({ id }) => id === 'tom');
    expect(tom?.services.toSorted()).toEqual(['deep-tissue', 'sports']);
    expect(Object.keys(tom ?? {})).not.toContain('userId');
  });
});

describe('an offer', () => {
  const find = async (query: Parameters<typeof checkRequestedServices>[1]) =>
    checkRequestedServices(await reader(), query);

  it('names those who give every step', async () => {
    const found = await find({ serviceIds: ['sports', 'deep-tissue'], minutes: 60 });
    expect(found).toMatchObject({ ok: true, therapistIds: ['mira', 'tom', 'jun'] });
  });

  it('is of nobody, and no fault, when nobody gives every step', async () => {
    await write((tx) => tx.update(therapists).set({ isActive: false }));
    expect(await find({ serviceIds: ['swedish'], minutes: 60 })).toMatchObject({ ok: true, therapistIds: [] });
  });

  it('lists every fault at once', async () => {
    const found = await find({ serviceIds: ['x', 'swedish', '__proto__'], minutes: 61 });
    expect(found.ok ? [] : found.issues.map(({ path }) => path)).toEqual([
      ['serviceIds', 0],
      ['serviceIds', 2],
      ['minutes'],
    ]);
  });
});

describe('the practice', () => {
  it('is the one there is, or an error that says what to do', async () => {
    expect(await getPractice()).toMatchObject({ name: 'Fortnight Massage', timeZone: 'Europe/Dublin', isDemo: true });
    await write((tx) => tx.delete(practices));
    await expect(getPractice()).rejects.toThrow('npm run setup');
  });

  it('lists its holidays in order', async () => {
    await write((tx) =>
      tx.insert(holidays).values([
        { on: '2026-12-26', name: "St Stephen's Day" },
        { on: '2026-12-25', name: 'Christmas Day' },
      ]),
    );
    expect((await listPracticeHolidays()).map(({ on }) => on)).toEqual(['2026-12-25', '2026-12-26']);
  });
});

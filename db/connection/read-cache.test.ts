import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { getPractice } from '@/db/practice/practice';
import { listServices } from '@/db/practice/services';
import { getEffectiveHoursOfTherapists } from '@/db/practice/therapist-hours';
import { practices, services, workingHours } from '@/db/schema';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW } from '@/db/testing/test-requests';
import type { Db } from './connection';
import { reader, transact } from './database-client';
import { cachedUntilCommit } from './read-cache';

const { another } = setUpTestDatabase({ now: NOW });

const rename = (name: string) => (tx: Db) => tx.update(practices).set({ name });
const readHours = async () =>
  (await getEffectiveHoursOfTherapists(await reader(), ['mira'], '2026-12-01', '2026-12-08')).therapists;

describe('cached practice data', () => {
  it('shows the last commit, whoever made it', async () => {
    await getPractice();
    await transact(rename('Ours'));
    expect((await getPractice()).name).toBe('Ours');
    const elsewhere = await another();
    await elsewhere.transact(rename('Theirs'));
    expect((await getPractice()).name).toBe('Theirs');
  });

  it('shows the last commit for services and hours too', async () => {
    expect((await listServices()).map(({ id }) => id)).toContain('sports');
    expect((await readHours()).get('mira')?.weeklyHours).not.toEqual({});
    await transact(async (tx) => {
      await tx.update(services).set({ isActive: false }).where(eq(services.id, 'sports'));
      await tx.delete(workingHours).where(eq(workingHours.therapistId, 'mira'));
    });
    expect((await listServices()).map(({ id }) => id)).not.toContain('sports');
    expect((await readHours()).get('mira')?.weeklyHours).toEqual({});
  });

  it('shows a transaction its own changes, which nobody else sees before it commits', async () => {
    const before = (await getPractice()).name;
    await transact(async (tx, undo) => {
      await getPractice(tx);
      await rename('Not yet')(tx);
      expect((await getPractice(tx)).name).toBe('Not yet');
      expect((await getPractice()).name).toBe(before);
      return undo(null);
    });
    expect((await getPractice()).name).toBe(before);
  });

  it('is read again after a failure', async () => {
    const db = await reader();
    const answers = [() => Promise.reject(new Error('away')), () => Promise.resolve('here')];
    const call = () => cachedUntilCommit(db, 'a failure', () => answers.shift()!());
    await expect(call()).rejects.toThrow('away');
    expect(await call()).toBe('here');
  });
});

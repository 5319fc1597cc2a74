import { describe, expect, it, vi } from 'vitest';
import { listDayNotes } from '@/db/practice/day-notes';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { initialDayNoteState } from './day-note-state';

// next-auth is mocked down to whose session the cookie opens; who that user is comes from the database.
const session = vi.hoisted((): { userId: string | null } => ({ userId: 'mira' }));
vi.mock('next-auth', () => ({ default: () => undefined, getServerSession: async () => session }));
vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));
vi.mock('next/cache', () => ({ refresh: () => undefined }));

const { saveOrRemoveDayNote } = await import('./actions');

vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
setUpTestDatabase({ now: NOW });

const DAY = '2026-12-01';

/** What the form answers, or the address that it redirects to. */
async function send(fields: Record<string, string>) {
  const form = new FormData();
  const filled = { words: 'Plumber at 14:00', day: DAY, who: '', back: 'on=2026-11-30&view=day', ...fields };
  for (const [field, value] of Object.entries(filled)) form.set(field, value);
  try {
    return await saveOrRemoveDayNote(initialDayNoteState, form);
  } catch (error) {
    const { digest = '' } = error as { digest?: string };
    if (!digest.startsWith('NEXT_REDIRECT')) throw error;
    return digest.split(';')[2] ?? '';
  }
}
const notes = () => listDayNotes(OWNER_VIEWER, { from: '2026-11-30', to: '2026-12-07' });

describe('the note of a day', () => {
  it('is written, and leads to its day', async () => {
    session.userId = 'mira';
    expect(await send({})).toBe(`/practice/calendar?on=${DAY}&view=day`);
    expect(await notes()).toMatchObject([{ on: DAY, therapistId: null, words: 'Plumber at 14:00', version: 1 }]);
  });

  it('says what is wrong with it, and keeps what was typed', async () => {
    session.userId = 'mira';
    expect(await send({ words: '', day: 'soon' })).toMatchObject({
      values: { words: '', on: 'soon', who: '' },
      errors: { words: expect.any(String), on: expect.any(String) },
      answer: 1,
    });
    expect(await notes()).toEqual([]);
  });

  it('comes back with its newer text when somebody else changed it first', async () => {
    session.userId = 'mira';
    await send({});
    const [{ id } = { id: '' }] = await notes();
    await send({ id, version: '1', words: 'Plumber at 15:00' });
    expect(await send({ id, version: '1', words: 'No plumber' })).toMatchObject({
      problem: 'changed_since',
      newer: { words: 'Plumber at 15:00', version: 2 },
      values: { words: 'No plumber' },
    });
    expect(await send({ id, version: '1', do: 'remove' })).toMatchObject({ problem: 'changed_since' });
    expect(await send({ id, version: '2', do: 'remove' })).toBe('/practice/calendar?on=2026-11-30&view=day');
    expect(await notes()).toEqual([]);
  });

  it('is refused to somebody who does not work here, and to a therapist who writes for another', async () => {
    session.userId = null;
    expect(await send({})).toBe('/sign-in');
    session.userId = 'mira';
    expect(await send({ who: 'tom' })).toMatchObject({ problem: 'not_found' });
    expect(await notes()).toEqual([]);
  });
});

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyNote } from '@/care/session-notes';
import { addNotePhrase, listNotePhrases } from '@/db/care/note-phrases';
import { openSessionNote } from '@/db/care/session-notes';
import { saveAndSignNote } from '@/db/care/write-session-notes';
import { insertTestAppointment } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW, OWNER_VIEWER, therapistViewer } from '@/db/testing/test-requests';
import { initialAmendFormState } from './amend-form-state';
import { initialNoteFormState } from './note-form-state';

// next-auth is mocked down to whose session the cookie opens; who that user is comes from the database.
const session = vi.hoisted((): { userId: string | null } => ({ userId: 'mira' }));
vi.mock('next-auth', () => ({ default: () => undefined, getServerSession: async () => session }));
vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));
vi.mock('next/cache', () => ({ refresh: () => undefined }));

const { amendSignedNote, saveOrSignNote } = await import('./actions');

vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
const { write } = setUpTestDatabase({ now: NOW });
const mira = therapistViewer('mira');

beforeEach(async () => {
  session.userId = 'mira';
  await write(async (tx) => {
    const series = { seriesId: 'weekly', sessions: 2, therapistId: 'mira', client: 'Nia' };
    await insertTestAppointment(tx, { ...series, id: 'first', on: '2026-11-09', time: '10:00' });
    await insertTestAppointment(tx, { ...series, id: 'second', on: '2026-11-16', time: '10:00', position: 2 });
  });
});

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  const page = { uid: 'second', client: 'Nia', seen: '0', editor: 'page', edit: '1' };
  for (const [name, value] of Object.entries({ ...page, ...fields })) form.set(name, value);
  return form;
}
/** What an action answers, or the address that it redirects to. */
async function answerOf<T>(answer: Promise<T>): Promise<T | string> {
  try {
    return await answer;
  } catch (error) {
    const { digest = '' } = error as { digest?: string };
    if (!/^NEXT_(REDIRECT|HTTP_ERROR)/.test(digest)) throw error;
    return digest.split(';')[2] ?? digest;
  }
}
const send = (fields: Record<string, string>) => answerOf(saveOrSignNote(initialNoteFormState, formOf(fields)));
const signLast = () =>
  saveAndSignNote(
    mira,
    { uid: 'first', seen: 0, editor: 'x', edit: 1, content: { ...emptyNote, did: 'Neck', plan: 'Rest' } },
    { now: NOW },
  );
const storedContent = async (uid = 'second') => (await openSessionNote(mira, uid, { now: NOW }))?.note?.content;

describe('a note that is sent', () => {
  it('is saved with its text, its body map and its choice for the next session', async () => {
    const fields = { did: 'Calves', nextChoice: 'more', 'area-calf-left': 'focus-firm', 'area-tail': 'focus' };
    expect(await send({ do: 'auto', ...fields })).toMatchObject({ problem: null, version: 1, errors: {} });
    expect(await storedContent()).toEqual({
      ...{ ...emptyNote, did: 'Calves', nextChoice: 'more' },
      areas: { 'calf-left': 'focus-firm' },
    });
  });

  it('is signed, and leads to its page; without a text of what was done, that field has an error', async () => {
    expect(await send({ do: 'sign', said: 'Sore' })).toMatchObject({ errors: { did: expect.any(String) } });
    expect(await send({ do: 'sign', did: 'Calves' })).toBe('/practice/clients/Nia/notes/second?flash=signed#flash');
  });

  it('comes back with the newer note when another device saved first', async () => {
    await send({ do: 'auto', did: 'Theirs', editor: 'tablet' });
    expect(await send({ do: 'save', did: 'Mine', editor: 'phone' })).toMatchObject({
      problem: 'changed_since',
      values: { did: 'Mine' },
      newer: { content: { did: 'Theirs' }, version: 1 },
    });
  });

  it('takes up a phrase or the last note without script', async () => {
    await signLast();
    await addNotePhrase(mira, { field: 'did', words: 'Slow strokes.' }, { now: NOW });
    const [phrase] = await listNotePhrases(mira);
    expect(await send({ do: `phrase:${phrase?.id}`, did: 'Calves.' })).toMatchObject({
      values: { did: 'Calves. Slow strokes.' },
    });
    expect(await send({ do: 'copy', did: 'Calves.', seen: '1', edit: '2' })).toMatchObject({
      values: { did: 'Calves.', plan: 'Rest' },
    });
    expect(await storedContent()).toMatchObject({ did: 'Calves.', plan: 'Rest' });
  });

  it('stores the selected text of a field as a phrase, or all of it', async () => {
    expect(await send({ do: 'keep:did', did: 'Calves. Slow strokes.', selected: 'Slow strokes.' })).toMatchObject({
      isPhraseStored: true,
    });
    await send({ do: 'keep:plan', plan: 'Short walk.', edit: '2' });
    const words = (await listNotePhrases(mira)).map((phrase) => phrase.words);
    expect(words.sort()).toEqual(['Short walk.', 'Slow strokes.']);
    expect(await send({ do: 'keep:said', edit: '3' })).toMatchObject({ errors: { said: expect.any(String) } });
  });

  it('comes back to somebody who was signed out, and is refused to anybody but the session’s therapist', async () => {
    for (const userId of [null, 'nora']) {
      session.userId = userId;
      expect(await send({ do: 'auto', did: 'Calves' })).toMatchObject({
        problem: 'signed_out',
        values: { did: 'Calves' },
      });
    }
    for (const userId of ['tom', 'ruth']) {
      session.userId = userId;
      expect(await send({ do: 'sign', did: 'Calves' })).toMatchObject({ problem: 'not_found' });
    }
    expect(await storedContent()).toBeUndefined();
  });
});

describe('an amendment that is sent', () => {
  const add = (fields: Record<string, string>) =>
    answerOf(amendSignedNote(initialAmendFormState, formOf({ uid: 'first', id: 'form-1', ...fields })));
  const words = { words: 'It was the right side.', reason: 'I wrote left.' };

  it('is written below the note, and says what it lacks', async () => {
    await signLast();
    expect(await add({ words: words.words })).toMatchObject({
      values: { words: words.words },
      errors: { reason: expect.any(String) },
    });
    expect(await add(words)).toBe('/practice/clients/Nia/notes/first?flash=amended#flash');
    const opened = await openSessionNote(OWNER_VIEWER, 'first', { now: NOW });
    expect(opened?.note?.amendments).toMatchObject([{ text: words }]);
  });

  it('cannot be written by anybody else', async () => {
    await signLast();
    session.userId = 'tom';
    expect(await add(words)).toMatchObject({ problem: 'not_found' });
    session.userId = 'nora';
    expect(await add(words)).toContain('404');
    session.userId = null;
    expect(await add(words)).toBe('/sign-in');
  });
});

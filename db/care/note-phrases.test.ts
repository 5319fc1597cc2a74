import { expect, it } from 'vitest';
import { reader } from '@/db/connection/database-client';
import { notePhrases } from '@/db/schema';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { DESK_VIEWER, NOW, OWNER_VIEWER, therapistViewer } from '@/db/testing/test-requests';
import { addNotePhrase, listNotePhrases, removeNotePhrase } from './note-phrases';

setUpTestDatabase({ now: NOW });

const mira = therapistViewer('mira');
const clock = { now: NOW };
const phrase = { field: 'did', words: 'Slow strokes,  no friction on the tendon.' };
const wordsOf = async (viewer = mira) => (await listNotePhrases(viewer)).map(({ field, words }) => [field, words]);

it('a phrase is stored once for its author, and encrypted', async () => {
  expect(await addNotePhrase(mira, phrase, clock)).toEqual({ ok: true });
  expect(await addNotePhrase(mira, phrase, { now: NOW + 1 })).toEqual({ ok: true });
  expect(await addNotePhrase(mira, { field: 'plan', words: 'Short walk tonight.' }, { now: NOW + 2 })).toEqual({
    ok: true,
  });
  expect(await wordsOf()).toEqual([
    ['did', 'Slow strokes, no friction on the tendon.'],
    ['plan', 'Short walk tonight.'],
  ]);
  expect(await wordsOf(therapistViewer('tom'))).toEqual([]);
  expect(await listNotePhrases(OWNER_VIEWER)).toEqual([]);
  expect(JSON.stringify(await (await reader()).select().from(notePhrases))).not.toContain('friction');
});

it('a phrase can be removed only by its author', async () => {
  await addNotePhrase(mira, phrase, clock);
  const [{ id } = { id: '' }] = await listNotePhrases(mira);
  for (const viewer of [therapistViewer('tom'), OWNER_VIEWER, DESK_VIEWER]) await removeNotePhrase(viewer, id);
  expect(await wordsOf()).toHaveLength(1);
  await removeNotePhrase(mira, id);
  await removeNotePhrase(mira, id);
  expect(await wordsOf()).toEqual([]);
});

it('a phrase is refused if it is empty, too long or for no field, or if there are too many', async () => {
  const pathOf = async (request: object) => {
    const result = await addNotePhrase(mira, { ...phrase, ...request }, clock);
    return !result.ok && result.reason === 'invalid' ? result.issues.map(({ path }) => path[0]) : result;
  };
  expect(await pathOf({ words: ' \n' })).toEqual(['words']);
  expect(await pathOf({ words: 'x'.repeat(301) })).toEqual(['words']);
  expect(await pathOf({ field: 'next' })).toEqual(['field']);
  for (let n = 0; n < 60; n++) expect(await pathOf({ words: `${n}` })).toEqual({ ok: true });
  expect(await pathOf({ words: 'one more' })).toEqual(['words']);
  expect(await addNotePhrase(DESK_VIEWER, phrase, clock)).toEqual({ ok: false, reason: 'not_found' });
});

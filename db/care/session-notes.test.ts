import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyNote, type NoteContent } from '@/care/session-notes';
import type { Staff } from '@/db/access/viewer';
import { reader } from '@/db/connection/database-client';
import { collectAllClientData } from '@/db/people/all-client-data';
import { exportClient } from '@/db/people/client-data-requests';
import { eraseClient } from '@/db/people/erase-client';
import { mergeClients } from '@/db/people/merge-clients';
import { findPersonalDataIdsByEmail } from '@/db/people/personal-data-ids';
import { noteAmendments, noteReadings, series, sessionNotes } from '@/db/schema';
import { insertTestAppointment, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { clientViewer, DESK_VIEWER, linkViewer, NOW, OWNER_VIEWER, therapistViewer } from '@/db/testing/test-requests';
import { listNoteReadLogForClient } from './note-read-log';
import { getNoteStatus, listNoteStatusesOfClient, listUnsignedNotes, openSessionNote } from './session-notes';
import { amendNote, type NoteRequest, saveAndSignNote, saveNote } from './write-session-notes';

const { write, another } = setUpTestDatabase({ now: NOW });

const clock = { now: NOW };
const mira = therapistViewer('mira');
const tom = therapistViewer('tom');
const NIA = 'nia@example.org';
const words: NoteContent = {
  ...{ said: 'Xylophone elbow', found: 'Tight', did: 'Forearms', plan: 'Rest' },
  ...{ nextChoice: 'same', nextWords: 'Ask about tennis', areas: { 'calf-left': 'focus-firm' } },
};

let edits = 0;
const noteOf = (uid: string, more: Partial<NoteRequest> = {}): NoteRequest => ({
  ...{ uid, seen: 0, editor: 'page-1', edit: ++edits, content: words },
  ...more,
});
const read = (uid: string, viewer: Staff = mira, now = NOW) => openSessionNote(viewer, uid, { now });
const sign = async (uid: string, viewer: Staff = mira, more: Partial<NoteRequest> = {}) =>
  expect(await saveAndSignNote(viewer, noteOf(uid, more), clock)).toEqual({ ok: true });

// Nia was with Mira twice and has another date with her; once she was with Aoife; she never saw Tom.
beforeEach(async () => {
  await write(async (tx) => {
    const client = 'Nia';
    const plan = { seriesId: 'weekly', sessions: 3, therapistId: 'mira', client };
    await insertTestAppointment(tx, { ...plan, id: 'first', on: '2026-11-09', time: '10:00', status: 'completed' });
    await insertTestAppointment(tx, { ...plan, id: 'second', on: '2026-11-16', time: '10:00', position: 2 });
    await insertTestAppointment(tx, { ...plan, id: 'third', on: '2026-11-30', time: '10:00', position: 3 });
    await insertTestAppointment(tx, {
      client,
      id: 'other',
      on: '2026-11-12',
      time: '10:00',
      therapistId: 'aoife',
      roomId: 'loft',
    });
    await insertTestAppointment(tx, {
      id: 'gone',
      on: '2026-11-13',
      time: '10:00',
      therapistId: 'tom',
      status: 'cancelled',
    });
  });
});

describe('a note', () => {
  it('is saved, shown again beside the previous one, and signed', async () => {
    expect(await read('second')).toMatchObject({ state: 'none', note: null, last: null, mayWrite: true });
    await sign('first');
    expect(await saveNote(mira, noteOf('second', { content: { ...words, did: 'Calves' } }), clock)).toEqual({
      ok: true,
      version: 1,
    });
    expect(await read('second')).toMatchObject({
      ...{ clientName: 'Nia', state: 'draft', position: 2, sessions: 3, mayWrite: true, mayAmend: false },
      note: { content: { ...words, did: 'Calves' }, version: 1, signed: null, amendments: [] },
      last: { uid: 'first', note: { content: words, signed: { at: NOW, by: { kind: 'staff' } } } },
      next: { startsAt: instantAt('2026-11-30', '10:00') },
    });
    await sign('second', mira, { seen: 1 });
    expect(await read('second')).toMatchObject({ state: 'signed', mayWrite: false, mayAmend: true, draftKey: null });
  });

  it('that is empty leaves no row, and one that was emptied stays a draft', async () => {
    expect(await saveNote(mira, noteOf('first', { content: emptyNote }), clock)).toEqual({ ok: true, version: 0 });
    expect(await (await reader()).$count(sessionNotes)).toBe(0);
    await saveNote(mira, noteOf('first'), clock);
    expect(await saveNote(mira, noteOf('first', { seen: 1, content: emptyNote }), clock)).toEqual({
      ok: true,
      version: 2,
    });
    expect(await getNoteStatus(mira, 'first')).toMatchObject({ state: 'draft' });
  });

  it('never changes once it is signed', async () => {
    await sign('first');
    const late = noteOf('first', { seen: 2, content: { ...words, did: 'Nothing' } });
    expect(await saveNote(mira, late, clock)).toEqual({ ok: false, reason: 'signed' });
    expect(await saveAndSignNote(mira, late, clock)).toEqual({ ok: false, reason: 'signed' });
    // The same request, sent again because its answer was lost.
    await sign('first');
    expect((await read('first'))?.note).toMatchObject({ content: words, version: 2 });
  });

  it('cannot be signed before the session began, nor without what was done: then nothing is saved either', async () => {
    expect(await saveAndSignNote(mira, noteOf('third'), clock)).toEqual({ ok: false, reason: 'too_early' });
    expect(await saveAndSignNote(mira, noteOf('second', { content: { ...words, did: ' ' } }), clock)).toMatchObject({
      reason: 'invalid',
      issues: [{ path: ['did'] }],
    });
    expect(await (await reader()).$count(sessionNotes)).toBe(0);
    expect(await saveNote(mira, noteOf('third'), clock)).toMatchObject({ ok: true });
  });

  it('has its errors reported by field', async () => {
    const content = { ...words, said: 'x'.repeat(4001), nextWords: 'a\u0000' };
    expect(await saveNote(mira, noteOf('first', { content }), clock)).toMatchObject({
      reason: 'invalid',
      issues: [{ path: ['content', 'said'] }, { path: ['content', 'nextWords'] }],
    });
    const marks = { ...words, areas: { 'calf-left': 'hard' } } as unknown as NoteContent;
    expect(await saveNote(mira, noteOf('first', { content: marks }), clock)).toMatchObject({ reason: 'invalid' });
  });

  it('of a cancelled appointment is not found, unless it had been begun', async () => {
    expect(await read('gone', OWNER_VIEWER)).toBeNull();
    expect(await getNoteStatus(OWNER_VIEWER, 'gone')).toBeNull();
  });
});

describe('two devices editing one note', () => {
  const own = { ...words, did: 'Mine' };
  const others = { ...words, did: 'Theirs' };

  it('lose nothing: the later one is informed, and sees both versions', async () => {
    await saveNote(mira, noteOf('first'), clock);
    expect(await saveNote(mira, noteOf('first', { seen: 1, editor: 'tablet', content: others }), clock)).toMatchObject({
      version: 2,
    });
    const late = await saveNote(mira, noteOf('first', { seen: 1, editor: 'phone', content: own }), clock);
    expect(late).toMatchObject({ reason: 'changed_since', newer: { content: others, version: 2 } });
    expect((await read('first'))?.note?.content).toEqual(others);
    expect(await saveNote(mira, noteOf('first', { seen: 2, editor: 'phone', content: own }), clock)).toMatchObject({
      ok: true,
      version: 3,
    });
  });

  it('that begin it at the same time are informed too', async () => {
    const [first, second] = await Promise.all([
      saveNote(mira, noteOf('first', { editor: 'phone', content: own }), clock),
      saveNote(mira, noteOf('first', { editor: 'tablet', content: others }), clock),
    ]);
    expect([first.ok, second.ok].sort()).toEqual([false, true]);
    expect(first.ok ? second : first).toMatchObject({ reason: 'changed_since', newer: { version: 1 } });
  });

  it('are not one page that tries again after a lost answer, but its older try, come late, counts as another device', async () => {
    const first = noteOf('first', { content: others });
    await saveNote(mira, first, clock);
    expect(await saveNote(mira, noteOf('first', { content: own }), clock)).toMatchObject({ ok: true, version: 2 });
    expect(await saveNote(mira, first, clock)).toMatchObject({ reason: 'changed_since' });
    expect(await saveNote(mira, noteOf('first', { seen: 1, editor: 'phone', content: own }), clock)).toMatchObject({
      ok: true,
      version: 2,
    });
  });

  it('write one after the other on two connections', async () => {
    await another();
    await saveNote(mira, noteOf('first'), clock);
    const tries = ['a', 'b', 'c', 'd'].map((editor) =>
      saveNote(mira, noteOf('first', { seen: 1, editor, content: { ...words, plan: editor } }), clock),
    );
    const results = await Promise.all(tries);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.filter((result) => !result.ok && result.reason === 'changed_since')).toHaveLength(3);
  });
});

describe('an amendment', () => {
  const added = { id: 'form-1', uid: 'first', words: 'It was the right side.', reason: 'I wrote left.' };

  it('is shown with its date under the signed text, which does not change', async () => {
    await sign('first');
    const later = NOW + 86_400_000;
    expect(await amendNote(mira, added, { now: later })).toEqual({ ok: true });
    expect(await amendNote(mira, added, { now: later })).toEqual({ ok: true });
    expect(await amendNote(OWNER_VIEWER, { ...added, id: 'form-2', words: 'Read.' }, { now: later + 1 })).toEqual({
      ok: true,
    });
    const opened = await read('first');
    expect(opened?.note?.content).toEqual(words);
    expect(opened?.note?.amendments).toMatchObject([
      { at: later, text: { words: added.words, reason: added.reason } },
      { at: later + 1, by: { name: 'Ruth Keane' }, text: { words: 'Read.' } },
    ]);
  });

  it('needs text, a reason, and a signed note', async () => {
    expect(await amendNote(mira, added, clock)).toEqual({ ok: false, reason: 'not_signed' });
    await saveNote(mira, noteOf('first'), clock);
    expect(await amendNote(mira, added, clock)).toEqual({ ok: false, reason: 'not_signed' });
    const blank = await amendNote(mira, { ...added, words: '', reason: ' ' }, clock);
    expect(blank).toMatchObject({ reason: 'invalid', issues: [{ path: ['words'] }, { path: ['reason'] }] });
  });

  it('can be written by the therapist of the session and by the owner', async () => {
    await sign('first');
    for (const viewer of [therapistViewer('aoife'), tom, DESK_VIEWER])
      expect(await amendNote(viewer, added, clock)).toEqual({ ok: false, reason: 'not_found' });
  });
});

describe('who may read and write notes', () => {
  beforeEach(() => sign('first'));

  it('includes the treating therapist and the owner; for all others the note does not exist', async () => {
    const aoife = therapistViewer('aoife');
    expect(await read('first', aoife)).toMatchObject({ note: { content: words }, mayWrite: false, mayAmend: false });
    expect(await read('first', OWNER_VIEWER)).toMatchObject({
      note: { content: words },
      mayWrite: false,
      mayAmend: true,
    });
    for (const viewer of [tom, DESK_VIEWER]) {
      expect(await read('first', viewer)).toBeNull();
      expect(await getNoteStatus(viewer, 'first')).toBeNull();
      expect(await listNoteStatusesOfClient(viewer, 'Nia', clock)).toBeNull();
      expect(await listUnsignedNotes(viewer, { todayStart: NOW })).toEqual([]);
    }
    expect(await read('nobody’s')).toBeNull();
    expect(await read('first\u0000')).toBeNull();
  });

  it('lets only the therapist of the session write its note', async () => {
    const refused = { ok: false, reason: 'not_found' };
    for (const viewer of [therapistViewer('aoife'), tom, OWNER_VIEWER, DESK_VIEWER]) {
      expect(await saveNote(viewer, noteOf('second'), clock)).toEqual(refused);
      expect(await saveAndSignNote(viewer, noteOf('second'), clock)).toEqual(refused);
    }
    const owner = { ...OWNER_VIEWER, therapistId: 'mira' };
    expect(await saveNote(owner, noteOf('second'), clock)).toMatchObject({ ok: true });
  });

  it('lists the state of a client’s notes, without their text', async () => {
    const listed = await listNoteStatusesOfClient(mira, 'Nia', clock);
    expect(listed?.map(({ uid, state, isOwn }) => [uid, state, isOwn])).toEqual([
      ['second', 'none', true],
      ['other', 'none', false],
      ['first', 'signed', true],
    ]);
    expect(JSON.stringify(listed)).not.toContain('Xylophone');
    expect(await (await reader()).$count(noteReadings)).toBe(0);
  });
});

describe('a reading of a note', () => {
  beforeEach(() => sign('first'));
  const readings = async (viewer: Parameters<typeof listNoteReadLogForClient>[0] = linkViewer('weekly')) =>
    (await listNoteReadLogForClient(viewer)).map(({ at, by, sessionAt }) => [
      at,
      by.kind === 'staff' && by.name,
      sessionAt,
    ]);
  const sessionAt = instantAt('2026-11-09', '10:00');

  it('is shown to the client, with who and when', async () => {
    await read('first', OWNER_VIEWER);
    await read('first', mira, NOW + 3_600_000);
    const messages = [
      [NOW + 3_600_000, expect.stringContaining('Mira'), sessionAt],
      [NOW, 'Ruth Keane', sessionAt],
    ];
    expect(await readings()).toEqual(messages);
    expect(await readings(clientViewer(NIA))).toEqual(messages);
  });

  it('counts once while somebody goes on reading, and includes the previous note shown beside it', async () => {
    await read('second', mira);
    await read('second', mira, NOW + 60_000);
    expect(await readings()).toEqual([[NOW, expect.any(String), sessionAt]]);
    await read('second', mira, NOW + 16 * 60_000);
    expect(await readings()).toHaveLength(2);
  });

  it('includes making a copy', async () => {
    await exportClient(OWNER_VIEWER, 'Nia', NOW);
    expect(await readings()).toEqual([[NOW, 'Ruth Keane', sessionAt]]);
  });

  it('is shown through the link of its own plan, and through no other link of that name, whoever confirms it', async () => {
    await read('first', OWNER_VIEWER);
    await write((tx) => tx.update(series).set({ confirmedAt: NOW }).where(eq(series.id, 'other-series')));
    expect(await readings(linkViewer('other-series'))).toEqual([]);
    expect(await readings()).toEqual([[NOW, 'Ruth Keane', sessionAt]]);
  });

  it('is shown to nobody else', async () => {
    await read('first', OWNER_VIEWER);
    for (const viewer of [linkViewer('other-series'), clientViewer('ben@example.org'), DESK_VIEWER, OWNER_VIEWER, mira])
      expect(await readings(viewer)).toEqual([]);
  });

  it('is not recorded when somebody is refused', async () => {
    await read('first', tom);
    await read('first', DESK_VIEWER);
    expect(await readings()).toEqual([]);
  });
});

describe('the list of unsigned notes', () => {
  const todayStart = instantAt('2026-11-17', '00:00');
  const unsigned = async (viewer: Staff = mira, start = todayStart) =>
    (await listUnsignedNotes(viewer, { todayStart: start })).map(({ uid, state }) => [uid, state]);

  it('has the viewer’s own earlier drafts, and sessions of the last week without a note', async () => {
    expect(await unsigned()).toEqual([]);
    await saveNote(mira, noteOf('first'), clock);
    expect(await unsigned()).toEqual([
      ['second', 'none'],
      ['first', 'draft'],
    ]);
    expect(await unsigned(mira, instantAt('2026-11-16', '00:00'))).toEqual([['first', 'draft']]);
    expect(await unsigned(mira, instantAt('2026-12-24', '00:00'))).toEqual([['first', 'draft']]);
    await sign('first', mira, { seen: 1 });
    expect(await unsigned()).toEqual([['second', 'none']]);
    expect(await unsigned(OWNER_VIEWER)).toEqual([]);
  });
});

describe('the stored data of a client', () => {
  beforeEach(async () => {
    await sign('first');
    const added = { id: 'form-1', uid: 'first', words: 'Right side', reason: 'Wrote left' };
    expect(await amendNote(mira, added, clock)).toEqual({ ok: true });
    await read('first', OWNER_VIEWER);
  });

  it('is exported with their notes in plain text, and without the technical columns', async () => {
    const db = await reader();
    const found = await collectAllClientData(db, await findPersonalDataIdsByEmail(db, NIA));
    expect(found.session_notes).toMatchObject([{ content: words, signedBy: 'therapist:mira' }]);
    expect(found.note_amendments).toMatchObject([{ amendment: { words: 'Right side', reason: 'Wrote left' } }]);
    expect(found.note_readings).toMatchObject([{ actor: 'owner:ruth' }]);
    expect(JSON.stringify(found)).not.toMatch(/sealed|page-1/);
  });

  it('is deleted with its notes when the client is erased', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-notes-'));
    vi.stubEnv('DATA_DIR', folder);
    await eraseClient(NIA, NOW);
    rmSync(folder, { recursive: true });
    const db = await reader();
    for (const table of [sessionNotes, noteAmendments, noteReadings]) expect(await db.$count(table)).toBe(0);
    expect(await read('first', OWNER_VIEWER)).toMatchObject({ note: null });
  });

  it('moves along when two client records are merged', async () => {
    await write((tx) =>
      insertTestAppointment(tx, { id: 'twin', on: '2026-11-20', time: '10:00', therapistId: 'mira', client: 'Neve' }),
    );
    const [target, join] = ['Neve', 'Nia'].map((id) => ({ id, version: 1 }));
    expect(await mergeClients(OWNER_VIEWER, { keep: target!, join: join! }, clock)).toEqual({ ok: true });
    const listed = await listNoteStatusesOfClient(mira, 'Neve', clock);
    expect(listed?.map(({ uid, state }) => [uid, state])).toEqual(
      expect.arrayContaining([
        ['twin', 'none'],
        ['first', 'signed'],
      ]),
    );
  });
});

describe('a note that was encrypted under another key', () => {
  it('is reported as unreadable, and not overwritten', async () => {
    await saveNote(mira, noteOf('first'), clock);
    await write((tx) => tx.update(sessionNotes).set({ sealedContent: 'AAAA' }));
    expect(await read('first')).toMatchObject({ state: 'draft', note: { content: null } });
    expect(await saveNote(mira, noteOf('first', { seen: 1, content: emptyNote }), clock)).toEqual({
      ok: false,
      reason: 'unreadable',
    });
  });
});

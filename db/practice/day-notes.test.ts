import { describe, expect, it } from 'vitest';
import { reader } from '@/db/connection/database-client';
import { auditEvents, dayNotes } from '@/db/schema';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { DESK_VIEWER, NOW, OWNER_VIEWER, therapistViewer } from '@/db/testing/test-requests';
import { getDayNote, listDayNotes, removeDayNote, writeDayNote } from './day-notes';

setUpTestDatabase({ now: NOW });

const DAY = '2026-12-01';
const plumber = { on: DAY, therapistId: null, words: 'Plumber at 14:00' };
const parking = { on: DAY, therapistId: 'mira', words: 'Mira’s parking' };
const clock = { now: NOW };

async function write(
  request: Parameters<typeof writeDayNote>[1],
  viewer = OWNER_VIEWER as Parameters<typeof writeDayNote>[0],
) {
  const result = await writeDayNote(viewer, request, clock);
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.id;
}
const week = () => listDayNotes(DESK_VIEWER, { from: '2026-11-30', to: '2026-12-07' });

describe('notes of a day', () => {
  it('are listed for the requested days, those for everyone first', async () => {
    await write(parking);
    await write(plumber);
    await write({ ...plumber, on: '2026-12-07' });
    expect((await week()).map(({ words }) => words)).toEqual(['Plumber at 14:00', 'Mira’s parking']);
  });

  it('can be changed and removed by somebody who has read the current version', async () => {
    const id = await write(plumber);
    const changed = {
      on: '2026-12-02',
      therapistId: 'tom',
      words: ' Plumber  at 15:00 ',
      changes: { id, version: 1 },
    };
    expect(await writeDayNote(DESK_VIEWER, changed, clock)).toEqual({ ok: true, id });
    expect(await week()).toEqual([{ id, on: '2026-12-02', therapistId: 'tom', words: 'Plumber at 15:00', version: 2 }]);
    expect(await removeDayNote(OWNER_VIEWER, { id, version: 2 }, clock)).toEqual({ ok: true });
    expect(await week()).toEqual([]);
    expect(await removeDayNote(OWNER_VIEWER, { id, version: 2 }, clock)).toEqual({ ok: false, reason: 'not_found' });
  });

  it('are not changed or removed by somebody who has read an older version: the current note is returned', async () => {
    const id = await write(plumber);
    await write({ ...plumber, words: 'Plumber at 15:00', changes: { id, version: 1 } });
    const note = { id, ...plumber, words: 'Plumber at 15:00', version: 2 };
    const late = { ...plumber, words: 'No plumber', changes: { id, version: 1 } };
    expect(await writeDayNote(DESK_VIEWER, late, clock)).toEqual({ ok: false, reason: 'changed_since', note });
    expect(await removeDayNote(DESK_VIEWER, { id, version: 1 }, clock)).toEqual({
      ok: false,
      reason: 'changed_since',
      note,
    });
    expect(await week()).toEqual([note]);
  });

  it('can be written by a therapist for themselves and for everyone, but not for a colleague', async () => {
    const tom = therapistViewer('tom');
    const miras = await write(parking);
    const shared = await write(plumber, tom);
    const refused = { ok: false, reason: 'not_found' };
    expect(await writeDayNote(tom, parking, clock)).toEqual(refused);
    expect(
      await writeDayNote(tom, { ...parking, therapistId: 'tom', changes: { id: miras, version: 1 } }, clock),
    ).toEqual(refused);
    expect(await removeDayNote(tom, { id: miras, version: 1 }, clock)).toEqual(refused);
    expect(await getDayNote(tom, miras)).toBeNull();
    expect(await getDayNote(therapistViewer('mira'), miras)).toMatchObject(parking);
    expect(await getDayNote(tom, shared)).toMatchObject(plumber);
    expect(await writeDayNote(OWNER_VIEWER, { ...parking, therapistId: 'nobody' }, clock)).toEqual(refused);
  });

  it('are refused when empty, too long, on an impossible day, or too many on one day', async () => {
    const pathOf = async (request: object) => {
      const result = await writeDayNote(OWNER_VIEWER, { ...plumber, ...request }, clock);
      return !result.ok && result.reason === 'invalid' ? result.issues.map(({ path }) => path[0]) : result;
    };
    expect(await pathOf({ words: ' \n ' })).toEqual(['words']);
    expect(await pathOf({ words: 'a'.repeat(201) })).toEqual(['words']);
    expect(await pathOf({ on: '2027-02-29' })).toEqual(['on']);
    expect(await pathOf({ on: 'soon', therapistId: '' })).toEqual(['on', 'therapistId']);
    for (let n = 0; n < 20; n++) await write({ ...plumber, words: `${n}` });
    expect(await pathOf({})).toEqual(['words']);
  });

  it('leave no words in the trail of changes', async () => {
    const id = await write(plumber);
    const events = await (await reader()).select().from(auditEvents);
    const [event] = events.filter(({ subject }) => subject === `day_note:${id}`);
    expect(event).toMatchObject({ action: 'note written' });
    expect(JSON.stringify(event)).not.toContain('Plumber');
    expect(await (await reader()).$count(dayNotes)).toBe(1);
  });
});

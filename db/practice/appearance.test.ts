import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { reader } from '@/db/connection/database-client';
import { pictures, therapists } from '@/db/schema';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW, OWNER_VIEWER, therapistViewer } from '@/db/testing/test-requests';
import { changeAppearance, changePortrait, findEditablePortrait, pickAppearance } from './appearance';
import { getMailedMark, getPicture } from './pictures';
import { getPractice } from './practice';

const db = setUpTestDatabase({ now: NOW });

/** The smallest PNG; each `kind` gives a different one. */
function pngOf(kind: number): Buffer {
  const chunk = (name: string, data: number[]) =>
    Buffer.concat([Buffer.from([0, 0, 0, data.length]), Buffer.from(name), Buffer.from(data), Buffer.alloc(4)]);
  const head = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([head, chunk('IHDR', [kind]), chunk('IDAT', [0]), chunk('IEND', [])]);
}
const seen = async () => JSON.stringify(pickAppearance(await getPractice()));
const count = async () => (await reader()).$count(pictures);
const unchanged = { colour: 'plum', namesSoftware: false, mark: 'keep' } as const;

describe('changing the appearance of a practice', () => {
  it('stores a colour of the palette, a mark, and whether pages name the software', async () => {
    const mark = { file: pngOf(1) };
    expect(await changeAppearance(OWNER_VIEWER, { ...unchanged, mark }, await seen(), { now: NOW })).toEqual({
      ok: true,
    });
    const practice = await getPractice();
    expect(practice).toMatchObject({ colour: 'plum', namesSoftware: false });
    expect(await getPicture(practice.markId!)).toEqual({ type: 'image/png', bytes: pngOf(1) });
  });

  it('has its mark for e-mails, unless every one of them would grow by a large picture', async () => {
    expect(await getMailedMark()).toBeUndefined();
    await changeAppearance(OWNER_VIEWER, { ...unchanged, mark: { file: pngOf(1) } }, await seen(), { now: NOW });
    expect(await getMailedMark()).toEqual({ type: 'image/png', base64: pngOf(1).toString('base64') });
    const large = { bytes: Buffer.alloc(100_001).toString('base64') };
    const { markId } = await getPractice();
    await db.write((tx) => tx.update(pictures).set(large).where(eq(pictures.id, markId!)));
    expect(await getMailedMark()).toBeUndefined();
    await db.write((tx) => tx.update(pictures).set({ bytes: 'AAAA', type: 'image/webp' }));
    expect(await getMailedMark()).toBeUndefined();
  });

  it('keeps the mark when only the colour changes, and deletes a mark that is replaced or removed', async () => {
    await changeAppearance(OWNER_VIEWER, { ...unchanged, mark: { file: pngOf(1) } }, await seen(), { now: NOW });
    const { markId } = await getPractice();
    await changeAppearance(OWNER_VIEWER, { ...unchanged, colour: 'blue' }, await seen(), { now: NOW });
    expect((await getPractice()).markId).toBe(markId);
    await changeAppearance(OWNER_VIEWER, { ...unchanged, mark: { file: pngOf(2) } }, await seen(), { now: NOW });
    expect(await getPicture(markId!)).toBeNull();
    await changeAppearance(OWNER_VIEWER, { ...unchanged, mark: 'remove' }, await seen(), { now: NOW });
    expect([(await getPractice()).markId, await count()]).toEqual([null, 0]);
  });

  it('refuses an unknown colour, a file that is no picture, and a form that is out of date', async () => {
    const none = { ...unchanged, colour: '"><script>' };
    expect(await changeAppearance(OWNER_VIEWER, none, await seen(), { now: NOW })).toMatchObject({ reason: 'invalid' });
    const svg = { ...unchanged, mark: { file: Buffer.from('<svg/>') } };
    expect(await changeAppearance(OWNER_VIEWER, svg, await seen(), { now: NOW })).toMatchObject({
      reason: 'invalid',
      issues: [{ path: ['mark'] }],
    });
    expect(await changeAppearance(OWNER_VIEWER, unchanged, '{}', { now: NOW })).toEqual({
      ok: false,
      reason: 'changed_since',
    });
    expect(pickAppearance(await getPractice())).toEqual({ colour: 'green', namesSoftware: true });
  });
});

describe('portraits', () => {
  const change = (viewer: Parameters<typeof changePortrait>[0], therapistId: string, kind = 1) =>
    changePortrait(viewer, { therapistId, portrait: { file: pngOf(kind) } }, { now: NOW });
  const idOf = async (id: string) =>
    (await (await reader()).select().from(therapists).where(eq(therapists.id, id)))[0]?.portraitId;

  it('can be changed by the therapist and by the owner only', async () => {
    expect(await change(therapistViewer('mira'), 'mira')).toMatchObject({ ok: true });
    expect(await change(OWNER_VIEWER, 'jun')).toMatchObject({ ok: true });
    expect(await change(therapistViewer('mira'), 'jun', 2)).toEqual({ ok: false, reason: 'not_found' });
    expect(await change(OWNER_VIEWER, 'nobody')).toEqual({ ok: false, reason: 'not_found' });
    expect(await findEditablePortrait(therapistViewer('mira'), 'jun')).toBeNull();
    expect(await findEditablePortrait(OWNER_VIEWER, 'jun')).toMatchObject({ portraitId: await idOf('jun') });
  });

  it('are deleted only when nobody shows the same picture any more', async () => {
    await change(OWNER_VIEWER, 'jun');
    await change(OWNER_VIEWER, 'mira');
    expect([await idOf('jun'), await count()]).toEqual([await idOf('mira'), 1]);
    await change(OWNER_VIEWER, 'jun', 2);
    expect(await getPicture((await idOf('mira'))!)).not.toBeNull();
    await changePortrait(OWNER_VIEWER, { therapistId: 'mira', portrait: 'remove' }, { now: NOW });
    expect([await idOf('mira'), await count()]).toEqual([null, 1]);
  });

  it('are not found under any other id', async () => {
    for (const id of ['', '..', 'a'.repeat(32), `${'0'.repeat(31)}'`]) expect(await getPicture(id)).toBeNull();
  });
});

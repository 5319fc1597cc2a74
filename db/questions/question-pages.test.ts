import { describe, expect, it } from 'vitest';
import type { Owner } from '@/db/access/viewer';
import { setUpTestDatabase } from '@/db/testing/test-database';
import {
  listQuestionPages,
  type QuestionPageView,
  saveQuestionPageOrder,
  saveQuestionPageReviewer,
  setQuestionPageHidden,
} from './question-pages';

const NOW = Date.UTC(2026, 10, 24, 9);
const TODAY = '2026-11-24';
const owner: Owner = { role: 'owner', userId: 'ruth', email: 'owner@fortnight.example', name: 'R', therapistId: null };
setUpTestDatabase({ now: NOW });

const pageOf = async (slug: string): Promise<QuestionPageView | undefined> =>
  (await listQuestionPages()).find((page) => page.slug === slug);

describe('a page of the library', () => {
  it('is shown as it was written until the owner changes it', async () => {
    expect(await listQuestionPages()).toEqual([]);
  });

  it('can be hidden and shown again', async () => {
    await setQuestionPageHidden(owner, { slug: 'sciatica', isHidden: true }, NOW);
    expect(await pageOf('sciatica')).toMatchObject({ isHidden: true, reviewer: null, position: null });
    await setQuestionPageHidden(owner, { slug: 'sciatica', isHidden: false }, NOW);
    expect(await pageOf('sciatica')).toMatchObject({ isHidden: false });
  });

  it.each(['', '../etc', 'Sciatica', "' or 1=1 --", 'x'.repeat(81)])('is not found under the name %j', async (slug) => {
    expect(await setQuestionPageHidden(owner, { slug, isHidden: true }, NOW)).toEqual({
      ok: false,
      reason: 'not_found',
    });
    expect(await listQuestionPages()).toEqual([]);
  });
});

describe('the order of the pages', () => {
  const before = ['neck-pain', 'sciatica', 'low-back-pain'];

  it('is the chosen one', async () => {
    const after = ['low-back-pain', 'neck-pain', 'sciatica'];
    expect(await saveQuestionPageOrder(owner, { before, after }, NOW)).toEqual({ ok: true });
    expect((await listQuestionPages()).map(({ slug }) => slug)).toEqual(after);
    await setQuestionPageHidden(owner, { slug: 'sciatica', isHidden: true }, NOW);
    expect(await pageOf('sciatica')).toMatchObject({ position: 2, isHidden: true });
  });

  it('is unchanged if it was changed since it was shown, or if a page is missing from it', async () => {
    await saveQuestionPageOrder(owner, { before, after: ['sciatica', 'low-back-pain', 'neck-pain'] }, NOW);
    const late = await saveQuestionPageOrder(owner, { before, after: ['low-back-pain', 'neck-pain', 'sciatica'] }, NOW);
    expect(late).toEqual({ ok: false, reason: 'changed' });
    const shown = ['sciatica', 'low-back-pain', 'neck-pain'];
    for (const after of [shown.slice(1), [...shown, 'sciatica'], ['sciatica', 'sciatica', 'neck-pain']])
      expect(await saveQuestionPageOrder(owner, { before: shown, after }, NOW)).toEqual({
        ok: false,
        reason: 'changed',
      });
    expect((await listQuestionPages()).map(({ slug }) => slug)).toEqual(shown);
  });
});

describe('a reviewer', () => {
  const input = { slug: 'sciatica', name: 'A Name', qualification: 'A qualification', on: TODAY, version: 0 };
  const put = (more: Partial<typeof input>) =>
    saveQuestionPageReviewer(owner, { ...input, ...more }, { now: NOW, today: TODAY });

  it('is named with a qualification and a day, and can be removed', async () => {
    expect(await put({})).toEqual({ ok: true });
    const reviewer = { name: 'A Name', qualification: 'A qualification', on: TODAY };
    expect(await pageOf('sciatica')).toMatchObject({ reviewer, version: 1, isHidden: false });
    expect(await put({ name: '', qualification: ' ', on: '', version: 1 })).toEqual({ ok: true });
    expect(await pageOf('sciatica')).toMatchObject({ reviewer: null, version: 2 });
  });

  it.each([
    ['name', ''],
    ['qualification', ''],
    ['qualification', 'x'.repeat(121)],
    ['on', ''],
    ['on', '2026-11-25'],
    ['on', '2026-02-30'],
    ['on', 'yesterday'],
  ])('is refused with the %s %j', async (field, value) => {
    const refused = await put({ [field]: value });
    expect(refused).toMatchObject({ ok: false, reason: 'invalid', issues: [{ path: [field] }] });
    expect(await listQuestionPages()).toEqual([]);
  });

  it('is not overwritten by somebody who saw another reviewer', async () => {
    await put({});
    for (const version of [0, 2, Number.NaN])
      expect(await put({ name: 'Another', version })).toEqual({ ok: false, reason: 'changed' });
    expect(await pageOf('sciatica')).toMatchObject({ reviewer: { name: 'A Name' } });
  });
});

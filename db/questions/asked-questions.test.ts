import { describe, expect, it } from 'vitest';
import type { Staff } from '@/db/access/viewer';
import { listMail } from '@/db/delivery/mailbox';
import { testDatabase } from '@/db/testing/test-database';
import { answerAsked, ask, findAnswer, listAsked, question, report } from './asked-questions';
import { countVisits, listQuestionCounts } from './question-counts';

const NOW = Date.UTC(2026, 10, 24, 9);
const DAY = 86_400_000;
const owner: Staff = { role: 'owner', userId: 'ruth', email: 'owner@fortnight.example', name: 'R', therapistId: null };
testDatabase({ now: NOW });

const asked = {
  kind: 'question',
  words: 'Does it help tennis elbow?',
  email: 'ana@example.org',
  consent: 'yes',
} as const;

describe('what a reader asks', () => {
  it('waits with the practice, the newest first, and before what is answered', async () => {
    await ask(asked, NOW);
    await ask({ kind: 'report', words: 'The second link is broken.', aboutSlug: 'sciatica' }, NOW + 1);
    const [latest, first] = await listAsked(owner);
    expect(latest).toMatchObject({ kind: 'report', aboutSlug: 'sciatica', email: null });
    await answerAsked(owner, { id: latest!.id, slug: 'sciatica' }, NOW + 2);
    expect((await listAsked(owner)).map(({ id }) => id)).toEqual([first!.id, latest!.id]);
  });

  it('waits once when it is sent again within the hour, by whoever got no answer', async () => {
    const reported = { kind: 'report', words: 'The second link is broken.', aboutSlug: 'sciatica' } as const;
    for (const later of [0, 1000]) {
      await ask(asked, NOW + later);
      await ask(reported, NOW + later);
    }
    expect(await listAsked(owner)).toHaveLength(2);
    await ask({ ...asked, email: 'ben@example.org' }, NOW + 2000);
    await ask({ ...reported, aboutSlug: 'neck-pain' }, NOW + 2000);
    await ask(asked, NOW + 3_600_001);
    expect(await listAsked(owner)).toHaveLength(5);
  });

  it('leads to one mail when it is answered, and the mail repeats none of it', async () => {
    await ask({ ...asked, name: 'Ana Costa' }, NOW);
    const [{ id } = { id: '' }] = await listAsked(owner);
    expect(await findAnswer(id)).toBeNull();
    expect(await answerAsked(owner, { id, slug: 'neck-pain' }, NOW)).toEqual({ ok: true, isTold: true });
    expect(await answerAsked(owner, { id, slug: 'sciatica' }, NOW)).toEqual({ ok: false, reason: 'not_found' });
    expect(await findAnswer(id)).toBe('neck-pain');
    const mail = await listMail(owner, { now: NOW });
    expect(mail).toMatchObject([{ toEmail: 'ana@example.org', kind: 'answered' }]);
    expect(JSON.stringify(mail[0]!.notification)).not.toMatch(/elbow|neck|Ana/);
  });

  it('writes to nobody when a report gave no address', async () => {
    await ask({ kind: 'report', words: 'The second link is broken.', aboutSlug: 'sciatica' }, NOW);
    const [{ id } = { id: '' }] = await listAsked(owner);
    expect(await answerAsked(owner, { id, slug: 'sciatica' }, NOW)).toEqual({ ok: true, isTold: false });
    expect(await listMail(owner, { now: NOW })).toEqual([]);
  });

  it.each(['', 'made-up', '\u0000', "' or 1=1 --"])('is not found as %j', async (id) => {
    expect(await answerAsked(owner, { id, slug: 'sciatica' }, NOW)).toEqual({ ok: false, reason: 'not_found' });
    expect(await findAnswer(id)).toBeNull();
  });

  it('needs words, an address and a yes; a report needs words only', () => {
    expect(question.safeParse({ ...asked, email: '' }).success).toBe(false);
    expect(question.safeParse({ ...asked, consent: '' }).success).toBe(false);
    expect(question.safeParse({ ...asked, words: '   a ' }).success).toBe(false);
    expect(question.safeParse({ ...asked, words: 'x'.repeat(2001) }).success).toBe(false);
    expect(question.safeParse({ ...asked, name: '' }).success).toBe(true);
    const words = 'This link is broken.';
    expect(report.safeParse({ kind: 'report', words, name: '', email: '', aboutSlug: 'sciatica' }).success).toBe(true);
    expect(report.safeParse({ kind: 'report', words, name: '', email: 'x', aboutSlug: 'sciatica' }).success).toBe(
      false,
    );
  });
});

describe('the sums of a page', () => {
  it('grow by one at a time, also when many come at once', async () => {
    const read = { slug: 'sciatica', kind: 'read', times: 1 } as const;
    const followed = { slug: 'sciatica', kind: 'followed', times: 1 } as const;
    await Promise.all(Array.from({ length: 10 }, () => countVisits([read, { ...followed, times: 2 }, read], NOW)));
    expect(await listQuestionCounts(owner, 28, NOW)).toEqual([
      { slug: 'sciatica', reads: 20, followed: 20, booked: 0 },
    ]);
  });

  it('are of the last so many days of the practice, today included', async () => {
    const read = [{ slug: 'neck-pain', kind: 'read', times: 1 } as const];
    await countVisits(read, NOW - 27 * DAY);
    await countVisits(read, NOW - 28 * DAY);
    expect(await listQuestionCounts(owner, 28, NOW)).toEqual([{ slug: 'neck-pain', reads: 1, followed: 0, booked: 0 }]);
    expect(await listQuestionCounts(owner, 28, NOW + DAY)).toEqual([]);
  });
});

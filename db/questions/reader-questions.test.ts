import { describe, expect, it } from 'vitest';
import type { Owner } from '@/db/access/viewer';
import { reader } from '@/db/connection/database-client';
import { listMail } from '@/db/delivery/outbox-for-staff';
import { leaseDueMessages, markSent } from '@/db/messages/outbox-delivery';
import { askedQuestionReplies } from '@/db/schema';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { answerInWords, answerWithPage, dismissReaderQuestion, reopenReaderQuestion } from './answer-reader-questions';
import { addVisitCounts, listQuestionPageCounts } from './question-page-counts';
import { setQuestionPageHidden } from './question-pages';
import {
  countReaderQuestions,
  findAnswerPage,
  getReaderAnswer,
  getReaderQuestion,
  listReaderQuestions,
  pageReportSchema,
  readerQuestionSchema,
  saveReaderQuestion,
} from './reader-questions';

const NOW = Date.UTC(2026, 10, 24, 9);
const DAY = 86_400_000;
const owner: Owner = { role: 'owner', userId: 'ruth', email: 'owner@fortnight.example', name: 'R', therapistId: null };
setUpTestDatabase({ now: NOW });

const request = {
  kind: 'question',
  words: 'Does it help tennis elbow?',
  email: 'ana@example.org',
  consent: 'yes',
} as const;

async function mailTo(address: string) {
  return (await listMail(owner, { now: NOW })).filter(({ toEmail }) => toEmail === address);
}

async function askOne(more: { words?: string; name?: string } = {}): Promise<string> {
  const input = { ...request, ...more };
  await saveReaderQuestion(input, NOW);
  return (await listReaderQuestions(owner)).find(({ words }) => words === input.words)!.id;
}

/** Sends the due e-mails, as the worker does. */
async function sendDue(now: number): Promise<void> {
  for (const { id } of await leaseDueMessages('worker', now)) await markSent(id, 'worker', now);
}

describe('a reader’s question', () => {
  it('is listed newest first, before the questions that are answered', async () => {
    await saveReaderQuestion(request, NOW);
    await saveReaderQuestion({ kind: 'report', words: 'The second link is broken.', aboutSlug: 'sciatica' }, NOW + 1);
    const [latest, first] = await listReaderQuestions(owner);
    expect(latest).toMatchObject({ kind: 'report', aboutSlug: 'sciatica', email: null });
    await answerWithPage(owner, { id: latest!.id, slug: 'sciatica' }, NOW + 2);
    expect((await listReaderQuestions(owner)).map(({ id }) => id)).toEqual([first!.id, latest!.id]);
  });

  it('is stored once when it is sent again within the hour because its answer was lost', async () => {
    const reported = { kind: 'report', words: 'The second link is broken.', aboutSlug: 'sciatica' } as const;
    for (const later of [0, 1000]) {
      await saveReaderQuestion(request, NOW + later);
      await saveReaderQuestion(reported, NOW + later);
    }
    expect(await listReaderQuestions(owner)).toHaveLength(2);
    await saveReaderQuestion({ ...request, email: 'ben@example.org' }, NOW + 2000);
    await saveReaderQuestion({ ...reported, aboutSlug: 'neck-pain' }, NOW + 2000);
    await saveReaderQuestion(request, NOW + 3_600_001);
    expect(await listReaderQuestions(owner)).toHaveLength(5);
  });

  it('leads to one e-mail when it is answered, which repeats none of it', async () => {
    await saveReaderQuestion({ ...request, name: 'Ana Costa' }, NOW);
    const [{ id } = { id: '' }] = await listReaderQuestions(owner);
    expect(await findAnswerPage(id)).toBeNull();
    expect(await answerWithPage(owner, { id, slug: 'neck-pain' }, NOW)).toEqual({ ok: true, isNotified: true });
    expect(await answerWithPage(owner, { id, slug: 'sciatica' }, NOW)).toEqual({ ok: false, reason: 'not_found' });
    expect(await findAnswerPage(id)).toBe('neck-pain');
    const mail = await mailTo('ana@example.org');
    expect(mail).toMatchObject([{ toEmail: 'ana@example.org', kind: 'answered' }]);
    expect(JSON.stringify(mail[0]!.notification)).not.toMatch(/elbow|neck|Ana/);
  });

  it('is not answered by a page that is hidden, so that nobody is sent there', async () => {
    await saveReaderQuestion(request, NOW);
    const [{ id } = { id: '' }] = await listReaderQuestions(owner);
    await setQuestionPageHidden(owner, { slug: 'neck-pain', isHidden: true }, NOW);
    expect(await answerWithPage(owner, { id, slug: 'neck-pain' }, NOW)).toEqual({ ok: false, reason: 'hidden' });
    expect(await getReaderQuestion(owner, id)).toMatchObject({ state: 'open', answeredSlug: null });
    expect(await mailTo('ana@example.org')).toEqual([]);
    await setQuestionPageHidden(owner, { slug: 'neck-pain', isHidden: false }, NOW);
    expect(await answerWithPage(owner, { id, slug: 'neck-pain' }, NOW)).toMatchObject({ ok: true });
  });

  it('about a hidden page is fixed if it gave no address', async () => {
    await saveReaderQuestion({ kind: 'report', words: 'The second link is broken.', aboutSlug: 'sciatica' }, NOW);
    const [{ id } = { id: '' }] = await listReaderQuestions(owner);
    await setQuestionPageHidden(owner, { slug: 'sciatica', isHidden: true }, NOW);
    expect(await answerWithPage(owner, { id, slug: 'sciatica' }, NOW)).toEqual({ ok: true, isNotified: false });
  });

  it('leads to no e-mail if a report gave no address', async () => {
    await saveReaderQuestion({ kind: 'report', words: 'The second link is broken.', aboutSlug: 'sciatica' }, NOW);
    const [{ id } = { id: '' }] = await listReaderQuestions(owner);
    expect(await answerWithPage(owner, { id, slug: 'sciatica' }, NOW)).toEqual({ ok: true, isNotified: false });
    expect((await listMail(owner, { now: NOW })).map(({ kind }) => kind)).toEqual(['asked']);
  });

  it.each(['', 'made-up', '\u0000', "' or 1=1 --"])('is not found as %j', async (id) => {
    expect(await answerWithPage(owner, { id, slug: 'sciatica' }, NOW)).toEqual({ ok: false, reason: 'not_found' });
    expect(await findAnswerPage(id)).toBeNull();
  });

  it('needs text, an address and a consent; a report needs only text', () => {
    expect(readerQuestionSchema.safeParse({ ...request, email: '' }).success).toBe(false);
    expect(readerQuestionSchema.safeParse({ ...request, consent: '' }).success).toBe(false);
    expect(readerQuestionSchema.safeParse({ ...request, words: '   a ' }).success).toBe(false);
    expect(readerQuestionSchema.safeParse({ ...request, words: 'x'.repeat(2001) }).success).toBe(false);
    expect(readerQuestionSchema.safeParse({ ...request, name: '' }).success).toBe(true);
    const words = 'This link is broken.';
    expect(
      pageReportSchema.safeParse({ kind: 'report', words, name: '', email: '', aboutSlug: 'sciatica' }).success,
    ).toBe(true);
    expect(
      pageReportSchema.safeParse({ kind: 'report', words, name: '', email: 'x', aboutSlug: 'sciatica' }).success,
    ).toBe(false);
  });
});

describe('an answer in the practice’s own words', () => {
  it('is read only behind its link: encrypted in the table, and without a word in the e-mail', async () => {
    const id = await askOne({ name: 'Ana Costa' });
    const answer = 'It may help a sore elbow.\n\nSee a doctor first.';
    expect(await answerInWords(owner, { id, words: `${answer}\r\n ` }, NOW + 5)).toEqual({
      ok: true,
      isNotified: true,
    });
    expect(await getReaderAnswer(id)).toEqual({ state: 'answered', words: request.words, answer, answeredAt: NOW + 5 });
    expect(await getReaderQuestion(owner, id)).toMatchObject({ state: 'answered', answer, answeredSlug: null });
    expect(await findAnswerPage(id)).toBeNull();
    const [mail] = await mailTo('ana@example.org');
    expect(mail!.notification).toMatchObject({ kind: 'answered', askedId: id, isInWords: true });
    expect(JSON.stringify(mail)).not.toMatch(/elbow|doctor|Ana/);
    expect(JSON.stringify(await (await reader()).select().from(askedQuestionReplies))).not.toMatch(/elbow|doctor/);
  });

  it.each(['', '   ', 'no', 'x'.repeat(4001), 'a word\u0007 or two', undefined])('is refused as %j', async (words) => {
    const id = await askOne();
    expect(await answerInWords(owner, { id, words }, NOW)).toMatchObject({ ok: false, reason: 'invalid' });
    expect(await getReaderQuestion(owner, id)).toMatchObject({ state: 'open' });
  });

  it('is given once, even if somebody else answers or dismisses at the same time', async () => {
    const id = await askOne();
    const results = await Promise.all([
      answerInWords(owner, { id, words: 'It may help.' }, NOW + 1),
      answerWithPage(owner, { id, slug: 'neck-pain' }, NOW + 2),
      dismissReaderQuestion(owner, id, NOW + 3),
      answerInWords(owner, { id, words: 'It may not help.' }, NOW + 4),
    ]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await mailTo('ana@example.org')).length).toBeLessThanOrEqual(1);
  });

  it('is for questions; a report is fixed or dismissed', async () => {
    await saveReaderQuestion({ kind: 'report', words: 'The second link is broken.', aboutSlug: 'sciatica' }, NOW);
    const [{ id } = { id: '' }] = await listReaderQuestions(owner);
    const refused = { ok: false, reason: 'not_found' };
    expect(await answerInWords(owner, { id, words: 'Thank you very much.' }, NOW)).toEqual(refused);
    expect(await dismissReaderQuestion(owner, id, NOW)).toMatchObject({ ok: true });
  });
});

describe('a closed question', () => {
  it('is counted by its state', async () => {
    const [first, second] = [await askOne(), await askOne({ words: 'And golfer’s elbow?' })];
    await askOne({ words: 'And a runner’s knee?' });
    await dismissReaderQuestion(owner, first, NOW);
    await answerWithPage(owner, { id: second, slug: 'neck-pain' }, NOW);
    expect(await countReaderQuestions(owner)).toEqual({ open: 1, answered: 1, dismissed: 1 });
    expect(await mailTo('ana@example.org')).toHaveLength(1);
    expect((await listReaderQuestions(owner)).map(({ state }) => state).sort()).toEqual([
      'answered',
      'dismissed',
      'open',
    ]);
  });

  it('answered by the wrong page can be reopened before its e-mail leaves, and one e-mail leads to the right one', async () => {
    const id = await askOne();
    await answerWithPage(owner, { id, slug: 'neck-pain' }, NOW + 1);
    expect(await reopenReaderQuestion(owner, { id, closedAt: NOW + 1 }, NOW + 2)).toEqual({
      ok: true,
      hasMailLeft: false,
    });
    expect(await getReaderAnswer(id)).toEqual({ state: 'open' });
    await answerWithPage(owner, { id, slug: 'sciatica' }, NOW + 3);
    expect(await getReaderAnswer(id)).toEqual({ state: 'on_page', slug: 'sciatica' });
    const messages = (await mailTo('ana@example.org')).filter(({ state }) => state !== 'dropped');
    expect(messages).toHaveLength(1);
  });

  it('can be reopened and then dismissed, and its link says that the answer was withdrawn', async () => {
    const id = await askOne();
    await answerInWords(owner, { id, words: 'It may help.' }, NOW + 1);
    await reopenReaderQuestion(owner, { id, closedAt: NOW + 1 }, NOW + 2);
    await dismissReaderQuestion(owner, id, NOW + 3);
    expect(await getReaderAnswer(id)).toEqual({ state: 'dismissed' });
  });

  it('can be reopened after its e-mail left, and the next answer sends another', async () => {
    const id = await askOne();
    await answerInWords(owner, { id, words: 'It may help.' }, NOW + 1);
    await sendDue(NOW + 2);
    expect(await reopenReaderQuestion(owner, { id, closedAt: NOW + 1 }, NOW + 3)).toEqual({
      ok: true,
      hasMailLeft: true,
    });
    expect(await getReaderAnswer(id)).toEqual({ state: 'open' });
    expect(await answerInWords(owner, { id, words: 'It does not help.' }, NOW + 4)).toEqual({
      ok: true,
      isNotified: true,
    });
    expect(await mailTo('ana@example.org')).toHaveLength(2);
  });

  it('cannot be reopened by somebody who was shown another answer', async () => {
    const id = await askOne();
    await dismissReaderQuestion(owner, id, NOW + 1);
    for (const closedAt of [NOW, Number.NaN])
      expect(await reopenReaderQuestion(owner, { id, closedAt }, NOW + 2)).toEqual({ ok: false, reason: 'not_found' });
    expect(await reopenReaderQuestion(owner, { id: 'made-up', closedAt: NOW + 1 }, NOW + 2)).toMatchObject({
      ok: false,
    });
    expect(await getReaderQuestion(owner, id)).toMatchObject({ state: 'dismissed', closedAt: NOW + 1 });
  });

  it('is not found by an unknown id', async () => {
    expect(await getReaderAnswer('5b0c1c5e-0000-4000-8000-000000000000')).toEqual({ state: 'gone' });
    expect(await getReaderQuestion(owner, 'made-up')).toBeNull();
  });
});

describe('the practice', () => {
  const toPractice = async () => (await listMail(owner, { now: NOW })).filter(({ kind }) => kind === 'asked');

  it('is informed of waiting readers in one e-mail, without their text', async () => {
    await askOne();
    await askOne({ words: 'And golfer’s elbow?' });
    const mails = await toPractice();
    expect(mails).toHaveLength(1);
    expect(mails[0]!.notification).toMatchObject({ kind: 'asked', waiting: 2 });
    expect(JSON.stringify(mails)).not.toMatch(/elbow|ana@/);
  });

  it('is informed again an hour after the last time, and not when nothing waits any more', async () => {
    const id = await askOne();
    await sendDue(NOW + 1);
    await saveReaderQuestion({ ...request, words: 'And golfer’s elbow?' }, NOW + 60_000);
    const [next] = (await toPractice()).filter(({ state }) => state === 'waiting');
    expect(next!.dueAt).toBe(NOW + 1 + 3_600_000);
    for (const { id: open } of await listReaderQuestions(owner)) await dismissReaderQuestion(owner, open, NOW + 70_000);
    expect((await getReaderQuestion(owner, id))!.state).toBe('dismissed');
    expect((await toPractice()).find(({ id: mailId }) => mailId === next!.id)!.notification).toBeNull();
  });
});

describe('the counts of a page', () => {
  it('grow by one at a time, also when many come at once', async () => {
    const read = { slug: 'sciatica', kind: 'read', times: 1 } as const;
    const followed = { slug: 'sciatica', kind: 'followed', times: 1 } as const;
    await Promise.all(Array.from({ length: 10 }, () => addVisitCounts([read, { ...followed, times: 2 }, read], NOW)));
    expect(await listQuestionPageCounts(owner, 28, NOW)).toEqual([
      { slug: 'sciatica', reads: 20, followed: 20, booked: 0 },
    ]);
  });

  it('cover this many last days of the practice, today included', async () => {
    const read = [{ slug: 'neck-pain', kind: 'read', times: 1 } as const];
    await addVisitCounts(read, NOW - 27 * DAY);
    await addVisitCounts(read, NOW - 28 * DAY);
    expect(await listQuestionPageCounts(owner, 28, NOW)).toEqual([
      { slug: 'neck-pain', reads: 1, followed: 0, booked: 0 },
    ]);
    expect(await listQuestionPageCounts(owner, 28, NOW + DAY)).toEqual([]);
  });
});

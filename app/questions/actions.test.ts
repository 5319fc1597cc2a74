import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DatabaseBusy } from '@/db/connection/database-busy';
import { setConnectionForTests } from '@/db/connection/database-client';
import { listMail } from '@/db/delivery/outbox-for-staff';
import { setQuestionPageHidden } from '@/db/questions/question-pages';
import { listReaderQuestions } from '@/db/questions/reader-questions';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { askFormFields, initialAskFormState } from './ask-form-state';

let address = 0;
vi.mock('next/headers', () => ({ headers: async () => new Headers({ 'x-fortnight-address': `192.0.2.${address}` }) }));

const { sendQuestionOrReport } = await import('./actions');
const db = setUpTestDatabase({ now: NOW });

beforeEach(() => {
  vi.unstubAllEnvs();
  address += 1;
});

const question = { words: 'Does it help tennis elbow?', name: '', email: 'ana@example.org', consent: 'yes' };
const report = { page: 'sciatica', words: 'The second link is broken.', email: '' };

function submit(fields: Record<string, string>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return sendQuestionOrReport(initialAskFormState, form);
}

describe('a question to the practice', () => {
  it('reaches the practice, notifies it, and sends no other e-mail before it is answered', async () => {
    expect(await submit(question)).toMatchObject({ outcome: 'sent', errors: {} });
    expect(await listReaderQuestions(OWNER_VIEWER)).toMatchObject([
      { kind: 'question', words: question.words, email: question.email, name: null, aboutSlug: null, state: 'open' },
    ]);
    expect(await listMail(OWNER_VIEWER, { now: Date.now() })).toMatchObject([{ kind: 'asked' }]);
  });

  it('is not stored without consent, and the form keeps what was typed', async () => {
    for (const consent of ['', 'no', 'on']) {
      const answer = await submit({ ...question, consent });
      expect(answer).toMatchObject({ outcome: null, values: { words: question.words, email: question.email } });
      expect(Object.keys(answer.errors)).toEqual(['consent']);
    }
    expect(await listReaderQuestions(OWNER_VIEWER)).toEqual([]);
  });

  it('shows each missing value at its field', async () => {
    const { errors } = await submit({ words: ' ', email: 'nobody', consent: '' });
    expect(askFormFields.filter((field) => errors[field])).toEqual(['words', 'email', 'consent']);
  });

  it('that fills in the hidden field is thanked and thrown away', async () => {
    expect(await submit({ ...question, website: 'https://spam.example' })).toMatchObject({
      outcome: 'sent',
      errors: {},
    });
    expect(await listReaderQuestions(OWNER_VIEWER)).toEqual([]);
  });

  it('is accepted five times in ten minutes from one address, and still from another address', async () => {
    for (let n = 1; n <= 5; n += 1)
      expect((await submit({ ...question, words: `${question.words} ${n}` })).outcome).toBe('sent');
    const tooMany = await submit(question);
    expect(tooMany).toMatchObject({ outcome: 'too_many', values: { words: question.words } });
    expect(tooMany.wait).toMatch(/^(9|10) minutes$/);
    expect((await submit(report)).outcome).toBe('too_many');
    expect(await listReaderQuestions(OWNER_VIEWER)).toHaveLength(5);
    address += 1;
    expect((await submit(question)).outcome).toBe('sent');
  });

  it('does not count against that limit while it is incomplete', async () => {
    for (let n = 1; n <= 8; n += 1) await submit({ ...question, consent: '' });
    expect((await submit(question)).outcome).toBe('sent');
  });

  it('gets the answer "busy" and its text back when the database is busy', async () => {
    const busy = { ...db.connection(), transact: () => Promise.reject(new DatabaseBusy()) };
    setConnectionForTests(busy);
    try {
      expect(await submit(question)).toMatchObject({ outcome: 'busy', values: { words: question.words } });
    } finally {
      setConnectionForTests(db.connection());
    }
  });
});

describe('a report of an error', () => {
  it('is stored with the page it is about, and needs no e-mail address and no consent', async () => {
    expect((await submit(report)).outcome).toBe('sent');
    expect(await listReaderQuestions(OWNER_VIEWER)).toMatchObject([
      { kind: 'report', aboutSlug: 'sciatica', email: null },
    ]);
  });

  it.each(['made-up', '../sciatica', 'Sciatica', '__proto__'])('about the page %j is not stored', async (page) => {
    expect((await submit({ ...report, page })).outcome).not.toBe('sent');
    expect(await listReaderQuestions(OWNER_VIEWER)).toEqual([]);
  });

  it('about a page that the practice hides is not stored, and the form says that the page is gone', async () => {
    await setQuestionPageHidden(OWNER_VIEWER, { slug: 'sciatica', isHidden: true }, NOW);
    expect(await submit(report)).toMatchObject({ outcome: 'gone', values: { words: report.words } });
    expect(await listReaderQuestions(OWNER_VIEWER)).toEqual([]);
  });

  it('shows what is wrong with its text and its e-mail address', async () => {
    const { errors } = await submit({ ...report, words: 'x', email: 'nobody' });
    expect(Object.keys(errors).sort()).toEqual(['email', 'words']);
  });
});

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DatabaseBusy } from '@/db/connection/database-busy';
import { setConnectionForTests } from '@/db/connection/database-client';
import { listMail } from '@/db/delivery/outbox-for-staff';
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
  it('lands with the practice, which is told, and mails nobody else before it is answered', async () => {
    expect(await submit(question)).toMatchObject({ outcome: 'sent', errors: {} });
    expect(await listReaderQuestions(OWNER_VIEWER)).toMatchObject([
      { kind: 'question', words: question.words, email: question.email, name: null, aboutSlug: null, state: 'open' },
    ]);
    expect(await listMail(OWNER_VIEWER, { now: Date.now() })).toMatchObject([{ kind: 'asked' }]);
  });

  it('is not kept without a yes, and what was typed stays', async () => {
    for (const consent of ['', 'no', 'on']) {
      const answer = await submit({ ...question, consent });
      expect(answer).toMatchObject({ outcome: null, values: { words: question.words, email: question.email } });
      expect(Object.keys(answer.errors)).toEqual(['consent']);
    }
    expect(await listReaderQuestions(OWNER_VIEWER)).toEqual([]);
  });

  it('is told what is missing, each at its field', async () => {
    const { errors } = await submit({ words: ' ', email: 'nobody', consent: '' });
    expect(askFormFields.filter((field) => errors[field])).toEqual(['words', 'email', 'consent']);
  });

  it('that fills in what no person sees is thanked and thrown away', async () => {
    expect(await submit({ ...question, website: 'https://spam.example' })).toMatchObject({
      outcome: 'sent',
      errors: {},
    });
    expect(await listReaderQuestions(OWNER_VIEWER)).toEqual([]);
  });

  it('is taken five times in ten minutes from one address, and from the next one still', async () => {
    for (let n = 1; n <= 5; n += 1)
      expect((await submit({ ...question, words: `${question.words} ${n}` })).outcome).toBe('sent');
    expect(await submit(question)).toMatchObject({ outcome: 'too_many', values: { words: question.words } });
    expect((await submit(report)).outcome).toBe('too_many');
    expect(await listReaderQuestions(OWNER_VIEWER)).toHaveLength(5);
    address += 1;
    expect((await submit(question)).outcome).toBe('sent');
  });

  it('costs nothing of that while it is not complete', async () => {
    for (let n = 1; n <= 8; n += 1) await submit({ ...question, consent: '' });
    expect((await submit(question)).outcome).toBe('sent');
  });

  it('is not lost on a practice that is busy', async () => {
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
  it('lands with the page it is about, and needs no address and no yes', async () => {
    expect((await submit(report)).outcome).toBe('sent');
    expect(await listReaderQuestions(OWNER_VIEWER)).toMatchObject([
      { kind: 'report', aboutSlug: 'sciatica', email: null },
    ]);
  });

  it.each(['made-up', '../sciatica', 'Sciatica', '__proto__'])('on %j lands nowhere', async (page) => {
    expect((await submit({ ...report, page })).outcome).not.toBe('sent');
    expect(await listReaderQuestions(OWNER_VIEWER)).toEqual([]);
  });

  it('says what is wrong with its words and its address', async () => {
    const { errors } = await submit({ ...report, words: 'x', email: 'nobody' });
    expect(Object.keys(errors).sort()).toEqual(['email', 'words']);
  });
});

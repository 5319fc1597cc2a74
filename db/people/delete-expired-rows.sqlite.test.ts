import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { reader } from '@/db/connection/database-client';
import { answerWithPage } from '@/db/questions/answer-reader-questions';
import { saveReaderQuestion } from '@/db/questions/reader-questions';
import { DAY_MS, RETENTION } from '@/db/retention';
import { askedQuestions } from '@/db/schema';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { deleteExpiredRows } from './delete-expired-rows';

const database = setUpTestDatabase({ now: NOW });

it('leaves no trace of a deleted question in the database file', async () => {
  const words = 'Quagmire elbow, sore';
  await saveReaderQuestion(
    { kind: 'question', words, name: 'Una Quixote', email: 'una.cole@example.org', consent: 'yes' },
    NOW,
  );
  const folder = path.dirname(database.file());
  const bytes = () =>
    readdirSync(folder)
      .map((name) => readFileSync(path.join(folder, name), 'latin1'))
      .join();
  // Her name is readable in the file; what she wrote is encrypted.
  expect(bytes()).toContain('Una Quixote');
  expect(bytes()).not.toContain('Quagmire');
  const [request] = await (await reader()).select().from(askedQuestions);
  await answerWithPage(OWNER_VIEWER, { id: request!.id, slug: 'tennis-elbow' }, NOW);
  await deleteExpiredRows(NOW + RETENTION.answeredQuestionDays * DAY_MS + 1);
  expect(bytes()).not.toContain('Una Quixote');
  expect(bytes()).not.toContain(request!.sealedWords);
});

'use server';

import { headers } from 'next/headers';
import { getClientIp } from '@/app/client-ip';
import { answerCountSchema, parseFormState, requireFormData } from '@/app/form-data';
import { formatWait } from '@/app/format-wait';
import { isDatabaseBusy } from '@/db/connection/database-busy';
import { consumeRateLimit } from '@/db/operations/rate-limits';
import { pageReportSchema, readerQuestionSchema, saveReaderQuestion } from '@/db/questions/reader-questions';
import { type AskFormFieldName, type AskFormState, askFormFields, initialAskFormState } from './ask-form-state';
import { getShownQuestion } from './shown-questions';

/** Stores a question to the practice, or a report of an error on a page. */
export async function sendQuestionOrReport(before: AskFormState, form: FormData): Promise<AskFormState> {
  const sent = requireFormData(form);
  const { answer: answers } = parseFormState(answerCountSchema, before);
  const values = { ...initialAskFormState.values };
  for (const field of askFormFields) values[field] = String(sent.get(field) ?? '').slice(0, 40_000);
  const answer = (changes: Partial<AskFormState>): AskFormState => {
    return { values, errors: {}, outcome: null, wait: null, answer: answers + 1, ...changes };
  };
  // Only bots fill in this field, because people do not see it. They get the same answer as people.
  if (form.get('website')) return answer({ outcome: 'sent' });

  const page = String(form.get('page') ?? '');
  const read = page
    ? pageReportSchema.safeParse({ kind: 'report', aboutSlug: page, ...values })
    : readerQuestionSchema.safeParse({ kind: 'question', ...values });
  if (!read.success) {
    const errors: Partial<Record<AskFormFieldName, string>> = {};
    for (const { path, message } of read.error.issues) {
      const field = askFormFields.find((known) => known === path[0]);
      if (field) errors[field] ??= message;
    }
    return answer({ errors });
  }
  try {
    if (page && !(await getShownQuestion(page))) return answer({ outcome: 'gone' });
    const allowed = await consumeRateLimit('questions', getClientIp(await headers()));
    if (!allowed.ok) return answer({ outcome: 'too_many', wait: formatWait(allowed.retryAfterSeconds) });
    await saveReaderQuestion(read.data, Date.now());
  } catch (error) {
    if (isDatabaseBusy(error)) return answer({ outcome: 'busy' });
    throw error;
  }
  return answer({ outcome: 'sent' });
}

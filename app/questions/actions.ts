'use server';

import { headers } from 'next/headers';
import { clientIp } from '@/app/client-ip';
import { answeredState, readForm, readState } from '@/app/form-data';
import { isBusy } from '@/db/connection/database-busy';
import { consumeRateLimit } from '@/db/operations/rate-limits';
import { question, report, saveAskedQuestion } from '@/db/questions/asked-questions';
import { getQuestion } from '@/questions/library';
import { type AskedField, type AskState, askedFields, initialAskState } from './ask-fields';

/** Takes a question to the practice, or a report of what is wrong on a page. */
export async function send(before: AskState, form: FormData): Promise<AskState> {
  const sent = readForm(form);
  const { answer: answers } = readState(answeredState, before);
  const typed = { ...initialAskState.typed };
  for (const field of askedFields) typed[field] = String(sent.get(field) ?? '').slice(0, 40_000);
  const answer = (said: Partial<AskState>): AskState => {
    return { typed, errors: {}, outcome: null, answer: answers + 1, ...said };
  };
  // No person sees this field. Whoever fills it in is told what people are told.
  if (form.get('website')) return answer({ outcome: 'sent' });

  const page = String(form.get('page') ?? '');
  const read = page
    ? report.safeParse({ kind: 'report', aboutSlug: page, ...typed })
    : question.safeParse({ kind: 'question', ...typed });
  if (!read.success) {
    const errors: Partial<Record<AskedField, string>> = {};
    for (const { path, message } of read.error.issues) {
      const field = askedFields.find((askedField) => askedField === path[0]);
      if (field) errors[field] ??= message;
    }
    return answer({ errors });
  }
  if (page && !getQuestion(page)) return answer({ outcome: 'gone' });
  try {
    const allowed = await consumeRateLimit('questions', clientIp(await headers()));
    if (!allowed.ok) return answer({ outcome: 'too_many' });
    await saveAskedQuestion(read.data, Date.now());
  } catch (error) {
    if (isBusy(error)) return answer({ outcome: 'busy' });
    throw error;
  }
  return answer({ outcome: 'sent' });
}

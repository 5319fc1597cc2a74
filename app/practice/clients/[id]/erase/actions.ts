'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { answeredState, readForm, readState, readText } from '@/app/form-data';
import { orDatabaseBusy } from '@/app/practice/or-database-busy';
import { redrawQuestions } from '@/app/practice/settings/redraw-questions';
import { requireViewer } from '@/auth';
import { eraseOnRequest } from '@/db/people/client-on-request';

export interface EraseState {
  typed: string;
  problem: 'other_name' | 'busy' | null;
  answer: number;
}

export async function erase(before: EraseState, form: FormData): Promise<EraseState> {
  readForm(form);
  const viewer = await requireViewer('owner');
  const { answer } = readState(answeredState.extend({ typed: z.string() }), before);
  const [id, typedName] = [readText(form, 'id', 64), readText(form, 'name', 1000)];
  const done = await orDatabaseBusy(() => eraseOnRequest(viewer, { id, typedName }, Date.now()));
  if (done === 'busy') return { typed: typedName, problem: 'busy', answer: answer + 1 };
  if (!done.ok && done.reason === 'other_name') return { typed: typedName, problem: 'other_name', answer: answer + 1 };
  if (done.ok) redrawQuestions();
  redirect(done.ok ? '/practice/clients?flash=erased#flash' : '/practice/clients?flash=gone#flash');
}

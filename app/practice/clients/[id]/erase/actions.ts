'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { answerCountSchema, parseFormState, readText, requireFormData } from '@/app/form-data';
import { revalidateQuestionPages } from '@/app/practice/settings/revalidate-question-pages';
import { requireRole } from '@/auth';
import { eraseClientOnRequest } from '@/db/people/client-data-requests';

export interface EraseClientFormState {
  values: string;
  problem: 'other_name' | 'busy' | null;
  answer: number;
}

export async function eraseClientData(before: EraseClientFormState, form: FormData): Promise<EraseClientFormState> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const { answer } = parseFormState(answerCountSchema.extend({ values: z.string() }), before);
  const [id, typedName] = [readText(form, 'id', 64), readText(form, 'name', 1000)];
  const result = await catchDatabaseBusy(() => eraseClientOnRequest(viewer, { id, typedName }, Date.now()));
  if (result === 'busy') return { values: typedName, problem: 'busy', answer: answer + 1 };
  if (!result.ok && result.reason === 'other_name')
    return { values: typedName, problem: 'other_name', answer: answer + 1 };
  if (result.ok) revalidateQuestionPages();
  redirect(result.ok ? '/practice/clients?flash=erased#flash' : '/practice/clients?flash=gone#flash');
}

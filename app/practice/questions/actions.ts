'use server';

import { redirect } from 'next/navigation';
import { readForm } from '@/app/form-data';
import { requireViewer } from '@/auth';
import { isBusy } from '@/db/connection/database-busy';
import { answerAsked } from '@/db/questions/asked-questions';
import { getQuestion } from '@/questions/library';

export async function answer(form: FormData): Promise<void> {
  readForm(form);
  const viewer = await requireViewer('practitioner');
  const slug = String(form.get('slug') ?? '');
  if (!getQuestion(slug)) redirect('/practice/questions?flash=no_page');
  let flash = 'busy';
  try {
    const answered = await answerAsked(viewer, { id: String(form.get('id') ?? ''), slug }, Date.now());
    flash = answered.ok ? (answered.isTold ? 'told' : 'done') : 'gone';
  } catch (error) {
    if (!isBusy(error)) throw error;
  }
  redirect(`/practice/questions?flash=${flash}`);
}

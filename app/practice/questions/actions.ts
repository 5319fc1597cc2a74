'use server';

import { redirect } from 'next/navigation';
import { requireViewer } from '@/auth';
import { answerAsked } from '@/db/asked-questions';
import { getQuestion } from '@/questions/library';

export async function answer(form: FormData): Promise<void> {
  const viewer = await requireViewer('staff');
  const slug = String(form.get('slug') ?? '');
  if (!getQuestion(slug)) redirect('/practice/questions?said=no_page');
  const answered = await answerAsked(viewer, { id: String(form.get('id') ?? ''), slug }, Date.now());
  redirect(`/practice/questions?said=${answered.ok ? (answered.isTold ? 'told' : 'done') : 'gone'}`);
}

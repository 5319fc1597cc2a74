'use server';

import { redirect } from 'next/navigation';
import { readForm } from '@/app/form-data';
import { forgetOwnPlan } from './own-plan';

/** Forgets whose plan this browser came from: all that the practice offers is shown again. */
export async function showEverything(form: FormData): Promise<void> {
  readForm(form);
  await forgetOwnPlan();
  redirect('/book');
}

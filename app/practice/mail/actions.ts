'use server';

import { redirect } from 'next/navigation';
import { formSent } from '@/app/sent';
import { requireViewer } from '@/auth';
import { isBusy } from '@/db/database-busy';
import { retryMail } from '@/db/mailbox';

export async function tryAgain(form: FormData): Promise<void> {
  formSent(form);
  const viewer = await requireViewer('staff');
  let said = 'busy';
  try {
    said = (await retryMail(viewer, String(form.get('id') ?? ''), Date.now())) ? 'again' : 'gone';
  } catch (error) {
    if (!isBusy(error)) throw error;
  }
  redirect(`/practice/mail?said=${said}`);
}

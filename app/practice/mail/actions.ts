'use server';

import { redirect } from 'next/navigation';
import { requireViewer } from '@/auth';
import { isBusy } from '@/db/client';
import { retryMail } from '@/db/outbox';

export async function tryAgain(form: FormData): Promise<void> {
  const viewer = await requireViewer('staff');
  let said = 'busy';
  try {
    said = (await retryMail(viewer, String(form.get('id') ?? ''), Date.now())) ? 'again' : 'gone';
  } catch (error) {
    if (!isBusy(error)) throw error;
  }
  redirect(`/practice/mail?said=${said}`);
}

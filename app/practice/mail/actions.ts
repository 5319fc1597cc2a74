'use server';

import { redirect } from 'next/navigation';
import { requireViewer } from '@/auth';
import { retryMail } from '@/db/outbox';

export async function tryAgain(form: FormData): Promise<void> {
  const viewer = await requireViewer('staff');
  const isQueued = await retryMail(viewer, String(form.get('id') ?? ''), Date.now());
  redirect(`/practice/mail?said=${isQueued ? 'again' : 'gone'}`);
}

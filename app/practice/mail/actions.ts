'use server';

import { redirect } from 'next/navigation';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { readText, requireFormData } from '@/app/form-data';
import { requireRole } from '@/auth';
import { applyOldMailDecision, retryMessage } from '@/db/delivery/outbox-for-staff';
import { markAddressUndeliverable } from '@/db/messages/bounces';

/** More messages than the page ever folds into one e-mail. */
const MOST_IN_ONE = 200;

export async function retryMail(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('staff');
  const retried = await catchDatabaseBusy(() => retryMessage(viewer, readText(form, 'id', 64), Date.now()));
  redirect(`/practice/mail?flash=${retried === 'busy' ? 'busy' : retried ? 'again' : 'gone'}`);
}

/** Records that an e-mail came back to the practice's mailbox. */
export async function markMailReturned(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('staff');
  const messageId = readText(form, 'id', 64);
  const result = await catchDatabaseBusy(() => markAddressUndeliverable(viewer, { messageId }, { now: Date.now() }));
  redirect(`/practice/mail?flash=${result === 'busy' ? 'busy' : result.ok ? 'returned' : 'gone'}`);
}

/** Sends or drops mail that nobody has tried to send for a day: one e-mail, or all of them when the form names none. */
export async function sendOrDropOldMailOfForm(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('staff');
  const named = form.getAll('id').slice(0, MOST_IN_ONE).map(String);
  const ids = named.length === 0 ? undefined : named;
  const does = form.get('do');
  if (does !== 'send' && does !== 'drop') redirect('/practice/mail?flash=gone');
  const isSent = does === 'send';
  const decided = await catchDatabaseBusy(() => applyOldMailDecision(viewer, { ids, isSent }, { now: Date.now() }));
  if (decided === 'busy') redirect('/practice/mail?flash=busy');
  redirect(`/practice/mail?flash=${decided === 0 ? 'gone' : isSent ? 'going' : 'dropped'}`);
}

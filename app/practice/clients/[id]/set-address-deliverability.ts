'use server';

import { redirect } from 'next/navigation';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { readText, requireFormData } from '@/app/form-data';
import { requireRole } from '@/auth';
import { markAddressUndeliverable, unmarkAddressUndeliverable } from '@/db/messages/bounces';

/** Records by hand that e-mail to a client came back, or that it arrives. */
export async function setAddressDeliverability(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('staff');
  const clientId = readText(form, 'who', 64);
  const reaches = readText(form, 'reaches', 8) === 'yes';
  const clock = { now: Date.now() };
  const result = await catchDatabaseBusy(() =>
    reaches
      ? unmarkAddressUndeliverable(viewer, clientId, clock)
      : markAddressUndeliverable(viewer, { clientId }, clock),
  );
  const flash = result === 'busy' ? 'busy' : !result.ok ? 'conflict' : reaches ? 'address_reaches' : 'address_marked';
  redirect(`/practice/clients/${encodeURIComponent(clientId)}?flash=${flash}#flash`);
}

'use server';

import { redirect } from 'next/navigation';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { readText, requireFormData } from '@/app/form-data';
import { requireRole } from '@/auth';
import { confirmAddressChange } from '@/db/messages/address-change';

/** Changes the address with which the viewer signs in. The token in the form proves that they read the new one. */
export async function confirmNewAddress(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('staff');
  const token = readText(form, 'token', 100);
  const pagePath = `/practice/address/${encodeURIComponent(token)}`;
  const result = await catchDatabaseBusy(() => confirmAddressChange(viewer, token, { now: Date.now() }));
  if (result === 'busy') redirect(`${pagePath}?flash=busy#flash`);
  if (result.ok) redirect('/practice/address?flash=changed#flash');
  redirect(result.reason === 'ended' ? pagePath : `${pagePath}?flash=in_use#flash`);
}

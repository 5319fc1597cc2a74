'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { getClientIp } from '@/app/client-ip';
import { readText, requireFormData } from '@/app/form-data';
import { requireRole } from '@/auth';
import { consumeRateLimit } from '@/db/operations/rate-limits';
import { requestNewAddress } from '@/sign-in-links';

export interface AddressFormState {
  email: string;
  error: string | null;
  problem: 'busy' | 'wait' | null;
}

/** Sends a link to the address that a member of staff wants to sign in with. Nothing is changed until it is opened. */
export async function sendNewAddressLink(_before: AddressFormState, form: FormData): Promise<AddressFormState> {
  requireFormData(form);
  const viewer = await requireRole('staff');
  const email = readText(form, 'email', 1000);
  const result = await catchDatabaseBusy(async () => {
    const allowed = await consumeRateLimit('link_emails', getClientIp(await headers()));
    return allowed.ok ? requestNewAddress(viewer, email) : 'wait';
  });
  if (result === 'busy' || result === 'wait') return { email, error: null, problem: result };
  if (!result.ok) return { email, error: result.issues[0]?.message ?? null, problem: null };
  redirect('/practice/address?flash=sent#flash');
}

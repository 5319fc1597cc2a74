'use server';

import { headers } from 'next/headers';
import { clientIp } from '@/app/client-ip';
import { answeredState, readForm, readState } from '@/app/form-data';
import { isBusy } from '@/db/connection/database-busy';
import { emailAddress } from '@/db/input/fields';
import { askForManageLinks } from '@/db/messages/manage-links';
import { spend } from '@/db/operations/rate-limits';

export interface LinksState {
  email: string;
  error: string | null;
  outcome: 'sent' | 'too_many' | 'busy' | null;
  answer: number;
}

/** A known address takes no longer than an unknown one, and gets the same answer. */
const SAME_WAIT_MS = 300;

export async function sendLinks(before: LinksState, form: FormData): Promise<LinksState> {
  const typed = readForm(form).get('email');
  const email = typeof typed === 'string' ? typed.slice(0, 400) : '';
  const answer = readState(answeredState, before).answer + 1;
  const read = emailAddress.safeParse(email);
  if (!read.success) return { email, error: read.error.issues[0]?.message ?? '', outcome: null, answer };
  const wait = new Promise((resolve) => setTimeout(resolve, SAME_WAIT_MS));
  try {
    const allowed = await spend('letters', clientIp(await headers()));
    if (!allowed.ok) return { email, error: null, outcome: 'too_many', answer };
    await askForManageLinks(read.data, Date.now());
  } catch (error) {
    if (isBusy(error)) return { email, error: null, outcome: 'busy', answer };
    throw error;
  }
  await wait;
  return { email, error: null, outcome: 'sent', answer };
}

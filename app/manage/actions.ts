'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { getClientIp } from '@/app/client-ip';
import { answerCountSchema, parseFormState, readText, requireFormData } from '@/app/form-data';
import { formatWait } from '@/app/format-wait';
import { requireRole } from '@/auth';
import type { Viewer } from '@/db/access/viewer';
import { changeFeedDetail, makeFeed, removeFeed } from '@/db/calendars/feeds';
import { isDatabaseBusy } from '@/db/connection/database-busy';
import { emailAddressSchema } from '@/db/input/field-schemas';
import { queueManageLinksEmail } from '@/db/messages/manage-links-email';
import { consumeRateLimit } from '@/db/operations/rate-limits';

export interface ManageLinksFormState {
  email: string;
  error: string | null;
  outcome: 'sent' | 'too_many' | 'busy' | null;
  /** How long to wait, for `too_many`. */
  wait?: string;
  answer: number;
}

/**
 * Every address is answered after the same time and with the same answer, so that neither shows whether it is known.
 */
const SAME_WAIT_MS = 300;

export async function sendManageLinks(before: ManageLinksFormState, form: FormData): Promise<ManageLinksFormState> {
  const values = requireFormData(form).get('email');
  const email = typeof values === 'string' ? values.slice(0, 400) : '';
  const answer = parseFormState(answerCountSchema, before).answer + 1;
  const read = emailAddressSchema.safeParse(email);
  if (!read.success) return { email, error: read.error.issues[0]?.message ?? '', outcome: null, answer };
  const wait = new Promise((resolve) => setTimeout(resolve, SAME_WAIT_MS));
  try {
    const allowed = await consumeRateLimit('link_emails', getClientIp(await headers()));
    if (!allowed.ok)
      return { email, error: null, outcome: 'too_many', wait: formatWait(allowed.retryAfterSeconds), answer };
    await queueManageLinksEmail(read.data, Date.now());
  } catch (error) {
    if (isDatabaseBusy(error)) return { email, error: null, outcome: 'busy', answer };
    throw error;
  }
  await wait;
  return { email, error: null, outcome: 'sent', answer };
}

/** Makes the address by which the calendar app of a signed-in client follows all their plans. */
export async function makeClientFeed(form: FormData): Promise<void> {
  await changeAddressBy(form, (viewer) => makeFeed(viewer, undefined, { now: Date.now() }), 'made');
}

export async function changeClientFeedDetail(form: FormData): Promise<void> {
  const detail = readText(requireFormData(form), 'detail', 20);
  await changeAddressBy(form, (viewer) => changeFeedDetail(viewer, { detail }, { now: Date.now() }), 'changed');
}

export async function removeClientFeed(form: FormData): Promise<void> {
  await changeAddressBy(form, (viewer) => removeFeed(viewer, undefined, { now: Date.now() }), 'removed');
}

async function changeAddressBy(
  form: FormData,
  act: (viewer: Viewer) => Promise<{ ok: boolean }>,
  successFlash: string,
): Promise<never> {
  requireFormData(form);
  const viewer = await requireRole('client');
  const flash = await act(viewer).then(
    ({ ok }) => (ok ? successFlash : 'gone'),
    (error) => (isDatabaseBusy(error) ? 'busy' : Promise.reject(error)),
  );
  redirect(`/manage?flash=${flash}#flash`);
}

'use server';

import { headers } from 'next/headers';
import { getClientIp } from '@/app/client-ip';
import { formatWait } from '@/app/format-wait';
import { readWaitlistForm, toWaitlistFormErrors } from '@/app/read-waitlist-form';
import type { WaitlistFormState } from '@/components/waitlist/waitlist-form-state';
import { isDatabaseBusy } from '@/db/connection/database-busy';
import { consumeRateLimit } from '@/db/operations/rate-limits';
import { joinWaitlist } from '@/db/waitlist/join-waitlist';
import { isMailEnabled } from '@/mail/is-mail-enabled';

export async function submitWaitlistRequest(before: WaitlistFormState, form: FormData): Promise<WaitlistFormState> {
  const { values, request, answer } = readWaitlistForm(before, form);
  try {
    // Each request may send an e-mail to somebody else's address.
    const sender = getClientIp(await headers());
    const allowed = await consumeRateLimit('link_emails', sender);
    if (!allowed.ok) return answer({ problem: 'too_often', wait: formatWait(allowed.retryAfterSeconds) });
    const { name, email, phone } = values;
    const isForOther = values.for === 'other';
    const who = isForOther ? { name: values.otherName, email, phone, bookedBy: name } : { name, email, phone };
    const how = { now: Date.now(), sender, mustHavePhone: !isMailEnabled() };
    const result = await joinWaitlist({ role: 'reader' }, request, who, how);
    if (result.ok) return answer({ done: result.mustConfirm ? 'confirm' : 'waits' });
    return result.reason === 'invalid'
      ? answer({ errors: withNamesAskedFor(values, toWaitlistFormErrors(result, isForOther)) })
      : answer({ problem: result.reason });
  } catch (error) {
    if (isDatabaseBusy(error)) return answer({ problem: 'busy' });
    throw error;
  }
}

/** Says which name is missing: where somebody else comes there are two. */
function withNamesAskedFor(
  values: WaitlistFormState['values'],
  errors: WaitlistFormState['errors'],
): WaitlistFormState['errors'] {
  return {
    ...errors,
    ...(errors.name && !values.name.trim() && { name: 'Enter your name.' }),
    ...(errors.otherName && !values.otherName.trim() && { otherName: 'Enter the name of the person who comes.' }),
  };
}

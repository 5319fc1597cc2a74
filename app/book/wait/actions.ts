'use server';

import { headers } from 'next/headers';
import { clientIp } from '@/app/client-ip';
import { errorsOf, readJoinRequest } from '@/app/waitlist-form-data';
import type { WaitState } from '@/components/waitlist/wait-state';
import { isBusy } from '@/db/connection/database-busy';
import { consumeRateLimit } from '@/db/operations/rate-limits';
import { joinWaitlist } from '@/db/waitlist/join-waitlist';
import { sendsMail } from '@/mail/mail-server';

export async function join(before: WaitState, form: FormData): Promise<WaitState> {
  const { typed, request, answer } = readJoinRequest(before, form);
  try {
    // Each may send an e-mail to an address that is somebody else's.
    const sender = clientIp(await headers());
    const allowed = await consumeRateLimit('letters', sender);
    if (!allowed.ok) return answer({ problem: 'too_often' });
    const { name, email, phone } = typed;
    const how = { now: Date.now(), sender, mustHavePhone: !sendsMail() };
    const result = await joinWaitlist({ role: 'reader' }, request, { name, email, phone }, how);
    if (result.ok) return answer({ done: result.mustConfirm ? 'confirm' : 'waits' });
    return result.reason === 'invalid' ? answer({ errors: errorsOf(result) }) : answer({ problem: result.reason });
  } catch (error) {
    if (isBusy(error)) return answer({ problem: 'busy' });
    throw error;
  }
}

'use server';

import { headers } from 'next/headers';
import { getClientIp } from '@/app/client-ip';
import { answerCountSchema, parseFormState, readText, requireFormData } from '@/app/form-data';
import { findManageLinkViewer } from '@/db/access/manage-tokens';
import { isDatabaseBusy } from '@/db/connection/database-busy';
import { sendMessageToPractice } from '@/db/messages/messages-from-clients';
import { consumeRateLimit } from '@/db/operations/rate-limits';

export interface MessageFormState {
  words: string;
  error: string | null;
  outcome: 'sent' | 'too_many' | 'busy' | 'not_found' | null;
  answer: number;
}

/**
 * More than a message may have, so that a message that is too long is refused with an explanation and comes back whole.
 */
const READ_AT_MOST = 10_000;

export async function submitMessageToPractice(before: MessageFormState, form: FormData): Promise<MessageFormState> {
  const read = requireFormData(form);
  const words = readText(read, 'words', READ_AT_MOST);
  const answer = parseFormState(answerCountSchema, before).answer + 1;
  const result = (outcome: MessageFormState['outcome'], error: string | null = null): MessageFormState => ({
    words: outcome === 'sent' ? '' : words,
    error,
    outcome,
    answer,
  });
  try {
    // Limited, because a person reads each message.
    const allowed = await consumeRateLimit('questions', getClientIp(await headers()));
    if (!allowed.ok) return result('too_many');
    const viewer = await findManageLinkViewer(readText(read, 'token', 100));
    if (!viewer) return result('not_found');
    const outcome = await sendMessageToPractice(viewer, words, { now: Date.now() });
    if (outcome.ok) return result('sent');
    return outcome.reason === 'invalid' ? result(null, outcome.issues[0]?.message ?? '') : result(outcome.reason);
  } catch (error) {
    if (isDatabaseBusy(error)) return result('busy');
    throw error;
  }
}

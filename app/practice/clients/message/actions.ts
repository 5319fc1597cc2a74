'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { answerCountSchema, parseFormState, readText, requireFormData } from '@/app/form-data';
import { requireRole } from '@/auth';
import {
  buildMessageAudienceKey,
  listMessageAudience,
  type MessageAudience,
  type MessageTopic,
  previewClientMessage,
  writeToClients,
} from '@/db/people/write-to-clients';
import { renderMessage } from '@/mail/render-message';

export interface ClientMessageFormState {
  values: string;
  /** The topic of a message to many clients; null where nobody has chosen one yet. */
  about: MessageTopic | null;
  error: string | null;
  aboutError: string | null;
  /** The e-mail as it would go out, and the recipients that it was shown for. */
  preview: { subject: string; text: string; seen: string; many: number; leftOut: string[] } | null;
  problem: 'changed' | 'nobody' | 'none_agreed' | 'gone' | 'busy' | null;
  /** How many e-mails were put in the outbox. */
  written: number | null;
  answer: number;
}

const state = answerCountSchema.extend({ values: z.string() });

/** Shows the e-mail first, and sends it once the shown one is confirmed. */
export async function previewOrSendMessage(
  before: ClientMessageFormState,
  form: FormData,
): Promise<ClientMessageFormState> {
  requireFormData(form);
  const viewer = await requireRole('staff');
  const { answer } = parseFormState(state, before);
  const now = Date.now();
  const words = readText(form, 'words', 10_000);
  const topic = readText(form, 'about', 10);
  const about: MessageTopic | null = topic === 'dates' || topic === 'other' ? topic : null;
  const isToOne = form.has('to');
  const audience: MessageAudience = isToOne
    ? { to: readText(form, 'to', 64) }
    : { on: readText(form, 'on', 10), about: about ?? 'other' };
  const result: ClientMessageFormState = {
    values: words,
    about,
    error: null,
    aboutError: null,
    preview: null,
    problem: null,
    written: null,
    answer: answer + 1,
  };
  const request = readText(form, 'do', 10);
  if (request === 'change') return result;
  if (!isToOne && about === null) return { ...result, aboutError: 'Say what it is about.' };
  const problem = request === 'send' ? await send() : null;
  // The page lists who is booked now, beside the answer.
  if (request === 'send') refresh();
  if (typeof problem === 'number') return { ...result, values: '', written: problem };
  if (problem === 'busy' || problem === 'gone' || problem === 'nobody') return { ...result, problem };
  const recipients = await listMessageAudience(viewer, audience);
  if (!recipients) return { ...result, problem: 'gone' };
  if (recipients.every(({ email }) => email === '')) return { ...result, problem: 'nobody' };
  const reached = recipients.filter(({ isLeftOut }) => !isLeftOut);
  if (reached.every(({ email }) => email === '')) return { ...result, problem: 'none_agreed' };
  const emails = [...new Set(reached.map(({ email }) => email).filter(Boolean))];
  const shown = await previewClientMessage(words, emails);
  if (!shown.ok) return { ...result, error: shown.issues[0]?.message ?? 'Please write something.' };
  const { subject, text } = renderMessage(shown.notification, {}, now);
  const leftOut = recipients.filter(({ isLeftOut, email }) => isLeftOut && email !== '').map(({ name }) => name);
  const seen = buildMessageAudienceKey(recipients);
  return { ...result, problem, preview: { subject, text, seen, many: emails.length, leftOut } };

  async function send(): Promise<number | 'busy' | 'gone' | 'nobody' | 'changed' | null> {
    const seen = readText(form, 'seen', 50_000);
    const result = await catchDatabaseBusy(() => writeToClients(viewer, { audience, words, seen }, { now }));
    if (result === 'busy') return 'busy';
    if (result.ok) return result.written;
    if (result.reason === 'invalid') return null;
    return result.reason === 'not_found' ? 'gone' : result.reason;
  }
}

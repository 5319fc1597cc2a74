'use server';

import { z } from 'zod';
import { answeredState, readForm, readState, readText } from '@/app/form-data';
import { orDatabaseBusy } from '@/app/practice/or-database-busy';
import { requireViewer } from '@/auth';
import { type Audience, listRecipients, previewMessage, seenBy, writeToClients } from '@/db/people/write-to-clients';
import { messageOf } from '@/mail/message';

export interface MessageState {
  typed: string;
  error: string | null;
  /** The e-mail as it would go out, and whom that was shown for. */
  preview: { subject: string; text: string; seen: string } | null;
  problem: 'changed' | 'nobody' | 'gone' | 'busy' | null;
  /** How many e-mails were put in the outbox. */
  written: number | null;
  answer: number;
}

const state = answeredState.extend({ typed: z.string() });

/** Shows the e-mail first; sends it when what was shown is pressed. */
export async function write(before: MessageState, form: FormData): Promise<MessageState> {
  readForm(form);
  const viewer = await requireViewer('staff');
  const { answer } = readState(state, before);
  const now = Date.now();
  const words = readText(form, 'words', 10_000);
  const audience: Audience = form.has('to') ? { to: readText(form, 'to', 64) } : { on: readText(form, 'on', 10) };
  const told: MessageState = {
    typed: words,
    error: null,
    preview: null,
    problem: null,
    written: null,
    answer: answer + 1,
  };
  const wanted = readText(form, 'do', 10);
  if (wanted === 'change') return told;
  const problem = wanted === 'send' ? await send() : null;
  if (typeof problem === 'number') return { ...told, typed: '', written: problem };
  if (problem === 'busy' || problem === 'gone' || problem === 'nobody') return { ...told, problem };
  const recipients = await listRecipients(viewer, audience);
  if (!recipients) return { ...told, problem: 'gone' };
  if (recipients.every(({ email }) => email === '')) return { ...told, problem: 'nobody' };
  const shown = await previewMessage(words);
  if (!shown.ok) return { ...told, error: shown.issues[0]?.message ?? 'Please write something.' };
  const { subject, text } = messageOf(shown.notification, {}, now);
  return { ...told, problem, preview: { subject, text, seen: seenBy(recipients) } };

  async function send(): Promise<number | 'busy' | 'gone' | 'nobody' | 'changed' | null> {
    const seen = readText(form, 'seen', 50_000);
    const done = await orDatabaseBusy(() => writeToClients(viewer, { audience, words, seen }, { now }));
    if (done === 'busy') return 'busy';
    if (done.ok) return done.written;
    if (done.reason === 'invalid') return null;
    return done.reason === 'not_found' ? 'gone' : done.reason;
  }
}

'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { getClientIp } from '@/app/client-ip';
import { readText, requireFormData } from '@/app/form-data';
import { answerHandOverAsClientByLink } from '@/db/booking/answer-hand-over';
import { isDatabaseBusy } from '@/db/connection/database-busy';
import { consumeRateLimit } from '@/db/operations/rate-limits';

/** The token in the form proves that its e-mail, or the page of the plan, was read. */
export async function answerHandOver(form: FormData): Promise<void> {
  requireFormData(form);
  const token = readText(form, 'token', 100);
  const answer = readText(form, 'answer', 8) === 'yes' ? 'yes' : 'no';
  redirect(await press(token, answer));
}

async function press(token: string, answer: 'yes' | 'no'): Promise<string> {
  const pagePath = `/manage/hand-over/${encodeURIComponent(token)}`;
  try {
    const allowed = await consumeRateLimit('changes', getClientIp(await headers()));
    if (!allowed.ok) return `${pagePath}?flash=busy#flash`;
    await answerHandOverAsClientByLink(token, answer, { now: Date.now() });
    return pagePath;
  } catch (error) {
    if (isDatabaseBusy(error)) return `${pagePath}?flash=busy#flash`;
    throw error;
  }
}

'use server';

import { redirect } from 'next/navigation';
import { changeWithinLimit } from '@/app/change-within-limit';
import { readText, requireFormData } from '@/app/form-data';
import { answerHandOverAsClientByLink } from '@/db/booking/answer-hand-over';

/** The token in the form proves that its e-mail, or the page of the plan, was read. */
export async function answerHandOver(form: FormData): Promise<void> {
  requireFormData(form);
  const token = readText(form, 'token', 100);
  const answer = readText(form, 'answer', 8) === 'yes' ? 'yes' : 'no';
  const pagePath = `/manage/hand-over/${encodeURIComponent(token)}`;
  const result = await changeWithinLimit(() => answerHandOverAsClientByLink(token, answer, { now: Date.now() }));
  redirect(result === 'busy' ? `${pagePath}?flash=busy#flash` : pagePath);
}

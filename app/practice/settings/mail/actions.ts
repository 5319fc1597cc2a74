'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { getClientIp } from '@/app/client-ip';
import { toFieldErrors } from '@/app/field-errors';
import { readText, requireFormData } from '@/app/form-data';
import { requireRole } from '@/auth';
import { recordStaffRefusal } from '@/db/access/record-refusals';
import type { Staff } from '@/db/access/viewer';
import { consumeRateLimit } from '@/db/operations/rate-limits';
import { type MailSettings, pickMailSettings, saveMailSettings } from '@/db/practice/mail-settings';
import { getPractice, toNotificationPractice } from '@/db/practice/practice';
import { log } from '@/log';
import { sendTestMail } from '@/mail/settings-test-mail';

const PAGE_PATH = '/practice/settings/mail';

export interface MailSenderFormState {
  values: MailSettings;
  seen: string;
  errors: Record<string, string>;
  flash: 'saved' | 'changed_since' | 'busy' | null;
}

export async function saveMailSender(_before: MailSenderFormState, form: FormData): Promise<MailSenderFormState> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const values = {
    mailFrom: readText(form, 'mailFrom', 400),
    mailReplyTo: readText(form, 'mailReplyTo', 400),
    mailOpening: readText(form, 'mailOpening', 1000),
    mailClosing: readText(form, 'mailClosing', 1000),
  };
  const seen = readText(form, 'seen', 2000);
  const saved = await catchDatabaseBusy(() => saveMailSettings(viewer, values, seen, { now: Date.now() }));
  if (saved === 'busy') return { values, seen, errors: {}, flash: 'busy' };
  if (saved.ok) {
    const now = pickMailSettings(await getPractice());
    return { values: now, seen: JSON.stringify(now), errors: {}, flash: 'saved' };
  }
  if (saved.reason === 'changed_since') return { values, seen, errors: {}, flash: 'changed_since' };
  const errors = toFieldErrors(saved.issues);
  return { values, seen, errors, flash: null };
}

/**
 * Sends a test e-mail to the owner who asks and to nobody else. It goes past the outbox, because the mail server's
 * answer is wanted now.
 */
export async function sendTestMailToOwner(form: FormData): Promise<void> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  redirect(`${PAGE_PATH}?flash=${await test(viewer)}#flash`);
}

async function test(viewer: Staff): Promise<string> {
  const url = process.env.SMTP_URL;
  if (!url) return 'none';
  const allowed = await catchDatabaseBusy(async () => consumeRateLimit('changes', getClientIp(await headers())));
  if (allowed === 'busy') return 'limit';
  if (!allowed.ok) {
    await catchDatabaseBusy(() => recordStaffRefusal(viewer, 'asked too often', Date.now()));
    return 'limit';
  }
  const practice = toNotificationPractice(await getPractice());
  const { name, email, mailFrom = email, mailReplyTo: replyTo, language } = practice;
  const sent = await sendTestMail(url, {
    name,
    from: mailFrom,
    replyTo,
    to: viewer.email,
    ...(language && { language }),
  });
  if (sent.ok) return 'sent';
  log('error', 'test_mail_not_sent', { error: sent.serverReply });
  return sent.trouble;
}

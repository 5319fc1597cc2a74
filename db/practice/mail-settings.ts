import { z } from 'zod';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import type { Owner } from '@/db/access/viewer';
import { transact } from '@/db/connection/database-client';
import { hasAtMostLetters } from '@/db/input/clean-text';
import { toIssues } from '@/db/input/field-schemas';
import type { Clock, Refusal } from '@/db/results';
import { type Invalid, invalid } from '@/db/results';
import { practices } from '@/db/schema';
import { getPractice, type Practice } from './practice';
import { optionalEmailAddressSchema, singleLineSchema } from './practice-field-schemas';

// The sender of the practice's e-mails, where replies go, and the practice's own words in them.

const trimmed = z.string().trim().pipe(optionalEmailAddressSchema);
const ownWords = singleLineSchema.refine((text) => hasAtMostLetters(text, 200), 'Please keep this to 200 characters.');
const mailSender = z.object({
  mailFrom: trimmed,
  mailReplyTo: trimmed,
  mailOpening: ownWords,
  mailClosing: ownWords,
});
const FIELDS = ['mailFrom', 'mailReplyTo', 'mailOpening', 'mailClosing'] as const;

export type MailSettings = z.infer<typeof mailSender>;

export function pickMailSettings({ mailFrom, mailReplyTo, mailOpening, mailClosing }: Practice): MailSettings {
  return { mailFrom, mailReplyTo, mailOpening, mailClosing };
}

/** `seen` is what the form was filled from, as JSON. Nothing is written if that has changed since. */
export async function saveMailSettings(
  viewer: Owner,
  input: MailSettings,
  seen: string,
  { now }: Clock,
): Promise<{ ok: true } | Invalid | Refusal<'changed_since'>> {
  const parsed = mailSender.safeParse(input);
  if (!parsed.success) return invalid(toIssues(parsed.error));
  return transact(async (tx) => {
    const before = pickMailSettings(await getPractice(tx));
    if (JSON.stringify(before) !== seen) return { ok: false as const, reason: 'changed_since' as const };
    await tx.update(practices).set(parsed.data);
    const changed = FIELDS.filter((field) => parsed.data[field] !== before[field]);
    await recordEvent(tx, {
      at: now,
      actor: getAuditActor(viewer),
      action: 'mail sender changed',
      subject: 'practice',
      facts: { changed },
    });
    return { ok: true as const };
  });
}

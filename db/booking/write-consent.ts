import { createHash, randomUUID } from 'node:crypto';
import { type ConsentKind, type ConsentText, getConsentText } from '@/care/consents';
import type { Db } from '@/db/connection/connection';
import { insertPrepared } from '@/db/connection/prepared-queries';
import { consents } from '@/db/schema';

interface ConsentFacts {
  kind: ConsentKind;
  subject: { seriesId: string } | { askedId: string };
  way: 'page' | 'api';
  practiceName: string;
  now: number;
}

/** Stores what somebody has just agreed to, in the wording in force today. */
export async function writeConsent(tx: Db, { practiceName, ...consent }: ConsentFacts): Promise<void> {
  await writeConsentWithWording(tx, getConsentText(consent.kind, practiceName), consent);
}

/** Stores what somebody has just agreed to, with this wording. */
export async function writeConsentWithWording(
  tx: Db,
  { text: words, version }: ConsentText,
  consent: {
    kind: typeof consents.$inferSelect.kind;
    subject: { seriesId: string; appointmentId?: string } | { askedId: string };
    way: typeof consents.$inferSelect.way;
    now: number;
  },
): Promise<void> {
  const { kind, subject, way, now } = consent;
  const belongsTo = nameOf(subject);
  const hash = createHash('sha256').update([belongsTo, words, version, way, now].join('\n')).digest('hex');
  await insertPrepared(tx, consents, [{ id: randomUUID(), kind, ...subject, words, version, way, at: now, hash }]);
}

function nameOf(subject: { seriesId: string; appointmentId?: string } | { askedId: string }): string {
  if ('askedId' in subject) return `asked:${subject.askedId}`;
  return subject.appointmentId ? `appointment:${subject.appointmentId}` : `series:${subject.seriesId}`;
}

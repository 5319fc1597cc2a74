import { createHash, randomUUID } from 'node:crypto';
import { type ConsentKind, consentText } from '@/care/consents';
import type { Db } from '@/db/connection/connection';
import { insertPrepared } from '@/db/connection/prepared-queries';
import { consents } from '@/db/schema';

interface Given {
  kind: ConsentKind;
  subject: { seriesId: string } | { askedId: string };
  way: 'page' | 'api';
  practiceName: string;
  now: number;
}

/** Keeps what somebody has just agreed to, in the words of today. */
export async function writeConsent(tx: Db, { kind, subject, way, practiceName, now }: Given): Promise<void> {
  const { text: words, version } = consentText(kind, practiceName);
  const belongsTo = 'seriesId' in subject ? `series:${subject.seriesId}` : `asked:${subject.askedId}`;
  const hash = createHash('sha256').update([belongsTo, words, version, way, now].join('\n')).digest('hex');
  await insertPrepared(
    tx,
    consents,
    [{ id: randomUUID(), kind, ...subject, words, version, way, at: now, hash }],
    'consents',
  );
}

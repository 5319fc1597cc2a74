import type { Viewer } from '@/db/access/viewer';
import type { Db } from '@/db/connection/connection';
import { putInOutbox } from '@/db/messages/outbox';
import { listAddressesOfTherapists } from '@/db/messages/series-notifications';
import { getPractice, toNotificationPractice } from '@/db/practice/practice';

/** Queues the e-mails to both therapists, except to the one who made the change. */
export async function queueHandOverEmailsToTherapists(
  tx: Db,
  { id, seriesId, from, to }: { id: string; seriesId: string; from: string; to: string },
  state: 'asked' | 'declined' | 'withdrawn',
  by: Viewer,
  now: number,
): Promise<void> {
  const practice = await getPractice(tx);
  const actor = 'therapistId' in by ? by.therapistId : null;
  const addresses = await listAddressesOfTherapists(
    tx,
    practice,
    [from, to].filter((therapistId) => therapistId !== actor),
  );
  const recipients = new Map<string, { isHeir?: true }>();
  for (const { id: therapistId, toEmail } of addresses)
    if (!recipients.has(toEmail) || therapistId === from)
      recipients.set(toEmail, therapistId === to ? { isHeir: true } : {});
  const notification = { kind: 'hand_over' as const, state, practice: toNotificationPractice(practice), requestId: id };
  await putInOutbox(
    tx,
    [...recipients].map(([toEmail, flags]) => ({
      notification: { ...notification, ...flags },
      toEmail,
      seriesId,
      now,
    })),
  );
}

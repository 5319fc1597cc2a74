import type { Viewer } from '@/db/access/viewer';
import type { Db } from '@/db/connection/connection';
import { putInOutbox } from '@/db/messages/outbox';
import { listAddressesOfTherapists } from '@/db/messages/series-notifications';
import { getPractice, notificationPractice } from '@/db/practice/practice';

/** Both therapists, but for the one who did it. */
export async function queueHandOverEmails(
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
  const told = new Map<string, { isHeir?: true }>();
  for (const { id: therapistId, toEmail } of addresses)
    if (!told.has(toEmail) || therapistId === from) told.set(toEmail, therapistId === to ? { isHeir: true } : {});
  const notification = { kind: 'hand_over' as const, state, practice: notificationPractice(practice), requestId: id };
  await putInOutbox(
    tx,
    [...told].map(([toEmail, whom]) => ({ notification: { ...notification, ...whom }, toEmail, seriesId, now })),
  );
}

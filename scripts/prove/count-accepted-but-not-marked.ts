import { isNull } from 'drizzle-orm';
import type { Connection } from '@/db/connection/connection';
import { outbox } from '@/db/schema';
import type { MailServer } from './mail-server';

/**
 * Only while no worker lives: how many e-mails the mail server has accepted since the last time that are not marked as
 * sent in the outbox. `counted`: how often each was accepted by then.
 */
export async function countAcceptedButNotMarked(
  connection: Connection,
  server: MailServer,
  counted: Map<string, number>,
): Promise<number> {
  const open = await connection.reader
    .select({ messageId: outbox.messageId })
    .from(outbox)
    .where(isNull(outbox.sentAt));
  let found = 0;
  for (const { messageId } of open) {
    const times = server.accepted.get(messageId) ?? 0;
    found += times - (counted.get(messageId) ?? 0);
    counted.set(messageId, times);
  }
  return found;
}

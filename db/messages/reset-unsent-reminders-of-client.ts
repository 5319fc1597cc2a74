import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { appointments, outbox, reminders } from '@/db/schema';
import { unleasedMessageCondition } from './outbox';

/**
 * Deletes reminders that did not reach a client at their former address, so that those still due are written again for
 * the new address. One that is being sent right now stays.
 */
export async function resetUnsentRemindersOfClient(tx: Db, clientId: string, now: number): Promise<void> {
  const unsent = await tx
    .selectDistinct({ id: outbox.id })
    .from(outbox)
    .innerJoin(reminders, eq(reminders.outboxId, outbox.id))
    .innerJoin(appointments, eq(appointments.id, reminders.appointmentId))
    .where(and(eq(appointments.clientId, clientId), isNull(outbox.sentAt), unleasedMessageCondition(now)));
  const ids = unsent.map(({ id }) => id);
  if (ids.length === 0) return;
  await tx.delete(reminders).where(inArray(reminders.outboxId, ids));
  await tx.delete(outbox).where(inArray(outbox.id, ids));
}

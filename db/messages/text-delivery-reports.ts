import { and, eq, isNull } from 'drizzle-orm';
import { isPossibleId } from '@/db/access/viewer-conditions';
import { transact } from '@/db/connection/database-client';
import type { Clock } from '@/db/results';
import { outbox } from '@/db/schema';
import { recordUnreachableNumber } from './text-consents';

// What a gateway says of a text after it took it. Reports are repeated, come late and in any order, and one may come
// before the gateway has answered that it took the text.

export interface TextDeliveryReport {
  /** Of the message in the outbox. */
  id: string;
  state: 'sent' | 'delivered' | 'failed';
  /** When the sending began that it is about, where the gateway can say it: a text that failed may have been sent again. */
  triedAt?: number;
  /** Of one that failed: in plain words, and whether its number will never take one. */
  why?: string;
  isFinal?: boolean;
}

/**
 * Notes what became of a text. That it arrived is the last word, whatever else is said before or after; that it did not
 * ends what was sent, and its e-mail goes while that is of use. Says whether anything is known by it that was not.
 */
export async function recordTextDeliveryReport(report: TextDeliveryReport, clock: Clock): Promise<boolean> {
  for (;;) {
    const outcome = await takeOnce(report, clock);
    if (outcome !== 'changed') return outcome === 'noted';
  }
}

async function takeOnce(report: TextDeliveryReport, { now }: Clock): Promise<'noted' | 'known' | 'changed'> {
  const { id, state, triedAt, why = 'It could not be delivered.', isFinal } = report;
  if (!isPossibleId(id)) return 'known';
  return transact<'noted' | 'known' | 'changed'>(async (tx) => {
    const [text] = await tx
      .select({
        kind: outbox.kind,
        toEmail: outbox.toEmail,
        dueAt: outbox.dueAt,
        sentAt: outbox.sentAt,
        deadAt: outbox.deadAt,
        droppedAt: outbox.droppedAt,
        reportedAt: outbox.reportedAt,
      })
      .from(outbox)
      .where(eq(outbox.id, id));
    if (text?.kind !== 'reminder_text' || text.droppedAt !== null) return 'known';
    const { sentAt, deadAt, reportedAt } = text;
    const isWaiting = sentAt === null && deadAt === null;
    const returned = { leasedBy: null, leasedUntil: null };
    const arrived = { sentAt: sentAt ?? now, deadAt: null, lastError: null, refused: null, ...returned };
    // By what was read: another report of the same text may have been noted in this moment.
    const set = async (values: Partial<typeof outbox.$inferInsert>) => {
      const unchanged = [
        sameAs(outbox.sentAt, sentAt),
        sameAs(outbox.deadAt, deadAt),
        sameAs(outbox.reportedAt, reportedAt),
      ];
      const updated = await tx
        .update(outbox)
        .set(values)
        .where(and(eq(outbox.id, id), ...unchanged))
        .returning({ id: outbox.id });
      return updated.length > 0;
    };
    if (state === 'delivered') {
      if (sentAt !== null && reportedAt !== null) return 'known';
      return (await set({ ...arrived, reportedAt: now })) ? 'noted' : 'changed';
    }
    if (state === 'sent') {
      // Its gateway has it, and nobody has noted that: it is not sent again.
      if (!isWaiting) return 'known';
      return (await set(arrived)) ? 'noted' : 'changed';
    }
    if (reportedAt !== null || (triedAt !== undefined && triedAt < text.dueAt)) return 'known';
    const failed = { sentAt: null, deadAt: deadAt ?? now, lastError: why, told: null, reportedAt: now, ...returned };
    if (!(await set(failed))) return 'changed';
    if (isFinal) await recordUnreachableNumber(tx, text.toEmail, now);
    return 'noted';
  });
}

const sameAs = (
  column: typeof outbox.sentAt | typeof outbox.deadAt | typeof outbox.reportedAt,
  value: number | null,
) => (value === null ? isNull(column) : eq(column, value));

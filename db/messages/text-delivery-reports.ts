import { and, eq, isNull } from 'drizzle-orm';
import { isPossibleId } from '@/db/access/viewer-conditions';
import { transact } from '@/db/connection/database-client';
import type { Clock } from '@/db/results';
import { outbox } from '@/db/schema';
import { recordUnreachableNumber } from './text-consents';

// Reports by a gateway on a text that it accepted. Reports are repeated, come late and in any order, and may come
// before the gateway has answered that it accepted the text.

export interface TextDeliveryReport {
  /** The id of the message in the outbox. */
  id: string;
  state: 'sent' | 'delivered' | 'failed';
  /**
   * When the attempt that the report is about began, where the gateway says so: a text that failed may have been sent
   * again.
   */
  triedAt?: number;
  /** For a text that failed: the reason in plain words, and whether its number will never accept one. */
  why?: string;
  isFinal?: boolean;
}

/**
 * Records the report. An arrival is final, whatever other reports say before or after. A failure ends the text, and its
 * e-mail is sent while that is of use. Returns whether the report told anything new.
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
    // Only if the row is as it was read: another report on the same text may have been recorded meanwhile.
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
      // The gateway has the text although that was not recorded: it is not sent again.
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

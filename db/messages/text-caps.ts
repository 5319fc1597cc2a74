import { and, count, eq, gt, isNotNull, lt, ne, or } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { outbox } from '@/db/schema';
import { maxTextsPerDay } from '@/text-gateway-settings';

// Each text costs its sender money, and disturbs whoever has the number: so the number of texts a day is capped.

const DAY_MS = 24 * 3_600_000;
const TO_A_NUMBER = 3;

/** Why a text that is about to be sent must not be sent; null where it may. */
export async function getTextCapRefusal(
  tx: Db,
  { id, toEmail: number }: Pick<typeof outbox.$inferSelect, 'id' | 'toEmail'>,
  now: number,
): Promise<string | null> {
  // Texts that are being sent now, and come before this one.
  const isCounted = and(
    eq(outbox.kind, 'reminder_text'),
    ne(outbox.id, id),
    or(
      gt(outbox.sentAt, now - DAY_MS),
      // The gateway accepted it and later reported that it did not arrive: it may still have cost money.
      and(gt(outbox.deadAt, now - DAY_MS), isNotNull(outbox.reportedAt)),
      and(gt(outbox.leasedUntil, now), lt(outbox.id, id)),
    ),
  );
  const many = { many: count() };
  const [toNumber] = await tx
    .select(many)
    .from(outbox)
    .where(and(isCounted, eq(outbox.toEmail, number)));
  if (toNumber!.many >= TO_A_NUMBER) return `This number has had ${TO_A_NUMBER} texts within a day.`;
  const [ofAll] = await tx.select(many).from(outbox).where(isCounted);
  return ofAll!.many >= maxTextsPerDay() ? `The practice has sent ${maxTextsPerDay()} texts within a day.` : null;
}

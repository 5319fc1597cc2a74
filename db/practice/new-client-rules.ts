import { z } from 'zod';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import type { Viewer } from '@/db/access/viewer';
import { transact } from '@/db/connection/database-client';
import { makeWholeNumberSchema, toIssues } from '@/db/input/field-schemas';
import { type Invalid, invalid } from '@/db/results';
import { practices } from '@/db/schema';

/** What the practice asks of new clients, and the limits on unconfirmed bookings. */
const clientLimits = z.object({
  newClients: z.enum(['book', 'confirm', 'approve'], 'Choose what happens when a new client books.'),
  unconfirmedPerSender: makeWholeNumberSchema(1, 1000),
  unconfirmedPerEmail: makeWholeNumberSchema(1, 1000),
  unconfirmedWeekPercent: makeWholeNumberSchema(1, 100),
  heldMinutesPerSender: makeWholeNumberSchema(15, 10_000),
  heldDayPercent: makeWholeNumberSchema(1, 100),
});

export type NewClientRules = z.infer<typeof clientLimits>;

export async function saveNewClientRules(
  viewer: Extract<Viewer, { role: 'owner' }>,
  input: Record<string, unknown>,
  now: number,
): Promise<{ ok: true; limits: NewClientRules } | Invalid> {
  const parsed = clientLimits.safeParse(input);
  if (!parsed.success) return invalid(toIssues(parsed.error));
  await transact(async (tx) => {
    await tx.update(practices).set(parsed.data);
    await recordEvent(tx, {
      at: now,
      actor: getAuditActor(viewer),
      action: 'client limits set',
      subject: 'practice',
      facts: parsed.data,
    });
  });
  return { ok: true, limits: parsed.data };
}

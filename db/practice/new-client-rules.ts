import { z } from 'zod';
import { actorOf, recordEvent } from '@/db/access/audit-trail';
import type { Viewer } from '@/db/access/viewer';
import { transact } from '@/db/connection/database-client';
import { issuesOf, wholeNumber } from '@/db/input/field-schemas';
import { type Invalid, invalid } from '@/db/results';
import { practices } from '@/db/schema';

/** What the practice asks of new clients, and what all of them together may hold before anybody has confirmed it. */
const clientLimits = z.object({
  newClients: z.enum(['book', 'confirm', 'approve'], 'Choose what happens when a new client books.'),
  unconfirmedPerSender: wholeNumber(1, 1000),
  unconfirmedPerEmail: wholeNumber(1, 1000),
  unconfirmedWeekPercent: wholeNumber(1, 100),
  heldMinutesPerSender: wholeNumber(15, 10_000),
  heldDayPercent: wholeNumber(1, 100),
});

export type NewClientRules = z.infer<typeof clientLimits>;

export async function saveNewClientRules(
  viewer: Extract<Viewer, { role: 'owner' }>,
  input: Record<string, unknown>,
  now: number,
): Promise<{ ok: true; limits: NewClientRules } | Invalid> {
  const parsed = clientLimits.safeParse(input);
  if (!parsed.success) return invalid(issuesOf(parsed.error));
  await transact(async (tx) => {
    await tx.update(practices).set(parsed.data);
    await recordEvent(tx, {
      at: now,
      actor: actorOf(viewer),
      action: 'client limits set',
      subject: 'practice',
      facts: parsed.data,
    });
  });
  return { ok: true, limits: parsed.data };
}

import { z } from 'zod';
import { actorOf, recordEvent } from '@/db/access/audit-trail';
import type { Viewer } from '@/db/access/viewer';
import { transact } from '@/db/connection/client';
import { issuesOf } from '@/db/input/fields';
import { type Invalid, invalid } from '@/db/results';
import { practices } from '@/db/schema';

const whole = (least: number, most: number) =>
  z.coerce
    .number(`Give a whole number from ${least} to ${most}.`)
    .int(`Give a whole number from ${least} to ${most}.`)
    .min(least, `Give a whole number from ${least} to ${most}.`)
    .max(most, `Give a whole number from ${least} to ${most}.`);

/** What the practice asks of new clients, and what all of them together may hold before anybody has confirmed it. */
const clientLimits = z.object({
  newClients: z.enum(['book', 'confirm', 'approve'], 'Choose what happens when a new client books.'),
  unconfirmedPerSender: whole(1, 1000),
  unconfirmedPerEmail: whole(1, 1000),
  unconfirmedWeekPercent: whole(1, 100),
  heldMinutesPerSender: whole(15, 10_000),
  heldDayPercent: whole(1, 100),
});

export type ClientLimits = z.infer<typeof clientLimits>;

export async function putClientLimits(
  viewer: Extract<Viewer, { role: 'owner' }>,
  wanted: Record<string, unknown>,
  now: number,
): Promise<{ ok: true; limits: ClientLimits } | Invalid> {
  const parsed = clientLimits.safeParse(wanted);
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

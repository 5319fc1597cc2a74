import { and, eq, ne, sql } from 'drizzle-orm';
import type { AllPlansViewer } from '@/db/access/all-plans-links';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import { reader, transact } from '@/db/connection/database-client';
import { getLanguageOfAddress } from '@/db/messages/reader-language';
import type { Clock, Refusal } from '@/db/results';
import { clients, series } from '@/db/schema';
import { isMailLanguage, type MailLanguage } from '@/scheduling/mail-language';

/** The language in which the reader of an address is written to. */
export async function getMailLanguage({ email }: AllPlansViewer): Promise<MailLanguage> {
  return getLanguageOfAddress(await reader(), email);
}

/** Notes the language for every client of the address: whoever reads it is one person. */
export async function saveMailLanguage(
  { email }: AllPlansViewer,
  language: string,
  { now }: Clock,
): Promise<{ ok: true } | Refusal<'invalid' | 'not_found'>> {
  if (!isMailLanguage(language)) return { ok: false, reason: 'invalid' };
  return transact(async (tx) => {
    const plans = await tx
      .select({ id: series.id, clientId: clients.id })
      .from(series)
      .innerJoin(clients, eq(clients.id, series.clientId))
      .where(eq(clients.email, email));
    if (plans.length === 0) return { ok: false as const, reason: 'not_found' as const };
    const changed = await tx
      .update(clients)
      .set({ language, version: sql`${clients.version} + 1` })
      .where(and(eq(clients.email, email), ne(clients.language, language)))
      .returning({ id: clients.id });
    for (const { id } of changed) {
      // The history knows a client by one of their plans.
      const plan = plans.find(({ clientId }) => clientId === id) ?? plans[0]!;
      await recordEvent(tx, {
        ...{ at: now, actor: getAuditActor({ role: 'link', seriesId: plan.id }), action: 'client changed' },
        ...{ subject: `client:${id}`, facts: { fields: ['language'] } },
      });
    }
    return { ok: true as const };
  });
}

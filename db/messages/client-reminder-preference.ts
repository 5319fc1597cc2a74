import { and, eq, gt } from 'drizzle-orm';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import type { Clock, Refusal } from '@/db/results';
import { appointments, reminderPreferences, series } from '@/db/schema';
import { getReminderRules, pickReminderStepsOfService } from './reminder-rules';

// Which reminders the client prefers for one plan: every step, fewer, one e-mail a week, or no reminders, only messages
// about changes.

type LinkViewer = { role: 'link'; seriesId: string };
export type ReminderPreferenceMode = 'each' | 'weekly' | 'none';

export interface ClientReminderPreference {
  mode: ReminderPreferenceMode;
  /** The steps before upcoming dates of this plan, in minutes, the longest first. */
  steps: number[];
  /** The steps that the client does not want. */
  skipped: number[];
}

/** Null where the practice sends no reminders for this plan and the client has stated no preference. */
export async function getClientReminderPreference(
  { seriesId }: LinkViewer,
  { now }: Clock,
): Promise<ClientReminderPreference | null> {
  const db = await reader();
  const steps = await listSteps(db, seriesId, now);
  const [chosen] = await db.select().from(reminderPreferences).where(eq(reminderPreferences.seriesId, seriesId));
  if (steps.length === 0 && !chosen) return null;
  return { mode: chosen?.mode ?? 'each', steps, skipped: chosen?.skipped ?? [] };
}

async function listSteps(db: Db, seriesId: string, now: number): Promise<number[]> {
  const rules = await getReminderRules(db);
  const massages = await db
    .selectDistinct({ id: appointments.serviceId })
    .from(appointments)
    .where(and(eq(appointments.seriesId, seriesId), eq(appointments.status, 'booked'), gt(appointments.startAt, now)));
  const steps = massages.flatMap(({ id }) => pickReminderStepsOfService(rules, id).steps);
  return [...new Set(steps)].sort((a, b) => b - a);
}

/** `wanted` are the ticked steps; they count in mode `each`. */
export async function saveClientReminderPreference(
  viewer: LinkViewer,
  { mode, wanted: chosenSteps }: { mode: ReminderPreferenceMode; wanted: number[] },
  { now }: Clock,
): Promise<{ ok: true } | Refusal<'not_found'>> {
  const { seriesId } = viewer;
  return transact(async (tx) => {
    const [plan] = await tx.select({ id: series.id }).from(series).where(eq(series.id, seriesId));
    if (!plan) return { ok: false as const, reason: 'not_found' as const };
    const steps = await listSteps(tx, seriesId, now);
    const skipped = mode === 'each' ? steps.filter((step) => !chosenSteps.includes(step)) : [];
    // Skipping every step is the mode `none`, and is stored and shown as that.
    const isNone = mode === 'each' && steps.length > 0 && skipped.length === steps.length;
    const preference = isNone ? { mode: 'none' as const, skipped: [] } : { mode, skipped };
    await tx
      .insert(reminderPreferences)
      .values({ seriesId, ...preference, chosenAt: now })
      .onConflictDoUpdate({ target: reminderPreferences.seriesId, set: { ...preference, chosenAt: now } });
    await recordEvent(tx, {
      ...{ at: now, actor: getAuditActor(viewer), action: 'reminders chosen', subject: `series:${seriesId}` },
      facts: { mode: preference.mode },
    });
    return { ok: true as const };
  });
}

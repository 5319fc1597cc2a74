import { actorOf, recordEvent } from '@/db/access/audit-trail';
import type { Owner } from '@/db/access/viewer';
import { reader, transact } from '@/db/connection/client';
import type { Db } from '@/db/connection/connection';
import { lockPractice } from '@/db/practice/lock-practice';
import { listServices } from '@/db/practice/services';
import type { Clock, Refusal } from '@/db/results';
import { reminderRules } from '@/db/schema';
import { LONGEST_STEP, MOST_STEPS, SHORTEST_STEP } from '@/scheduling/reminders';
import { ALL, getReminderRules } from './reminder-rules';

/** When clients are reminded, as an owner sets it: minutes before. */
export interface ReminderSettings {
  all: number[];
  /** Of each massage that is offered; null is as all. */
  own: { serviceId: string; name: string; steps: number[] | null }[];
}

export async function getReminderSettings(_viewer: Owner, db?: Db): Promise<ReminderSettings> {
  const from = db ?? (await reader());
  const rules = await getReminderRules(from);
  const offered = await listServices(from);
  const own = offered.map(({ id, name }) => ({ serviceId: id, name, steps: rules.own.get(id)?.steps ?? null }));
  return { all: rules.all.steps, own };
}

/**
 * Sets them. What was due by then is not sent because of it. `seen` is what the form was filled from, as JSON: when it has
 * been changed since, nothing is written.
 */
export async function changeReminderRules(
  viewer: Owner,
  wanted: { all: number[]; own: { serviceId: string; steps: number[] | null }[] },
  seen: string,
  { now }: Clock,
): Promise<{ ok: true } | Refusal<'changed_since' | 'invalid'>> {
  const lists = [wanted.all, ...wanted.own.map(({ steps }) => steps ?? [])];
  if (!lists.every(areSteps)) return { ok: false, reason: 'invalid' };
  return transact(async (tx) => {
    await lockPractice(tx);
    const before = await getReminderSettings(viewer, tx);
    if (JSON.stringify(before) !== seen) return { ok: false as const, reason: 'changed_since' as const };
    if (!isSame(before.all, wanted.all)) await set(tx, { id: ALL, serviceId: null, steps: sorted(wanted.all), now });
    for (const { serviceId, steps } of before.own) {
      const other = wanted.own.find((own) => own.serviceId === serviceId);
      if (!other || isSame(steps, other.steps)) continue;
      await set(tx, { id: serviceId, serviceId, steps: other.steps && sorted(other.steps), now });
    }
    const facts = { all: sorted(wanted.all) };
    await recordEvent(tx, { at: now, actor: actorOf(viewer), action: 'reminders changed', subject: 'practice', facts });
    return { ok: true as const };
  });
}

async function set(
  tx: Db,
  { id, serviceId, steps, now }: { id: string; serviceId: string | null; steps: number[] | null; now: number },
): Promise<void> {
  const rule = { serviceId, steps, changedAt: now };
  await tx
    .insert(reminderRules)
    .values({ id, ...rule })
    .onConflictDoUpdate({ target: reminderRules.id, set: rule });
}

function areSteps(steps: number[]): boolean {
  const isStep = (step: number) => Number.isInteger(step) && step >= SHORTEST_STEP && step <= LONGEST_STEP;
  return steps.every(isStep) && new Set(steps).size === steps.length && steps.length <= MOST_STEPS;
}

function isSame(a: number[] | null, b: number[] | null): boolean {
  return JSON.stringify(a && sorted(a)) === JSON.stringify(b && sorted(b));
}

function sorted(steps: number[]): number[] {
  return [...steps].sort((a, b) => b - a);
}

import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import type { Owner } from '@/db/access/viewer';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { lockPractice } from '@/db/practice/lock-practice';
import { getPractice } from '@/db/practice/practice';
import { listServices } from '@/db/practice/services';
import type { Clock, Refusal } from '@/db/results';
import { practices, type ReminderStepChannels, reminderRules } from '@/db/schema';
import { REBOOKING_HOLD_DAY_CHOICES } from '@/scheduling/follow-ups';
import {
  MAX_REMINDER_LEAD_MINUTES,
  MAX_REMINDER_STEPS,
  MIN_REMINDER_LEAD_MINUTES,
} from '@/scheduling/reminder-schedule';
import { GENERAL_REMINDER_RULE_ID, getReminderRules } from './reminder-rules';

/** The owner's settings of when clients are reminded, in minutes before the date. */
export interface ReminderSettings {
  all: number[];
  /** How each step is sent; a step that is not listed goes by e-mail. */
  channels: ReminderStepChannels;
  /**
   * `asksAgain`: clients are told after a plan that they can book it again. `writesMissed`: clients get an e-mail after
   * a no-show.
   */
  asksAgain: boolean;
  /** For how many days the same time is held for the client; 0 is none. */
  holdDays: number;
  writesMissed: boolean;
  /** The own steps of each massage that is offered; null is as for all. */
  own: { serviceId: string; name: string; steps: number[] | null; channels: ReminderStepChannels }[];
}

export async function getReminderSettings(_viewer: Owner, db?: Db): Promise<ReminderSettings> {
  const from = db ?? (await reader());
  const rules = await getReminderRules(from);
  const offered = await listServices(from);
  const own = offered.map(({ id, name }) => {
    const { steps = null, channels = {} } = rules.own.get(id) ?? {};
    return { serviceId: id, name, steps, channels };
  });
  const { followUpAgainSince, followUpHoldDays, followUpMissedSince } = await getPractice(from);
  const after = {
    ...{ asksAgain: followUpAgainSince !== null, holdDays: followUpHoldDays },
    writesMissed: followUpMissedSince !== null,
  };
  return { all: rules.all.steps, channels: rules.all.channels, ...after, own };
}

/**
 * Saves the settings. Reminders that would already have been due are not sent because of it. `seen` is what the form
 * was filled from, as JSON: when the settings have changed since, nothing is saved.
 */
export async function saveReminderSettings(
  viewer: Owner,
  settings: {
    all: number[];
    channels?: ReminderStepChannels;
    asksAgain?: boolean;
    holdDays?: number;
    writesMissed?: boolean;
    own: { serviceId: string; steps: number[] | null; channels?: ReminderStepChannels }[];
  },
  seen: string,
  { now }: Clock,
): Promise<{ ok: true } | Refusal<'changed_since' | 'invalid'>> {
  const lists = [settings.all, ...settings.own.map(({ steps }) => steps ?? [])];
  if (!lists.every(areSteps) || !REBOOKING_HOLD_DAY_CHOICES.includes(settings.holdDays ?? 0))
    return { ok: false, reason: 'invalid' };
  return transact(async (tx) => {
    await lockPractice(tx);
    const before = await getReminderSettings(viewer, tx);
    if (JSON.stringify(before) !== seen) return { ok: false as const, reason: 'changed_since' as const };
    const all = rowOf(settings.all, settings.channels);
    if (!isSame(rowOf(before.all, before.channels), all))
      await set(tx, { id: GENERAL_REMINDER_RULE_ID, serviceId: null, ...all, now });
    for (const { serviceId, steps, channels } of before.own) {
      const other = settings.own.find((own) => own.serviceId === serviceId);
      const row = other && rowOf(other.steps, other.channels);
      if (row && !isSame(rowOf(steps, channels), row)) await set(tx, { id: serviceId, serviceId, ...row, now });
    }
    const { asksAgain = before.asksAgain, holdDays = before.holdDays, writesMissed = before.writesMissed } = settings;
    if (holdDays !== before.holdDays) await tx.update(practices).set({ followUpHoldDays: holdDays });
    if (asksAgain !== before.asksAgain) await tx.update(practices).set({ followUpAgainSince: asksAgain ? now : null });
    if (writesMissed !== before.writesMissed)
      await tx.update(practices).set({ followUpMissedSince: writesMissed ? now : null });
    const facts = { all: sorted(settings.all) };
    await recordEvent(tx, {
      at: now,
      actor: getAuditActor(viewer),
      action: 'reminders changed',
      subject: 'practice',
      facts,
    });
    return { ok: true as const };
  });
}

async function set(
  tx: Db,
  { id, now, ...row }: { id: string; serviceId: string | null; now: number } & Row,
): Promise<void> {
  const rule = { ...row, changedAt: now };
  await tx
    .insert(reminderRules)
    .values({ id, ...rule })
    .onConflictDoUpdate({ target: reminderRules.id, set: rule });
}

function areSteps(steps: number[]): boolean {
  const isStep = (step: number) =>
    Number.isInteger(step) && step >= MIN_REMINDER_LEAD_MINUTES && step <= MAX_REMINDER_LEAD_MINUTES;
  return steps.every(isStep) && new Set(steps).size === steps.length && steps.length <= MAX_REMINDER_STEPS;
}

interface Row {
  steps: number[] | null;
  channels: ReminderStepChannels;
}

/** Keeps only channels of steps that exist, and leaves out e-mail, which is the default. */
function rowOf(steps: number[] | null, channels: ReminderStepChannels = {}): Row {
  if (steps === null) return { steps, channels: {} };
  const textChannels = sorted(steps).flatMap((step) => {
    const channel = channels[step];
    return channel === 'text' || channel === 'both' ? [[String(step), channel] as const] : [];
  });
  return { steps: sorted(steps), channels: Object.fromEntries(textChannels) };
}

function isSame(a: Row, b: Row): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function sorted(steps: number[]): number[] {
  return [...steps].sort((a, b) => b - a);
}

import type { Db } from '@/db/connection/connection';
import { cachedUntilCommit } from '@/db/connection/read-cache';
import { type ReminderStepChannels, reminderRules } from '@/db/schema';
import { DEFAULT_REMINDER_STEPS } from '@/scheduling/reminder-schedule';

export interface ReminderSteps {
  /** In minutes before the date, the longest first. */
  steps: number[];
  /** How each step is sent; a step that is not listed goes by e-mail. */
  channels: ReminderStepChannels;
  /** When this was set; 0 where it never was. */
  changedAt: number;
}

/** When the practice reminds clients of a date. */
export interface ReminderRules {
  all: ReminderSteps;
  /** The rules of massages that have steps of their own, or once had: then `steps` is null. */
  own: Map<string, Omit<ReminderSteps, 'steps'> & { steps: number[] | null }>;
}

/** The id of the row for every massage without one of its own. */
export const GENERAL_REMINDER_RULE_ID = 'all';

export async function getReminderRules(db: Db): Promise<ReminderRules> {
  return cachedUntilCommit(db, 'reminder rules', async () => {
    const rows = await db.select().from(reminderRules);
    const general = rows.find(({ id }) => id === GENERAL_REMINDER_RULE_ID);
    const all = {
      steps: general?.steps ?? [...DEFAULT_REMINDER_STEPS],
      channels: general?.channels ?? {},
      changedAt: general?.changedAt ?? 0,
    };
    const own = rows.flatMap(({ serviceId, steps, channels, changedAt }) =>
      serviceId === null ? [] : [{ serviceId, steps, channels: channels ?? {}, changedAt }],
    );
    return { all, own: new Map(own.map(({ serviceId, ...rule }) => [serviceId, rule])) };
  });
}

/** The steps that apply to one massage. */
export function pickReminderStepsOfService(rules: ReminderRules, serviceId: string): ReminderSteps {
  const own = rules.own.get(serviceId);
  if (!own) return rules.all;
  return own.steps === null
    ? { ...rules.all, changedAt: Math.max(own.changedAt, rules.all.changedAt) }
    : { ...own, steps: own.steps };
}

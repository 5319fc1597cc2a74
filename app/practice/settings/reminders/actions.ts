'use server';

import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { readText, requireFormData } from '@/app/form-data';
import { requireRole } from '@/auth';
import { getReminderSettings, type ReminderSettings, saveReminderSettings } from '@/db/messages/reminder-settings';
import {
  parseRebookingHoldDays,
  parseReminderChannels,
  parseReminderSteps,
  REMINDER_SLOT_INDEXES,
} from './reminder-form-values';

export interface RemindersFormState {
  values: ReminderSettings;
  seen: string;
  flash: 'saved' | 'changed_since' | 'busy' | null;
}

export async function saveReminders(_before: RemindersFormState, form: FormData): Promise<RemindersFormState> {
  requireFormData(form);
  const viewer = await requireRole('owner');
  const seen = readText(form, 'seen', 20_000);
  const values = readSettings(form, await getReminderSettings(viewer));
  const saved = await catchDatabaseBusy(() => saveReminderSettings(viewer, values, seen, { now: Date.now() }));
  if (saved === 'busy') return { values, seen, flash: 'busy' };
  if (!saved.ok) return { values, seen, flash: 'changed_since' };
  const now = await getReminderSettings(viewer);
  return { values: now, seen: JSON.stringify(now), flash: 'saved' };
}

function readSettings(form: FormData, offered: ReminderSettings): ReminderSettings {
  const values = (name: string) => REMINDER_SLOT_INDEXES.map((at) => readText(form, `${name}-${at}`, 10));
  const ways = (name: string) => REMINDER_SLOT_INDEXES.map((at) => readText(form, `${name}-${at}-by`, 10));
  return {
    all: parseReminderSteps(values('all')),
    channels: parseReminderChannels(values('all'), ways('all')),
    asksAgain: readText(form, 'asks-again', 10) === 'on',
    holdDays: parseRebookingHoldDays(readText(form, 'hold-days', 10)),
    writesMissed: readText(form, 'writes-missed', 10) === 'on',
    own: offered.own.map((massage) => {
      const isOwn = readText(form, `is-own-${massage.serviceId}`, 10) === 'on';
      if (!isOwn) return { ...massage, steps: null, channels: {} };
      const [steps, by] = [values(massage.serviceId), ways(massage.serviceId)];
      return { ...massage, steps: parseReminderSteps(steps), channels: parseReminderChannels(steps, by) };
    }),
  };
}

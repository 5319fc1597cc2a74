'use server';

import { readForm, readText } from '@/app/form-data';
import { orDatabaseBusy } from '@/app/practice/or-database-busy';
import { requireViewer } from '@/auth';
import { changeReminderRules, getReminderSettings, type ReminderSettings } from '@/db/messages/reminder-settings';
import { channelsFrom, holdDaysFrom, PLACES, stepsFrom } from './steps';

export interface RemindersState {
  typed: ReminderSettings;
  seen: string;
  flash: 'saved' | 'changed_since' | 'busy' | null;
}

export async function saveReminders(_before: RemindersState, form: FormData): Promise<RemindersState> {
  readForm(form);
  const viewer = await requireViewer('owner');
  const seen = readText(form, 'seen', 20_000);
  const typed = readSettings(form, await getReminderSettings(viewer));
  const saved = await orDatabaseBusy(() => changeReminderRules(viewer, typed, seen, { now: Date.now() }));
  if (saved === 'busy') return { typed, seen, flash: 'busy' };
  if (!saved.ok) return { typed, seen, flash: 'changed_since' };
  const now = await getReminderSettings(viewer);
  return { typed: now, seen: JSON.stringify(now), flash: 'saved' };
}

function readSettings(form: FormData, offered: ReminderSettings): ReminderSettings {
  const values = (name: string) => PLACES.map((at) => readText(form, `${name}-${at}`, 10));
  const ways = (name: string) => PLACES.map((at) => readText(form, `${name}-${at}-by`, 10));
  return {
    all: stepsFrom(values('all')),
    channels: channelsFrom(values('all'), ways('all')),
    asksAgain: readText(form, 'asks-again', 10) === 'on',
    holdDays: holdDaysFrom(readText(form, 'hold-days', 10)),
    writesMissed: readText(form, 'writes-missed', 10) === 'on',
    own: offered.own.map((massage) => {
      const isOwn = readText(form, `is-own-${massage.serviceId}`, 10) === 'on';
      if (!isOwn) return { ...massage, steps: null, channels: {} };
      const [steps, by] = [values(massage.serviceId), ways(massage.serviceId)];
      return { ...massage, steps: stepsFrom(steps), channels: channelsFrom(steps, by) };
    }),
  };
}

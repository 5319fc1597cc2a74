import type { ReminderState, RemindersOfDate } from '@/db/messages/reminder-states';
import { isMailEnabled } from '@/mail/is-mail-enabled';
import { formatDay, formatDuration, formatTime } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';

interface Props {
  reminders: RemindersOfDate;
  timeZone: string;
  locale: string;
  now: number;
}

/** The reminders of a date that were sent or are upcoming, and whether the client has confirmed. */
export function ReminderLines({ reminders, timeZone, locale, now }: Props) {
  const when = (instant: number) =>
    `${formatDay(toWallTime(timeZone, instant).on, 'short', locale)}, ${formatTime(timeZone, instant, locale)}`;
  return (
    <>
      {reminders.confirmedAt !== null && (
        <p className="font-medium">Says they are coming ({when(reminders.confirmedAt)}).</p>
      )}
      <ul>
        {reminders.reminders.map((reminder) => (
          <li
            key={`${reminder.channel} ${reminder.step} ${reminder.state}`}
            className={reminder.state === 'failed' ? 'text-clay' : ''}
          >
            {describeReminder(reminder)}: {describeState(reminder, when, now)}
            {reminder.why && <span className="block text-small">{reminder.why}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}

function describeReminder({ step, channel }: ReminderState): string {
  const way = channel === 'email' ? 'E-mail' : 'Text';
  return step === 0 ? `${way} of the week` : `${way} ${formatDuration(step)} before`;
}

function describeState({ state, at, channel }: ReminderState, when: (instant: number) => string, now: number): string {
  if (state === 'delivered') return `delivered ${when(at)}`;
  if (state === 'sent') return `sent ${when(at)}`;
  if (state === 'failed') return `could not be delivered (${when(at)})`;
  if (state === 'dropped') return 'not sent, it was out of date';
  if (channel === 'email' && !isMailEnabled()) return 'not sent while no mail server is set';
  return at > now ? `goes ${when(at)}` : 'waiting to be sent';
}

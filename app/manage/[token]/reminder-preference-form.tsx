import { CheckboxOrRadio } from '@/components/checkbox-or-radio';
import { Section } from '@/components/section';
import { getClientReminderPreference, type ReminderPreferenceMode } from '@/db/messages/client-reminder-preference';
import { pickTextByMailEnabled } from '@/mail/is-mail-enabled';
import { formatDuration } from '@/scheduling/formatting';
import { setReminders } from './actions';
import { listUpcomingAppointments, type ManagedSeries } from './managed-series';
import { MessagePreferenceForm } from './message-preference-form';

/** Lets the client choose which e-mails remind of these dates; draws nothing where no date is upcoming. */
export async function ReminderPreferenceForm({ managed }: { managed: ManagedSeries }) {
  const { viewer, token, series, now } = managed;
  if (listUpcomingAppointments(managed).length === 0) return null;
  const preference = await getClientReminderPreference(viewer, { now });
  if (!preference) return null;
  const { mode, steps, skipped } = preference;
  const isSeries = series.cadence !== 'once';
  const modeChoice = (value: ReminderPreferenceMode) => ({
    type: 'radio' as const,
    name: 'mode',
    value,
    isChosen: mode === value,
  });
  return (
    <Section
      title="Reminders"
      aside={pickTextByMailEnabled('By e-mail, and never at night.', 'This site sends no e-mail yet.')}
      id="reminders"
    >
      <MessagePreferenceForm action={setReminders} token={token}>
        <fieldset className="min-w-0">
          <legend className="sr-only">Which reminders you get</legend>
          {steps.length > 0 && (
            <>
              <CheckboxOrRadio {...modeChoice('each')}>
                {isSeries ? 'Before each date' : 'Before your date'}
              </CheckboxOrRadio>
              {steps.length > 1 && (
                <div className="flex flex-wrap gap-x-6 pl-8">
                  {steps.map((step) => (
                    <label key={step} className="flex min-h-11 items-center gap-2.5 text-small">
                      <input
                        type="checkbox"
                        name="step"
                        value={step}
                        defaultChecked={!skipped.includes(step)}
                        className="size-5 flex-none accent-euc"
                      />
                      {formatDuration(step)} before
                    </label>
                  ))}
                </div>
              )}
              {steps.length === 1 && (
                <>
                  <input type="hidden" name="step" value={steps[0]} />
                  <p className="pl-8 text-small text-soft">{formatDuration(steps[0]!)} before.</p>
                </>
              )}
            </>
          )}
          {isSeries && (
            <CheckboxOrRadio {...modeChoice('weekly')} hint="On Sunday, with your dates for the coming week.">
              One e-mail a week
            </CheckboxOrRadio>
          )}
          <CheckboxOrRadio {...modeChoice('none')} hint="We write only when a date is moved or cancelled.">
            {isSeries ? 'Only changes' : 'None'}
          </CheckboxOrRadio>
        </fieldset>
      </MessagePreferenceForm>
    </Section>
  );
}

import { OptionLabel } from '@/components/choice';
import { Section } from '@/components/section';
import { getReminderChoice, type ReminderMode } from '@/db/messages/reminder-choices';
import { byMail } from '@/mail/mail-server';
import { sayMinutes } from '@/scheduling/wording';
import { setReminders } from './actions';
import { ChoiceForm } from './choice-form';
import { type ManagedSeries, upcoming } from './load';

/** Which e-mails remind of these dates, for its client to choose; nothing where none is to come. */
export async function Reminders({ managed }: { managed: ManagedSeries }) {
  const { viewer, token, series, now } = managed;
  if (upcoming(managed).length === 0) return null;
  const choice = await getReminderChoice(viewer, { now });
  if (!choice) return null;
  const { mode, steps, skipped } = choice;
  const isSeries = series.cadence !== 'once';
  const modeChoice = (value: ReminderMode) => ({
    type: 'radio' as const,
    name: 'mode',
    value,
    isChosen: mode === value,
  });
  return (
    <Section
      title="Reminders"
      aside={byMail('By e-mail, and never at night.', 'This site sends no e-mail yet.')}
      id="reminders"
    >
      <ChoiceForm action={setReminders} token={token}>
        <fieldset className="min-w-0">
          <legend className="sr-only">Which reminders you get</legend>
          {steps.length > 0 && (
            <>
              <OptionLabel {...modeChoice('each')}>{isSeries ? 'Before each date' : 'Before your date'}</OptionLabel>
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
                      {sayMinutes(step)} before
                    </label>
                  ))}
                </div>
              )}
              {steps.length === 1 && (
                <>
                  <input type="hidden" name="step" value={steps[0]} />
                  <p className="pl-8 text-small text-soft">{sayMinutes(steps[0]!)} before.</p>
                </>
              )}
            </>
          )}
          {isSeries && (
            <OptionLabel {...modeChoice('weekly')} hint="On Sunday, with the dates of the week to come.">
              One e-mail a week
            </OptionLabel>
          )}
          <OptionLabel {...modeChoice('none')} hint="We write only when a date is moved or cancelled.">
            {isSeries ? 'Only changes' : 'None'}
          </OptionLabel>
        </fieldset>
      </ChoiceForm>
    </Section>
  );
}

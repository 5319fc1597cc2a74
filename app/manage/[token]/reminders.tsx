import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Section } from '@/components/section';
import { getReminderChoice } from '@/db/messages/reminder-choices';
import { sayMinutes } from '@/scheduling/wording';
import { setReminders } from './actions';
import { type Managed, upcoming } from './load';

/** Which e-mails remind of these dates, for its client to choose; nothing where none is to come. */
export async function Reminders({ managed }: { managed: Managed }) {
  const { viewer, token, series, now } = managed;
  if (upcoming(managed).length === 0) return null;
  const choice = await getReminderChoice(viewer, { now });
  if (!choice) return null;
  const { mode, steps, skipped } = choice;
  const isSeries = series.cadence !== 'once';
  return (
    <Section title="Reminders" aside="By e-mail, and never at night." id="reminders">
      <ActionForm action={setReminders} className="max-w-[36rem] print:hidden">
        <input type="hidden" name="token" value={token} />
        <fieldset className="min-w-0">
          <legend className="sr-only">Which reminders you get</legend>
          {steps.length > 0 && (
            <>
              <Choice value="each" mode={mode} title={isSeries ? 'Before each date' : 'Before your date'} />
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
            <Choice
              value="weekly"
              mode={mode}
              title="One e-mail a week"
              hint="On Sunday, with the dates of the week to come."
            />
          )}
          <Choice
            value="none"
            mode={mode}
            title={isSeries ? 'Only changes' : 'None'}
            hint="We write only when a date is moved or cancelled."
          />
        </fieldset>
        <div className="mt-3">
          <Button kind="plain" slim>
            Save
          </Button>
        </div>
      </ActionForm>
    </Section>
  );
}

function Choice({ value, mode, title, hint }: { value: string; mode: string; title: string; hint?: string }) {
  return (
    <label className="flex min-h-11 items-start gap-3 py-2">
      <input
        type="radio"
        name="mode"
        value={value}
        defaultChecked={mode === value}
        className="mt-0.5 size-5 flex-none accent-euc"
      />
      <span>
        {title} {hint && <span className="block text-small text-soft">{hint}</span>}
      </span>
    </label>
  );
}

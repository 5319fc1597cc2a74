import { testMailResultTexts } from '@/app/practice/settings/mail/test-mail-result-texts';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { FieldError } from '@/components/field-error';
import { Notice } from '@/components/notice';
import { SelectField } from '@/components/select-field';
import { START_STEP_CHOICES } from '@/db/practice/new-practice-defaults';
import type { SetupScreenProps } from './setup-screen-form';

export function MailRulesAndHolidaysScreen({
  values,
  errors,
  facts,
  test,
}: SetupScreenProps & { test: string | null }) {
  const field = (name: string) => ({ name, defaultValue: values[name], error: errors[name] });
  const outcome = test && Object.hasOwn(testMailResultTexts, test) ? testMailResultTexts[test] : undefined;
  const { holidays, countryName, hasMailServer, ownerEmail } = facts;
  const open = (values.open ?? '').split(' ');
  const closed = holidays.filter(({ on }) => !open.includes(on)).length;
  return (
    <>
      <Part title="E-mails">
        <Field
          label="E-mails come from"
          type="email"
          optional
          maxLength={400}
          hint={`Your mail server must let us send as this address. Empty: ${ownerEmail || 'your own'}.`}
          {...field('mailFrom')}
        />
        <Field
          label="Answers go to"
          type="email"
          optional
          maxLength={400}
          hint="Empty: to the address they came from."
          {...field('mailReplyTo')}
        />
        {outcome && (
          <Notice tone={outcome.tone} title={outcome.title} live>
            {outcome.text}
          </Notice>
        )}
        {hasMailServer ? (
          <div>
            <Button kind="plain" slim name="then" value="test">
              Send me a test e-mail
            </Button>
          </div>
        ) : (
          <Notice tone="quiet" title="No mail server is set yet">
            You can go on without one. Every e-mail is kept, to be read under Mail, and none is sent until whoever runs
            this server sets SMTP_URL and starts it again.
          </Notice>
        )}
      </Part>
      <Part title="Closed days">
        {holidays.length === 0 ? (
          <p className="text-soft">We know no public holidays of your country. Close days later, in the settings.</p>
        ) : (
          <details className="border-y border-line" open={Boolean(errors.open)}>
            <summary className="flex min-h-13 cursor-pointer items-center justify-between gap-4">
              <span>
                Closed on {closed === holidays.length ? `all ${closed}` : `${closed} of ${holidays.length}`} upcoming
                public holidays of {countryName}
              </span>
              <span className="flex-none text-small text-euc underline underline-offset-4">Choose</span>
            </summary>
            <div className="grid pb-4 mid:grid-cols-2 mid:gap-x-6">
              {holidays.map(({ on, name, label: text }) => (
                <label key={on} className="flex min-h-11 items-start gap-3 py-2">
                  <input type="hidden" name="offered" value={on} />
                  <input
                    type="checkbox"
                    name="closed"
                    value={on}
                    defaultChecked={!open.includes(on)}
                    className="mt-0.5 size-5 flex-none accent-euc"
                  />
                  <span>
                    {text} <span className="block text-small text-soft">{name}</span>
                  </span>
                </label>
              ))}
            </div>
          </details>
        )}
        {errors.open && (
          <FieldError id="open-error" className="mt-2">
            {errors.open}
          </FieldError>
        )}
        <p className="text-small text-soft">
          This year and next. Parts of a country may have more. From{' '}
          <a href="https://github.com/commenthol/date-holidays">date-holidays</a>, data under{' '}
          <a href="https://creativecommons.org/licenses/by/3.0/">CC BY 3.0</a>.
        </p>
      </Part>
      <Part title="Rules for booking">
        <div className="grid max-w-[36rem] grid-cols-1 items-end gap-x-4 gap-y-6 mid:grid-cols-2">
          <Field label="Cancel free until, in hours before" inputMode="decimal" {...field('cancelCutoffMinutes')} />
          <Field label="Move until, in hours before" inputMode="decimal" {...field('moveCutoffMinutes')} />
          <Field label="Book at least, in hours before" inputMode="decimal" {...field('noticeMinutes')} />
          <Field label="Book at most, in days ahead" inputMode="numeric" {...field('windowDays')} />
          <SelectField
            label="A time is offered every"
            {...field('stepMinutes')}
            options={START_STEP_CHOICES.map((minutes) => ({ value: String(minutes), label: `${minutes} minutes` }))}
          />
        </div>
        <p className="text-small text-soft">What clients may do by themselves. You and your team are not held to it.</p>
      </Part>
    </>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className="grid gap-6 border-t border-ink pt-5">
      <h2 className="text-[1.375rem] leading-7">{title}</h2>
      {children}
    </section>
  );
}

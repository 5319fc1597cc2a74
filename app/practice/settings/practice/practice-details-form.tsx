'use client';

import { SaveResultNotices } from '@/app/practice/settings/save-result-notices';
import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import type { PracticeDetails } from '@/db/offer/practice-details';
import { savePracticeDetails } from './actions';

interface Props {
  details: PracticeDetails;
  /** Why the currency can no longer be changed; null while it can. */
  currencyStays: string | null;
  emailHint: string;
  countries: { code: string; name: string }[];
  zones: string[];
  mailLanguages: { code: string; name: string }[];
}

export function PracticeDetailsForm({ details, currencyStays, emailHint, countries, zones, mailLanguages }: Props) {
  const untouched = { values: details, seen: JSON.stringify(details), errors: {}, flash: null, question: null };
  const { state, form, failure } = useActionForm(savePracticeDetails, untouched);
  const { values, seen, errors, question } = state;
  const field = (name: keyof PracticeDetails) => ({ name, defaultValue: values[name], error: errors[name] });
  return (
    <form key={JSON.stringify(state)} {...form} noValidate className="grid max-w-[36rem] gap-6 pb-10">
      <input type="hidden" name="seen" value={seen} />
      <SaveResultNotices flash={state.flash} errors={errors} href="/practice/settings/practice">
        Pages say so at once, and e-mails from now on.
      </SaveResultNotices>
      {question && (
        <Notice tone="bad" title={`Change the time zone to ${question.to}?`} live id="zone-question">
          <ul className="my-2 list-disc pl-5">
            {question.lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          {question.promised.length > 0 && (
            <ol className="my-2 list-none">
              {question.promised.map((line) => (
                <li key={line}>
                  <bdi>{line}</bdi>
                </li>
              ))}
            </ol>
          )}
          <p>Nothing was saved yet. To keep the time zone, write the old one back into its field below.</p>
          <input type="hidden" name="agreedZone" value={question.zone} />
          <Button className="mt-4">Change the time zone and save</Button>
        </Notice>
      )}
      <Field label="Name" autoComplete="organization" required {...field('name')} />
      <Field label="Address" optional hint="On one line, as you would say it to a driver." {...field('address')} />
      <Field
        label="Phone"
        type="tel"
        autoComplete="tel"
        optional
        hint="As you write it yourselves. Clients press it to call."
        {...field('phone')}
      />
      <Field
        label="E-mail of the practice"
        type="email"
        autoComplete="email"
        required
        hint={emailHint}
        {...field('email')}
      />
      <div className="max-w-[36rem]">
        <label htmlFor="country" className="mb-2 block text-[0.9375rem] leading-5 font-[550]">
          Country
        </label>
        <select
          id="country"
          name="country"
          defaultValue={values.country}
          aria-describedby="country-hint"
          className="min-h-13 w-full rounded border border-edge bg-sheet px-3.5 py-3 text-ui text-ink"
        >
          <option value="">The one the time zone points to</option>
          {countries.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
        <p id="country-hint" className="mt-2 text-small text-soft">
          Phone numbers without a country code are read as this country’s, and its public holidays are offered.
        </p>
        {errors.country && <p className="mt-2 text-small font-medium text-clay">{errors.country}</p>}
      </div>
      <Field
        label="Time zone"
        list="zones"
        autoComplete="off"
        spellCheck={false}
        hint="Such as Europe/Dublin. All times on the pages and in e-mails are in it. Before another is saved you see what it changes."
        {...field('timeZone')}
      />
      <datalist id="zones">
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <Field
        label="Currency"
        autoComplete="off"
        spellCheck={false}
        readOnly={currencyStays !== null}
        hint={currencyStays ?? 'Three letters, such as EUR. The figures of your prices stay as they are.'}
        {...field('currency')}
      />
      <Field
        label="How dates and prices are written"
        autoComplete="off"
        spellCheck={false}
        hint="en-IE writes 1 December and €68, en-US writes December 1. The words of all pages are English, whatever stands here."
        {...field('locale')}
      />
      <div className="max-w-[36rem]">
        <label htmlFor="mailLanguage" className="mb-2 block text-[0.9375rem] leading-5 font-[550]">
          Language of e-mails
        </label>
        <select
          id="mailLanguage"
          name="mailLanguage"
          defaultValue={values.mailLanguage}
          aria-describedby="mailLanguage-hint"
          className="min-h-13 w-full rounded border border-edge bg-sheet px-3.5 py-3 text-ui text-ink"
        >
          {mailLanguages.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
        <p id="mailLanguage-hint" className="mt-2 text-small text-soft">
          E-mails, texts and calendar entries are written in it, from the next one on. A client can have another: it is
          on their own page, under Change. Your own words, reasons and names of massages stay as you typed them. The
          pages that e-mails link to stay English.{' '}
          <a href="/practice/settings/mail/preview" className="inline-block">
            Read what e-mails say
          </a>
        </p>
        {errors.mailLanguage && <p className="mt-2 text-small font-medium text-clay">{errors.mailLanguage}</p>}
      </div>
      <div>
        <Button kind={question ? 'plain' : 'fill'} name="again" value="yes">
          Save
        </Button>
        {failure}
      </div>
    </form>
  );
}

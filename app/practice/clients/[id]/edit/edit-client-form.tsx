'use client';

import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { CheckboxOrRadio } from '@/components/checkbox-or-radio';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import { SelectField } from '@/components/select-field';
import { saveClient } from './actions';

const BOOKING = [
  ['online', 'Book at once', 'As everybody does.'],
  ['approval', 'Wait for you', 'What they ask for online is booked when you approve it.'],
  ['blocked', 'Call you', 'They are told that this cannot be booked online, and to call. You can book for them.'],
] as const;

interface Props {
  client: { id: string; version: number; values: Record<string, string> };
  therapists: { id: string; name: string }[];
  /** `isOfMail`: whether e-mails can be written in this language. */
  languages: { code: string; name: string; isOfMail: boolean }[];
  practiceLanguage: string;
  /** What this viewer may change. */
  may: { alerts: boolean; booking: boolean; merge: boolean };
}

export function EditClientForm({ client, therapists, languages, practiceLanguage, may }: Props) {
  const { state, form, failure } = useActionForm(saveClient, {
    ...{ values: client.values, errors: {}, problem: null, otherId: null, answer: 0 },
  });
  const { values, errors } = state;
  const pagePath = `/practice/clients/${client.id}`;
  return (
    <form key={state.answer} {...form} noValidate className="grid max-w-[36rem] gap-6">
      {state.problem && <Problem state={state} pagePath={pagePath} mayMerge={may.merge} />}
      <input type="hidden" name="id" value={client.id} />
      <input type="hidden" name="version" value={client.version} />
      <Field label="Name" name="name" autoComplete="off" defaultValue={values.name} error={errors.name} />
      <Field
        label="Phone"
        name="phone"
        type="tel"
        optional
        autoComplete="off"
        defaultValue={values.phone}
        error={errors.phone}
      />
      <Field
        label="E-mail"
        name="email"
        type="email"
        optional
        autoComplete="off"
        defaultValue={values.email}
        error={errors.email}
        hint="All that is written from now on goes here."
      />
      <CheckboxOrRadio
        {...{ type: 'checkbox', name: 'movesMail', value: 'yes', isChosen: values.movesMail !== '' }}
        hint="Those that are written and have not gone out yet. Each holds the link to their dates."
      >
        If the address changes, send waiting e-mails to the new one
      </CheckboxOrRadio>
      <CheckboxOrRadio
        {...{ type: 'checkbox', name: 'endsLinks', value: 'yes', isChosen: values.endsLinks !== '' }}
        hint="Whoever reads that mailbox can no longer see their dates. New links go to the new address."
      >
        If the address changes, end the links that were sent to the old one
      </CheckboxOrRadio>
      <SelectField
        label="Language"
        name="language"
        defaultValue={values.language}
        hint={`E-mails and texts to them are written in English, German, French or Spanish; the pages stay English. Any other language is noted so that whoever calls knows, and e-mails are then in the practice’s, ${practiceLanguage}.`}
        options={[
          { value: '', label: `Not noted: e-mails in ${practiceLanguage}` },
          { heading: 'E-mails are written in it', options: optionsOf(languages.filter(({ isOfMail }) => isOfMail)) },
          {
            heading: `Noted, and e-mails stay in ${practiceLanguage}`,
            options: optionsOf(languages.filter(({ isOfMail }) => !isOfMail)),
          },
        ]}
      />
      <SelectField
        label="Likes to see"
        name="favouriteTherapistId"
        defaultValue={values.favouriteTherapistId}
        options={[
          { value: '', label: 'Nobody in particular' },
          ...therapists.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <Field
        label="Tags"
        name="tags"
        optional
        autoComplete="off"
        defaultValue={values.tags}
        error={errors.tags}
        hint="Parted by commas. All who work here see them: nothing of their health."
      />
      <Field
        label="Extra minutes after each session"
        name="extraMinutes"
        inputMode="numeric"
        maxLength={3}
        defaultValue={values.extraMinutes}
        error={errors.extraMinutes}
        hint="Kept free after each of their new dates. Those that are booked stay as they are."
      />
      {may.alerts && (
        <Field
          label="Alerts"
          name="alerts"
          lines={3}
          optional
          defaultValue={values.alerts}
          error={errors.alerts}
          hint="One a line, such as an allergy. Only the owner and those who treat them see these."
        />
      )}
      {may.booking && (
        <fieldset>
          <legend className="mb-1 text-[0.9375rem] leading-5 font-[550]">When they book online, they</legend>
          {BOOKING.map(([value, title, hint]) => (
            <label key={value} className="flex min-h-11 items-start gap-3 py-2">
              <input
                type="radio"
                name="booking"
                value={value}
                defaultChecked={values.booking === value}
                className="mt-0.5 size-5 flex-none accent-euc"
              />
              <span>
                {title} <span className="block text-small text-soft">{hint}</span>
              </span>
            </label>
          ))}
          <p className="mt-2 text-small text-soft">
            It holds for their e-mail address, whatever name is typed with it.
          </p>
        </fieldset>
      )}
      <div className="flex flex-wrap items-center gap-6">
        <Button>Save</Button>
        <a href={pagePath} className="inline-flex min-h-11 items-center">
          Leave it as it was
        </a>
      </div>
      {failure}
    </form>
  );
}

function optionsOf(languages: Props['languages']) {
  return languages.map(({ code, name }) => ({ value: code, label: name }));
}

function Problem({
  state,
  pagePath,
  mayMerge,
}: {
  state: { problem: 'conflict' | 'exists' | 'busy' | null; otherId: string | null };
  pagePath: string;
  mayMerge: boolean;
}) {
  if (state.problem === 'busy')
    return (
      <Notice tone="bad" title="The practice is busy" live>
        Nothing was changed, and nothing you typed is lost. Try again in a moment.
      </Notice>
    );
  if (state.problem === 'conflict')
    return (
      <Notice tone="bad" title="Somebody else changed this client meanwhile" live>
        Nothing was saved, and what you typed is still here. <a href={`${pagePath}/edit`}>Open it again as it is now</a>{' '}
        and copy over what still holds.
      </Notice>
    );
  return (
    <Notice tone="bad" title="There is another client of this name with this address" live>
      Nothing was saved.{' '}
      {state.otherId && mayMerge ? (
        <a href={`${pagePath}/merge?with=${state.otherId}`}>Join the two</a>
      ) : (
        'The owner or the front desk can join the two.'
      )}
    </Notice>
  );
}

'use client';

import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import { RadioList } from '@/components/radio-list';
import { type AddMemberFormState, addTeamMember } from './actions';
import { ROLE_OPTIONS } from './role-labels';

const UNTOUCHED: AddMemberFormState = { values: { name: '', email: '', role: 'therapist' }, errors: {}, isBusy: false };

/** Adds a team member. Their invitation is an ordinary e-mail with a sign-in link. */
export function AddMemberForm({ sendsMail }: { sendsMail: boolean }) {
  const { state, form, failure } = useActionForm(addTeamMember, UNTOUCHED);
  const { values, errors, isBusy } = state;
  return (
    <form key={JSON.stringify(state)} {...form} noValidate className="grid max-w-[36rem] gap-5">
      {isBusy && (
        <Notice tone="bad" title="The practice is busy" live>
          Nothing was saved, and what you entered is still here. Try again in a moment.
        </Notice>
      )}
      <Field
        label="Name"
        name="name"
        defaultValue={values.name}
        maxLength={120}
        error={errors.name}
        autoComplete="off"
      />
      <Field
        label="E-mail"
        name="email"
        type="email"
        defaultValue={values.email}
        maxLength={254}
        error={errors.email}
        autoComplete="off"
        hint={
          sendsMail
            ? 'A link to sign in is written to it.'
            : 'No mail server is set, and nothing is sent: the next page shows you their link to sign in.'
        }
      />
      <RadioList
        legend="What they may do"
        name="role"
        options={ROLE_OPTIONS}
        chosen={values.role}
        error={errors.role}
      />
      <div>
        <Button kind="plain">Add them</Button>
        {failure}
      </div>
    </form>
  );
}

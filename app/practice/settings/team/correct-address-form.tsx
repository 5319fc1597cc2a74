'use client';

import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import { type CorrectAddressFormState, correctMemberAddress } from './actions';

const PROBLEMS = {
  busy: ['The practice is busy', 'Nothing was changed. Try again in a moment.'],
  signed_in: [
    'They have signed in by now',
    'Nothing was changed: from now on only they can change it, by “Your e-mail address” at the foot of each page.',
  ],
  not_found: ['They are not on the team any more', 'Nothing was changed. Look at the team again.'],
} as const;

/** For an address that was mistyped when somebody was added to the team. */
export function CorrectAddressForm({ id, email }: { id: string; email: string }) {
  const untouched: CorrectAddressFormState = { email, error: null, problem: null };
  const { state, form, failure } = useActionForm(correctMemberAddress, untouched);
  const [title, text] = state.problem ? PROBLEMS[state.problem] : [];
  return (
    <form key={JSON.stringify(state)} {...form} noValidate className="grid max-w-[36rem] gap-4">
      <input type="hidden" name="id" value={id} />
      {title && (
        <Notice tone="bad" title={title} live>
          {text}
        </Notice>
      )}
      <Field
        label="Their e-mail address"
        name="email"
        type="email"
        maxLength={254}
        defaultValue={state.email}
        hint="Correct it here until they have signed in."
        error={state.error ?? undefined}
        autoComplete="off"
      />
      <div>
        <Button kind="plain" slim>
          Correct the address
        </Button>
      </div>
      {failure}
    </form>
  );
}

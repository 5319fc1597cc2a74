'use client';

import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import { type AddressFormState, sendNewAddressLink } from './actions';

const PROBLEMS = {
  busy: ['The practice is busy', 'Nothing was sent. Try again in a moment.'],
  wait: ['That was many links in a short time', 'Nothing was sent this time. Try again in ten minutes.'],
} as const;

const UNTOUCHED: AddressFormState = { email: '', error: null, problem: null };

/** `button` says what a press does: send the link, or without a mail server make it. */
export function AddressForm({ button }: { button: string }) {
  const { state, form, failure } = useActionForm(sendNewAddressLink, UNTOUCHED);
  const [title, text] = state.problem ? PROBLEMS[state.problem] : [];
  return (
    <form key={JSON.stringify(state)} {...form} noValidate className="grid max-w-[36rem] gap-6 pb-10">
      {title && (
        <Notice tone="bad" title={title} live>
          {text}
        </Notice>
      )}
      <Field
        label="New e-mail address"
        name="email"
        type="email"
        maxLength={254}
        required
        defaultValue={state.email}
        error={state.error ?? undefined}
        autoComplete="email"
      />
      <div>
        <Button>{button}</Button>
      </div>
      {failure}
    </form>
  );
}

'use client';

import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import { useFocusAfterSubmit } from '@/components/use-focus-after-submit';
import { amendSignedNote } from './actions';
import { type AmendFormState, initialAmendFormState } from './amend-form-state';

const PROBLEMS: Record<NonNullable<AmendFormState['problem']>, string> = {
  busy: 'The practice’s computer is busy just now',
  not_found: 'This note is not yours to add to any more',
  not_signed: 'This note is not signed',
  too_many: 'There is no room for more in this note',
};

/** Adds to a note that is signed. Each form has its own `id`, so an amendment that is sent twice is written once. */
export function AmendForm({ uid, clientId, id }: { uid: string; clientId: string; id: string }) {
  const { state, isSending, form, failure } = useActionForm(amendSignedNote, initialAmendFormState);
  const formRef = useFocusAfterSubmit(state.answer);
  const { values, errors, problem } = state;
  return (
    <details className="mt-6" open={state.answer > 0}>
      <summary className="inline-flex min-h-11 cursor-pointer items-center text-euc underline underline-offset-[0.2em]">
        Add to this note
      </summary>
      <form ref={formRef} {...form} noValidate className="grid max-w-[36rem] gap-5 pt-2 pb-4">
        <input type="hidden" name="uid" value={uid} />
        <input type="hidden" name="client" value={clientId} />
        <input type="hidden" name="id" value={id} />
        {problem && (
          <Notice tone="bad" title={PROBLEMS[problem]} id="answer" live>
            Nothing was added, and what you wrote is still here.
          </Notice>
        )}
        <Field
          label="What to add"
          name="words"
          lines={3}
          defaultValue={values.words}
          error={errors.words}
          autoComplete="off"
          hint="What was signed stays as it is. This stands below it, with today’s date and your name."
        />
        <Field
          label="Reason"
          name="reason"
          defaultValue={values.reason}
          error={errors.reason}
          autoComplete="off"
          hint="Such as: I wrote left, and it was the right side."
        />
        {failure}
        <div>
          <Button slim disabled={isSending}>
            {isSending ? 'Adding' : 'Add it'}
          </Button>
        </div>
      </form>
    </details>
  );
}

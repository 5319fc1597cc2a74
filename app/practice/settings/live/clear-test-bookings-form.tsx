'use client';

import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { useFocusAfterSubmit } from '@/components/use-focus-after-submit';
import { clearAllTestBookings } from './actions';

const PROBLEMS = {
  other_name: 'This is not the name of the practice. Nothing was removed.',
  busy: 'The practice is busy. Nothing was removed. Try again in a moment.',
};

/** `seen` is what the page says would be cleared; if that has changed since, nothing is cleared. */
export function ClearTestBookingsForm({ practice, seen }: { practice: string; seen: string }) {
  const { state, form, failure } = useActionForm(clearAllTestBookings, { problem: null, answer: 0 });
  const holder = useFocusAfterSubmit(state.answer);
  return (
    <form {...form} ref={holder} noValidate className="grid max-w-[36rem] gap-6">
      <input type="hidden" name="seen" value={seen} />
      <Field
        label={`Type the name of the practice: ${practice}`}
        name="name"
        autoComplete="off"
        maxLength={200}
        error={state.problem && PROBLEMS[state.problem]}
      />
      <div>
        <Button kind="plain" className="border-clay! text-clay!">
          Clear test bookings
        </Button>
        {failure}
      </div>
    </form>
  );
}

'use client';

import type { ReactNode } from 'react';
import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { formatStrandedCount, StrandedDatesFields } from './stranded-dates-fields';
import type { StrandedDatesFormState } from './stranded-decisions-form-data';

/** A button that takes something out of the offer. Where dates of it are booked, they are listed first. */
export function RetireForm(props: {
  action: (before: StrandedDatesFormState, form: FormData) => Promise<StrandedDatesFormState>;
  id: string;
  button: string;
  children: ReactNode;
}) {
  const { state, form, failure } = useActionForm(props.action, {
    problem: null,
    dates: null,
  } as StrandedDatesFormState);
  const { dates } = state;
  return (
    <form {...form} className="grid max-w-[46rem] gap-4">
      <input type="hidden" name="id" value={props.id} />
      <p className="max-w-[36rem] text-soft">{props.children}</p>
      <StrandedDatesFields key={JSON.stringify(state)} state={state} title={formatStrandedCount(dates?.length ?? 0)} />
      <div>
        <Button kind="plain">{dates ? `${props.button}, as decided above` : props.button}</Button>
        {failure}
      </div>
    </form>
  );
}

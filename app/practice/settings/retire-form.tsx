'use client';

import type { ReactNode } from 'react';
import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { StrandedDates, sayStrandedCount } from './stranded-dates';
import type { StrandedDatesState } from './stranded-decisions';

/** A press that takes something out of what is offered: where dates are booked of it, they are listed first. */
export function RetireForm(props: {
  action: (before: StrandedDatesState, form: FormData) => Promise<StrandedDatesState>;
  id: string;
  button: string;
  children: ReactNode;
}) {
  const { state, form, failure } = useActionForm(props.action, { problem: null, dates: null } as StrandedDatesState);
  const { dates } = state;
  return (
    <form {...form} className="grid max-w-[46rem] gap-4">
      <input type="hidden" name="id" value={props.id} />
      <p className="max-w-[36rem] text-soft">{props.children}</p>
      <StrandedDates key={JSON.stringify(state)} state={state} title={sayStrandedCount(dates?.length ?? 0)} />
      <div>
        <Button kind="plain">{dates ? `${props.button}, as decided above` : props.button}</Button>
        {failure}
      </div>
    </form>
  );
}

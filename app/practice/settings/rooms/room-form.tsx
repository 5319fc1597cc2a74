'use client';

import { CheckboxList } from '@/app/practice/settings/checkbox-list';
import { formatStrandedCount, StrandedDatesFields } from '@/app/practice/settings/stranded-dates-fields';
import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import type { RoomForm as RoomValues } from '@/db/offer/rooms';
import { type RoomFormState, saveRoomForm } from './actions';

/** The name of a room and the massages that it suits. `id` is null for a new one. */
export function RoomForm(props: {
  id: string | null;
  mark: string;
  values: RoomValues;
  services: { id: string; name: string }[];
}) {
  const untouched: RoomFormState = { values: props.values, error: null, problem: null, dates: null };
  const { state, form, failure } = useActionForm(saveRoomForm, untouched);
  const { values, error, dates } = state;
  return (
    <form key={JSON.stringify(state)} {...form} noValidate className="grid max-w-[46rem] gap-6">
      <input type="hidden" name="id" value={props.id ?? ''} />
      <input type="hidden" name="mark" value={props.mark} />
      <Field label="Name" name="name" defaultValue={values.name} maxLength={120} error={error} />
      <CheckboxList legend="Suits these massages" name="service" options={props.services} chosen={values.serviceIds} />
      <StrandedDatesFields state={state} title={formatStrandedCount(dates?.length ?? 0)} />
      <div>
        <Button>{dates ? 'Save, as decided above' : 'Save'}</Button>
        {failure}
      </div>
    </form>
  );
}

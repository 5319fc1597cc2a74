'use client';

import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import { type CalendarImportFormState, saveCalendarImport } from './actions';

/** `host`: where the present calendar is read from, if there is one. */
export function CalendarImportForm({ host }: { host: string | null }) {
  const untouched: CalendarImportFormState = { values: '', error: null, problem: null };
  const { state, form, failure } = useActionForm(saveCalendarImport, untouched);
  return (
    <form key={JSON.stringify(state)} {...form} noValidate className="grid max-w-[36rem] gap-4">
      {state.problem && (
        <Notice
          tone="bad"
          live
          title={state.problem === 'busy' ? 'The practice is busy' : 'This is for those who give massages'}
        >
          Nothing was changed. Try again in a moment.
        </Notice>
      )}
      <Field
        name="address"
        type="url"
        label={host ? 'Another address in its place' : 'Address of your calendar'}
        hint="Your calendar app calls it the secret, private or public address in iCal format. It begins with https:// or webcal://."
        defaultValue={state.values}
        error={state.error ?? undefined}
        autoComplete="off"
        spellCheck={false}
      />
      <div>
        <Button kind="plain">{host ? 'Use this one' : 'Block its busy times'}</Button>
      </div>
      {failure}
    </form>
  );
}

'use client';

import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import { eraseClientData } from './actions';

export function EraseClientForm({ id, name }: { id: string; name: string }) {
  const { state, form, failure } = useActionForm(eraseClientData, { values: '', problem: null, answer: 0 });
  return (
    <form {...form} noValidate className="grid max-w-[36rem] gap-6">
      {state.problem === 'busy' && (
        <Notice tone="bad" title="The practice is busy" live>
          Nothing was erased. Try again in a moment.
        </Notice>
      )}
      <input type="hidden" name="id" value={id} />
      <Field
        key={state.answer}
        label={`Type their name to erase them: ${name}`}
        name="name"
        autoComplete="off"
        defaultValue={state.values}
        error={state.problem === 'other_name' && 'This is not the name above. Nothing was erased.'}
      />
      <div className="flex flex-wrap items-center gap-6">
        <Button kind="plain" className="border-clay! text-clay!">
          Erase for good
        </Button>
        <a href={`/practice/clients/${id}`} className="inline-flex min-h-11 items-center">
          Keep them
        </a>
      </div>
      {failure}
    </form>
  );
}

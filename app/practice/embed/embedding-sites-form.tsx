'use client';

import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import { saveEmbeddingSites } from './actions';

export function EmbeddingSitesForm({ sites }: { sites: string[] }) {
  const { state, form, failure } = useActionForm(saveEmbeddingSites, {
    values: sites.join('\n'),
    error: null,
    isSaved: false,
  });
  return (
    <form {...form} noValidate className="grid max-w-[36rem] gap-6">
      {state.isSaved && (
        <Notice tone="good" title="Saved" live>
          {state.values ? 'These sites may show our times, and no others.' : 'No other site may show our times.'}
        </Notice>
      )}
      <Field
        key={state.values}
        label="Sites"
        name="sites"
        lines={6}
        optional
        hint="One on each line, like https://www.example.org. On any other site the frame stays empty."
        defaultValue={state.values}
        error={state.error ?? undefined}
      />
      <div>
        <Button>Save</Button>
        {failure}
      </div>
    </form>
  );
}

'use client';

import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import { savePageReviewer } from './actions';

interface Props {
  slug: string;
  version: number;
  reviewer: { name: string; qualification: string; on: string } | null;
}

/** The person who has reviewed the page. All three fields empty means nobody. */
export function PageReviewerForm({ slug, version, reviewer }: Props) {
  const values = reviewer ?? { name: '', qualification: '', on: '' };
  const { state, form, failure } = useActionForm(savePageReviewer, { values, errors: {}, flash: null, version });
  const { errors } = state;
  const id = (name: string) => `${name}-${slug}`;
  return (
    <form key={JSON.stringify(state.values)} {...form} noValidate className="mt-4 grid max-w-[30rem] gap-5">
      <input type="hidden" name="slug" value={slug} />
      <input type="hidden" name="version" value={state.version} />
      {state.flash === 'saved' && <Notice tone="good" title="Saved" live />}
      {state.flash === 'busy' && (
        <Notice tone="bad" title="The practice is busy" live>
          Nothing was changed. Try again in a moment.
        </Notice>
      )}
      {state.flash === 'changed' && (
        <Notice tone="bad" title="Somebody else changed this meanwhile" live>
          Nothing was changed. <a href="/practice/questions/pages">Look at how it stands now</a>
        </Notice>
      )}
      <Field label="Name" name="name" id={id('name')} defaultValue={state.values.name} error={errors.name} />
      <Field
        label="Qualification"
        name="qualification"
        id={id('qualification')}
        hint="As they would write it, such as “Chartered physiotherapist”."
        defaultValue={state.values.qualification}
        error={errors.qualification}
      />
      <Field label="Read on" name="on" id={id('on')} type="date" defaultValue={state.values.on} error={errors.on} />
      <div>
        <Button kind="plain" slim>
          Save
        </Button>
      </div>
      {failure}
    </form>
  );
}

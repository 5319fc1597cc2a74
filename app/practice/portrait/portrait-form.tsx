'use client';

import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { PictureField } from '@/components/picture-field';
import { Portrait } from '@/components/portrait';
import type { PortraitView } from '@/db/practice/appearance';
import { type PortraitFormState, savePortrait } from './actions';

const NOTES = {
  saved: { tone: 'good', title: 'Saved', text: 'Visitors see it from now on.' },
  removed: { tone: 'good', title: 'Removed', text: 'Visitors see the first letter of the name instead.' },
  busy: { tone: 'bad', title: 'The practice is busy', text: 'Nothing was changed. Try again in a moment.' },
  not_found: { tone: 'bad', title: 'Nothing was changed', text: 'This photo is not yours to change.' },
} as const;

export function PortraitForm({ therapistId, name, portraitId }: PortraitView) {
  const untouched: PortraitFormState = { flash: null, error: null, portraitId };
  const { state, form, failure } = useActionForm(savePortrait, untouched);
  const note = state.flash && NOTES[state.flash];
  return (
    <form key={JSON.stringify(state)} {...form} noValidate className="grid max-w-[36rem] gap-6 pb-10">
      <input type="hidden" name="therapistId" value={therapistId} />
      {note && (
        <Notice tone={note.tone} title={note.title} live>
          {note.text}
        </Notice>
      )}
      <Portrait name={name} portraitId={state.portraitId} large />
      <PictureField
        name="portrait"
        label="Photo"
        hint="A JPEG, PNG or WebP of at most 900 kB. We remove the place and time stored in it."
        error={state.error ?? undefined}
      />
      <div className="flex flex-wrap gap-3">
        <Button>Save</Button>
        {state.portraitId && (
          <Button kind="plain" name="do" value="remove">
            Remove it
          </Button>
        )}
      </div>
      {failure}
    </form>
  );
}

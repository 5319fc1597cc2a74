'use client';

import { NOTE_FIELD_LABELS } from '@/app/practice/clients/[id]/notes/[uid]/note-labels';
import { MAX_NOTE_SHORT_TEXT_LENGTH, noteFields } from '@/care/session-notes';
import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import { useFocusAfterSubmit } from '@/components/use-focus-after-submit';
import { saveNewPhrase } from './actions';
import { initialPhraseFormState } from './phrase-form-state';

export function PhraseForm() {
  const { state, isSending, form, failure } = useActionForm(saveNewPhrase, initialPhraseFormState);
  const formRef = useFocusAfterSubmit(state.answer);
  return (
    <form key={state.answer} ref={formRef} {...form} noValidate className="grid max-w-[36rem] gap-4">
      {state.isBusy && (
        <Notice tone="bad" title="The practice’s computer is busy just now" id="answer" live>
          Nothing was kept, and what you wrote is still here. Wait a moment and try again.
        </Notice>
      )}
      {state.isSaved && <Notice tone="good" title="The phrase is saved" id="answer" live />}
      <label className="grid gap-2 text-[0.9375rem] leading-5 font-[550]">
        Field
        <select
          name="field"
          defaultValue={state.values.field}
          className="min-h-13 w-full rounded border border-edge bg-sheet px-3 text-ui font-normal text-ink"
        >
          {noteFields.map((field) => (
            <option key={field} value={field}>
              {NOTE_FIELD_LABELS[field].label}
            </option>
          ))}
        </select>
      </label>
      <Field
        label="Phrase"
        name="words"
        maxLength={MAX_NOTE_SHORT_TEXT_LENGTH}
        defaultValue={state.values.words}
        error={state.errors.words ?? state.errors.field}
        autoComplete="off"
      />
      {failure}
      <div>
        <Button slim disabled={isSending}>
          Add the phrase
        </Button>
      </div>
    </form>
  );
}

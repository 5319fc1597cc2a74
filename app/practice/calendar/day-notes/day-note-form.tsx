'use client';

import { StickyPanelFooter } from '@/app/practice/calendar/panel-frame';
import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Field } from '@/components/field';
import { Notice } from '@/components/notice';
import { useFocusAfterSubmit } from '@/components/use-focus-after-submit';
import { saveOrRemoveDayNote } from './actions';
import { type DayNoteState, initialDayNoteState } from './day-note-state';

interface DayNoteFormProps {
  /** The note that is being changed; null writes a new one. */
  note: { id: string; version: number } | null;
  words: string;
  on: string;
  /** The id of the person that the note is for; empty for everyone. */
  who: string;
  /** The people for whom the viewer may write; empty where the viewer may write for everyone only. */
  people: { id: string; name: string }[];
  /** The calendar's own address, to come back to. */
  back: string;
}

export function DayNoteForm({ note, words, on, who, people, back }: DayNoteFormProps) {
  const { state, isSending, form, failure } = useActionForm(saveOrRemoveDayNote, initialDayNoteState);
  const formRef = useFocusAfterSubmit(state.answer);
  const { values, errors, newer } = state;
  return (
    <form ref={formRef} {...form} noValidate className="flex flex-col gap-4 pt-2">
      <input type="hidden" name="back" value={back} />
      {note && <input type="hidden" name="id" value={note.id} />}
      {note && <input type="hidden" name="version" value={newer?.version ?? note.version} />}
      {state.problem && <Problem state={state} />}
      <Field
        label="Note"
        name="words"
        required
        maxLength={200}
        hint="Everyone who works here reads it, and it is printed. Nothing about anybody’s health."
        defaultValue={values?.words ?? words}
        error={errors.words}
        autoComplete="off"
      />
      <Field
        label="Day"
        id="note-day"
        name="day"
        type="date"
        required
        defaultValue={values?.on ?? on}
        error={errors.on}
      />
      {people.length > 0 && (
        <label className="grid gap-2 text-[0.9375rem] leading-5 font-[550]">
          For
          <select
            name="who"
            defaultValue={values?.who ?? who}
            className="min-h-13 w-full rounded border border-edge bg-sheet px-3 text-ui font-normal text-ink"
          >
            <option value="">Everyone</option>
            {people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      {failure}
      <StickyPanelFooter>
        <Button slim disabled={isSending}>
          {isSending ? 'Saving' : 'Save the note'}
        </Button>
        {note && (
          <Button kind="plain" slim name="do" value="remove" disabled={isSending}>
            Remove it
          </Button>
        )}
      </StickyPanelFooter>
    </form>
  );
}

function Problem({ state: { problem, newer } }: { state: DayNoteState }) {
  if (problem === 'changed_since') {
    return (
      <Notice tone="bad" title="Somebody changed this note in the meantime" id="answer" live>
        It says now: “<bdi>{newer?.words}</bdi>”. Yours is still here and not saved. Save again to put yours in its
        place.
      </Notice>
    );
  }
  if (problem === 'busy') {
    return (
      <Notice tone="bad" title="The practice’s computer is busy just now" id="answer" live>
        Nothing was saved, and what you wrote is still here. Wait a moment and save again.
      </Notice>
    );
  }
  return (
    <Notice tone="bad" title="This note is not there any more" id="answer" live>
      Somebody removed it in the meantime, or it is not yours to change. What you wrote is still here: copy it into a
      new note if it is needed.
    </Notice>
  );
}

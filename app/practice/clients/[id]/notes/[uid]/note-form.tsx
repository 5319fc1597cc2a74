'use client';

import { type ReactNode, type SubmitEvent, useEffect, useRef, useState } from 'react';
import type { BodyMarkKindByAreaId } from '@/care/body-areas';
import {
  appendPhrase,
  fillFromEarlierNote,
  listNoteDifferences,
  type NoteContent,
  type NoteField,
  noteFields,
} from '@/care/session-notes';
import { useActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { useFocusAfterSubmit } from '@/components/use-focus-after-submit';
import { formatTime } from '@/scheduling/formatting';
import { saveOrSignNote } from './actions';
import { BodyMapField } from './body-map-field';
import { NextSessionFields } from './next-session-fields';
import { initialNoteFormState, readNoteContent } from './note-form-state';
import { NoteProblem } from './note-problem';
import { NoteTextField } from './note-text-field';
import type { OfflineDraftValues } from './offline-draft';
import { useAutosave } from './use-autosave';

interface NoteFormProps {
  uid: string;
  clientId: string;
  /** The note as it was last saved. */
  content: NoteContent;
  version: number;
  updatedAt: number | null;
  /** The id of this page, among all pages on which the note may be open. */
  editor: string;
  draftKey: string;
  phrases: { id: string; field: NoteField; words: string }[];
  last: NoteContent | null;
  /** The client's next date in words. */
  next: string | null;
  maySign: boolean;
  timeZone: string;
  locale: string;
  /** The heading, and what to know before writing. */
  head: ReactNode;
  before: ReactNode;
}

export function NoteForm(props: NoteFormProps) {
  const { uid, clientId, content, version, editor, draftKey, phrases, last, next, timeZone, locale } = props;
  const { state, isSending, form, failure } = useActionForm(saveOrSignNote, initialNoteFormState);
  const own = useFocusAfterSubmit(state.answer);
  const start = state.values ?? content;
  const [marks, setMarks] = useState<BodyMarkKindByAreaId>(start.areas);
  const [base, setBase] = useState({ version, editor });
  const [isBack, setBack] = useState(false);
  const [settledAt, setSettledAt] = useState(0);
  const latestAuto = useRef<typeof state | null>(null);
  const shown = latestAuto.current && latestAuto.current.at >= state.at ? latestAuto.current : state;
  const isPaused = shown.newer !== null && shown.at > settledAt;
  const autosave = useAutosave(own, { uid, draftKey }, isPaused, fillIn);
  latestAuto.current = autosave.answer;
  const latest = autosave.answer && autosave.answer.at >= state.at ? autosave.answer : state;
  const known = latest.newer?.version ?? latest.version ?? base.version;
  const savedAt = latest.problem === null && latest.at > 0 ? latest.at : props.updatedAt;
  const differing = latest.newer && latest.values ? listNoteDifferences(latest.newer.content, latest.values) : [];
  const { touch, release } = autosave;

  // Runs once for each answer to a press, because each answer is a new state.
  useEffect(() => {
    if (state.answer > 0) release(state.problem === null && Object.keys(state.errors).length === 0);
  }, [state, release]);

  function field(name: string): HTMLTextAreaElement | null {
    const found = own.current?.elements.namedItem(name);
    return found instanceof HTMLTextAreaElement ? found : null;
  }
  function write(name: string, words: string) {
    const area = field(name);
    if (area) area.value = words;
    touch();
  }
  function fill(note: NoteContent) {
    for (const name of [...noteFields, 'nextWords'] as const) write(name, note[name]);
    const choice = own.current?.querySelector<HTMLInputElement>(`input[name=nextChoice][value="${note.nextChoice}"]`);
    if (choice) choice.checked = true;
    setMarks(note.areas);
  }
  /** Puts the draft that was kept offline over what the server has. */
  function fillIn(fields: OfflineDraftValues) {
    const saved = new FormData();
    for (const [name, value] of fields) saved.append(name, value);
    fill(readNoteContent(saved));
    setBase({ version: Number(saved.get('seen')) || 0, editor: String(saved.get('editor') ?? editor) });
    setBack(true);
  }
  function copyLast() {
    if (last && own.current) fill(fillFromEarlierNote(last, readNoteContent(new FormData(own.current))));
  }
  function send(event: SubmitEvent<HTMLFormElement>) {
    const press = (event.nativeEvent as SubmitEvent['nativeEvent'] & { submitter?: HTMLButtonElement }).submitter
      ?.value;
    const phrase = phrases.find(({ id }) => press === `phrase:${id}`);
    if (phrase || press === 'copy') {
      event.preventDefault();
      if (phrase) write(phrase.field, appendPhrase(field(phrase.field)?.value ?? '', phrase.words));
      else copyLast();
      return;
    }
    if (press?.startsWith('keep:')) setHidden('selected', selectionIn(field(press.slice('keep:'.length))));
    setHidden('edit', String(autosave.nextEdit()));
    autosave.hold();
    setSettledAt(latest.at);
    form.onSubmit(event);
  }
  function setHidden(name: string, value: string) {
    const input = own.current?.elements.namedItem(name);
    if (input instanceof HTMLInputElement) input.value = value;
  }

  // When no answer comes to a press, automatic saving goes on.
  useEffect(() => {
    if (failure) release(false);
  }, [failure, release]);

  return (
    <form ref={own} {...form} onSubmit={send} onInput={touch} noValidate>
      {/* Enter in a field presses the first button of the form, so it saves and inserts no phrase. */}
      <button type="submit" name="do" value="save" hidden tabIndex={-1} />
      <input type="hidden" name="uid" value={uid} />
      <input type="hidden" name="client" value={clientId} />
      <input type="hidden" name="seen" value={known} />
      <input type="hidden" name="editor" value={base.editor} />
      <input type="hidden" name="edit" defaultValue={state.answer + 1} />
      <input type="hidden" name="selected" defaultValue="" />
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-2 pt-6 pb-5">
        {props.head}
        <p role="status" className="text-small text-soft">
          {autosave.state === 'offline'
            ? 'No connection. What you write stays here, and is saved when there is one.'
            : isPaused || latest.problem !== null
              ? 'Not saved'
              : savedAt !== null && `Draft saved ${formatTime(timeZone, savedAt, locale)}`}
          {isBack && ' What you wrote without a connection is back.'}
        </p>
      </div>
      {props.before}
      {latest.problem && (
        <div className="border-t border-ink py-6">
          <NoteProblem state={latest} timeZone={timeZone} locale={locale} />
        </div>
      )}
      <div className="grid gap-8 border-t border-ink pt-6 mid:grid-cols-2 mid:gap-x-8 mid:gap-y-6 board:grid-cols-[minmax(0,1fr)_500px] board:grid-rows-[auto_auto_1fr] board:gap-x-16">
        <section
          aria-label="In words"
          className="grid content-start gap-4 mid:col-span-full mid:grid-cols-2 mid:gap-x-8 board:col-span-1"
        >
          {last && (
            <p className="col-span-full -mt-1">
              <Button kind="plain" slim name="do" value="copy">
                Copy the last note
              </Button>
            </p>
          )}
          {noteFields.map((name) => (
            <NoteTextField
              key={name}
              name={name}
              words={start[name]}
              error={latest.errors[name]}
              phrases={phrases.filter((phrase) => phrase.field === name)}
              newer={differing.includes(name) ? (latest.newer?.content[name] ?? null) : null}
              onTake={(words) => write(name, appendPhrase(field(name)?.value ?? '', words))}
            />
          ))}
          {latest.isPhraseStored && (
            <p role="status" className="col-span-full text-small text-euc">
              The phrase is saved.
            </p>
          )}
        </section>
        <section
          aria-labelledby="where"
          className="grid content-start gap-4 mid:col-span-full mid:row-start-1 mid:grid-cols-[minmax(0,1fr)_260px] mid:gap-x-8 board:col-span-1 board:col-start-2 board:row-span-3 board:block board:space-y-4 board:border-l board:border-line board:pl-10"
        >
          <BodyMapField
            marks={marks}
            onChange={(next) => {
              setMarks(next);
              touch();
            }}
            last={last?.areas ?? null}
            newer={differing.includes('areas') ? (latest.newer?.content.areas ?? null) : null}
          />
        </section>
        <section aria-label="Next time" className="grid gap-5 mid:col-span-full board:col-span-1 board:col-start-1">
          <NextSessionFields
            choice={start.nextChoice}
            words={start.nextWords}
            error={latest.errors.nextWords}
            next={next}
            newer={differing.includes('next') ? (latest.newer?.content ?? null) : null}
          />
        </section>
        <section
          aria-label="Finish"
          className="flex flex-wrap items-center gap-3 border-t border-line pt-6 mid:col-span-full board:col-span-1 board:col-start-1 board:self-start"
        >
          {props.maySign && (
            <Button broad name="do" value="sign" disabled={isSending}>
              Sign the note
            </Button>
          )}
          <Button kind="plain" broad name="do" value="save" disabled={isSending}>
            Keep as draft
          </Button>
          <p className="flex-[1_1_16rem] text-small text-soft">
            {props.maySign
              ? 'Signed notes stay as they are. You can add to one later, with the date and your reason.'
              : 'You can sign it once the session has begun.'}
          </p>
          {failure}
        </section>
      </div>
    </form>
  );
}

function selectionIn(area: HTMLTextAreaElement | null): string {
  return area ? area.value.slice(area.selectionStart, area.selectionEnd) : '';
}

'use client';

import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { saveOrSignNote } from './actions';
import { initialNoteFormState, type NoteFormState } from './note-form-state';
import { deleteOfflineDraft, type OfflineDraftValues, readOfflineDraft, saveOfflineDraft } from './offline-draft';

// Saves a draft automatically, soon after something was written and at once when the page is left. Without a connection
// it is kept in this tab, encrypted, and saved when there is one again.

const PAUSE_MS = 1500;
const RETRY_MS = 5000;

interface Autosave {
  /** The answer to the last automatic save. */
  answer: NoteFormState | null;
  state: 'still' | 'saving' | 'offline';
  /** Something was written: it is saved soon. */
  touch: () => void;
  /** Stops automatic saving while a press is being answered. */
  hold: () => void;
  /** Resumes automatic saving after the answer; `isSaved` says whether the press saved what is written. */
  release: (isSaved: boolean) => void;
  /** The number of this page's next save. */
  nextEdit: () => number;
}

/**
 * `isPaused`: somebody must first decide between two versions of the note. `onReturn` fills in what was kept offline.
 */
export function useAutosave(
  form: RefObject<HTMLFormElement | null>,
  note: { uid: string; draftKey: string },
  isPaused: boolean,
  onReturn: (fields: OfflineDraftValues) => void,
): Autosave {
  const { uid, draftKey } = note;
  const [answer, setAnswer] = useState<NoteFormState | null>(null);
  const [state, setState] = useState<Autosave['state']>('still');
  const saved = useRef<string>(undefined);
  const edit = useRef(0);
  const isHeld = useRef(false);
  const isRunning = useRef(false);
  const paused = useRef(isPaused);
  paused.current = isPaused;
  const returned = useRef(onReturn);
  returned.current = onReturn;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const attempt = useRef<() => Promise<void>>(async () => {});

  const saveLater = useCallback((wait: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void attempt.current(), wait);
  }, []);

  attempt.current = async () => {
    const own = form.current;
    if (!own || isRunning.current || isHeld.current || paused.current) return;
    const written = wordsOf(own);
    if (written === saved.current) return;
    isRunning.current = true;
    // A retry without a connection still counts as offline.
    setState((before) => (before === 'offline' ? 'offline' : 'saving'));
    edit.current += 1;
    const sent = new FormData(own);
    sent.set('do', 'auto');
    sent.set('edit', String(edit.current));
    try {
      const result = await saveOrSignNote(initialNoteFormState, sent);
      if (result.problem === null && Object.keys(result.errors).length === 0) {
        saved.current = written;
        deleteOfflineDraft(uid);
      }
      setAnswer(result);
      setState('still');
      if (result.problem === 'busy') saveLater(RETRY_MS);
    } catch {
      await saveOfflineDraft(uid, draftKey, fieldsOf(sent));
      setState('offline');
      saveLater(RETRY_MS);
    } finally {
      isRunning.current = false;
    }
    if (form.current && saved.current === written && wordsOf(form.current) !== written) saveLater(PAUSE_MS);
  };

  useEffect(() => {
    const own = form.current;
    if (!own) return;
    saved.current = wordsOf(own);
    void readOfflineDraft(uid, draftKey).then((draft) => {
      if (!draft) return;
      edit.current = Math.max(edit.current, Number(new Map(draft).get('edit')) || 0);
      returned.current(draft);
      saveLater(0);
    });
    const now = () => void attempt.current();
    const onHide = () => document.visibilityState === 'hidden' && now();
    window.addEventListener('online', now);
    document.addEventListener('visibilitychange', onHide);
    return () => {
      clearTimeout(timer.current);
      window.removeEventListener('online', now);
      document.removeEventListener('visibilitychange', onHide);
    };
  }, [form, uid, draftKey, saveLater]);

  const isUnsaved = state === 'offline';
  useEffect(() => {
    if (!isUnsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isUnsaved]);

  return {
    answer,
    state,
    touch: useCallback(() => saveLater(PAUSE_MS), [saveLater]),
    hold: useCallback(() => {
      isHeld.current = true;
    }, []),
    release: useCallback(
      (isSaved: boolean) => {
        isHeld.current = false;
        if (isSaved && form.current) {
          saved.current = wordsOf(form.current);
          deleteOfflineDraft(uid);
          setState('still');
        }
      },
      [form, uid],
    ),
    nextEdit: useCallback(() => {
      edit.current += 1;
      return edit.current;
    }, []),
  };
}

/** Fields that are not part of the note, and change without anybody writing. */
const ASIDE = ['seen', 'edit', 'editor', 'selected', 'do'];

function fieldsOf(form: FormData): OfflineDraftValues {
  return [...form.entries()].flatMap(
    ([name, value]): OfflineDraftValues => (typeof value === 'string' && !name.startsWith('$') ? [[name, value]] : []),
  );
}

function wordsOf(form: HTMLFormElement): string {
  return JSON.stringify(fieldsOf(new FormData(form)).filter(([name]) => !ASIDE.includes(name)));
}

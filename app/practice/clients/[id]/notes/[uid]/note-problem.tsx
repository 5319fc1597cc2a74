import { Notice } from '@/components/notice';
import { formatTime } from '@/scheduling/formatting';
import type { NoteFormState } from './note-form-state';

/** Why a note was not saved, and what to do. The text is still in the form in every case. */
export function NoteProblem({
  state: { problem, newer },
  timeZone,
  locale,
}: {
  state: NoteFormState;
  timeZone: string;
  locale: string;
}) {
  if (problem === null) return null;
  if (problem === 'changed_since' && newer)
    return (
      <Notice tone="bad" title="This note was saved on another device meanwhile" id="answer" live>
        Yours is still here and is not saved. Below each field stands what was saved elsewhere at{' '}
        {formatTime(timeZone, newer.updatedAt, locale)}. Take over what you need, then press “Keep as draft”: what you
        see in the fields then counts.
      </Notice>
    );
  const { title, text } = WORDS[problem === 'changed_since' ? 'busy' : problem];
  return (
    <Notice tone="bad" title={title} id="answer" live>
      {text}
    </Notice>
  );
}

const WORDS: Record<
  Exclude<NonNullable<NoteFormState['problem']>, 'changed_since'>,
  { title: string; text: string }
> = {
  busy: {
    title: 'The practice’s computer is busy just now',
    text: 'What you wrote is still here, and is not saved yet. Wait a moment and save again.',
  },
  not_found: {
    title: 'This session is not yours any more',
    text: 'It was cancelled, or somebody else gives it now. What you wrote is still here and is not saved: copy it if it is needed.',
  },
  signed: {
    title: 'This note was signed on another device meanwhile',
    text: 'What you wrote here is not part of it. Copy what is missing, open the note again, and add it there with your reason.',
  },
  signed_out: {
    title: 'You are signed out',
    text: 'What you wrote is still here and is not saved. Sign in again in another tab, then press “Keep as draft”.',
  },
  too_early: {
    title: 'The session has not begun',
    text: 'A note is signed once its session has begun. What you wrote is not saved yet: press “Keep as draft”.',
  },
  unreadable: {
    title: 'There is a note already that cannot be shown',
    text: 'It was encrypted with another key, and is not written over. What you wrote is still here: copy it if it is needed.',
  },
};

import { Notice } from '@/components/notice';

const OUTCOMES: Record<string, { tone: 'good' | 'bad'; title: string; next: string }> = {
  off: { tone: 'good', title: 'Taken', next: 'Nobody can book that time now.' },
  undone: {
    tone: 'good',
    title: 'Undone',
    next: 'Everything is as it was before, and nobody gets an e-mail.',
  },
  undo_changed: {
    tone: 'bad',
    title: 'It cannot be undone any more',
    next: 'One of the dates has been changed again since. Nothing was changed now.',
  },
  undo_notified: {
    tone: 'bad',
    title: 'It cannot be undone any more',
    next: 'It was too long ago. Nothing was changed now: move the dates in the calendar instead.',
  },
  undo_taken: {
    tone: 'bad',
    title: 'It cannot be undone any more',
    next: 'Somebody has been given a room or an hour that it gave free. Nothing was changed now.',
  },
  undo_withdrawn: {
    tone: 'bad',
    title: 'It cannot be undone any more',
    next: 'A massage is not offered any more with that therapist or in that room. Nothing was changed now.',
  },
  undo_not_found: {
    tone: 'bad',
    title: 'There was nothing to undo',
    next: 'It was undone already. Below is how it stands.',
  },
  removed: { tone: 'good', title: 'Removed', next: 'That time can be booked again.' },
  not_found: {
    tone: 'bad',
    title: 'That is not there any more',
    next: 'Nothing was changed. Below is how it stands.',
  },
  busy: {
    tone: 'bad',
    title: 'The practice’s computer is busy just now',
    next: 'Nothing was changed. Wait a moment and try again.',
  },
};

/** Says what a press did. The words come from here, never from the address. */
export function TimeOffFlashNotice({ flash }: { flash: unknown }) {
  const outcome = typeof flash === 'string' && Object.hasOwn(OUTCOMES, flash) ? OUTCOMES[flash] : undefined;
  if (!outcome) return null;
  return (
    <div className="pb-10">
      <Notice tone={outcome.tone} title={outcome.title} id="flash" live>
        <p>{outcome.next}</p>
      </Notice>
    </div>
  );
}

import { Notice } from '@/components/notice';

const OUTCOMES: Record<string, { tone: 'good' | 'bad'; title: string; next: string }> = {
  off: { tone: 'good', title: 'Taken', next: 'Nobody can book that time now.' },
  off_and_cancelled: {
    tone: 'good',
    title: 'Taken',
    next: 'Nobody can book that time now. What was booked is cancelled, and each client gets an e-mail.',
  },
  removed: { tone: 'good', title: 'Removed', next: 'That time can be booked again.' },
  booked: {
    tone: 'bad',
    title: 'What is booked then has changed in the meantime',
    next: 'Nothing was changed now. Below is how it stands.',
  },
  invalid: {
    tone: 'bad',
    title: 'That cannot be taken',
    next: 'Nothing was changed. It is off already, or it is longer than a year: take longer leave in parts.',
  },
  taken: {
    tone: 'bad',
    title: 'Somebody is booking one of those times just now',
    next: 'Nothing was changed. A time is held for ten minutes at most: try again then.',
  },
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

/** What a press did. The words come from here, never from the address. */
export function Outcome({ flash }: { flash: unknown }) {
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

import { Notice } from '@/components/notice';
import { pickTextByMailEnabled } from '@/mail/is-mail-enabled';

type Query = Record<string, string | string[] | undefined>;

const FAILURES: Record<string, { title: string; next: string }> = {
  changed: {
    title: 'Something has changed in the meantime',
    next: 'Nothing was saved. Below is how it stands now: look at it, choose again and save.',
  },
  move_taken: {
    title: 'A time you would move to was taken in the meantime',
    next: 'Nothing was saved. Below are the times that are free now: choose again and save.',
  },
  invalid: { title: 'These hours cannot be saved', next: 'Nothing was changed. Below is what is wrong with them.' },
  not_found: { title: 'That therapist is not there any more', next: 'Nothing was changed.' },
  busy: {
    title: 'The practice’s computer is busy just now',
    next: 'Nothing was changed. Wait a moment and save again.',
  },
};

/** Says what a press did. The words come from here, never from the address. */
export function HoursFlashNotice({ query }: { query: Query }) {
  const { flash } = query;
  if (flash === 'saved') {
    return (
      <div className="pb-10">
        <Notice tone="good" title="Saved" id="flash" live>
          <p>{describeDone(query)}</p>
        </Notice>
      </div>
    );
  }
  if (flash === 'first') {
    return (
      <div className="pb-10">
        <Notice tone="good" title="Saved. Now their hours" id="flash" live>
          <p>Until they have some, nobody can book them.</p>
        </Notice>
      </div>
    );
  }
  const failure = typeof flash === 'string' && Object.hasOwn(FAILURES, flash) ? FAILURES[flash] : undefined;
  if (!failure) return null;
  return (
    <div className="pb-10">
      <Notice tone="bad" title={failure.title} id="flash" live>
        <p>{failure.next}</p>
      </Notice>
    </div>
  );
}

function describeDone(query: Query): string {
  const count = (name: string) => {
    const value = query[name];
    return typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : 0;
  };
  const dates = (n: number) => (n === 1 ? 'One date' : `${n} dates`);
  const text = [
    count('kept') > 0 && `${dates(count('kept'))} kept outside the hours.`,
    count('moved') > 0 && `${dates(count('moved'))} moved.`,
    count('cancelled') > 0 && `${dates(count('cancelled'))} cancelled.`,
    count('moved') + count('cancelled') > 0 &&
      pickTextByMailEnabled(
        'Each client gets an e-mail.',
        'No mail server is set, so no e-mail is sent: tell each client.',
      ),
  ].filter(Boolean);
  return text.length > 0 ? text.join(' ') : 'Times are offered by these hours from the day on that you chose.';
}

import type { ReactNode } from 'react';
import type { Question } from '@/questions/library';

/** The text of a section, with a short note to its right where there is room, otherwise below it. */
export function WithSideNote({ note, children }: { note: ReactNode; children: ReactNode }) {
  return (
    <div className="board:grid board:grid-cols-[minmax(0,1fr)_16rem] board:gap-x-10">
      <div className="min-w-0">{children}</div>
      <div className="mt-5 board:mt-0">{note}</div>
    </div>
  );
}

/** What the weeks usually bring, following the page's own plan. */
export function WeeksTimeline({ plan, later }: Pick<Question, 'plan' | 'later'>) {
  const sessions = plan.massages.length;
  const apart = plan.cadence === 'biweekly' ? 2 : 1;
  const steps =
    sessions === 1
      ? [
          { when: 'That day', brings: 'Most people are calmer for a while.' },
          { when: 'The next day', brings: 'You may be sore, into the day after.' },
        ]
      : [
          { when: 'Week 1', brings: 'The first session. You may be calmer, and sore until the evening after.' },
          ...(sessions >= 4
            ? [
                {
                  when: `Week ${1 + 3 * apart}`,
                  brings: 'After session 4 we look at your scores with you: go on, change or stop.',
                },
              ]
            : []),
          ...(sessions > 4
            ? [{ when: `Week ${1 + (sessions - 1) * apart}`, brings: 'The last session, and your scores once more.' }]
            : []),
        ];
  return (
    <div className="max-w-measure">
      <h3>{sessions === 1 ? 'What to expect' : 'What the weeks bring'}</h3>
      <ol className="mt-2 border-l-2 border-euc">
        {[...steps, { when: 'Later', brings: later }].map(({ when, brings }) => (
          <li
            key={when}
            className="grid grid-cols-[4.75rem_minmax(0,1fr)] pb-1.5 pl-3 last:pb-0 board:block board:pb-2 board:pl-4"
          >
            <b className="text-small font-[550] board:text-ui">{when}</b>
            <span className="block text-small text-soft">{brings}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** What readers can do without us. */
export function DoThisYourself({ yourself }: Pick<Question, 'yourself'>) {
  return (
    <div className="max-w-measure">
      <h3>Do this yourself</h3>
      <ol className="mt-2 grid list-decimal gap-1 pl-5 font-serif text-read board:text-base">
        {yourself.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p className="mt-2 text-small text-soft">Our suggestions, not findings. Stop what hurts more the next day.</p>
    </div>
  );
}

/** What every session includes, and how to choose a therapist: folded away, because it is the same on each page. */
export function GeneralSessionInfo({ minutes }: { minutes: number }) {
  return (
    <details className="mt-3 max-w-measure border-y border-line">
      <summary className="fold flex min-h-11 cursor-pointer items-center font-medium">
        What a session includes, what to wear, and how to choose a therapist
      </summary>
      <div className="grid gap-4 pb-5 text-small">
        <p>
          A short talk comes first, then {minutes} minutes of massage. You undress as far as you like and lie under a
          sheet. We uncover one part at a time. You can ask for less pressure, or stop, whenever you want.{' '}
          <a href="/questions/first-massage">Your first massage</a>
        </p>
        <p>
          To choose, ask three things. Where did they train, and are they insured? Have they worked with your problem?
          Will they send you to a doctor when it is not theirs to treat? Leave if you are told that it must hurt, or
          that you must keep coming.
        </p>
      </div>
    </details>
  );
}

import type { ReactNode } from 'react';

const rules = { quiet: 'border-soft', good: 'border-euc', bad: 'border-clay' };

/**
 * For an empty result, a wait, an error or a success: what happened in bold, then what to do next. If an action opens
 * it, give it an `id` and move focus there; `live` announces one that appears without a new page.
 */
export function Notice(props: {
  tone: 'quiet' | 'good' | 'bad';
  title: ReactNode;
  children?: ReactNode;
  id?: string;
  live?: boolean;
}) {
  const role = props.live ? (props.tone === 'bad' ? 'alert' : 'status') : undefined;
  return (
    <div
      id={props.id}
      role={role}
      tabIndex={props.id ? -1 : undefined}
      className={`max-w-[40rem] border-l-2 py-0.5 pl-4 ${rules[props.tone]}`}
    >
      <p className={`font-semibold ${props.tone === 'bad' ? 'text-clay' : 'text-ink'}`}>{props.title}</p>
      {props.children && (
        <div className="text-soft [&_a]:inline-flex [&_a]:min-h-11 [&_a]:items-center">{props.children}</div>
      )}
    </div>
  );
}

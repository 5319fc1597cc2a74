import type { ReactNode } from 'react';

/**
 * A number between two buttons. Without script each button submits the form, which comes back with one session more or
 * fewer.
 */
export function SessionsStepper(props: { sessions: number; most: number; children: ReactNode }) {
  const { sessions, most } = props;
  const button = (more: '1' | '-1', label: string, sign: string, isEnd: boolean) => (
    <button
      type="submit"
      name="more"
      value={more}
      aria-label={label}
      aria-disabled={isEnd || undefined}
      className="grid min-h-13 place-items-center text-hang leading-none font-medium hover:bg-sand aria-disabled:text-edge"
    >
      {sign}
    </button>
  );
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
      <div className="inline-grid grid-cols-[52px_72px_52px] rounded border border-edge bg-sheet">
        {button('-1', 'One fewer', '−', sessions <= 1)}
        <input
          name="sessions"
          aria-label="Number of sessions"
          inputMode="numeric"
          autoComplete="off"
          defaultValue={sessions}
          data-most={most}
          className="min-h-13 w-full border-x border-line bg-transparent text-center text-hang leading-none font-medium"
        />
        {button('1', 'One more', '+', sessions >= most)}
      </div>
      <p className="max-w-[36rem] text-small text-soft">{props.children}</p>
    </div>
  );
}

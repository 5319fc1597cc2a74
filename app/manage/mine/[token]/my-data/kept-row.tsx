import type { ReactNode } from 'react';

export function KeptRows({ children }: { children: ReactNode }) {
  return <ul className="max-w-[50rem] border-t border-ink lining-nums">{children}</ul>;
}

/** One thing that is kept: its name, a mark or an amount at the end of that line, and what else is known of it. */
export function KeptRow({ title, mark, children }: { title: ReactNode; mark?: ReactNode; children: ReactNode }) {
  return (
    <li className="border-b border-line py-3 print:break-inside-avoid">
      <p className="flex flex-wrap items-baseline justify-between gap-x-6">
        <span className="min-w-0 font-serif text-item font-medium wrap-anywhere">{title}</span>
        {mark}
      </p>
      <div className="mt-1 max-w-[40rem] text-soft wrap-anywhere">{children}</div>
    </li>
  );
}

/** ', for Ada Cole'; nothing without a name. */
export function ForWhom({ name }: { name: string | null }) {
  return (
    name !== null && (
      <>
        , for <bdi>{name}</bdi>
      </>
    )
  );
}

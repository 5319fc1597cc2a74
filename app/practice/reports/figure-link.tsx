import type { ReactNode } from 'react';

/** A link to the list of what is counted; a count of nothing has no list to link to. */
export function LinkIfAny({ count, href, children }: { count: number; href: string; children: ReactNode }) {
  return count !== 0 ? <a href={href}>{children}</a> : <span>{children}</span>;
}

/** A count and what it counts: '36 clients came'. */
export function FigureLink({ value, href, children }: { value: number; href: string; children: ReactNode }) {
  return (
    <LinkIfAny count={value} href={href}>
      <b className="font-semibold">{value}</b> {children}
    </LinkIfAny>
  );
}

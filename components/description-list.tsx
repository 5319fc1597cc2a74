import type { ReactNode } from 'react';

/** Rows of a label and its content, separated by hairlines. Contains `DescriptionItem`s. */
export function DescriptionList({ children, className = '' }: { children: ReactNode; className?: string }) {
  return <dl className={`grid print:block ${className}`}>{children}</dl>;
}

/** `reading` sets the content in the serif font, for sentences rather than values. */
export function DescriptionItem({
  label,
  reading,
  children,
}: {
  label: ReactNode;
  reading?: boolean;
  children: ReactNode;
}) {
  return (
    <div className="grid gap-x-3 gap-y-1 slim:grid-cols-[6.25rem_minmax(0,1fr)] border-t border-line py-3 first:border-t-0 print:break-inside-avoid print:py-1.5 mid:grid-cols-[8.5rem_minmax(0,1fr)] mid:gap-x-4">
      <dt className={`${reading ? 'pt-1.5' : 'pt-[3px]'} font-sans text-small text-soft`}>{label}</dt>
      <dd className={reading ? 'font-serif text-read' : 'text-ui'}>{children}</dd>
    </div>
  );
}

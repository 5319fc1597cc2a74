import type { ReactNode } from 'react';

/** The grid of every page: the heading on the left, the content on the right, and a hairline above. */
export function Section(props: {
  title: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
  id?: string;
  /** Without the hairline: the first after a band of colour. */
  open?: boolean;
  /** On a long page: less room above and below. */
  dense?: boolean;
  tone?: 'clay';
}) {
  const headingId = props.id ? `${props.id}-heading` : undefined;
  return (
    <section
      id={props.id}
      aria-labelledby={headingId}
      className={`${props.open ? '' : 'border-t border-line'} ${props.dense ? 'py-2.5 wide:py-5' : 'py-8 pb-10 wide:pt-10 wide:pb-14'} wide:grid wide:grid-cols-[14.5rem_minmax(0,1fr)] wide:gap-x-10 board:gap-x-18 print:block print:py-3`}
    >
      <div className={`${props.dense ? 'mb-2' : 'mb-4'} wide:mb-0 print:mb-1 print:break-after-avoid`}>
        <h2
          id={headingId}
          className={`${props.tone === 'clay' ? 'text-clay' : ''} wide:text-[1.375rem] wide:leading-7 print:break-after-avoid`}
        >
          {props.title}
        </h2>
        {props.aside && <div className="mt-2 text-small text-soft">{props.aside}</div>}
      </div>
      <div className="min-w-0">{props.children}</div>
    </section>
  );
}

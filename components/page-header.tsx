import type { ReactNode } from 'react';
import { FocusOnOpening } from './focus-on-opening';

/**
 * A page's heading. `from` is the quiet note beside a green rule: where the reader came from, or what is chosen so far.
 */
export function PageHeader(props: {
  title: ReactNode;
  /** What has just happened, in a line above the heading. */
  outcome?: ReactNode;
  crumbs?: { href: string; label: string }[];
  from?: ReactNode;
  /** For a page that opens without a new page load: a screen reader would not announce it otherwise. */
  takesFocus?: boolean | 'unlessHash';
  /** On a long page: less room above and below. */
  dense?: boolean;
  children?: ReactNode;
}) {
  const heading = (
    <h1
      tabIndex={props.takesFocus ? -1 : undefined}
      className={`outline-none ${props.dense ? 'wide:max-w-[24em]' : 'wide:max-w-[19em]'}`}
    >
      {props.title}
    </h1>
  );
  return (
    <div className={`${props.dense ? 'pt-5 pb-4 wide:pt-8 wide:pb-7' : 'py-8 wide:py-14'} print:py-4`}>
      {props.crumbs && <Crumbs trail={props.crumbs} />}
      {props.outcome && <p className="mb-2 flex items-center gap-2 text-small font-[550] text-euc">{props.outcome}</p>}
      {props.takesFocus ? (
        <FocusOnOpening unlessHash={props.takesFocus === 'unlessHash'}>{heading}</FocusOnOpening>
      ) : (
        heading
      )}
      {props.from && (
        <p className="mt-6 max-w-[40rem] border-l-2 border-euc pl-4 text-small text-soft [&_b]:font-medium [&_b]:text-ink">
          {props.from}
        </p>
      )}
      {props.children}
    </div>
  );
}

function Crumbs({ trail }: { trail: { href: string; label: string }[] }) {
  return (
    <nav aria-label="You are in" className="-mt-2.5 mb-1 text-small text-soft print:hidden">
      <ol className="flex flex-wrap gap-x-1.5">
        {trail.map((crumb, index) => (
          <li key={crumb.href} className="flex items-center gap-1.5">
            {index > 0 && <span aria-hidden="true">/</span>}
            <a href={crumb.href} className="inline-flex min-h-11 items-center text-soft">
              {crumb.label}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

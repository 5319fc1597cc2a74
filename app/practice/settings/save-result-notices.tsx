import type { ReactNode } from 'react';
import { Notice } from '@/components/notice';

/** The result of a settings form. `href` is the form's own page, `children` the notice when it is saved. */
export function SaveResultNotices(props: {
  flash: 'saved' | 'changed_since' | 'busy' | null;
  errors: Record<string, string>;
  href: string;
  children: ReactNode;
}) {
  const { flash, errors, href, children } = props;
  return (
    <>
      {flash === 'saved' && (
        <Notice tone="good" title="Saved" live>
          {children}
        </Notice>
      )}
      {flash === 'changed_since' && (
        <Notice tone="bad" title="Somebody else has changed this meanwhile" live>
          Nothing of yours was saved. What you typed is still here.{' '}
          <a href={href} target="_blank" rel="noreferrer">
            Open the page again in a new tab
          </a>{' '}
          to see how it stands, and copy over what should change.
        </Notice>
      )}
      {flash === 'busy' && (
        <Notice tone="bad" title="The practice is busy" live>
          Nothing was changed, and what you typed is still here. Try again in a moment.
        </Notice>
      )}
      {Object.keys(errors).length > 0 && (
        <Notice tone="bad" title="Nothing was saved yet" live>
          What you typed is still here. Please look at what is marked below.
        </Notice>
      )}
    </>
  );
}

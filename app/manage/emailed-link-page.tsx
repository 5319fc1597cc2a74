import type { ReactNode } from 'react';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Shell } from '@/components/shell';
import type { Practice } from '@/db/practice/practice';

/** A page that a link in an e-mail leads to, which asks one thing. */
export function EmailedLinkPage(props: {
  practice: Practice;
  title: string;
  from?: ReactNode;
  /** The answer could not be taken: it is to be pressed again. */
  isBusy?: boolean;
  children: ReactNode;
}) {
  return (
    <Shell practice={props.practice} current="manage">
      <PageHeader title={props.title} from={props.from} />
      {props.isBusy && (
        <div className="pb-10">
          <Notice tone="bad" id="flash" title="The practice’s computer is busy just now">
            Nothing was changed. Wait a moment and press the button again.
          </Notice>
        </div>
      )}
      {props.children}
    </Shell>
  );
}

import type { ReactNode } from 'react';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Shell } from '@/components/shell';
import type { Practice } from '@/db/practice/practice';

/** A page with a single question, which a link in an e-mail leads to. */
export function EmailedLinkPage(props: {
  practice: Practice;
  title: string;
  from?: ReactNode;
  /** The answer could not be stored because the database was busy; the button has to be pressed again. */
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

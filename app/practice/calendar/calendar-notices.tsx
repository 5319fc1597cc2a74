import { MailServerRefusalNotice } from '@/app/practice/mail-server-refusal-notice';
import { UndecryptableNotice } from '@/app/practice/undecryptable-notice';
import type { Staff } from '@/db/access/viewer';
import type { Practice } from '@/db/practice/practice';
import type { CalendarUrlState } from './calendar-url';
import { UnansweredMessages } from './client-messages';
import { ExternalClashes } from './external-clashes';
import { HandOversToDecide } from './hand-overs-to-decide';
import type { Notices } from './load-notices';
import { UnreachedClients } from './unreached-clients';
import { UnsignedNotes } from './unsigned-notes';

interface CalendarNoticesProps {
  notices: Notices;
  /** Whether the mail server refuses our e-mails, and whether a key is missing. */
  faults: { mail: boolean; key: boolean };
  viewer: Staff;
  practice: Practice;
  choice: CalendarUrlState;
  now: number;
}

/** What waits for somebody who works here, below the day. */
export function CalendarNotices({ notices, faults, viewer, practice, choice, now }: CalendarNoticesProps) {
  return (
    <div id="notices" tabIndex={-1} className="outline-none [&>*]:mt-6 print:hidden">
      {faults.mail && (
        <div id="notice-mail" tabIndex={-1} className="outline-none">
          <MailServerRefusalNotice viewer={viewer} />
        </div>
      )}
      {faults.key && (
        <div id="notice-key" tabIndex={-1} className="outline-none">
          <UndecryptableNotice />
        </div>
      )}
      <HandOversToDecide open={notices.handOvers} />
      <UnreachedClients dates={notices.unreached} practice={practice} />
      <UnansweredMessages waiting={notices.messages} practice={practice} />
      <ExternalClashes clashes={notices.clashes} viewer={viewer} practice={practice} choice={choice} />
      <UnsignedNotes notes={notices.unsigned} practice={practice} now={now} />
    </div>
  );
}

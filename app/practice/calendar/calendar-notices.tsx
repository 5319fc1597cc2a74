import { MailServerRefusalNotice } from '@/app/practice/mail-server-refusal-notice';
import { UndecryptableNotice } from '@/app/practice/undecryptable-notice';
import type { Staff } from '@/db/access/viewer';
import type { Practice } from '@/db/practice/practice';
import type { CalendarUrlState } from './calendar-url';
import { ExternalClashesNotice } from './external-clashes';
import { HandOversToDecideNotice } from './hand-overs-to-decide';
import type { CalendarNoticesData } from './load-notices';
import { UnansweredMessagesNotice } from './messages-from-clients';
import { UnmarkedDatesNotice } from './unmarked-dates';
import { UnreachedClientsNotice } from './unreached-clients';
import { UnsignedNotesNotice } from './unsigned-notes';

interface CalendarNoticesProps {
  notices: CalendarNoticesData;
  /** Whether the mail server refuses our e-mails, and whether an encryption key is missing. */
  faults: { mail: boolean; key: boolean };
  viewer: Staff;
  practice: Practice;
  choice: CalendarUrlState;
  now: number;
}

/** What waits for staff, below the day. */
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
      <HandOversToDecideNotice open={notices.handOvers} />
      <UnreachedClientsNotice dates={notices.unreached} practice={practice} />
      <UnansweredMessagesNotice waiting={notices.messages} practice={practice} />
      <ExternalClashesNotice clashes={notices.clashes} viewer={viewer} practice={practice} choice={choice} />
      <UnmarkedDatesNotice many={notices.unmarked} />
      <UnsignedNotesNotice notes={notices.unsigned} practice={practice} now={now} />
    </div>
  );
}

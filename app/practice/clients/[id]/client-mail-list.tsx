import { formatDayAndTime } from '@/app/practice/clients/format-day-and-time';
import { describeMailStatus } from '@/app/practice/mail/describe-mail-status';
import type { MailView } from '@/db/delivery/outbox-for-staff';
import type { Practice } from '@/db/practice/practice';
import { isMailEnabled } from '@/mail/is-mail-enabled';
import { renderMessage } from '@/mail/render-message';

const tones = { good: 'text-euc', quiet: 'text-soft', bad: 'text-clay' };

/** The messages to a client and what became of each, in the words of the practice's mail page. */
export function ClientMailList({ mail, practice, now }: { mail: MailView[]; practice: Practice; now: number }) {
  if (mail.length === 0) return <p className="text-soft">Nothing was written to them yet.</p>;
  const hasMailServer = isMailEnabled();
  const format = (instant: number) => formatDayAndTime(instant, practice, now);
  return (
    <ol className="border-b border-line lining-nums">
      {mail.map((entry) => {
        const state = describeMailStatus(entry, { hasMailServer, now, format });
        // Only the subject is shown, so no links are needed to write it.
        const message = entry.notification && renderMessage(entry.notification, {}, entry.sentAt ?? now);
        return (
          <li key={entry.id} className="border-t border-line py-2.5 first:border-t-0">
            <p className="wrap-anywhere">
              <bdi>{message?.subject ?? 'Nothing left to send'}</bdi>
            </p>
            <p className="text-small text-soft">
              Written {format(entry.createdAt)}. <span className={tones[state.tone]}>{state.title}</span>
            </p>
          </li>
        );
      })}
    </ol>
  );
}

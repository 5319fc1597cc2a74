import { sayMoment } from '@/app/practice/clients/say-moment';
import { stateOf } from '@/app/practice/mail/state';
import type { MailView } from '@/db/delivery/mailbox';
import type { Practice } from '@/db/practice/practice';
import { sendsMail } from '@/mail/mail-server';
import { messageOf } from '@/mail/message';

const tones = { good: 'text-euc', quiet: 'text-soft', bad: 'text-clay' };

/** What was written to them, and what became of it, in the words of the practice's mail. */
export function MailTo({ mail, practice, now }: { mail: MailView[]; practice: Practice; now: number }) {
  if (mail.length === 0) return <p className="text-soft">Nothing was written to them yet.</p>;
  const hasMailServer = sendsMail();
  const say = (instant: number) => sayMoment(instant, practice, now);
  return (
    <ol className="border-b border-line lining-nums">
      {mail.map((entry) => {
        const state = stateOf(entry, { hasMailServer, now, say });
        // Only its subject is shown: no link of theirs is needed for it.
        const message = entry.notification && messageOf(entry.notification, {}, entry.sentAt ?? now);
        return (
          <li key={entry.id} className="border-t border-line py-2.5 first:border-t-0">
            <p className="wrap-anywhere">
              <bdi>{message?.subject ?? 'Nothing left to send'}</bdi>
            </p>
            <p className="text-small text-soft">
              Written {say(entry.createdAt)}. <span className={tones[state.tone]}>{state.title}</span>
            </p>
          </li>
        );
      })}
    </ol>
  );
}

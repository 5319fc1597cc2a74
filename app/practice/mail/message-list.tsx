import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import type { MailView } from '@/db/delivery/outbox-for-staff';
import type { MessageLinks } from '@/mail/links';
import { renderMessage } from '@/mail/render-message';
import { formatDay, formatTime } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';
import { baseUrl } from '@/site-address';
import { markMailReturned, retryMail, sendOrDropOldMailOfForm } from './actions';
import { describeMailStatus, type MailStatus } from './describe-mail-status';
import { linkOwnAddresses } from './link-own-addresses';

interface Props {
  mail: MailView[];
  /** For each address that belongs to a client: whether e-mail to it came back. */
  addresses: Map<string, boolean>;
  practice: { timeZone: string; locale: string };
  hasMailServer: boolean;
  /** Whether the links in its e-mails can be pressed: only in a demo, whose e-mails reach nobody. */
  hasLinks: boolean;
  now: number;
  /** True for all mail of the practice, false for mail about one therapist's own appointments. */
  isAll: boolean;
  linksOf: (mail: MailView) => Promise<MessageLinks>;
}

export function MessageList({ mail, isAll, ...shown }: Props) {
  if (mail.length === 0)
    return (
      <div className="border-t border-line py-8">
        <Notice
          tone="quiet"
          title={isAll ? 'Nothing has been written yet' : 'Nothing has been written about your appointments yet'}
        >
          {isAll
            ? 'Each booking, change, cancellation and sign-in link puts an e-mail here.'
            : 'Each booking, change and cancellation of yours puts an e-mail here. Those of your colleagues, and sign-in links, are on this page when the owner is signed in.'}
        </Notice>
      </div>
    );
  return (
    <ol className="border-b border-line lining-nums proportional-nums">
      {mail.map((mail) => (
        <li
          key={mail.id}
          className="border-t border-line py-5 wide:grid wide:grid-cols-[14.5rem_minmax(0,1fr)] wide:gap-x-10 board:gap-x-18"
        >
          <MessageRow mail={mail} {...shown} />
        </li>
      ))}
    </ol>
  );
}

async function MessageRow({
  mail,
  practice,
  addresses,
  hasMailServer,
  hasLinks,
  now,
  linksOf,
}: Omit<Props, 'mail' | 'isAll'> & { mail: MailView }) {
  const format = (instant: number) =>
    `${formatDay(toWallTime(practice.timeZone, instant).on, 'short', practice.locale)}, ${formatTime(practice.timeZone, instant, practice.locale)}`;
  const state = describeMailStatus(mail, { hasMailServer, now, format });
  const message = mail.notification && renderMessage(mail.notification, await linksOf(mail), mail.sentAt ?? now);
  const subject = message?.subject ?? 'Nothing left to send';

  return (
    <>
      <div className="mb-3 text-small text-soft wide:mb-0">
        <p>Written {format(mail.createdAt)}</p>
        <State state={state} />
      </div>
      <div className="min-w-0">
        <p className="text-small text-soft">
          To <bdi>{mail.toEmail}</bdi>
        </p>
        <h2 className="mt-1 text-item!">
          <bdi>{subject}</bdi>
        </h2>
        {message && (
          <details className="mt-1">
            <summary className="inline-flex min-h-11 items-center text-small text-euc underline underline-offset-[0.2em]">
              What it says
            </summary>
            <pre className="mt-2 max-w-measure border-l-2 border-line pl-4 font-sans text-small wrap-anywhere whitespace-pre-wrap">
              {hasLinks ? linkOwnAddresses(message.text, baseUrl()) : message.text}
            </pre>
          </details>
        )}
        {mail.state === 'kept' && hasMailServer && (
          <ActionForm action={sendOrDropOldMailOfForm} className="mt-2 flex flex-wrap gap-3">
            {mail.ids.map((id) => (
              <input key={id} type="hidden" name="id" value={id} />
            ))}
            <Button kind="plain" slim name="do" value="send" aria-label={`Send: ${subject}`}>
              Send
            </Button>
            <Button kind="plain" slim name="do" value="drop" aria-label={`Do not send: ${subject}`}>
              Do not send
            </Button>
          </ActionForm>
        )}
        {mail.state === 'sent' && addresses.get(mail.toEmail.toLowerCase()) === true && (
          <p className="text-small font-medium text-clay">E-mails to this address come back.</p>
        )}
        {mail.state === 'sent' && addresses.get(mail.toEmail.toLowerCase()) === false && (
          <ActionForm action={markMailReturned} className="mt-2">
            <input type="hidden" name="id" value={mail.id} />
            <Button kind="plain" slim aria-label={`It came back: ${subject}`}>
              It came back
            </Button>
          </ActionForm>
        )}
        {mail.state === 'dead' && (
          <ActionForm action={retryMail} className="mt-2">
            <input type="hidden" name="id" value={mail.id} />
            <Button kind="plain" slim aria-label={`Try again: ${subject}`}>
              Try again
            </Button>
          </ActionForm>
        )}
      </div>
    </>
  );
}

const tones = { good: 'text-euc', quiet: 'text-ink', bad: 'text-clay' };

function State({ state }: { state: MailStatus }) {
  return (
    <>
      <p className={`mt-1 font-medium ${tones[state.tone]}`}>{state.title}</p>
      {state.detail && <p className="mt-1 max-w-[28rem]">{state.detail}</p>}
    </>
  );
}

import type { Metadata } from 'next';
import { connection } from 'next/server';
import { MailServerRefusalNotice } from '@/app/practice/mail-server-refusal-notice';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { PracticeShell } from '@/components/shell';
import { managesAllCalendars, type Staff } from '@/db/access/viewer';
import { listMail, type MailView } from '@/db/delivery/outbox-for-staff';
import { getBounceStatusOfClientEmails } from '@/db/messages/bounces';
import { getPractice } from '@/db/practice/practice';
import { isMailEnabled } from '@/mail/is-mail-enabled';
import type { MessageLinks } from '@/mail/links';
import { makeLinksWithFreeTimes, makeMessageLinks } from '@/workers/message-links';
import { MessageList } from './message-list';
import { UnsentOldMailNotice } from './unsent-old-mail-notice';

export const metadata: Metadata = { title: 'Mail', robots: { index: false } };

export default async function MailPage({ searchParams }: { searchParams: Promise<{ flash?: string | string[] }> }) {
  await connection();
  const viewer = await requireRole('staff');
  const now = Date.now();
  const [practice, mail, { flash }] = await Promise.all([getPractice(), listMail(viewer, { now }), searchParams]);
  const hasMailServer = isMailEnabled();
  const addresses = await getBounceStatusOfClientEmails(
    viewer,
    mail.filter(({ state }) => state === 'sent').map(({ toEmail }) => toEmail),
  );

  return (
    <PracticeShell practice={practice} current="mail" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader title="Mail">
        <p className="mt-4 max-w-measure text-soft">
          {managesAllCalendars(viewer)
            ? 'Everything this practice has written, to clients and to all therapists, newest first.'
            : 'What was written about your own appointments, newest first. The owner sees the mail of everyone.'}
        </p>
        <div className="mt-6 flex flex-col gap-6">
          {!hasMailServer && (
            <Notice tone="quiet" title="No mail server is set, so nothing is sent">
              Mail is kept here. Start the server with SMTP_URL to send it. What is older than a day then waits for your
              word.
            </Notice>
          )}
          <MailServerRefusalNotice viewer={viewer} />
          {hasMailServer && <UnsentOldMailNotice count={mail.filter(({ state }) => state === 'kept').length} />}
          {flash === 'going' && (
            <Notice tone="good" title="It will be sent now" live>
              What is out of date by now is left out.
            </Notice>
          )}
          {flash === 'dropped' && (
            <Notice tone="good" title="It will not be sent" live>
              It stays in the list below.
            </Notice>
          )}
          {flash === 'again' && (
            <Notice tone="good" title="It will be tried again" live>
              It stands in the queue once more.
            </Notice>
          )}
          {flash === 'returned' && (
            <Notice tone="good" title="Noted: e-mails to this address come back" live>
              The calendar and the client’s page say so. Call them and ask for another address.
            </Notice>
          )}
          {flash === 'busy' && (
            <Notice tone="bad" title="The practice’s computer is busy just now" live>
              Nothing was changed. Wait a moment and try again.
            </Notice>
          )}
          {flash === 'gone' && (
            <Notice tone="bad" title="That mail is not waiting for another try" live>
              Nothing was changed. What you see now is how it stands.
            </Notice>
          )}
        </div>
      </PageHeader>
      <MessageList
        mail={mail}
        addresses={addresses}
        practice={practice}
        hasMailServer={hasMailServer}
        hasLinks={practice.isDemo && !hasMailServer}
        now={now}
        isAll={managesAllCalendars(viewer)}
        linksOf={linksFor(viewer, mail, now)}
      />
    </PracticeShell>
  );
}

/**
 * How many of the newest waiting e-mails are shown with the free times that they would offer: to find those takes a
 * while.
 */
const WITH_NEW_TIMES = 10;

// Anybody who has a link can use it. A link to sign in, or with which an address is changed, is only for its recipient.
// A client's link opens the whole booking, including dates with other therapists, so only an owner sees it.
function linksFor(viewer: Staff, mail: MailView[], now: number) {
  const newest = new Set(mail.filter(({ state }) => state === 'waiting').slice(0, WITH_NEW_TIMES));
  return async (message: MailView): Promise<MessageLinks> => {
    const { notification, toEmail } = message;
    if (!notification || ['sign_in', 'new_address', 'address_changed'].includes(notification.kind)) return {};
    const links = await (newest.has(message)
      ? makeLinksWithFreeTimes(notification, toEmail, now)
      : makeMessageLinks(notification, toEmail));
    return viewer.role === 'owner' ? links : { calendarUrl: links.calendarUrl };
  };
}

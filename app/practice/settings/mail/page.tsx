import type { Metadata } from 'next';
import { connection } from 'next/server';
import { SignOut } from '@/app/practice/sign-out';
import { requireViewer } from '@/auth';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { Opening } from '@/components/opening';
import { Section } from '@/components/section';
import { PracticeShell } from '@/components/shell';
import { mailSenderOf } from '@/db/practice/mail-sender';
import { getPractice, notificationPractice } from '@/db/practice/practice';
import { sendTest } from './actions';
import { SenderForm } from './sender-form';

export const metadata: Metadata = { title: 'Sender of e-mails', robots: { index: false } };

const outcomes: Record<string, { tone: 'good' | 'bad'; title: string; text: string }> = {
  sent: {
    tone: 'good',
    title: 'The mail server has taken the test e-mail',
    text: 'It should be with you in a minute. If it is not, look among the junk: then the server of your domain does not know this sender yet.',
  },
  none: {
    tone: 'bad',
    title: 'No mail server is set',
    text: 'Whoever runs this site sets SMTP_URL and starts it again. Until then every e-mail is kept under Mail, and none is sent.',
  },
  unreachable: {
    tone: 'bad',
    title: 'The mail server cannot be reached',
    text: 'Nobody answers at its address. Look at the host and the port in SMTP_URL, and whether your network lets mail out.',
  },
  password: {
    tone: 'bad',
    title: 'The mail server refused the name or the password',
    text: 'Look at both in SMTP_URL. Many providers want a password of its own for programs.',
  },
  sender: {
    tone: 'bad',
    title: 'The mail server refused the sender',
    text: 'It does not let us send as this address. Use one that belongs to the account in SMTP_URL, above.',
  },
  certificate: {
    tone: 'bad',
    title: 'The connection to the mail server is not safe',
    text: 'Its certificate is not valid for its name, or it offers no encryption. Look at the host in SMTP_URL, or ask your provider.',
  },
  recipient: {
    tone: 'bad',
    title: 'The mail server did not take your own address',
    text: 'It reached the server, but not you. Look at the address you sign in with.',
  },
  other: {
    tone: 'bad',
    title: 'The mail server did not take it',
    text: 'It gave a reason that we do not know. Try again in a few minutes; the server’s log says more.',
  },
  limit: { tone: 'bad', title: 'That was often', text: 'Nothing was sent. Wait a few minutes and try again.' },
};

interface Props {
  searchParams: Promise<{ flash?: string | string[] }>;
}

export default async function MailSenderPage({ searchParams }: Props) {
  await connection();
  const viewer = await requireViewer('owner');
  const [practice, { flash }] = await Promise.all([getPractice(), searchParams]);
  const outcome = typeof flash === 'string' && Object.hasOwn(outcomes, flash) ? outcomes[flash] : undefined;
  const { email, mailFrom = email } = notificationPractice(practice);
  const isFixed = Boolean(process.env.MAIL_FROM || process.env.MAIL_REPLY_TO);
  return (
    <PracticeShell practice={practice} current="settings" viewer={viewer} signOut={<SignOut />}>
      <Opening crumbs={[{ href: '/practice/settings', label: 'Settings' }]} title="Sender of e-mails">
        {outcome && (
          <div className="mt-6">
            <Notice tone={outcome.tone} title={outcome.title} id="flash" live>
              {outcome.text}
            </Notice>
          </div>
        )}
      </Opening>
      <Section title="Who writes" aside="Clients see this address, beside the practice’s name.">
        {isFixed && (
          <div className="mb-6">
            <Notice tone="quiet" title="The server’s own settings come first">
              MAIL_FROM or MAIL_REPLY_TO is set there, and counts instead of what is written here.
            </Notice>
          </div>
        )}
        <SenderForm sender={mailSenderOf(practice)} fallback={email} />
      </Section>
      <Section title="Try it" aside="One short e-mail to yourself, sent at once.">
        <p className="mb-4 wrap-anywhere">
          From {mailFrom} to {viewer.email}.
        </p>
        <ActionForm action={sendTest}>
          <Button kind="plain">Send a test e-mail</Button>
        </ActionForm>
      </Section>
    </PracticeShell>
  );
}

import type { Metadata } from 'next';
import { connection } from 'next/server';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { ActionForm } from '@/components/action-form';
import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { PracticeShell } from '@/components/shell';
import { pickMailSettings } from '@/db/practice/mail-settings';
import { getPractice, toNotificationPractice } from '@/db/practice/practice';
import { sendTestMailToOwner } from './actions';
import { MailSenderForm } from './mail-sender-form';
import { testMailResultTexts } from './test-mail-result-texts';

export const metadata: Metadata = { title: 'Sender of e-mails', robots: { index: false } };

interface Props {
  searchParams: Promise<{ flash?: string | string[] }>;
}

export default async function MailSenderPage({ searchParams }: Props) {
  await connection();
  const viewer = await requireRole('owner');
  const [practice, { flash }] = await Promise.all([getPractice(), searchParams]);
  const outcome =
    typeof flash === 'string' && Object.hasOwn(testMailResultTexts, flash) ? testMailResultTexts[flash] : undefined;
  const { email, mailFrom = email } = toNotificationPractice(practice);
  const isFixed = Boolean(process.env.MAIL_FROM || process.env.MAIL_REPLY_TO);
  return (
    <PracticeShell practice={practice} current="settings" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader crumbs={[{ href: '/practice/settings', label: 'Settings' }]} title="Sender of e-mails">
        {outcome && (
          <div className="mt-6">
            <Notice tone={outcome.tone} title={outcome.title} id="flash" live>
              {outcome.text}
            </Notice>
          </div>
        )}
      </PageHeader>
      <Section title="Who writes" aside="Clients see this address, beside the practice’s name.">
        {isFixed && (
          <div className="mb-6">
            <Notice tone="quiet" title="The server’s own settings come first">
              MAIL_FROM or MAIL_REPLY_TO is set there, and counts instead of what is written here.
            </Notice>
          </div>
        )}
        <MailSenderForm sender={pickMailSettings(practice)} fallback={email} />
      </Section>
      <Section title="Try it" aside="One short e-mail to yourself, sent at once.">
        <p className="mb-4 wrap-anywhere">
          From {mailFrom} to {viewer.email}.
        </p>
        <ActionForm action={sendTestMailToOwner}>
          <Button kind="plain">Send a test e-mail</Button>
        </ActionForm>
      </Section>
      <Section title="Read them" aside="As clients and therapists get them, about dates that are made up.">
        <a href="/practice/settings/mail/preview" className="inline-flex min-h-11 items-center">
          What e-mails say
        </a>
      </Section>
    </PracticeShell>
  );
}

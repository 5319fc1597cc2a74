import type { Metadata } from 'next';
import { connection } from 'next/server';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { PracticeShell } from '@/components/shell';
import { getReminderSettings } from '@/db/messages/reminder-settings';
import { getPractice } from '@/db/practice/practice';
import { isMailEnabled } from '@/mail/is-mail-enabled';
import { readTextGateway } from '@/text-gateway-settings';
import { RemindersForm } from './reminders-form';
import { TextMessageStatus } from './text-message-status';

export const metadata: Metadata = { title: 'Reminders', robots: { index: false } };

export default async function RemindersPage() {
  await connection();
  const viewer = await requireRole('owner');
  const [practice, settings] = await Promise.all([getPractice(), getReminderSettings(viewer)]);
  const hasTexts = readTextGateway() !== null;
  return (
    <PracticeShell practice={practice} current="settings" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader
        crumbs={[{ href: '/practice/settings', label: 'Settings' }]}
        title="Reminders"
        from="Clients are reminded of each date by e-mail, or by text where they want that. It says when, where and with whom, how to move it, and asks whether they come. Nothing is sent between 20:00 and 08:00: it goes in the morning, or the evening before. Each client can choose fewer, or none."
      >
        {!isMailEnabled() && (
          <div className="mt-6">
            <Notice tone="quiet" title="No reminder goes out by e-mail: no mail server is set">
              <p>What you choose here is kept, and holds as soon as one is set.{hasTexts && ' Texts are sent.'}</p>
            </Notice>
          </div>
        )}
      </PageHeader>
      <TextMessageStatus viewer={viewer} />
      <RemindersForm settings={settings} hasTexts={hasTexts} />
    </PracticeShell>
  );
}
